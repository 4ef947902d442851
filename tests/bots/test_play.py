"""Many matches over real sockets to a real server, which is killed in the middle."""

import asyncio
import json
import sys
from pathlib import Path

import pytest

from bots.address import address
from bots.api import Api
from bots.plan import plan
from bots.play import Finished, play_all
from game.rules.catalog import OWN, load_catalog
from tests.server import ServerProcess, StartServer

CATALOG = load_catalog()


async def run_bots(*arguments: str) -> tuple[int, str]:
    """`python -m bots …`: how it ended, and what it said."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bots", *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


@pytest.mark.timeout(600)
async def test_every_game_is_played_and_checked(start_server: StartServer) -> None:
    """Also those by the dozen: one match of each, on a real database, watched and compared with its record."""
    server = start_server("")
    ended, said = await run_bots("play", "--url", server.url, "--game", "all", "--matches", "1", "--seed", "1")
    assert ended == 0, said
    assert [game for game in CATALOG if game not in said] == []
    assert "too few matches" not in said, said


async def test_games_are_played_in_memory_too(start_server: StartServer) -> None:
    games = ",".join(game.key for game in OWN)
    server = start_server("memory:")
    ended, said = await run_bots("play", "--url", server.url, "--game", games, "--matches", "30", "--seed", "1")
    assert ended == 0, said


async def test_both_bots_play_against_each_other(server: ServerProcess) -> None:
    ended, said = await run_bots(
        "play",
        "--url",
        server.http,
        "--game",
        "tic_tac_toe",
        "--matches",
        "6",
        "--bot",
        "random,minimax",
        "--seed",
        "2",
    )
    assert ended == 0, said


async def test_what_cannot_be_played_is_said(server: ServerProcess) -> None:
    ended, said = await run_bots("play", "--url", server.url, "--game", "liars_dice", "--bot", "minimax")
    assert (ended, "not everything is seen" in said.replace("\n", " ")) == (2, True)
    ended, said = await run_bots("play", "--url", server.url, "--game", "calvinball")
    assert (ended, "calvinball is not played" in said.replace("\n", " ")) == (2, True)


async def test_a_server_killed_in_the_middle_loses_and_doubles_nothing(start_server: StartServer) -> None:
    server = start_server()
    planned = plan(CATALOG, ["tic_tac_toe", "connect_four", "liars_dice", "rock_paper_scissors"], ["random"], 60, "3")
    finished: list[Finished] = []
    moves, reached = 0, asyncio.Event()

    def on_move() -> None:
        nonlocal moves
        moves += 1
        if moves in (100, 700, 1300):
            reached.set()

    async def kill_now_and_then() -> None:
        for _ in range(3):
            await reached.wait()
            reached.clear()
            server.kill()
            await asyncio.to_thread(server.start)

    playing = asyncio.create_task(play_all(server.url, CATALOG, planned, 20, on_move, finished.append))
    killing = asyncio.create_task(kill_now_and_then())
    reconnects, _ = await playing
    await killing
    assert [fault for match in finished for fault in match.faults] == []
    assert len(finished) == len(planned)
    assert sum(match.moves for match in finished) == moves
    assert reconnects >= 10


async def test_a_match_is_verified_from_the_server_and_from_a_file(server: ServerProcess, tmp_path: Path) -> None:
    finished: list[Finished] = []
    await play_all(
        server.url, CATALOG, plan(CATALOG, ["liars_dice"], ["random"], 1, "4"), 1, lambda: None, finished.append
    )
    match = finished[0].match
    ended, said = await run_bots("verify", "--url", server.url, "--match", match)
    assert (ended, "are right" in said.replace("\n", " ")) == (0, True)
    async with Api(address(server.url).http) as api:
        record = (await api.record(match)).model_dump(mode="json")
    record["entries"][-1]["command"]["move"] = "bid 1x2"
    (tmp_path / "record.json").write_text(json.dumps(record))
    ended, said = await run_bots("verify", str(tmp_path / "record.json"))
    assert ended == 1, said
