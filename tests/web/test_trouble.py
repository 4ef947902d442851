"""What happens to a match when the disk will not take any more, and when it does again.

The disk is full as far as this server can tell: the system lets none of its files grow (RLIMIT_FSIZE).
"""

import asyncio
import resource
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from game.engine.storage import open_storage
from protocol.messages import FeedEnded, Play, Watch
from tests.server import PATIENCE_SECONDS, ServerProcess, StartServer
from tests.web.player import begin, player
from tests.web.stream import asking

LINUX_ONLY = pytest.mark.skipif(sys.platform != "linux", reason="the limits of another process are set on Linux alone")


def let_files_grow(server: ServerProcess, to_bytes: int) -> None:
    """From now on no file of the server grows beyond that."""
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (to_bytes, resource.RLIM_INFINITY))


async def readiness(server: ServerProcess) -> tuple[int, str]:
    """The status of /ready, and what it says."""
    async with asking(server) as http:
        answer = await http.get("/ready")
    return answer.status_code, answer.json().get("sentence", "")


@LINUX_ONLY
async def test_a_full_disk_loses_no_acknowledged_move_and_is_told(start_server: StartServer) -> None:
    """The move is not acknowledged, its match is closed to all, /ready says why; with room again all goes on."""
    server = start_server()
    async with player(server.url) as ann, player(server.url) as bea, player(server.url) as eve:
        match = await begin("tic_tac_toe", [ann, bea])
        await eve.watch(f"match/{match}")
        assert await ann.accepted(Play, match, 0, "b2") == 1
        let_files_grow(server, 1)
        assert await bea.refused(Play, match, 1, "a1", request="bea-1") == "unavailable"
        assert (await eve.until(FeedEnded)).code == "unavailable"
        status, sentence = await readiness(server)
        assert status == 503
        assert "parlour.db" in sentence
        let_files_grow(server, resource.RLIM_INFINITY)
        assert await readiness(server) == (200, "")
        feed = await eve.watch(f"match/{match}")
        view = await eve.until_view(feed, lambda view: True)
        assert view["game"]["cells"].count("") == 8
        assert await bea.accepted(Play, match, 1, "a1", request="bea-1") == 2
    server.kill()
    server.start()
    async with player(server.url) as late:
        feed = await late.watch(f"match/{match}")
        assert (await late.until_view(feed, lambda view: True))["game"]["cells"].count("") == 7


@LINUX_ONLY
async def test_matches_can_be_watched_while_nothing_can_be_saved(start_server: StartServer) -> None:
    """Reading needs no room."""
    server = start_server()
    async with player(server.url) as ann, player(server.url) as bea:
        match = await begin("tic_tac_toe", [ann, bea])
        assert await ann.accepted(Play, match, 0, "b2") == 1
        let_files_grow(server, 1)
        async with asyncio.timeout(PATIENCE_SECONDS):
            about = await bea.accepted(Watch, f"match/{match}", 1)
        view = await bea.until_view(about["feed"], lambda view: True)
        assert view["turn"] == [1]


async def test_a_damaged_match_stops_neither_the_start_nor_the_others(
    start_server: StartServer, tmp_path: Path
) -> None:
    """Its players are told in words that it cannot be read; the log names it; the others play on."""
    path = tmp_path / "parlour.db"
    server = start_server(f"sqlite:{path}")
    async with player(server.url) as ann, player(server.url) as bea:
        whole, damaged = [await begin("tic_tac_toe", [ann, bea]) for _ in range(2)]
        for match in (whole, damaged):
            assert await ann.accepted(Play, match, 0, "b2") == 1
    assert server.stop() == 0
    open_storage(f"sqlite:{path}").close()  # moves all lines to where they are found by their keys
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(
            "UPDATE chunks SET texts = CAST(replace(texts, 'tic', 'tac') AS BLOB) WHERE key = ?", [f"match/{damaged}"]
        )
    server.start()
    async with player(server.url, token=ann.token) as ann, player(server.url, token=bea.token) as bea:
        assert await ann.refused(Watch, f"match/{damaged}", 0) == "record_unreadable"
        assert await bea.refused(Play, damaged, 1, "a1") == "record_unreadable"
        assert await bea.accepted(Play, whole, 1, "a1") == 2
    assert await readiness(server) == (200, "")
    assert f"record=match/{damaged}" in server.log
