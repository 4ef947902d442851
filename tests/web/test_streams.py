"""The same conversation over WebSocket and over HTTP: what holds for one holds for the other.

And what only a stream over HTTP has: a name, the order of its requests, their size.
"""

import asyncio
import os
import re
import signal
import socket
from contextlib import AsyncExitStack
from urllib.parse import urlsplit

import pytest

from protocol.errors import CloseCode
from protocol.limits import FRAME_BYTES_MAX, STREAM_BODIES_AHEAD_MAX, STREAM_BODY_BYTES_MAX
from protocol.messages import (
    ComeBack,
    CreateLobby,
    Hello,
    Ping,
    Play,
    Pong,
    Snapshot,
    Watch,
    Welcome,
    decode_server,
    encode,
)
from protocol.streaming import FRAMES_PATH, NAME_HEADER, NUMBER_HEADER, STREAM_PATH, Closed
from tests.server import PATIENCE_SECONDS, ServerProcess, StartServer
from tests.web.player import begin
from tests.web.stream import Way, asking, body, connected, player, stream

WAYS: tuple[Way, ...] = ("websocket", "http")
MOVES = ["a1", "b1", "a2", "b2", "a3"]

both_ways = pytest.mark.parametrize("way", WAYS)


# What holds either way


@both_ways
@pytest.mark.parametrize("other", WAYS)
async def test_a_match_is_played_from_its_start_to_its_end(house: ServerProcess, way: Way, other: Way) -> None:
    """Each player over a way of their own, and one who watches over each."""
    async with AsyncExitStack() as stack:
        ann, bea, eve, fay = [
            await stack.enter_async_context(player(house, each)) for each in (way, other, "websocket", "http")
        ]
        match = await begin("tic_tac_toe", [ann, bea])
        feeds = [await ann.watch(f"match/{match}", 0, None, True), await bea.watch(f"match/{match}", 1, None, True)]
        feeds += [await eve.watch(f"match/{match}"), await fay.watch(f"match/{match}")]
        for number, move in enumerate(MOVES):
            assert await (ann, bea)[number % 2].accepted(Play, match, number % 2, move) == number + 1
        for one, feed in zip((ann, bea, eve, fay), feeds):
            view = await one.until_view(feed, lambda view: view["over"] is not None)
            assert view["over"] == {"ending": "three_in_a_row", "points": [1, -1]}
            assert [update.version for update in one.updates(feed)] == [1, 2, 3, 4, 5]
        assert eve.frames[-5:] == fay.frames[-5:], "the same frames go both ways"


@both_ways
@pytest.mark.parametrize("then", WAYS)
async def test_who_comes_back_gets_what_was_missed(house: ServerProcess, way: Way, then: Way) -> None:
    """By epoch and version, over the same way or the other; and who is away is seen to be, once."""
    async with player(house, "websocket") as bea:
        async with player(house, way) as ann:
            match = await begin("tic_tac_toe", [ann, bea])
            await ann.watch(f"match/{match}", 0)
            presence = await bea.watch(f"presence/{match}")
            await bea.until_view(presence, lambda view: view["0"]["state"] == "connected")
            await ann.accepted(Play, match, 0, MOVES[0])
            version, view = 1, (await ann.rest(), next(iter(ann.views.values())))[1][1]
        await bea.until_view(presence, lambda view: view["0"]["state"] == "away")
        await bea.accepted(Play, match, 1, MOVES[1])
        async with player(house, then, ann.token) as again:
            assert again.id == ann.id
            assert again.welcome.epoch == ann.welcome.epoch
            feed = await again.accepted(Watch, f"match/{match}", 0, None, None, again.welcome.epoch, version)
            again.views[feed["feed"]] = (version, view)
            await again.until_view(feed["feed"], lambda view: view["turn"] == [0])
            assert not [message for message in again.heard if isinstance(message, Snapshot)]
            assert [update.version for update in again.updates(feed["feed"])] == [2]
            await bea.until_view(presence, lambda view: view["0"]["state"] == "connected")


@both_ways
@pytest.mark.parametrize("then", WAYS)
async def test_a_request_sent_again_on_another_connection_plays_once(house: ServerProcess, way: Way, then: Way) -> None:
    async with player(house, "websocket") as bea:
        async with player(house, way) as ann:
            match = await begin("tic_tac_toe", [ann, bea])
            assert await ann.accepted(Play, match, 0, "a1", request="once") == 1
        async with player(house, then, ann.token) as again:
            assert await again.accepted(Play, match, 0, "a1", request="once") == 1
            assert await again.refused(Play, match, 0, "b2", request="once") == "request_reused"
        assert await bea.accepted(Play, match, 1, "b1") == 2


async def test_a_hello_that_is_late_ends_it(house: ServerProcess) -> None:
    """Each way: they wait for it side by side."""
    async with connected(house, "websocket") as one, connected(house, "http") as other:
        assert set(await asyncio.gather(one.closed(), other.closed())) == {CloseCode.HELLO_TOO_LATE}


@both_ways
async def test_who_breaks_the_conversation_is_closed_with_the_same_code(house: ServerProcess, way: Way) -> None:
    for said, code in (
        (encode(Ping(1)), CloseCode.HELLO_EXPECTED),
        (b"\xc1", CloseCode.BAD_FRAME),
        (b"\x91\x3f", CloseCode.UNKNOWN_MESSAGE),
        (encode(Hello("not a token")), CloseCode.BAD_TOKEN),
    ):
        async with connected(house, way) as one:
            await one.socket.send(said)
            assert await one.closed() == code


@both_ways
async def test_two_connections_of_one_player_hear_the_same(house: ServerProcess, way: Way) -> None:
    async with player(house, way) as ann, player(house, way, ann.token) as also, player(house, "websocket") as bea:
        match = await begin("tic_tac_toe", [ann, bea])
        feeds = [await one.watch(f"match/{match}", 0) for one in (ann, also)]
        await ann.accepted(Play, match, 0, "a1")
        await bea.accepted(Play, match, 1, "b1")
        await also.accepted(Play, match, 0, "a2")
        for one, feed in zip((ann, also), feeds):
            await one.until_view(feed, lambda view: view["game"]["cells"][3] == "x")
            assert [update.version for update in one.updates(feed)] == [1, 2, 3]


@both_ways
async def test_there_are_limits_on_who_comes_in(start_server: StartServer, way: Way) -> None:
    """Of one address and of one player, whichever way each of them came; who has left counts no more."""
    limits = ("--limits.sockets-per-address-max", "3", "--limits.sockets-per-player-max", "2")
    server = start_server("memory:", *limits)
    async with player(server, "http") as ann, player(server, "websocket", ann.token):
        async with connected(server, way) as third:
            await third.tell(Hello(ann.token))
            assert await third.closed() == CloseCode.OVERLOADED
        async with player(server, way):
            async with asking(server) as http:
                full = await http.post(STREAM_PATH)
            assert (full.status_code, full.json()["code"]) == (503, "full")
            assert int(full.headers["retry-after"]) > 0
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (await _status(server)) != 200:  # until the server has seen that connection end
                pass


async def _status(server: ServerProcess) -> int:
    async with (
        asking(server) as http,
        http.stream("POST", STREAM_PATH) as response,
    ):
        return response.status_code


async def test_nobody_is_believed_to_come_from_elsewhere_but_through_a_trusted_proxy(start_server: StartServer) -> None:
    for trusted, second in ((), 503), (("--trusted-proxies", '["127.0.0.1"]'), 200):
        server = start_server("memory:", "--limits.sockets-per-address-max", "1", *trusted)
        async with asking(server) as http:
            first = http.build_request("POST", STREAM_PATH, headers={"X-Forwarded-For": "192.0.2.1"})
            other = http.build_request("POST", STREAM_PATH, headers={"X-Forwarded-For": "192.0.2.2"})
            answers = [await http.send(asked, stream=True) for asked in (first, other)]
            assert [answer.status_code for answer in answers] == [200, second]
            for answer in answers:
                await answer.aclose()


@both_ways
async def test_a_server_that_stops_says_when_to_come_back(start_server: StartServer, way: Way) -> None:
    server = start_server("memory:")
    async with player(server, way) as ann:
        stopping = asyncio.create_task(asyncio.to_thread(server.stop))
        away = await ann.until(ComeBack)
        assert away.after_ms >= 500
        assert await ann.closed() == CloseCode.RESTARTING
    assert await stopping == 0
    assert "Traceback" not in server.log


@both_ways
async def test_a_server_that_is_told_twice_closes_on_everyone_at_once(lingering: ServerProcess, way: Way) -> None:
    """Those too whom it had not sent away yet."""
    async with AsyncExitStack() as stack:
        players = [await stack.enter_async_context(player(lingering, way)) for _ in range(12)]
        closing = [asyncio.create_task(one.closed()) for one in players]
        os.kill(lingering.pid, signal.SIGTERM)
        await asyncio.wait(closing, return_when=asyncio.FIRST_COMPLETED)
        os.kill(lingering.pid, signal.SIGTERM)
        assert set(await asyncio.gather(*closing)) == {CloseCode.RESTARTING}
        sent_away = [one for one in players if isinstance(one.heard[-1], ComeBack)]
        assert 0 < len(sent_away) < len(players)


async def test_a_stream_that_is_not_read_holds_up_neither_a_match_nor_a_stop(start_server: StartServer) -> None:
    """It is cut off when too much waits for it; those it plays with go on."""
    server = start_server("memory:", "--limits.requests-burst", "100000", "--limits.requests-at-first", "100000")
    with socket.socket() as deaf:
        name = unread_stream(deaf, server)
        async with player(server, "http") as ann, asking(server) as http:
            lobby = await ann.accepted(CreateLobby, "tic_tac_toe", {}, 2, False)
            watches = [encode(Watch(f"w{n}", f"lobby/{lobby}")) for n in range(1000)]
            answers = []
            for number, said in enumerate([[encode(Hello())], *[watches] * 20], 1):
                headers = {NAME_HEADER: name, NUMBER_HEADER: str(number)}
                answers.append((await http.post(FRAMES_PATH, content=body(said), headers=headers)).status_code)
            assert answers[:2] == [204, 204]
            assert answers[-1] == 404, "it was never cut off"
            await ann.rest()
            assert await asyncio.to_thread(server.stop) == 0


def unread_stream(sock: socket.socket, server: ServerProcess) -> str:
    """Opens a stream of which nothing is read but its name."""
    host = urlsplit(server.http)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    sock.connect((host.hostname, host.port))
    sock.sendall(f"POST {STREAM_PATH} HTTP/1.1\r\nHost: {host.netloc}\r\nContent-Length: 0\r\n\r\n".encode())
    received = b""
    while (opened := re.search(rb"data: (\S+)\n\n", received)) is None:
        received += sock.recv(4096)
    return opened[1].decode()


# Who may come in


@both_ways
async def test_a_page_of_a_foreign_origin_is_turned_away(start_server: StartServer, way: Way) -> None:
    server = start_server("memory:", "--origins", '["https://friend.example"]')
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    upgrade |= {"Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Protocol": "parlour.v1"}
    async with asking(server) as http:
        for origin, status in (("https://foe.example", 403), ("https://friend.example", 200), (server.http, 200)):
            if way == "http":
                asked = http.build_request("POST", STREAM_PATH, headers={"Origin": origin})
                opened = status
            else:
                asked = http.build_request("GET", "/ws", headers={"Origin": origin, **upgrade})
                opened = {200: 101}.get(status, status)
            answer = await http.send(asked, stream=True)
            assert answer.status_code == opened
            await answer.aclose()


async def test_a_page_of_a_friend_may_read_what_the_stream_says(start_server: StartServer) -> None:
    """A socket needs no leave to be read by the page that opened it; a response does."""
    server = start_server("memory:", "--origins", '["https://friend.example"]')
    async with asking(server) as http:
        asked = {"Origin": "https://friend.example", "Access-Control-Request-Method": "POST"}
        asked["Access-Control-Request-Headers"] = f"{NAME_HEADER},{NUMBER_HEADER}"
        may = await http.options(FRAMES_PATH, headers=asked)
        assert (may.status_code, may.headers["access-control-allow-origin"]) == (200, "https://friend.example")
        assert (await http.options(FRAMES_PATH, headers=asked | {"Origin": "https://foe.example"})).status_code == 400


# What only a stream has


async def test_its_response_is_not_to_be_kept_or_gathered_on_the_way(house: ServerProcess) -> None:
    async with (
        asking(house) as http,
        http.stream("POST", STREAM_PATH) as response,
    ):
        assert response.headers["content-type"] == "text/event-stream"
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["x-accel-buffering"] == "no"


async def test_its_name_is_secret_and_new_each_time(house: ServerProcess) -> None:
    async with stream(house) as one, stream(house) as other:
        assert len({one.name, other.name}) == 2
        assert len(one.name) >= 22, "128 bits, in base64"
        assert one.name not in house.log


async def test_without_a_stream_of_that_name_nothing_is_heard(house: ServerProcess) -> None:
    async with stream(house) as one:
        name, one.name = one.name, "nobody"
        answer = await one.post(body([encode(Hello())]))
        assert (answer.status_code, answer.json()["code"]) == (404, "no_such_stream")
    async with stream(house) as other:
        async with asyncio.timeout(PATIENCE_SECONDS):
            other.name = name
            while (answer := await other.post(b"")).status_code != 404:  # until its end has been seen
                assert answer.status_code == 204


async def test_requests_are_heard_in_the_order_of_their_numbers_and_once(house: ServerProcess) -> None:
    async with stream(house) as one:
        pings = {number: body([encode(Ping(number)), encode(Ping(number * 10))]) for number in range(1, 5)}
        said = {1: body([encode(Hello())]) + pings[1], 2: pings[2], 3: pings[3], 4: pings[4]}
        for number in (3, 2, 2, 4, 1, 1, 3, 4):
            assert (await one.post(said[number], number)).status_code == 204
        await asyncio.gather(*(one.post(body([encode(Ping(5))]), 5) for _ in range(5)))
        await one.post(body([encode(Ping(6))]), 6)
        heard = [decode_server(await one.recv()) for _ in range(11)]
        assert isinstance(heard[0], Welcome)
        assert [message.sent_ms for message in heard if isinstance(message, Pong)] == [1, 10, 2, 20, 3, 30, 4, 40, 5, 6]


async def test_requests_may_come_so_far_ahead_and_no_further(house: ServerProcess) -> None:
    async with stream(house) as one:
        ahead = STREAM_BODIES_AHEAD_MAX
        assert (await one.post(b"", ahead)).status_code == 204
        refused = await one.post(b"", ahead + 1)
        assert (refused.status_code, refused.json()["code"]) == (409, "too_far_ahead")
        assert (await one.post(b"", 1)).status_code == 204
        assert (await one.post(b"", ahead + 1)).status_code == 204


async def test_a_request_has_a_largest_size(house: ServerProcess) -> None:
    """One that is larger is refused, and may be sent again in parts, with the same number."""
    async with stream(house) as one:
        hello = body([encode(Hello())])
        fill = encode(Ping(1))
        most = hello + body([fill] * ((STREAM_BODY_BYTES_MAX - len(hello)) // (len(fill) + 4)))
        assert STREAM_BODY_BYTES_MAX - len(most) < len(fill) + 4
        refused = await one.post(bytes(STREAM_BODY_BYTES_MAX + 1), 1)
        assert (refused.status_code, refused.json()["code"]) == (413, "too_large")
        assert (await one.post(most, 1)).status_code == 204
    async with stream(house) as one:
        exactly = (STREAM_BODY_BYTES_MAX - 4).to_bytes(4, "big") + bytes(STREAM_BODY_BYTES_MAX - 4)
        assert (await one.post(exactly)).status_code == 204


async def test_a_frame_has_the_same_largest_size_as_on_a_socket(house: ServerProcess) -> None:
    for size, code in ((FRAME_BYTES_MAX, CloseCode.BAD_FRAME), (FRAME_BYTES_MAX + 1, CloseCode.FRAME_TOO_LARGE)):
        async with connected(house, "http") as one:
            await one.socket.send(b"\xc1" * size)
            assert await one.closed() == code


async def test_a_body_that_is_cut_short_closes_the_stream(house: ServerProcess) -> None:
    """Nothing of it is heard."""
    async with stream(house) as one:
        answer = await one.post(body([encode(Hello()), encode(Ping(1))])[:-1])
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_frame")
        assert await one.event() == Closed(CloseCode.BAD_FRAME, "a body that ends within a frame")


@pytest.mark.parametrize("number", ["", "0", "-1", "1.5", "one", "+1", "1" * 17, None])
async def test_a_request_needs_a_number(house: ServerProcess, number: str | None) -> None:
    async with stream(house) as one, asking(house) as http:
        headers = {NAME_HEADER: one.name} | ({} if number is None else {NUMBER_HEADER: number})
        answer = await http.post(FRAMES_PATH, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_number")


async def test_the_connection_ends_with_the_stream(house: ServerProcess) -> None:
    async with stream(house) as one:
        await one.post(body([b"\xc1"]))
        assert isinstance(await one.event(), Closed)
        assert await one.at_end()


async def test_a_burst_of_messages_is_one_request(house: ServerProcess) -> None:
    """Each is answered, in order."""
    async with stream(house) as one:
        pings = [encode(Ping(number)) for number in range(90)]
        assert (await one.post(body([encode(Hello()), *pings]))).status_code == 204
        heard = [decode_server(await one.recv()) for _ in range(91)]
        assert [message.sent_ms for message in heard if isinstance(message, Pong)] == list(range(90))
