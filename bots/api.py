"""The HTTP side of a server, as far as bots ask it."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final, Self

import httpx

from bots.address import address
from bots.connection import backoff
from bots.errors import RequestRefused, Unreachable
from bots.record import Record, read_record

PASSING: Final = frozenset((429, 502, 503, 504))
TRY_SECONDS_MAX = 60.0


class Api:
    """Asks over HTTP; a server that is away for a moment is asked again, for so long."""

    def __init__(self, url: str, try_seconds_max: float = TRY_SECONDS_MAX) -> None:
        self._base = address(url).http
        self._try_seconds_max = try_seconds_max
        self._http = httpx.AsyncClient(base_url=self._base, timeout=30)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def games(self) -> list[str]:
        """The keys of the games that the server plays."""
        return [game["key"] for game in (await self._get("/api/games")).json()]

    async def record(self, match: str) -> Record:
        """The record of a match that is over. Raises NotARecord, RequestRefused or Unreachable."""
        return read_record((await self._get(f"/api/matches/{match}/record")).content)

    async def my_matches(self, token: str) -> list[str]:
        """The ids of the player's matches that are not over."""
        answer = await self._get("/api/matches/mine", {"Authorization": f"Bearer {token}"})
        return [match["id"] for match in answer.json()]

    async def _get(self, path: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """A good answer. Raises RequestRefused, or Unreachable when none came in time."""
        waits = backoff()
        until = asyncio.get_running_loop().time() + self._try_seconds_max
        while True:
            try:
                answer = await self._http.get(path, headers=headers)
                if answer.is_success:
                    return answer
                if answer.status_code not in PASSING:
                    raise _refused(answer)
                trouble = f"answers {answer.status_code}"
            except httpx.TransportError as error:
                trouble = f"cannot be reached: {str(error) or type(error).__name__}"
            if asyncio.get_running_loop().time() > until:
                raise Unreachable(f"{self._base}{path} {trouble}")
            await asyncio.sleep(next(waits))


def _refused(answer: httpx.Response) -> RequestRefused:
    try:
        problem: Mapping[str, Any] = answer.json()
        return RequestRefused(problem["code"], problem["sentence"])
    except (ValueError, KeyError, TypeError):
        return RequestRefused(f"http_{answer.status_code}", f"{answer.url} answers {answer.status_code}.")
