"""The HTTP side as a test calls it: every error that comes back is one that the description of the server lists."""

import re
from collections.abc import Mapping
from operator import itemgetter
from typing import Any

import httpx
from pydantic import TypeAdapter

from tests.server import PATIENCE_SECONDS

Json = dict[str, Any]
METHODS = ("get", "post", "put", "delete", "patch")
PROBLEM = {"$ref": "#/components/schemas/Problem"}


class Api:
    """One server's."""

    def __init__(self, url: str) -> None:
        self.client = httpx.Client(
            base_url=url,
            timeout=PATIENCE_SECONDS,
            trust_env=False,
            verify=False,
            event_hooks={"response": [self._check]},
        )
        self.description: Json = {}
        self.description = self.client.get("/openapi.json").json()

    def guest(self, name: str | None = None) -> Json:
        """A new player."""
        answer = self.client.post("/api/guests", json={"name": name})
        assert answer.status_code == 201, answer.text
        return TypeAdapter(Json).validate_python(answer.json())

    def get(self, path: str, token: str | None = None) -> httpx.Response:
        """What a GET answers."""
        return self.client.get(path, headers=bearer(token))

    def lobby(self, token: str | None, request: str, game: str = "tic_tac_toe", **wish: object) -> httpx.Response:
        """What the wish for a lobby is answered with."""
        wanted = {"request": request, "game": game, "seats": 2, **wish}
        return self.client.post("/api/lobbies", json=wanted, headers=bearer(token))

    def operations(self) -> Mapping[tuple[str, str], Json]:
        """All that can be asked for, by method and path."""
        return {
            (method, path): operation
            for path, operations in self.description["paths"].items()
            for method, operation in operations.items()
            if method in METHODS
        }

    def _check(self, response: httpx.Response) -> None:
        if response.status_code < 400:
            return
        response.read()
        problem = response.json()
        assert set(problem) == {"code", "sentence"}, response.text
        assert re.fullmatch("[a-z_]+", problem["code"])
        assert problem["sentence"].endswith("."), problem
        assert not problem["sentence"].endswith(".."), problem
        if (operation := self._operation(response.request)) is not None:
            assert str(response.status_code) in operation["responses"], f"{response.request}: {problem}"

    def _operation(self, request: httpx.Request) -> Json | None:
        """The one that answers; a path that is written out comes before one with a placeholder."""
        found = [
            (path.count("{"), operation)
            for (method, path), operation in self.operations().items()
            if method == request.method.lower() and _fits(path, request.url.path)
        ]
        return min(found, key=itemgetter(0))[1] if found else None


def bearer(token: str | None) -> dict[str, str]:
    """The header that says who asks."""
    return {} if token is None else {"Authorization": f"Bearer {token}"}


def _fits(template: str, path: str) -> bool:
    return re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path) is not None


def assert_problem(response: httpx.Response, status: int, code: str, *parts: str) -> None:
    """It is that error, and its sentence has these parts. `Api` sees to the rest."""
    assert (response.status_code, response.json()["code"]) == (status, code), response.text
    for part in parts:
        assert part in response.json()["sentence"]
