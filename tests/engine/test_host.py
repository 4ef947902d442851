"""A host tells what is durable, in order, once; and when it cannot go on, it ends alone."""

from dataclasses import dataclass
from typing import Any

import pytest

from game.engine.limits import REMEMBERED_REFUSALS_MAX
from game.matches.commands import PlayMove, Resign
from game.matches.refusals import Refusal
from game.rules import tic_tac_toe
from game.rules.catalog import load_catalog
from tests.engine.desk import Desk, Ear, FailingStorage, Heard


async def test_nothing_is_told_before_it_is_durable() -> None:
    """After `submit` returns neither the asker nor a listener has heard anything; after the commit both have."""
    desk = Desk()
    host, ear = await desk.match(), Ear()
    host.hear(ear)
    host.submit(PlayMove(0, "b2"), "r1", ear, desk.clock_ms)
    assert ear.heard == []
    assert host.version == 0
    await desk.settle()
    assert ear.heard == [Heard("r1", 1), Heard("told", ["MovePlayed"])]
    assert host.version == 1


async def test_moves_of_one_turn_of_the_loop_share_a_commit_and_are_told_in_order() -> None:
    """Two moves follow each other before the first is durable: one commit, and answers in the order of the moves."""
    desk = Desk()
    host, ear = await desk.match(), Ear()
    desk.storage.commits.clear()
    host.submit(PlayMove(0, "b2"), "r1", ear, desk.clock_ms)
    host.submit(PlayMove(1, "a1"), "r2", ear, desk.clock_ms)
    await desk.settle()
    assert desk.storage.commits[0] == 2
    assert ear.heard == [Heard("r1", 1), Heard("r2", 2)]


async def test_a_refusal_does_not_overtake_the_move_it_follows_from() -> None:
    """`b2 is taken` says that b2 was played; it waits until that is durable."""
    desk = Desk()
    host, ear = await desk.match(), Ear()
    host.submit(PlayMove(0, "b2"), "r1", ear, desk.clock_ms)
    host.submit(PlayMove(1, "b2"), "r2", ear, desk.clock_ms)
    assert ear.heard == []
    await desk.settle()
    assert ear.heard == [Heard("r1", 1), Heard("r2", "taken")]


async def test_a_refusal_is_told_at_once_when_it_follows_from_durable_state() -> None:
    """Nothing is on its way to the disk, so nothing has to be waited for."""
    desk = Desk()
    host, ear = await desk.match(), Ear()
    host.submit(PlayMove(1, "b2"), "r1", ear, desk.clock_ms)
    assert ear.heard == [Heard("r1", "not_your_turn")]


async def test_a_repeated_request_plays_once_and_gets_its_first_answer() -> None:
    """Sent twice before it is durable and once after: one entry in the record, three times the same answer."""
    desk = Desk()
    host, ear = await desk.match(), Ear()
    host.submit(PlayMove(0, "b2"), "r1", ear, desk.clock_ms)
    host.submit(PlayMove(0, "b2"), "r1", ear, desk.clock_ms)
    await desk.settle()
    host.submit(PlayMove(0, "b2"), "r1", ear, desk.clock_ms)
    assert ear.heard == [Heard("r1", 1)] * 3
    assert len(desk.storage.read("match/aaaa") or []) == 2


async def test_a_repeated_request_gets_its_first_answer_after_a_restart() -> None:
    """The ids of accepted requests are in the record."""
    desk = Desk()
    host = await desk.match()
    host.submit(PlayMove(0, "b2"), "r1", None, desk.clock_ms)
    await desk.settle()
    again, ear = Desk(desk.storage), Ear()
    again.registry.match("aaaa").submit(PlayMove(0, "b2"), "r1", ear, desk.clock_ms)
    assert ear.heard == [Heard("r1", 1)]
    assert len(desk.storage.read("match/aaaa") or []) == 2


async def test_a_repeated_refusal_stays_a_refusal_when_the_move_has_become_legal() -> None:
    """The first answer is the answer: Bob asked too early, and asks again in a new request."""
    desk = Desk()
    host, ear = await desk.match(), Ear()
    host.submit(PlayMove(1, "a1"), "early", ear, desk.clock_ms)
    host.submit(PlayMove(0, "b2"), "r1", ear, desk.clock_ms)
    await desk.settle()
    host.submit(PlayMove(1, "a1"), "early", ear, desk.clock_ms)
    host.submit(PlayMove(1, "a1"), "again", ear, desk.clock_ms)
    await desk.settle()
    assert [heard.answer for heard in ear.heard] == ["not_your_turn", 1, "not_your_turn", 2]


async def test_a_request_id_used_for_something_else_is_refused() -> None:
    """Whether the first one was accepted or refused."""
    desk = Desk()
    host, ear = await desk.match(), Ear()
    host.submit(PlayMove(0, "b2"), "r1", ear, desk.clock_ms)
    host.submit(PlayMove(0, "a1"), "r1", ear, desk.clock_ms)
    host.submit(PlayMove(0, "b2"), "r2", ear, desk.clock_ms)
    host.submit(Resign(0), "r2", ear, desk.clock_ms)
    await desk.settle()
    assert [heard.answer for heard in ear.heard] == [1, "request_reused", "not_your_turn", "request_reused"]


async def test_a_move_chosen_for_an_earlier_turn_is_refused() -> None:
    """The seat has moved since; that the other has moved is no matter. A repeated request is none the worse."""
    desk = Desk()
    host, ear = await desk.match(game="rock_paper_scissors"), Ear()
    host.submit(PlayMove(0, "rock"), "r1", ear, desk.clock_ms, 0)
    host.submit(PlayMove(1, "rock"), "r2", ear, desk.clock_ms, 0)
    host.submit(PlayMove(0, "paper"), "r3", ear, desk.clock_ms, 0)
    host.submit(PlayMove(0, "rock"), "r1", ear, desk.clock_ms, 0)
    host.submit(PlayMove(0, "paper"), "r4", ear, desk.clock_ms, 1)
    await desk.settle()
    assert [heard.answer for heard in ear.heard] == [1, 2, "too_late", 1, 3]
    woken = Desk(desk.storage).registry.match("aaaa")
    woken.submit(PlayMove(0, "paper"), "r5", ear, desk.clock_ms, 2)
    assert ear.heard[-1] == Heard("r5", "too_late")


async def test_two_players_may_choose_the_same_request_id() -> None:
    """An id belongs to the player who chose it."""
    desk = Desk()
    host, ear = await desk.match(), Ear()
    host.submit(PlayMove(0, "b2"), "r1", ear, desk.clock_ms)
    host.submit(PlayMove(1, "a1"), "r1", ear, desk.clock_ms)
    await desk.settle()
    assert ear.heard == [Heard("r1", 1), Heard("r1", 2)]


async def test_a_failed_write_ends_the_host_and_the_record_decides() -> None:
    """Nobody is told of the moves that were lost; the match goes on from what was saved."""
    desk = Desk()
    host, ear = await desk.match(), Ear()
    host.hear(ear)
    desk.storage.fails = True
    host.submit(PlayMove(0, "b2"), "r1", ear, desk.clock_ms)
    host.submit(PlayMove(1, "a1"), "r2", ear, desk.clock_ms)
    await desk.settle()
    assert ear.heard == [Heard("r1", "unavailable"), Heard("r2", "unavailable"), Heard("lost", "unavailable")]
    desk.storage.fails = False
    awake = desk.registry.match("aaaa")
    assert awake is not host
    assert awake.version == 0
    awake.submit(PlayMove(0, "b2"), "r1", ear, desk.clock_ms)
    await desk.settle()
    assert ear.heard[-1] == Heard("r1", 1)


async def test_a_move_made_while_the_failing_write_is_under_way_is_not_kept_without_it() -> None:
    """The second move builds on the first; they fail together."""
    storage = FailingStorage()
    desk = Desk(storage)
    host, ear = await desk.match(), Ear()
    storage.fails = True
    host.submit(PlayMove(0, "b2"), "r1", ear, desk.clock_ms)
    host.submit(PlayMove(1, "a1"), "r2", ear, desk.clock_ms)
    await desk.settle()
    storage.fails = False
    host.submit(PlayMove(0, "c1"), "r3", ear, desk.clock_ms)
    await desk.settle()
    assert len(storage.read("match/aaaa") or []) == 1, "a lost host keeps nothing any more"
    assert ear.heard[-1] == Heard("r3", "unavailable")


@dataclass(frozen=True)
class BrokenRules:
    """Tic-tac-toe whose rules raise when c3 is played, and whose view raises when c1 is."""

    key: str = "broken"

    def __getattr__(self, name: str) -> Any:
        return getattr(tic_tac_toe, name)

    def play(self, state: Any, seat: int, move: str, dice: Any) -> Any:
        """Raises what no rules may raise."""
        if move == "c3":
            raise ZeroDivisionError
        return tic_tac_toe.play(state, seat, move, dice)

    def view(self, state: Any, seat: int | None) -> Any:
        """Raises what no rules may raise."""
        if state.cells[2]:
            raise ZeroDivisionError
        return tic_tac_toe.view(state, seat)


async def test_rules_that_raise_end_their_own_host_alone() -> None:
    """The players hear a code; what was on its way is still told; another match never notices."""
    desk = Desk(catalog={**load_catalog(), "broken": BrokenRules()})
    other = await desk.match("bbbb")
    host, ear = await desk.match("aaaa", "broken"), Ear()
    host.hear(ear)
    host.submit(PlayMove(0, "b2"), "r1", ear, desk.clock_ms)
    host.submit(PlayMove(1, "c3"), "r2", ear, desk.clock_ms)
    await desk.settle()
    assert ear.heard == [
        Heard("r1", 1),
        Heard("told", ["MovePlayed"]),
        Heard("r2", "rules_failed"),
        Heard("lost", "rules_failed"),
    ]
    awake = desk.registry.match("aaaa")
    assert awake is not host
    assert awake.version == 1
    awake.submit(PlayMove(1, "a1"), "r3", ear, desk.clock_ms)
    other.submit(PlayMove(0, "a1"), "r4", ear, desk.clock_ms)
    await desk.settle()
    assert ear.heard[-2:] == [Heard("r3", 2), Heard("r4", 1)]


class Looker(Ear):
    """A listener that looks at the view when it is told, as a feed does."""

    def __init__(self, host: Any) -> None:
        super().__init__()
        self.host = host

    def told(self, events: Any) -> None:
        self.host.look(None, "view")


async def test_a_view_that_raises_ends_the_host_after_the_move_was_kept() -> None:
    """The move is durable and accepted; then whoever listens hears that the rules failed."""
    desk = Desk(catalog={**load_catalog(), "broken": BrokenRules()})
    host = await desk.match("aaaa", "broken")
    looker = Looker(host)
    host.hear(looker)
    host.submit(PlayMove(0, "c1"), "r1", looker, desk.clock_ms)
    await desk.settle()
    assert looker.heard == [Heard("r1", 1), Heard("lost", "rules_failed")]
    assert desk.registry.match("aaaa").version == 1


async def test_what_is_checked_outside_the_rules_is_checked_once() -> None:
    """A repeated request gets its first answer, whatever the check would say by now."""
    desk, ear = Desk(), Ear()
    host = await desk.match()

    def full(match: object) -> None:
        raise Refusal("too_many_matches", "No more.")

    host.submit(PlayMove(0, "b2"), "r1", ear, desk.clock_ms)
    host.submit(PlayMove(0, "b2"), "r1", ear, desk.clock_ms, check=full)
    await desk.settle()
    host.submit(PlayMove(1, "a1"), "r2", ear, desk.clock_ms, check=full)
    host.submit(PlayMove(1, "a1"), "r2", ear, desk.clock_ms)
    assert ear.heard == [*[Heard("r1", 1)] * 2, *[Heard("r2", "too_many_matches")] * 2]


async def test_who_waits_is_answered_whatever_the_owner_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is durable: the asker, all listeners, and those who asked behind it hear so."""
    desk, ear, listening = Desk(), Ear(), Ear()
    host = await desk.match()
    host.hear(listening)

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(desk.registry, "changed", broken)
    host.submit(PlayMove(0, "b2"), "r1", ear, desk.clock_ms)
    host.submit(PlayMove(0, "c2"), "r2", ear, desk.clock_ms)
    await desk.settle()
    assert ear.heard == [Heard("r1", 1), Heard("r2", "not_your_turn")]
    assert listening.heard == [Heard("told", ["MovePlayed"])]


async def test_so_many_refusals_are_remembered_and_then_the_oldest_is_not() -> None:
    """Within the limit a repeated request hears what it heard; past it, it is judged anew."""
    desk, ear = Desk(), Ear()
    host = await desk.match()
    for number in range(REMEMBERED_REFUSALS_MAX):
        host.submit(PlayMove(1, "a1"), f"early-{number}", ear, desk.clock_ms)
    host.submit(PlayMove(0, "b2"), "r1", ear, desk.clock_ms)
    await desk.settle()
    ear.heard.clear()
    host.submit(PlayMove(1, "a1"), "early-0", ear, desk.clock_ms)
    host.submit(PlayMove(1, "b2"), "one more", ear, desk.clock_ms)
    host.submit(PlayMove(1, "a1"), "early-1", ear, desk.clock_ms)
    host.submit(PlayMove(1, "a1"), "early-0", ear, desk.clock_ms)
    await desk.settle()
    assert [heard.answer for heard in ear.heard] == ["not_your_turn", "taken", "not_your_turn", 2]
