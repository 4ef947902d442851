"""A client's stream, against answers that a test makes up: what it repeats, when it speaks up, how it ends."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from bots.line import LineLost, NoLine
from bots.stream_line import StreamLine
from protocol.errors import BadFrame
from protocol.limits import STREAM_BODY_BYTES_MAX
from protocol.streaming import BEAT, NUMBER_HEADER, STREAM_PATH, carried, closed, frames_in, opened


class Server:
    """Answers requests up a stream with what it is given, then with 204; what it says down is pushed by the test."""

    def __init__(self, *answers: int | Exception, first: bytes = opened("name")) -> None:
        self.sent: list[tuple[int, list[bytes]]] = []
        """By number, the frames of each request."""
        self.said: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.beats = 0
        self._answers = list(answers)
        self.say(first)

    def say(self, events: bytes | None) -> None:
        """Pushes events down; None ends the response."""
        self.said.put_nowait(events)

    async def answer(self, request: httpx.Request) -> httpx.Response:
        """What comes of a request."""
        if request.url.path == STREAM_PATH:
            return httpx.Response(200, content=self._down())
        self.sent.append((int(request.headers[NUMBER_HEADER]), frames_in(request.content)))
        answer = self._answers.pop(0) if self._answers else 204
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer)

    def beat(self) -> None:
        """Counts the beats that the line tells of."""
        self.beats += 1

    async def _down(self) -> AsyncIterator[bytes]:
        while (events := await self.said.get()) is not None:
            yield events


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried again is tried at once."""
    monkeypatch.setattr("bots.stream_line.AGAIN_SECONDS_MAX", 0.0)


@asynccontextmanager
async def line_to(server: Server) -> AsyncIterator[StreamLine]:
    """An open line to such a server."""
    async with httpx.AsyncClient(base_url="http://server", transport=httpx.MockTransport(server.answer)) as http:
        response = await http.send(http.build_request("POST", STREAM_PATH), stream=True)
        line = StreamLine(http, response, server.beat)
        try:
            await line.open(5)
            yield line
        finally:
            await response.aclose()


async def test_what_is_sent_goes_up_in_numbered_requests() -> None:
    server = Server()
    async with line_to(server) as line:
        await line.send([b"a", b"b"])
        await line.send([b"c"])
    assert server.sent == [(1, [b"a", b"b"]), (2, [b"c"])]


async def test_what_does_not_fit_into_one_request_goes_up_in_several() -> None:
    server, half = Server(), bytes(STREAM_BODY_BYTES_MAX // 2)
    async with line_to(server) as line:
        await line.send([half, half, b"c"])
    assert server.sent == [(1, [half]), (2, [half, b"c"])]


@pytest.mark.parametrize("trouble", [502, 503, 429, httpx.ReadError("cut"), httpx.ConnectError("nobody")])
async def test_a_request_without_an_answer_is_sent_again_with_its_number(trouble: int | Exception) -> None:
    server = Server(trouble, trouble)
    async with line_to(server) as line:
        await line.send([b"a"])
        await line.send([b"b"])
    assert server.sent == [(1, [b"a"])] * 3 + [(2, [b"b"])]


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413])
async def test_a_request_that_is_refused_ends_the_line(status: int) -> None:
    """For who sends and for who receives."""
    async with line_to(Server(status)) as line:
        receiving = asyncio.create_task(line.receive())
        await asyncio.sleep(0)
        for ends in (line.send([b"a"]), receiving, line.receive()):
            with pytest.raises(LineLost, match=f"answers {status}"):
                await ends


async def test_what_cannot_be_delivered_for_long_ends_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bots.stream_line.SEND_SECONDS_MAX", -1.0)
    async with line_to(Server(502)) as line:
        with pytest.raises(LineLost, match="answers 502"):
            await line.send([b"a"])


async def test_a_beat_is_answered_when_nothing_was_sent_since_the_last() -> None:
    server = Server()
    async with line_to(server) as line:
        for frames, requests in (([], 1), ([], 2), ([b"a"], 3), ([], 3), ([], 4)):
            await line.send(frames)
            assert len(server.sent) == requests
    assert [frames for _, frames in server.sent] == [[], [], [b"a"], []]


async def test_beats_are_told_and_frames_received_between_them() -> None:
    server = Server()
    async with line_to(server) as line:
        server.say(BEAT + carried(b"a") + BEAT + BEAT + carried(b"b"))
        assert [await line.receive(), server.beats] == [b"a", 1]
        assert [await line.receive(), server.beats] == [b"b", 3]


async def test_a_close_is_told_with_its_code() -> None:
    server = Server()
    async with line_to(server) as line:
        server.say(carried(b"a") + closed(3001, "too slow"))
        assert await line.receive() == b"a"
        with pytest.raises(LineLost) as lost:
            await line.receive()
    assert (lost.value.code, lost.value.why) == (3001, "too slow")


async def test_an_end_without_a_close_has_no_code() -> None:
    server = Server()
    async with line_to(server) as line:
        server.say(None)
        with pytest.raises(LineLost) as lost:
            await line.receive()
    assert lost.value.code is None


async def test_who_receives_is_told_of_an_abort() -> None:
    async with line_to(Server()) as line:
        receiving = asyncio.create_task(line.receive())
        await asyncio.sleep(0)
        line.abort()
        with pytest.raises(LineLost):
            await receiving


async def test_what_is_no_frame_breaks_the_conversation() -> None:
    server = Server()
    async with line_to(server) as line:
        server.say(b"data: ?\n\n")
        with pytest.raises(BadFrame):
            await line.receive()


@pytest.mark.parametrize("first", [BEAT, carried(b"a"), closed(3000, ""), b"event: open\ndata: \xff\n\n"])
async def test_what_does_not_begin_with_a_name_is_no_stream(first: bytes) -> None:
    with pytest.raises(NoLine) as none:
        async with line_to(Server(first=first)):
            pass
    assert none.value.cut
