"""The simulation can fail: each law, once the code that keeps it is spoiled, is found to be broken within a few seeds."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from game.engine.host import Host, Reply, Step, _say
from game.engine.journal import Journal
from game.engine.kinds import Matches
from game.engine.registry import Registry
from game.engine.storage import StorageError
from game.matches.record import Entry
from tests.simulation.simulation import LawBroken, Simulation
from web.edge.feeds import Feed

SEEDS_MAX = 60

Spoil = Callable[[pytest.MonkeyPatch], None]


def tell_before_it_is_durable(patch: pytest.MonkeyPatch) -> None:
    append = Host._append

    def hasty(host: Any, step: Step[Any], *rest: Any) -> None:
        append(host, step, *rest)
        if host._waiting and host._waiting[-1] is step:
            host._waiting.pop()
            host.told = step.subject
            if step.asker:
                step.asker.accepted(step.request, step.subject.version)
            host._tell(step.events)

    patch.setattr(Host, "_append", hasty)


def tell_what_could_not_be_written(patch: pytest.MonkeyPatch) -> None:
    written = Host._written
    patch.setattr(Host, "_written", lambda host, error: written(host, None))


def write_out_of_order(patch: pytest.MonkeyPatch) -> None:
    begin = Journal._begin

    def shuffled(journal: Any) -> None:
        journal._lines.reverse()
        begin(journal)

    patch.setattr(Journal, "_begin", shuffled)


def go_on_after_a_failed_commit(patch: pytest.MonkeyPatch) -> None:
    """Those who wait behind the failed commit are not told; their lines are written next."""

    def fail(journal: Any, error: StorageError) -> None:
        dones, behind = journal._under_way, journal._dones
        if behind:
            journal._loop.call_soon(journal._begin)
        else:
            journal._busy = False
        for done in dones:
            journal._tell(done, error)

    patch.setattr(Journal, "_fail", fail)


def skip_a_frame_on_resume(patch: pytest.MonkeyPatch) -> None:
    missed = Feed.missed

    def sparing(feed: Feed, since: Any) -> Sequence[bytes]:
        frames = missed(feed, since)
        return frames[1:] if len(frames) > 1 else frames

    patch.setattr(Feed, "missed", sparing)


def forget_requests_when_waking(patch: pytest.MonkeyPatch) -> None:
    init = Host.__init__

    def forgetful(host: Any, id: str, subject: Any, entries: Sequence[Entry[Any]], *rest: Any) -> None:
        init(host, id, subject, (), *rest)

    patch.setattr(Host, "__init__", forgetful)


def show_everyone_the_first_seat(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Matches, "look", lambda kind, match, audience, form: match.view(0))


def offer_moves_to_all(patch: pytest.MonkeyPatch) -> None:
    offer = Feed.offer_moves

    def generous(feed: Feed, reader: Any, seat: int, wanted: bool) -> None:
        offer(feed, reader, seat, True)
        offer(feed, reader, 0, True)

    patch.setattr(Feed, "offer_moves", generous)


def swallow_what_must_wait(patch: pytest.MonkeyPatch) -> None:
    reply = Host._reply

    def silent(host: Any, request: str, asker: Any, answer: Any) -> None:
        if not host._waiting:
            reply(host, request, asker, answer)

    patch.setattr(Host, "_reply", silent)


def overtake_what_must_wait(patch: pytest.MonkeyPatch) -> None:
    def hasty(host: Any, request: str, asker: Any, answer: Any) -> None:
        if asker is not None:
            _say(Reply(request, asker, answer))

    patch.setattr(Host, "_reply", hasty)


def let_go_of_whoever_has_that_name(patch: pytest.MonkeyPatch) -> None:
    """The timer of a host that was lost meanwhile lets go of the one that has taken its place."""

    def let_sleep(registry: Any, host: Any) -> None:
        host.sleepy = False
        if host.idle and getattr(host.told, "phase", "") != "open":
            registry._awake.pop(registry._key(host.kind, host.id), None)

    patch.setattr(Registry, "_let_sleep", let_sleep)


def stay_awake(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Registry, "_let_sleep", lambda registry, host: None)


def poll(patch: pytest.MonkeyPatch) -> None:
    """An idle server looks every second whether a match can go to sleep."""
    let_sleep = Registry._let_sleep

    def tick(registry: Any, host: Any) -> None:
        registry._loop.call_later(1.0, tick, registry, host)
        let_sleep(registry, host)

    patch.setattr(Registry, "_let_sleep", tick)


@pytest.mark.parametrize(
    ("spoil", "law"),
    [
        (tell_before_it_is_durable, "not stored|before it was stored|stored is"),
        (tell_what_could_not_be_written, "not stored|before it was stored|stored is"),
        (write_out_of_order, "was kept after|cannot be played back|KeyError|commit_broke"),
        (go_on_after_a_failed_commit, "was kept after|cannot be played back|not stored"),
        (skip_a_frame_on_resume, "after version"),
        (forget_requests_when_waking, "is kept as|was accepted before|is stored as"),
        (show_everyone_the_first_seat, "is not what the record gives|the record gives"),
        (offer_moves_to_all, "moves for whom"),
        (swallow_what_must_wait, "never answered"),
        (overtake_what_must_wait, "stored is"),
        (let_go_of_whoever_has_that_name, "shows|was kept after|stuck"),
        (stay_awake, "left over"),
        (poll, "not idle|left over"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_what_is_spoiled_is_found(spoil: Spoil, law: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """And by the law that it breaks."""
    spoil(monkeypatch)
    broken = next(filter(None, map(broken_law, range(SEEDS_MAX))), "none was broken")
    assert re.search(law, broken)


def broken_law(seed: int) -> str | None:
    """The law that is broken in that seed."""
    try:
        Simulation(seed).run()
    except LawBroken as broken:
        return str(broken)
    return None
