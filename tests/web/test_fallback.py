"""The reference client behind proxies: it gets through wherever HTTP does."""

import asyncio

import pytest

from bots.choice import Transport
from bots.client import Client
from bots.errors import Unreachable
from bots.roster import maker
from bots.sitting import sit_and_play
from game.rules.catalog import OWN
from tests.server import ServerProcess, StartServer
from tests.web.proxy import Manner, Proxy, proxy

GAMES = [game.key for game in OWN if 2 in game.seats]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A handshake that is swallowed is given up at once."""
    monkeypatch.setattr("bots.connection.OPEN_SECONDS_MAX", 1.0)


@pytest.mark.parametrize(
    ("manner", "handshakes"),
    [("passes", 1), ("answers", 1), ("cuts", 2), ("swallows", 2), ("cuts after the handshake", 2)],
)
async def test_it_plays_through_any_proxy(house: ServerProcess, manner: Manner, handshakes: int) -> None:
    """A match between one who is behind it and one who is not; no more handshakes are tried than it takes."""
    async with (
        proxy(house, manner) as way,
        Client(way.url, name="Ann") as ann,
        Client(house.url, name="Bea") as bea,
    ):
        assert way.handshakes == handshakes
        match = await ann.create_lobby("tic_tac_toe", 2)
        playing = asyncio.create_task(sit_and_play(bea, match, 1, maker("random")))
        played = [*await sit_and_play(ann, match, 0, maker("random")), *await playing]
        assert len(played) == 2
        assert played[0].view == played[1].view
        assert played[0].view["over"] is not None
        assert ann.connections == 1


@pytest.mark.parametrize("game", GAMES)
async def test_every_game_can_be_played_over_http(house: ServerProcess, game: str) -> None:
    async with (
        Client(house.url, name="Ann", transport="http") as ann,
        Client(house.url, name="Bea", transport="http") as bea,
    ):
        match = await ann.create_lobby(game, 2)
        played = await asyncio.gather(
            sit_and_play(ann, match, 0, maker("random")), sit_and_play(bea, match, 1, maker("random"))
        )
        assert [seat.view["over"] is not None for seats in played for seat in seats] == [True, True]


async def test_it_keeps_to_http_once_that_got_through(house: ServerProcess) -> None:
    async with proxy(house, "answers") as way, Client(way.url) as client:
        for connections in (2, 3):
            await cut(way, client)
            assert client.connections == connections
        assert way.handshakes == 1


async def test_after_a_while_it_tries_the_socket_again(house: ServerProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bots.choice.KEEP_TO_HTTP_SECONDS", 0.0)
    async with proxy(house, "answers") as way, Client(way.url) as client:
        await cut(way, client)
        assert way.handshakes == 2
        way.manner = "passes"
        for handshakes in (3, 4):
            await cut(way, client)
            assert way.handshakes == handshakes
        assert client.connections == 4


async def test_when_http_is_blocked_it_goes_back_to_the_socket(house: ServerProcess) -> None:
    async with proxy(house, "answers") as way, Client(way.url) as client:
        way.manner, way.http_is_away = "passes", True
        await cut(way, client)
        assert (client.connections, way.handshakes) == (2, 2)


@pytest.mark.parametrize(("transport", "handshakes"), [("websocket", 1), ("http", 0)])
async def test_one_way_can_be_forced(house: ServerProcess, transport: Transport, handshakes: int) -> None:
    async with proxy(house, "passes") as way, Client(way.url, transport=transport) as client:
        await cut(way, client)
        assert way.handshakes == 2 * handshakes


async def test_a_forced_way_that_is_blocked_is_not_left(house: ServerProcess) -> None:
    async with proxy(house, "answers") as way:
        with pytest.raises(Unreachable, match="answers 403"):
            async with Client(way.url, transport="websocket", patient=True):
                pass


async def test_who_gets_through_neither_way_is_told(house: ServerProcess) -> None:
    async with proxy(house, "answers") as way:
        way.http_is_away = True
        with pytest.raises(Unreachable, match="answers 403.*answers 502"):
            async with Client(way.url):
                pass
        assert way.handshakes == 1


async def test_a_request_whose_answer_is_lost_is_sent_again_and_heard_once(house: ServerProcess) -> None:
    async with proxy(house, "answers") as way, Client(way.url) as client:
        match = await client.create_lobby("tic_tac_toe", 2)
        for seat in (0, 1):
            await client.take_seat(match, seat)
        way.answers_to_lose = 3
        for number, move in enumerate(["a1", "b1", "a2", "b2", "a3"]):
            assert await client.play(match, number % 2, move) == number + 1
        assert (way.answers_to_lose, client.connections) == (0, 1)


async def test_it_comes_back_over_http_after_the_server_was_killed(start_server: StartServer) -> None:
    """What was acknowledged is there, and what was asked while it was away is done once."""
    server = start_server()
    async with Client(server.url, transport="http") as client:
        match = await client.create_lobby("tic_tac_toe", 2)
        for seat in (0, 1):
            await client.take_seat(match, seat)
        watched = await client.watch(f"match/{match}", 0, moves=True)
        assert await client.play(match, 0, "a1") == 1
        server.kill()
        asked = asyncio.create_task(client.play(match, 1, "b1"))
        await asyncio.to_thread(server.start)
        assert await asked == 2
        await watched.until(lambda view: view["game"]["cells"][:2] == ["x", "o"])
        assert client.connections == 2


async def test_a_stream_on_which_pings_are_not_answered_is_given_up(house: ServerProcess) -> None:
    """What goes up gets lost, though the stream itself goes on."""
    async with proxy(house, "answers") as way, Client(way.url, silence_seconds_max=0.5) as client:
        way.http_is_away = True
        way.manner = "passes"
        assert await client.create_lobby("tic_tac_toe", 2)
        assert (client.connections, way.handshakes) == (2, 2)


async def cut(way: Proxy, client: Client) -> None:
    """Cuts what goes through the proxy; returns when the client has come back."""
    way.cut()
    assert await client.create_lobby("tic_tac_toe", 2)
