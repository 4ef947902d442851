"""A server that is brought down while bots play: that it passes the drill, and that the drill can fail."""

import sqlite3
from pathlib import Path

import pytest

from bots.drill import QUICK_GAMES, Drill, endless, falls
from bots.ledger import Kept, Ledger
from bots.record import Record
from bots.server import ServerProcess, ServerTrouble
from game.rules.catalog import load_catalog
from tests.bots.records import published
from tests.bots.test_play import run_bots

CATALOG = load_catalog()


class Forgetful(ServerProcess):
    """A server whose storage has lost its last commits each time that it starts."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"sqlite:{folder / 'parlour.db'}", folder / "server.log")
        self._path = folder / "parlour.db"

    async def start(self) -> None:
        if self._path.exists():
            database = sqlite3.connect(self._path)
            with database:
                # The very last one may not have been acknowledged yet.
                database.execute("DELETE FROM journal WHERE batch > (SELECT max(batch) FROM journal) - 4")
            database.close()
        await super().start()


@pytest.mark.parametrize("how", [["--kills", "3"], ["--kills", "2", "--term"]])
async def test_the_server_keeps_its_promises_however_often_it_falls(how: list[str], tmp_path: Path) -> None:
    ended, said = await run_bots(
        "drill",
        *how,
        "--matches",
        "10",
        "--concurrency",
        "16",
        "--seed",
        "1",
        "--storage",
        str(tmp_path / "p.db"),
    )
    assert ended == 0, said
    assert [line for line in ("lost: 0", "doubled: 0", f"restarts: {how[1]}") if line not in said] == []


async def test_a_storage_that_forgets_its_last_commit_is_found_out(tmp_path: Path) -> None:
    server = Forgetful(tmp_path)
    drill = Drill(server, CATALOG, endless(CATALOG, QUICK_GAMES, "2"), matches=1, concurrency=16)
    came = await drill.run(falls(drill, server.kill, 8, "2"))
    assert came.lost
    assert not came.well
    assert str(came.lost[0]) in "\n".join(came.complaints())


async def test_a_server_that_ends_by_itself_is_found_out(tmp_path: Path) -> None:
    server = ServerProcess(f"sqlite:{tmp_path / 'parlour.db'}", tmp_path / "server.log")
    server.environment = {"PARLOUR_FAIL_POINT": "after_commit:9"}
    drill = Drill(server, CATALOG, endless(CATALOG, ["tic_tac_toe"], "3"), matches=1, concurrency=4)

    async def kill_too_late() -> None:
        await server.gone()
        await server.kill()

    came = await drill.run([kill_too_late])
    assert not came.well
    assert "the server ended by itself, with -9" in "\n".join(came.complaints())


async def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    server = ServerProcess("elsewhere:", tmp_path / "server.log")
    with pytest.raises(ServerTrouble, match="(?s)did not start.*'elsewhere:' is no storage"):
        await server.start()


RECORD = Record.model_validate(published("liars_dice", 2, 1))
MOVES = [
    Kept("m1", entry.version, entry.command.seat, entry.command.move)
    for entry in RECORD.entries
    if entry.command.name == "PlayMove"
]


def ledger(*moves: Kept) -> Ledger:
    """A ledger of these acknowledged moves."""
    entered = Ledger()
    for move in moves:
        entered.acknowledged(move)
    return entered


def test_a_record_of_all_that_was_acknowledged_has_lost_and_doubled_nothing() -> None:
    promised = ledger(*MOVES)
    assert (promised.lost("m1", RECORD), promised.doubled("m1", RECORD)) == ([], [])


def test_a_move_that_is_not_where_it_was_said_to_be_is_lost_there_and_doubled_where_it_is() -> None:
    first, *others = MOVES
    elsewhere = first._replace(version=len(MOVES) + 1)
    promised = ledger(elsewhere, *others)
    assert (promised.lost("m1", RECORD), promised.doubled("m1", RECORD)) == ([elsewhere], [first])


def test_a_move_that_was_acknowledged_twice_and_kept_once_is_lost() -> None:
    assert ledger(*MOVES, MOVES[0]).lost("m1", RECORD) == [MOVES[0]]


def test_another_commitment_breaks_a_promise() -> None:
    promised = ledger()
    for commitment in ("aa", "aa", "bb"):
        promised.committed("m1", commitment)
    assert promised.broken == ["match m1: the commitment to the seed was aa, and now is bb"]
