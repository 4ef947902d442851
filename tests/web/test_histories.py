"""A match version by version, over HTTP: to spectators, to one's own seat, and to all once it is over."""

import asyncio
from collections.abc import Sequence
from typing import Any

import httpx
import pytest

from game.engine.archive import Archive
from game.matches.commands import Resign as ResignMatch
from game.matches.refusals import Refusal
from protocol.messages import Play, Resign
from protocol.patches import patched
from tests.engine.desk import Desk
from tests.server import PATIENCE_SECONDS, ServerProcess, StartServer
from tests.web.api import Api
from tests.web.player import Player, begin, player
from web.edge.histories import WAITING_MAX, Histories


def views(history: dict[str, Any]) -> list[dict[str, Any]]:
    """What it shows at each version."""
    shown = [history["first"]]
    for patch in history["patches"]:
        shown.append(patched(shown[-1], patch))
    return shown


async def play(match: str, players: Sequence[Player], *moves: tuple[int, str]) -> None:
    """Makes the moves, each by its seat."""
    for seat, move in moves:
        await players[seat].accepted(Play, match, seat, move)


async def test_a_history_ends_with_what_is_shown_now(api: Api, house: ServerProcess) -> None:
    async with player(house.url) as ann, player(house.url) as bea:
        match = await begin("tic_tac_toe", [ann, bea])
        await play(match, [ann, bea], (0, "b2"), (1, "a1"), (0, "c3"))
        feed = await ann.watch(f"match/{match}", 0, "scene")
        now = await ann.until_view(feed, lambda view: True)
        history = api.get(f"/api/matches/{match}/history").json()
        assert views(history)[-1] == now
        assert len(views(history)) == 4
        assert history["moves"] == [[0, "b2"], [1, "a1"], [0, "c3"]]
        assert sorted(history["at_ms"]) == history["at_ms"]


async def test_what_a_seat_saw_is_its_own_until_the_match_is_over(api: Api, house: ServerProcess) -> None:
    async with player(house.url) as ann, player(house.url) as bea:
        match = await begin("liars_dice", [ann, bea])
        path = f"/api/matches/{match}/history"
        own = api.get(f"{path}?seat=0", ann.token)
        assert own.status_code == 200
        assert views(own.json()) != views(api.get(path).json())
        assert [api.get(f"{path}?seat=1", token).status_code for token in (None, ann.token)] == [403, 403]
        assert api.get(f"{path}?seat=1", ann.token).json()["code"] == "not_your_seat"
        await bea.accepted(Resign, match, 1)
        assert api.get(f"{path}?seat=1").status_code == 200


@pytest.mark.parametrize(
    ("seat", "status", "code"), [("2", 404, "no_such_seat"), ("-1", 422, "bad_request"), ("x", 422, "bad_request")]
)
async def test_a_seat_that_is_not_there_has_none(
    seat: str, status: int, code: str, api: Api, house: ServerProcess
) -> None:
    async with player(house.url) as ann:
        match = await begin("tic_tac_toe", [ann, ann])
        answer = api.get(f"/api/matches/{match}/history?seat={seat}", ann.token)
        assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_token_that_does_not_hold_is_refused_and_not_taken_for_none(api: Api, house: ServerProcess) -> None:
    async with player(house.url) as ann:
        match = await begin("tic_tac_toe", [ann, ann])
        assert api.get(f"/api/matches/{match}/history", "a.b.c").status_code == 401


def test_a_history_is_the_same_after_a_restart(start_server: StartServer) -> None:
    server = start_server()
    match = asyncio.run(a_round(server.url))
    address = f"{server.http}/api/matches/{match}/history"
    before = httpx.get(address, timeout=PATIENCE_SECONDS, trust_env=False).json()
    server.kill()
    server.start()
    assert httpx.get(address, timeout=PATIENCE_SECONDS, trust_env=False).json() == before
    assert before["moves"] == [None, None, None]


async def a_round(url: str) -> str:
    """A match of one player against herself, in which one throw is still secret; its id."""
    async with player(url) as ann:
        match = await begin("rock_paper_scissors", [ann, ann])
        await play(match, [ann, ann], (0, "rock"), (1, "paper"), (1, "rock"))
        return match


async def test_so_many_histories_are_asked_for_at_once_and_no_more() -> None:
    """One more is told to come again; as soon as one is made, another is let in."""
    desk = Desk()
    host = await desk.match()
    host.submit(ResignMatch(0), "r1", None, desk.clock_ms)
    await desk.settle()
    histories = Histories(Archive(desk.registry), desk.loop)
    waiting = [asyncio.create_task(histories.of("aaaa", None, None)) for _ in range(WAITING_MAX)]
    await asyncio.sleep(0)
    with pytest.raises(Refusal) as refused:
        await histories.of("aaaa", None, None)
    assert refused.value.code == "overloaded"
    assert {len((await made).patches) for made in waiting} == {1}
    assert len((await histories.of("aaaa", None, None)).patches) == 1
    histories.close()
