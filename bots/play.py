"""Many matches at once over real sockets, each checked at its end by all who saw it."""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from bots.agreement import discrepancies
from bots.api import Api
from bots.bot import CannotPlay
from bots.client import Client
from bots.errors import ClientError
from bots.plan import Planned
from bots.record import NotARecord
from bots.roster import maker
from bots.seat import MoveRefused, Played, play_seat
from game.rules.catalog import Catalog
from protocol.patches import View

MATCH_SECONDS_MAX = 600.0
"""A match that takes longer is stuck, and said to be."""

MATCHES_PER_PLAYER = 4
"""At once; a server limits how much one connection asks for."""
PLAYERS_MIN = 8
PLAYERS_MAX = 64


@dataclass(frozen=True, slots=True)
class Finished:
    """A match that was played, or could not be. `faults` are sentences; nothing when all is well."""

    planned: Planned
    match: str
    began: float
    ended: float
    played: tuple[Played, ...]
    points: tuple[int, ...]
    faults: tuple[str, ...]

    @property
    def moves(self) -> int:
        """How many moves were acknowledged."""
        return sum(len(seat.acknowledged) for seat in self.played)

    @property
    def refusals(self) -> int:
        """How many moves were refused."""
        return sum(len(seat.refusals) for seat in self.played)


@dataclass(slots=True)
class _Story:
    """What is known of a match on the way, for what is said when it fails."""

    match: str = "-"
    played: tuple[Played, ...] = ()
    seen: tuple[int, View] = field(default=(-1, {}))


class Hall:
    """The connections that the matches share: `players` take the seats, `onlookers` watch.

    One that is `patient` lets a match take as long as it takes, for somebody else watches over that.
    """

    def __init__(
        self,
        api: Api,
        catalog: Catalog,
        players: Sequence[Client],
        onlookers: Sequence[Client],
        patient: bool = False,
    ) -> None:
        self._api = api
        self._catalog = catalog
        self._players = players
        self._onlookers = onlookers
        self._patient = patient

    @property
    def reconnects(self) -> int:
        """How often a connection was lost and made anew."""
        return sum(client.connections - 1 for client in (*self._players, *self._onlookers))

    @property
    def repairs(self) -> int:
        """How often a view had to be fetched whole because an update did not fit."""
        return sum(client.repairs for client in (*self._players, *self._onlookers))

    async def play(self, planned: Planned, on_move: Callable[[], None]) -> Finished:
        """Plays one match and checks it."""
        story, began, faults = _Story(), time.monotonic(), ["it was not played to its end"]
        try:
            async with asyncio.timeout(None if self._patient else MATCH_SECONDS_MAX):
                await self._to_the_end(planned, story, on_move)
                record = await self._api.record(story.match)
                faults = discrepancies(story.played, story.seen, record, self._catalog)
        except TimeoutError:
            version, view = story.seen
            owing = f"seats {view.get('turn')} owe a move"
            faults = [f"not over after {MATCH_SECONDS_MAX:g} seconds: at version {version}, {owing}"]
        except (ClientError, CannotPlay, MoveRefused, NotARecord) as error:
            faults = [f"{type(error).__name__}: {error}"]
        points = tuple((story.seen[1].get("over") or {}).get("points", ()))
        return Finished(planned, story.match, began, time.monotonic(), story.played, points, tuple(faults))

    async def _to_the_end(self, planned: Planned, story: _Story, on_move: Callable[[], None]) -> None:
        clients = [self._players[(planned.number + seat) % len(self._players)] for seat in range(len(planned.bots))]
        story.match = await clients[0].create_lobby(planned.game, len(planned.bots))
        for seat, client in enumerate(clients):
            await client.take_seat(story.match, seat)
        try:
            async with asyncio.TaskGroup() as tasks:
                onlooker = tasks.create_task(self._onlook(planned.number, story))
                seats = [
                    tasks.create_task(play_seat(client, story.match, seat, maker(name), planned.chances[seat], on_move))
                    for seat, (client, name) in enumerate(zip(clients, planned.bots))
                ]
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from None
        await onlooker
        story.played = tuple([await seat for seat in seats])

    async def _onlook(self, number: int, story: _Story) -> None:
        client = self._onlookers[number % len(self._onlookers)]
        watched = await client.watch(f"match/{story.match}")
        try:
            async for view in watched:
                story.seen = (watched.version, view)
                if view["over"] is not None:
                    return
        finally:
            client.unwatch(watched)


async def play_all(
    url: str,
    catalog: Catalog,
    planned: Sequence[Planned],
    concurrency: int,
    on_move: Callable[[], None],
    on_finished: Callable[[Finished], None],
) -> tuple[int, int]:
    """Plays all that is planned; how often connections were made anew, and views fetched whole.

    Raises ClientError when the server cannot be reached at the beginning.
    """
    seats_max = max(len(match.bots) for match in planned)
    players_wanted = min(max(PLAYERS_MIN, concurrency // MATCHES_PER_PLAYER, seats_max), PLAYERS_MAX)
    async with AsyncExitStack() as stack:
        api = await stack.enter_async_context(Api(url))
        players = [await stack.enter_async_context(Client(url, name=f"Player {n + 1}")) for n in range(players_wanted)]
        onlookers = [await stack.enter_async_context(Client(url, name=f"Onlooker {n + 1}")) for n in range(2)]
        hall = Hall(api, catalog, players, onlookers)
        room = asyncio.Semaphore(concurrency)

        async def play(match: Planned) -> None:
            async with room:
                on_finished(await hall.play(match, on_move))

        await asyncio.gather(*(play(match) for match in planned))
        return hall.reconnects, hall.repairs
