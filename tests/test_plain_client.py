"""A client made from protocol/README.md with `websockets` and `msgpack`, and with none of the project's modules.

That it gets through shows that the page is enough: whoever writes a client in another language has nothing else.
It trusts the server's frames and patches. What a client must refuse is in tests/transcripts.
"""

import asyncio
import hmac
import json
import random
import secrets
import zlib
from collections.abc import Iterator
from enum import IntEnum
from hashlib import sha256
from itertools import count
from typing import Any
from urllib.request import urlopen

import msgpack
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from tests.server import ServerProcess

SECONDS_MAX = 30  # for one match


class Code(IntEnum):
    """The messages that are needed to play, by the first element of their frames."""

    HELLO = 1
    WATCH = 3
    PLAY = 5
    CREATE_LOBBY = 10
    TAKE_SEAT = 13
    WELCOME = 64
    ACCEPTED = 66
    SNAPSHOT = 68
    UPDATE = 69
    LEGAL_MOVES = 70


def patched(old: Any, changes: list[Any]) -> Any:
    """What the changes within a map or an array make of it."""
    if isinstance(old, dict):
        return _patched_map(old, changes)
    if len(changes) % 2 == 0:
        return _patched_array(old, changes)
    length, *changes = changes
    array = _patched_array(old[:length], changes)
    assert len(array) == length
    return array


def _patched_map(old: dict[str, Any], changes: list[Any]) -> dict[str, Any]:
    new, keys = dict(old), sorted(old)
    for k, change in _pairs(changes):
        key = k if isinstance(k, str) else keys[k]
        if change == []:
            del new[key]
        else:
            new[key] = _changed(old.get(key), change)
    return new


def _patched_array(old: list[Any], changes: list[Any]) -> list[Any]:
    new = list(old)
    for k, change in _pairs(changes):
        new[k : k + 1] = [_changed(old[k] if k < len(old) else None, change)]
    return new


def _pairs(changes: list[Any]) -> Iterator[tuple[Any, Any]]:
    return zip(changes[::2], changes[1::2], strict=True)


def _changed(old: Any, change: Any) -> Any:
    match change:
        case [list(array)]:
            return array
        case list():
            return patched(old, change)
    return change


def checksum(view: dict[str, Any]) -> int:
    """The CRC-32 of a view as canonical JSON."""
    text = json.dumps(view, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return zlib.crc32(text.encode())


def spelled(move: Any, chance: random.Random) -> str:
    """A move as text: itself, or one of those that a form stands for."""
    match move:
        case ["number", verb, low, high, step, *_]:
            return f"{verb} {chance.randrange(low, high + 1, step)}"
        case ["subset", verb, words, least, most]:
            chosen = sorted(chance.sample(range(len(words)), chance.randint(least, most)))
            return " ".join([verb, *(words[place] for place in chosen)])
    return str(move)


class Client:
    """A guest who plays random moves on a seat of a match, or watches it from none."""

    def __init__(self, url: str, seat: int | None, chance: random.Random) -> None:
        self._url = url
        self._seat = seat
        self._chance = chance
        self._ids = (f"{prefix}-{n}" for prefix in [secrets.token_hex(3)] for n in count(1))
        self._socket: ClientConnection
        self._token: str | None = None
        self._epoch = ""
        self._unanswered: bytes | None = None  # a Play, to be sent again after a cut
        self._moves: list[Any] = []  # what the seat may play at this version
        self.plays = 0
        self.cut_at_play = 0  # none of them
        self.version: int | None = None
        self.view: dict[str, Any] = {"over": None}
        self.commitments: list[str] = []  # one from each time that the match was watched

    async def connect(self) -> None:
        """Says hello, as the player of before if there was one."""
        self._socket = await connect(self._url, subprotocols=[Subprotocol("parlour.v1")])
        await self._socket.send(msgpack.packb([Code.HELLO, self._token]))
        code, _, _, self._token, epoch, _ = await self._receive()
        assert code == Code.WELCOME
        if epoch != self._epoch:
            self._epoch, self.version = epoch, None

    async def close(self) -> None:
        """Leaves."""
        await self._socket.close()

    async def ask(self, code: Code, *fields: Any) -> Any:
        """The answer to a request, when nothing else can come before it."""
        request = next(self._ids)
        await self._socket.send(msgpack.packb([code, request, *fields]))
        answer, answered, *value = await self._receive()
        assert (answer, answered) == (Code.ACCEPTED, request), value
        return value[0] if value else None

    async def attend(self, match: str) -> None:
        """Watches a match until it is over, and plays when it is the seat's turn."""
        while not self.view["over"]:
            try:
                await self._watch(match)
                while not self.view["over"]:
                    self._take(await self._receive())
                    await self._play_if_due(match)
            except ConnectionClosed:
                await self.connect()

    async def _watch(self, match: str) -> None:
        held = [] if self.version is None else [self._epoch, self.version]
        about = await self.ask(Code.WATCH, f"match/{match}", self._seat, "view", self._seat is not None, *held)
        self.commitments.append(about["commitment"])
        if self._unanswered:
            await self._socket.send(self._unanswered)

    def _take(self, message: list[Any]) -> None:
        match message:
            case [Code.SNAPSHOT, _, version, view, "first"]:
                self.version, self.view = version, view
            case [Code.UPDATE, _, version, patch, *rest]:
                assert self.version is not None
                assert version == self.version + 1
                self.version, self.view, self._moves = version, patched(self.view, patch), []
                assert rest in ([], [None], [checksum(self.view)])
            case [Code.LEGAL_MOVES, _, self.version, self._seat, moves, *_]:
                self._moves = moves
            case [Code.ACCEPTED, _, version]:
                self._unanswered = None
                if version > self.version:
                    self._moves = []
            case _:
                raise AssertionError(f"not expected: {message}")

    async def _play_if_due(self, match: str) -> None:
        if self._unanswered is None and self._moves:
            move = spelled(self._chance.choice(self._moves), self._chance)
            self._unanswered = msgpack.packb([Code.PLAY, next(self._ids), match, self._seat, move])
            await self._socket.send(self._unanswered)
            self.plays += 1
            if self.plays == self.cut_at_play:
                self._socket.transport.abort()

    async def _receive(self) -> list[Any]:
        message: list[Any] = msgpack.unpackb(await self._socket.recv())
        return message


async def play_a_match(url: str, game: str, seats: int, seed: int) -> tuple[str, list[Client]]:
    """The id of a match that has been played to its end, and what its players and a spectator hold of it."""
    clients = [Client(url, seat, random.Random(f"{seed} {game} {seat}")) for seat in [*range(seats), None]]
    host, *_ = players = clients[:-1]
    host.cut_at_play = 2
    async with asyncio.timeout(SECONDS_MAX):
        for client in clients:
            await client.connect()
        match = await host.ask(Code.CREATE_LOBBY, game, {}, seats, False)
        for seat, player in enumerate(players):
            await player.ask(Code.TAKE_SEAT, match, seat)
        await asyncio.gather(*(client.attend(match) for client in clients))
        for client in clients:
            await client.close()
    return match, clients


def words(seed: bytes, version: int) -> Iterator[int]:
    """The words of chance for the command that made a version."""
    for i in count():
        message = version.to_bytes(8, "big") + i.to_bytes(4, "big")
        yield int.from_bytes(hmac.digest(seed, message, "sha256")[:8], "big")


def number_below(n: int, chance: Iterator[int]) -> int:
    """The next number below `n`, none favoured."""
    return next(word for word in chance if word < 2**64 - 2**64 % n) % n


def check_the_draws(record: dict[str, Any]) -> None:
    """Makes sure that all chance came from the seed."""
    seed = bytes.fromhex(record["seed"])
    assert sha256(seed).hexdigest() == record["commitment"]
    for command in [{**record, "version": 0}, *record["entries"]]:
        chance = words(seed, command["version"])
        assert command["draws"] == [[n, number_below(n, chance)] for n, _ in command["draws"]]


def read(url: str) -> Any:
    """What the HTTP side of the server answers."""
    with urlopen(url, timeout=SECONDS_MAX) as answer:
        return json.load(answer)


OF_A_COLLECTION = ("open_spiel/goofspiel", "open_spiel/repeated_leduc_poker", "open_spiel/clobber")
"""Some of the many whose keys have a /; bots play all of them."""


def test_a_client_that_knows_only_the_page_plays_every_game(server: ServerProcess) -> None:
    """One player is cut off with a move under way; in the end all hold the same, and the dice were not loaded."""
    seed = random.getrandbits(32)
    print(f"seed {seed}")
    games = read(f"{server.http}/api/games")
    own = [game for game in games if "/" not in game["key"]]
    assert own
    for game in [*own, *(game for game in games if game["key"] in OF_A_COLLECTION)]:
        print(f"playing {game['key']}")
        match, clients = asyncio.run(play_a_match(server.url, game["key"], min(game["seats"]), seed))
        shown = read(f"{server.http}/api/matches/{match}")
        record = read(f"{server.http}/api/matches/{match}/record")
        check_the_draws(record)
        assert all(client.view["over"] == record["outcome"] for client in clients)
        assert {client.version for client in clients} == {shown["version"]}
        assert clients[-1].view == shown["view"], "the spectator sees all that can be seen"
        assert sum(client.plays for client in clients) == len(record["entries"]), "each move was made once"
        assert {said for client in clients for said in client.commitments} == {record["commitment"]}
        cut = clients[0].plays >= clients[0].cut_at_play  # not where all chips were lost with the first move
        assert [len(client.commitments) for client in clients] == [1 + cut] + [1] * (len(clients) - 1), "one came back"
