"""The reference client: what it survives, what it repeats, and when it gives up."""

import asyncio

import pytest

from bots.client import Client
from bots.errors import ClientClosed, ClosedForGood, RequestRefused, TopicEnded, Unreachable
from protocol.errors import CloseCode
from protocol.messages import (
    Accepted,
    Attend,
    ComeBack,
    FeedEnded,
    JoinLobby,
    LegalMoves,
    Ping,
    Play,
    Pong,
    Refused,
    Request,
    Snapshot,
    Update,
    Watch,
)
from tests.bots.fake_server import Line, fake_server
from tests.server import ServerProcess

PLAYING = {"game": {"n": 1}, "over": None, "turn": [0], "resigned": []}


async def accept(line: Line, value: object = None) -> Request:
    """Hears a request and accepts it."""
    asked = await line.hear()
    await line.say(Accepted(asked[0], value))
    return asked


async def test_a_request_is_answered() -> None:
    async def script(line: Line) -> None:
        await line.welcome()
        await accept(line, 7)

    async with fake_server(script) as url, Client(url, name="Ann") as client:
        assert (client.player, client.name, client.token) == ("p1", "Ann", "token-0")
        assert await client.play("m1", 0, "b2") == 7


async def test_a_refusal_is_raised_with_its_code_and_sentence() -> None:
    async def script(line: Line) -> None:
        await line.welcome()
        await line.say(Refused((await line.hear())[0], "not_your_turn", "It is not your turn."))

    async with fake_server(script) as url, Client(url) as client:
        with pytest.raises(RequestRefused, match="It is not your turn") as refused:
            await client.play("m1", 0, "b2")
        assert refused.value.code == "not_your_turn"


@pytest.mark.parametrize("code", [1011, CloseCode.RESTARTING, CloseCode.TOO_SLOW])
async def test_after_a_close_that_says_come_back_the_same_request_is_sent_again(code: int) -> None:
    heard: list[Request] = []
    tokens = []

    async def script(line: Line) -> None:
        await line.welcome()
        tokens.append(line.hello.token)
        heard.append(await line.hear())
        if line.number < 2:
            await line.close(code)
        else:
            await line.say(Accepted(heard[-1][0], 3))

    async with fake_server(script) as url, Client(url) as client:
        assert await client.play("m1", 0, "b2") == 3
        assert client.connections == 3
    assert len(set(heard)) == 1
    assert tokens == [None, "token-0", "token-0"]


@pytest.mark.parametrize("code", ["unavailable", "overloaded", "slow_down"])
async def test_what_could_not_be_saved_is_sent_again_with_the_same_id(code: str) -> None:
    heard = []

    async def script(line: Line) -> None:
        await line.welcome()
        for _ in range(3):
            heard.append(await line.hear())
            await line.say(Refused(heard[-1][0], code, "Not now."))
        await accept(line, 5)

    async with fake_server(script) as url, Client(url) as client:
        assert await client.play("m1", 0, "b2") == 5
    assert len(set(heard)) == 1


async def test_it_waits_as_long_as_the_server_asks() -> None:
    asked_at = []

    async def script(line: Line) -> None:
        await line.welcome()
        for _ in range(2):
            asked = await line.hear()
            asked_at.append(asyncio.get_running_loop().time())
            await line.say(
                Refused(asked[0], "slow_down", "Wait 300 ms.", 300) if len(asked_at) == 1 else Accepted(asked[0], 5)
            )

    async with fake_server(script) as url, Client(url) as client:
        assert await client.play("m1", 0, "b2") == 5
    assert asked_at[1] - asked_at[0] >= 0.29


async def test_it_stays_away_as_long_as_a_server_that_restarts_asks() -> None:
    times = []

    async def script(line: Line) -> None:
        times.append(asyncio.get_running_loop().time())
        await line.welcome()
        asked = await line.hear()
        if line.number == 0:
            await line.say(Refused(asked[0], "restarting", "The server restarts."))
            await line.say(ComeBack(300, "The server restarts."))
            await line.close(CloseCode.RESTARTING)
        else:
            await line.say(Accepted(asked[0], 5))

    async with fake_server(script) as url, Client(url) as client:
        assert await client.play("m1", 0, "b2") == 5
    assert times[1] - times[0] >= 0.29


async def test_what_cannot_be_saved_for_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bots.client.NOT_NOW_SECONDS_MAX", -1.0)

    async def script(line: Line) -> None:
        await line.welcome()
        await line.say(Refused((await line.hear())[0], "unavailable", "The disk is full."))

    async with fake_server(script) as url, Client(url) as client:
        with pytest.raises(RequestRefused, match="The disk is full"):
            await client.play("m1", 0, "b2")


@pytest.mark.parametrize("code", [CloseCode.BAD_TOKEN, CloseCode.BAD_MESSAGE, 3999])
async def test_after_a_close_that_says_do_not_come_back_everything_fails_with_the_reason(code: int) -> None:
    connections = []

    async def script(line: Line) -> None:
        connections.append(line)
        await line.welcome()
        await accept(line, {"feed": 1})
        await line.say(Snapshot(1, 0, PLAYING, "first"))
        await line.hear()
        await line.close(code, "go away")

    async with fake_server(script) as url, Client(url) as client:
        watched = await client.watch("match/m1")
        with pytest.raises(ClosedForGood, match="go away") as closed:
            await client.play("m1", 0, "b2")
        assert closed.value.close_code == code
        for waiting in (watched.until(lambda _: False), client.gone(), client.play("m1", 0, "b3")):
            with pytest.raises(ClosedForGood):
                await waiting
    assert len(connections) == 1


async def test_a_silent_connection_is_given_up_and_made_anew() -> None:
    async def script(line: Line) -> None:
        await line.welcome()
        if line.number == 0:
            await line.silent()
        else:
            await accept(line, 9)

    async with fake_server(script) as url, Client(url, silence_seconds_max=0.2) as client:
        assert await client.play("m1", 0, "b2") == 9
        assert client.connections == 2


async def test_a_connection_on_which_pings_are_answered_is_kept() -> None:
    answered = asyncio.Event()

    async def script(line: Line) -> None:
        await line.welcome()
        for _ in range(5):
            ping = await line.hear_anything()
            assert isinstance(ping, Ping)
            await line.say(Pong(ping.sent_ms, ping.sent_ms + 5000))
        answered.set()

    async with fake_server(script) as url, Client(url, silence_seconds_max=0.2) as client:
        await answered.wait()
        assert client.connections == 1
        assert 4000 < client.clock_offset_ms < 6000


async def test_nobody_there_is_said_at_once() -> None:
    async def script(line: Line) -> None: ...

    async with fake_server(script) as url:
        gone = url
    with pytest.raises(Unreachable):
        async with Client(gone):
            pass


async def test_the_patient_wait_until_somebody_is_there() -> None:
    async def welcome_the_third(line: Line) -> None:
        if line.number < 2:
            await line.close(1012)
        else:
            await line.welcome()

    async with fake_server(welcome_the_third) as url, Client(url, patient=True) as client:
        assert client.connections == 1


async def test_what_is_no_server_of_ours_is_not_tried_again(server: ServerProcess) -> None:
    with pytest.raises(Unreachable, match="answers 404"):
        async with Client(server.http + "/elsewhere", patient=True):
            pass


async def test_a_watched_topic_shows_the_newest_view_and_its_moves() -> None:
    async def script(line: Line) -> None:
        await line.welcome()
        await accept(line, {"feed": 4, "game": "tic_tac_toe"})
        await line.say(Snapshot(4, 0, PLAYING, "first"))
        await line.say(LegalMoves(4, 0, 1, ["a1", "b2"]))
        await line.hear()
        await line.say(Update(4, 1, [0, [0, 2]]))
        await line.say(LegalMoves(4, 1, 1, ["a1"]))
        await line.say(Update(4, 2, [1, {"ending": "draw", "points": [0, 0]}]))

    async with fake_server(script) as url, Client(url) as client:
        watched = await client.watch("match/m1", 1, moves=True)
        assert watched.about == {"game": "tic_tac_toe"}
        first = await watched.offer_since(0)
        assert first is not None
        assert first.moves == ["a1", "b2"]
        waiting = asyncio.create_task(client.request(JoinLobby, "x"))
        async for view in watched:
            if view["over"] is not None:
                break
        assert (watched.version, view["game"]) == (2, {"n": 2})
        assert watched.offer is None
        assert await watched.offer_since(1) is None
        waiting.cancel()


async def test_a_topic_that_is_unavailable_is_watched_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("random.uniform", lambda low, high: 0.01)

    async def script(line: Line) -> None:
        await line.welcome()
        await accept(line, {"feed": 1})
        await line.say(Snapshot(1, 3, PLAYING, "first"))
        await line.say(FeedEnded(1, "unavailable", "Not known to be saved."))
        again = await accept(line, {"feed": 2})
        assert isinstance(again, Watch)
        assert (again.epoch, again.version) == ("e1", 3)
        await line.say(Update(2, 4, [0, [0, 9]]))

    async with fake_server(script) as url, Client(url) as client:
        watched = await client.watch("match/m1")
        view = await watched.until(lambda view: view["game"]["n"] == 9)
        assert (watched.version, view["turn"]) == (4, [0])


async def test_a_topic_that_is_over_says_so_to_those_who_wait() -> None:
    async def script(line: Line) -> None:
        await line.welcome()
        await accept(line, {"feed": 1})
        await line.say(Snapshot(1, 3, PLAYING, "first"))
        await line.say(FeedEnded(1, "lobby_closed", "This lobby is closed."))

    async with fake_server(script) as url, Client(url) as client:
        watched = await client.watch("lobby/x")
        with pytest.raises(TopicEnded, match="This lobby is closed"):
            await watched.until(lambda _: False)


async def test_who_attends_does_so_first_on_each_connection() -> None:
    """A request sent again must come from a bot again, or it would not be the same one."""
    kinds: list[list[type]] = []

    async def script(line: Line) -> None:
        await line.welcome()
        kinds.append([])
        if line.number == 0:
            await accept(line)
            await line.hear()
            await line.close(CloseCode.RESTARTING)
        else:
            kinds[-1].append(type(await accept(line)))
            kinds[-1].append(type(await accept(line, 1)))

    async with fake_server(script) as url, Client(url, name="random") as client:
        await client.attend(["tic_tac_toe"])
        assert await client.play("m1", 0, "b2") == 1
    assert kinds[1] == [Attend, Play]


async def test_a_game_that_is_not_served_any_more_ends_the_attending() -> None:
    async def script(line: Line) -> None:
        await line.welcome()
        if line.number == 0:
            await accept(line)
            await line.close(CloseCode.RESTARTING)
        else:
            await line.say(Refused((await line.hear())[0], "no_such_game", "This server does not play go."))

    async with fake_server(script) as url, Client(url, name="random") as client:
        await client.attend(["go"])
        with pytest.raises(RequestRefused, match="does not play go"):
            await client.gone()


async def test_who_still_waits_when_the_client_is_left_is_told() -> None:
    heard = asyncio.Event()

    async def script(line: Line) -> None:
        await line.welcome()
        await line.hear()
        heard.set()

    async with fake_server(script) as url:
        async with Client(url) as client:
            waiting = asyncio.create_task(client.play("m1", 0, "b2"))
            await heard.wait()
        with pytest.raises(ClientClosed):
            await waiting
        with pytest.raises(ClientClosed):
            await client.play("m1", 0, "b2")
