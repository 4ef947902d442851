"""A bot that waits to be asked: sits down where a lobby asks for it, and plays many matches at once.

It keeps nothing but its token. After a restart of the program it finds its matches by asking the server.
"""

import asyncio
import logging
from collections.abc import Coroutine, Sequence

from bots.api import Api
from bots.bot import CannotPlay, Maker
from bots.client import Client
from bots.errors import ClosedForGood, Gone, RequestRefused, TopicEnded
from bots.seat import MoveRefused, Played
from bots.sitting import play_own_seats, sit_and_play
from bots.tokens import KeptTokens
from protocol.errors import CloseCode
from protocol.messages import Decline

log = logging.getLogger("parlour.bots")

NAME_TAKEN_SECONDS = 5.0
"""How long to wait before trying again, while another player attends under the name."""


async def attend(url: str, name: str, make: Maker, games: Sequence[str], tokens: KeptTokens) -> None:
    """Attends under that name for ever. Raises ClosedForGood, or RequestRefused for a game that is not served."""
    while True:
        try:
            await _attend_as_one_player(url, name, make, games, tokens)
        except ClosedForGood as closed:
            if closed.close_code != CloseCode.BAD_TOKEN:
                raise
            log.warning("%s: the server does not accept its token any more; it comes back as a new player", name)
            tokens.keep(name, None)
        except RequestRefused as refused:
            if refused.code != "bot_name_taken":
                raise
            log.warning("%s waits: %s", name, refused)  # perhaps for itself, of a program that has just died
            await asyncio.sleep(NAME_TAKEN_SECONDS)


async def _attend_as_one_player(url: str, name: str, make: Maker, games: Sequence[str], tokens: KeptTokens) -> None:
    attendant = Attendant(name, make)
    async with (
        Api(url) as api,
        Client(url, name=name, token=tokens.token(name), patient=True, on_invitation=attendant.invited) as client,
    ):
        assert client.token, "a client that was welcomed has a token"
        tokens.keep(name, client.token)
        attendant.client = client
        try:
            for match in await api.my_matches(client.token):
                attendant.resume(match)
            await client.attend(games)
            log.info("%s attends, for %s", name, ", ".join(games))
            await client.gone()
        finally:
            attendant.stop()


class Attendant:
    """What one attending bot is busy with."""

    client: Client

    def __init__(self, name: str, make: Maker) -> None:
        self._name = name
        self._make = make
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._taking: set[tuple[str, int]] = set()
        self._also: set[asyncio.Task[None]] = set()

    def invited(self, lobby: str, seat: int, game: str) -> None:
        """Sits down, once; in a lobby where it sits already, on one more seat.

        After a lost connection it is asked again for seats that it may be about to take.
        """
        if (lobby, seat) in self._taking:
            return
        self._taking.add((lobby, seat))
        if lobby not in self._busy:
            self._start(lobby, self._sit_or_decline(lobby, seat))
            task = self._busy[lobby]
        else:
            task = asyncio.create_task(self._one_more(lobby, seat))
            self._also.add(task)
            task.add_done_callback(self._also.discard)
        task.add_done_callback(lambda _: self._taking.discard((lobby, seat)))

    def resume(self, match: str) -> None:
        """Goes on with a match that began before this program did."""
        self._start(match, play_own_seats(self.client, match, self._make))

    def stop(self) -> None:
        """Lets go of everything."""
        for task in (*self._busy.values(), *self._also):
            task.cancel()

    def _start(self, match: str, playing: Coroutine[object, object, Sequence[Played]]) -> None:
        self._busy[match] = asyncio.create_task(self._play(match, playing))
        self._busy[match].add_done_callback(lambda _: self._busy.pop(match))

    async def _play(self, match: str, playing: Coroutine[object, object, Sequence[Played]]) -> None:
        try:
            for played in await playing:
                log.info("%s has played %s to its end: %s", self._name, match, played.view["over"])
        except (RequestRefused, TopicEnded, CannotPlay, MoveRefused) as error:
            log.warning("%s leaves %s: %s", self._name, match, error)
        except Gone:
            return  # the one who waits for the client says why
        except Exception:
            log.exception("%s failed in %s", self._name, match)

    async def _sit_or_decline(self, lobby: str, seat: int) -> Sequence[Played]:
        try:
            return await sit_and_play(self.client, lobby, seat, self._make)
        except CannotPlay as reason:
            log.warning("%s declines %s: %s", self._name, lobby, reason)
            await self.client.request(Decline, lobby, seat)
            return ()

    async def _one_more(self, lobby: str, seat: int) -> None:
        try:
            await self.client.take_seat(lobby, seat)
        except RequestRefused as refused:
            log.info("%s does not get seat %d of %s: %s", self._name, seat, lobby, refused)
        except Gone:
            return  # the one who waits for the client says why
