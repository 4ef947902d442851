"""A whole server without sockets: what players say is heard at once, and what they are told is kept."""

import asyncio
from itertools import count

from game.engine.journal import Journal
from game.engine.storage.memory import MemoryStorage
from game.matches.match import Match
from game.rules.catalog import Catalog
from game.rules.dice import SEED_BYTES
from protocol.messages import Accepted, ClientMessage, ServerMessage, decode_server, encode
from web.edge.admission import Admission, Limits
from web.edge.assembly import Surroundings, assemble
from web.edge.conversation import Conversation
from web.edge.frames import payload
from web.edge.options import OptionForms
from web.edge.parlour import Parlour

NOW_MS = 4_102_444_800_000
KEY = b"a key of forty characters for a quiet house"


class Guest:
    """One connection: a Peer."""

    def __init__(self, parlour: Parlour) -> None:
        self.frames: list[bytes] = []
        self._conversation = Conversation(parlour, self, "here")

    def write(self, frame: bytes) -> None:
        self.frames.append(frame)

    def close(self, code: int, reason: str) -> None:
        raise AssertionError(f"closed with {code}: {reason}")

    def say(self, message: ClientMessage) -> None:
        """What the server does at once is done when this returns; what waits for the disk is not."""
        self._conversation.receive(encode(message))

    @property
    def heard(self) -> list[ServerMessage]:
        """The frames, as messages."""
        return [decode_server(payload(frame)) for frame in self.frames]

    @property
    def answer(self) -> object:
        """What came of the newest request that was accepted."""
        return [message for message in self.heard if isinstance(message, Accepted)][-1].value


class House:
    """In it nothing comes from chance or from a clock: what is done twice goes the same way twice."""

    def __init__(self, catalog: Catalog, seed: bytes = bytes(SEED_BYTES)) -> None:
        loop, ids = asyncio.get_running_loop(), count(1)
        storage = MemoryStorage()
        self._journal = Journal(storage, loop)
        surroundings = Surroundings(loop, lambda: NOW_MS, lambda: f"player{next(ids)}", lambda: seed)
        admission = Admission(Limits(requests_at_first=10_000, requests_burst=10_000), ())
        self._parlour = assemble(surroundings, catalog, OptionForms(catalog), storage, self._journal, admission, KEY)

    def guest(self) -> Guest:
        """A new connection."""
        return Guest(self._parlour)

    def match(self, id: str) -> Match:
        """The match as it is."""
        return self._parlour.registry.match(id).told

    async def settle(self) -> None:
        """Waits until all is durable and told."""
        await self._journal.drain()
        for _ in range(3):
            await asyncio.sleep(0)
