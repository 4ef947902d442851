"""Who says much at once is heard little by little, in turn, with pauses in which the loop sleeps."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from protocol import messages
from protocol.messages import Hello, Ping
from tests.network.wire import Opcode, frame
from tests.simulation.loop import VirtualLoop
from tests.web.inside import Wire, handshake, server_inside
from web.edge.hearing import PAUSE_SECONDS, SLICE_BYTES, Hearing
from web.edge.sockets import Socket

TALKERS = 50
SLICES = 4
FLOODS = 20
PINGS = 200
HEARD_SECONDS_MAX = 60


class Talker:
    """Has so many slices to say, each as soon as `say` lets it."""

    def __init__(self, say: Callable[["Talker"], object], heard: Callable[["Talker"], None]) -> None:
        self._say = say
        self._heard = heard
        self._left = SLICES

    def hear_on(self) -> None:
        self._heard(self)
        self._left -= 1
        if self._left:
            self._say(self)


class Broken:
    """Cannot be heard."""

    def hear_on(self) -> None:
        raise ValueError("nobody understands this")


class Quiet:
    """Virtual time, in which somebody is heard."""

    def __init__(self) -> None:
        self.loop = VirtualLoop()
        self.hearing = Hearing(self.loop)
        self.heard: list[object] = []
        self.times: list[float] = []

    def hears(self, talker: object) -> None:
        """Notes who was heard, and when."""
        self.heard.append(talker)
        self.times.append(self.loop.time())

    def pass_time(self) -> None:
        """Far longer than it takes to hear them."""
        self.loop.run_until_complete(asyncio.sleep(10 * TALKERS * SLICES * PAUSE_SECONDS))
        self.loop.close()


def test_all_are_heard_in_turn_and_the_loop_sleeps_in_between() -> None:
    quiet = Quiet()
    talkers = [Talker(quiet.hearing.add, quiet.hears) for _ in range(TALKERS)]
    for talker in talkers:
        quiet.hearing.add(talker)
    quiet.pass_time()
    assert quiet.heard == talkers * SLICES
    assert quiet.times == pytest.approx([PAUSE_SECONDS * number for number in range(TALKERS * SLICES)])


def test_who_says_a_bit_too_much_again_and_again_waits_as_long() -> None:
    """The pause is also after the last of them: who is alone and comes again at once is heard no more often."""
    quiet = Quiet()
    quiet.hearing.add(Talker(lambda talker: quiet.loop.call_soon(quiet.hearing.add, talker), quiet.hears))
    quiet.pass_time()
    assert quiet.times == pytest.approx([PAUSE_SECONDS * number for number in range(SLICES)])


def test_who_cannot_be_heard_does_not_keep_the_others_from_it() -> None:
    quiet = Quiet()
    quiet.hearing.add(Broken())
    quiet.hearing.add(Talker(quiet.hearing.add, quiet.hears))
    quiet.pass_time()
    assert len(quiet.heard) == SLICES
    assert "nobody understands this" in quiet.loop.exceptions[0]


# Sockets


Connect = Callable[[], tuple[Wire, Socket]]


def said(*spoken: messages.ClientMessage) -> bytes:
    return b"".join(frame(Opcode.BINARY, messages.encode(message)) for message in spoken)


@pytest_asyncio.fixture
async def connect() -> AsyncIterator[Connect]:
    """Makes sockets of a server in this process."""
    sockets: list[Socket] = []
    async with server_inside() as connected:

        def connect() -> tuple[Wire, Socket]:
            wire = Wire()
            sockets.append(connected(wire))
            return wire, sockets[-1]

        yield connect
        for socket in sockets:
            socket.connection_lost(None)


async def test_of_all_floods_together_no_more_than_a_slice_is_heard_in_a_turn(connect: Connect) -> None:
    """In the end every one has been heard to the last message, and is read from again."""
    flood = said(*(Ping(number) for number in range(PINGS)))
    slice_of_pings = SLICE_BYTES // len(said(Ping(0))) + 1
    floods = [connect() for _ in range(FLOODS)]
    for _, socket in floods:
        socket.data_received(handshake())
        socket.data_received(said(Hello(None, "Ann")))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert [len(wire.frames) for wire, _ in floods] == [1] * FLOODS
    for _, socket in floods:
        socket.data_received(flood)
    assert not any(wire.reading for wire, _ in floods)
    before = FLOODS
    async with asyncio.timeout(HEARD_SECONDS_MAX):
        while not all(wire.reading for wire, _ in floods):
            await asyncio.sleep(0)
            for _, socket in floods:
                socket.flush()
            now = sum(len(wire.frames) for wire, _ in floods)
            assert now - before <= slice_of_pings
            before = now
    assert [len(wire.frames) for wire, _ in floods] == [1 + PINGS] * FLOODS


async def test_a_handshake_is_heard_at_once_however_long(connect: Connect) -> None:
    """A page brings cookies and a token: that is no flood."""
    wire, socket = connect()
    socket.data_received(handshake(b"Cookie: " + b"c" * 4 * SLICE_BYTES + b"\r\n"))
    assert bytes(wire.written).startswith(b"HTTP/1.1 101 ")
    assert wire.reading
