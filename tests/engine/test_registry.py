"""The registry finds, wakes and lets go; what storage holds is there again after a restart."""

import pytest

from game.engine import registry as registry_module
from game.engine.archive import Archive
from game.lobbies import commands
from game.lobbies.limits import LOBBY_IDLE_MS
from game.matches.commands import PlayMove, Resign
from game.matches.match import Player
from game.matches.refusals import Refusal
from tests.engine.desk import ANN, BOB, Desk, Ear, Heard, free


async def test_a_lobby_that_fills_becomes_a_match_of_the_same_id() -> None:
    """Its start and the match's header are one commit, so that there is never one without the other."""
    desk = Desk()
    lobby = await desk.lobby()
    for player in (ANN, BOB):
        lobby.submit(commands.TakeSeat(player, None), f"sit-{player.id}", None, desk.clock_ms)
    desk.storage.commits.clear()
    await desk.settle()
    assert desk.storage.commits[0] == 3, "two seats taken and one header"
    assert desk.registry.match("aaaa").told.header.seats == (ANN, BOB)
    assert set(desk.registry.open_matches) == {"aaaa"}


async def test_a_start_that_cannot_be_saved_makes_no_match() -> None:
    """The lobby is as it was, and can be started again."""
    desk = Desk()
    lobby = await desk.lobby()
    lobby.submit(commands.TakeSeat(ANN, None), "sit-a", None, desk.clock_ms)
    await desk.settle()
    desk.storage.fails = True
    lobby.submit(commands.TakeSeat(BOB, None), "sit-b", None, desk.clock_ms)
    await desk.settle()
    desk.storage.fails = False
    with pytest.raises(Refusal, match="no match"):
        desk.registry.match("aaaa")
    ear = Ear()
    desk.registry.lobby("aaaa").submit(commands.TakeSeat(BOB, None), "sit-b", ear, desk.clock_ms)
    await desk.settle()
    assert ear.heard == [Heard("sit-b", 2)]
    assert desk.registry.match("aaaa").version == 0


async def test_a_lobby_asked_for_twice_is_one_lobby() -> None:
    """Whether the first request is still on its way or long answered."""
    desk, ear = Desk(), Ear()
    desk.registry.create_lobby(desk.header(), "r1", ear, free)
    desk.registry.create_lobby(desk.header(), "r1", ear, free)
    assert ear.heard == []
    await desk.settle()
    desk.registry.create_lobby(desk.header(), "r1", ear, free)
    assert ear.heard == [Heard("r1", "aaaa")] * 3
    assert len(desk.storage.read("lobby/aaaa") or []) == 1


async def test_a_lobby_asked_for_again_with_other_seats_is_refused() -> None:
    """The same request id, which makes the same lobby id, for something else."""
    desk = Desk()
    await desk.lobby()
    with pytest.raises(Refusal) as refused:
        desk.registry.create_lobby(desk.header(game="connect_four"), "open", Ear(), free)
    assert refused.value.code == "request_reused"


async def test_after_a_restart_every_lobby_and_match_is_there() -> None:
    """Open lobbies are on the list, open matches are known to their players, with the same seed."""
    desk = Desk()
    match = await desk.match("aaaa")
    match.submit(PlayMove(0, "b2"), "r1", None, desk.clock_ms)
    await desk.lobby("bbbb")
    over = await desk.match("cccc")
    over.submit(Resign(0), "r2", None, desk.clock_ms)
    await desk.settle()
    again = Desk(desk.storage)
    await again.settle()
    assert list(again.registry.open_lobbies.look(None, "view")) == ["bbbb"]
    assert set(again.registry.open_matches) == {"aaaa"}
    assert again.registry.matches_of("bob") == {"aaaa"}
    woken = again.registry.match("aaaa")
    assert woken.look(None, "view") == match.look(None, "view")
    assert woken.told.header == match.told.header
    assert again.registry.match("cccc").told.outcome is not None


async def test_a_match_nobody_watches_falls_asleep_and_wakes_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asleep it costs no host; a move wakes it."""
    monkeypatch.setattr(registry_module, "SLEEP_AFTER_SECONDS", 0)
    desk, ear = Desk(), Ear()
    host = await desk.match()
    host.hear(ear)
    host.submit(PlayMove(0, "b2"), "r1", None, desk.clock_ms)
    await desk.settle()
    assert desk.registry.match("aaaa") is host, "someone listens"
    host.ignore(ear)
    await desk.turns(3)
    woken = desk.registry.match("aaaa")
    assert woken is not host
    woken.submit(PlayMove(1, "a1"), "r2", ear, desk.clock_ms)
    await desk.settle()
    assert ear.heard[-1] == Heard("r2", 2)


async def test_a_record_that_cannot_be_replayed_is_refused_and_others_are_not() -> None:
    """A damaged line is one match's trouble."""
    desk = Desk()
    await desk.match("aaaa")
    good = await desk.match("bbbb")
    desk.storage.commit_text("match/aaaa", "not a line of ours")
    again = Desk(desk.storage)
    with pytest.raises(Refusal) as refused:
        again.registry.match("aaaa")
    assert refused.value.code == "record_unreadable"
    assert again.registry.match("bbbb").look(None, "view") == good.look(None, "view")


async def test_a_bot_is_called_when_its_asking_is_durable() -> None:
    """And those that wait can be found for one that comes later."""
    desk = Desk()
    lobby = await desk.lobby()
    bot = Player("bot", "minimax", bot=True)
    lobby.submit(commands.AskBot("ann", 1, "minimax"), "r1", None, desk.clock_ms)
    assert desk.called == []
    await desk.settle()
    assert desk.called == [("minimax", "aaaa", 1, "tic_tac_toe")]
    assert desk.registry.asked_seats(bot) == [("aaaa", 1, "tic_tac_toe")]
    lobby.submit(commands.TakeSeat(bot, 1), "r2", None, desk.clock_ms)
    await desk.settle()
    assert desk.registry.asked_seats(Player("other", "minimax", bot=True)) == []
    assert desk.registry.asked_seats(bot) == [("aaaa", 1, "tic_tac_toe")], "it may have been restarted meanwhile"


async def test_an_idle_lobby_is_closed_and_taken_off_the_list() -> None:
    """Left open over its time in a server that was down, it is closed by the next start."""
    desk = Desk()
    await desk.lobby()
    again = Desk(desk.storage, clock_ms=desk.clock_ms + LOBBY_IDLE_MS)
    await again.turns(2)
    await again.settle()
    assert again.registry.lobby("aaaa").told.phase == "closed"
    await again.turns(1)
    assert again.registry.open_lobbies.look(None, "view") == {}


async def test_the_record_of_a_match_is_published_when_it_is_over() -> None:
    """Before that the seed is a secret."""
    desk = Desk()
    host = await desk.match()
    archive = Archive(desk.registry)
    with pytest.raises(Refusal) as refused:
        archive.published("aaaa")
    assert refused.value.code == "match_not_over"
    host.submit(Resign(1), "r1", None, desk.clock_ms)
    await desk.settle()
    record = archive.published("aaaa")()
    assert record["seed"] == host.told.header.seed.hex()
    assert record["outcome"] == {"ending": "resigned", "points": (1, -1)}


async def test_a_lobby_is_opened_and_started_without_a_look_at_the_disk() -> None:
    """What was written is known; a disk that cannot be read keeps nobody waiting."""
    desk, ear, listening = Desk(), Ear(), Ear()
    lobby = await desk.lobby()
    lobby.hear(listening)
    desk.registry.create_lobby(desk.header("bbbb"), "r1", ear, free)
    desk.storage.reads_fail = True
    for player in (ANN, BOB):
        lobby.submit(commands.TakeSeat(player, None), f"sit-{player.id}", ear, desk.clock_ms)
    lobby.submit(commands.LeaveLobby("ann"), "late", ear, desk.clock_ms)
    with pytest.raises(Refusal) as refused:
        desk.registry.match("aaaa")
    assert refused.value.code == "unavailable"
    await desk.settle()
    assert [heard.request for heard in listening.heard] == ["told", "told"]
    assert ear.heard == [Heard("r1", "bbbb"), Heard("sit-ann", 1), Heard("sit-bob", 2), Heard("late", "lobby_started")]
    assert set(desk.registry.open_matches) == {"aaaa"}
    assert list(desk.registry.open_lobbies.look(None, "view")) == ["bbbb"]


async def test_what_was_kept_though_the_commit_failed_is_known_without_a_restart() -> None:
    """A lobby, a match that started, and one that ended: the lists say what the records say."""
    desk, ear = Desk(), Ear()
    over, lobby = await desk.match("over"), await desk.lobby("full")
    lobby.submit(commands.TakeSeat(ANN, None), "sit-a", None, desk.clock_ms)
    await desk.settle()
    desk.storage.fails = desk.storage.keeps = True
    desk.registry.create_lobby(desk.header("open"), "r1", ear, free)
    lobby.submit(commands.TakeSeat(BOB, None), "sit-b", ear, desk.clock_ms)
    over.submit(Resign(0), "r2", ear, desk.clock_ms)
    await desk.settle()
    await desk.turns(3)
    desk.storage.fails = False
    assert [heard.answer for heard in ear.heard] == ["unavailable"] * 3
    assert set(desk.registry.open_matches) == desk.registry.matches_of("bob") == {"full"}
    assert list(desk.registry.open_lobbies.look(None, "view")) == ["open"]
    assert desk.registry.lobbies_hosted("ann") == 1


async def test_what_could_not_be_read_after_a_failed_commit_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fails now may be well in a minute."""
    monkeypatch.setattr(registry_module, "LOOK_AGAIN_SECONDS", 0)
    desk = Desk()
    desk.registry.create_lobby(desk.header(), "r1", Ear(), free)
    desk.storage.fails = desk.storage.keeps = desk.storage.reads_fail = True
    await desk.settle()
    await desk.turns(5)
    assert desk.registry.open_lobbies.look(None, "view") == {}
    desk.storage.reads_fail = False
    await desk.turns(5)
    assert list(desk.registry.open_lobbies.look(None, "view")) == ["aaaa"]


async def test_a_bot_whose_asking_was_kept_though_the_commit_failed_is_called() -> None:
    desk = Desk()
    lobby = await desk.lobby()
    desk.storage.fails = desk.storage.keeps = True
    lobby.submit(commands.AskBot("ann", 1, "minimax"), "r1", None, desk.clock_ms)
    await desk.settle()
    await desk.turns(3)
    assert desk.called == [("minimax", "aaaa", 1, "tic_tac_toe")]


async def test_only_a_lobby_that_is_new_is_checked() -> None:
    """A limit that is reached meanwhile changes no answer."""
    desk, ear = Desk(), Ear()
    await desk.lobby()

    def full() -> None:
        raise Refusal("too_many_lobbies", "No more.")

    desk.registry.create_lobby(desk.header(), "open", ear, full)
    assert ear.heard == [Heard("open", "aaaa")]
    with pytest.raises(Refusal):
        desk.registry.create_lobby(desk.header("bbbb"), "r2", ear, full)
    desk.registry.share_lobby(desk.header(), "r3", ear, full)
    assert ear.heard[-1] == Heard("r3", "aaaa")
