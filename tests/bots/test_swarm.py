"""The swarm: a second of load on a real server, and what it is made of."""

import json
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from bots.swarm.link import Link, LinkLost, masked
from bots.swarm.playing import Watching
from bots.swarm.result import Result, latency, middle
from bots.swarm.run import Swarm, SwarmFailed
from bots.swarm.script import playout, scripts
from bots.swarm.seat import Seat, number_at
from bots.swarm.tally import Tally
from bots.swarm.worker import Plan
from game.rules.catalog import load_catalog
from protocol import framing
from protocol.messages import CreateLobby
from tests.server import ServerProcess, StartServer
from web.edge.frames import binary_frame


class Heard:
    """An Ear that keeps what it hears."""

    def __init__(self) -> None:
        self.payloads: list[bytes] = []
        self.why: list[str] = []

    def hear(self, data: bytes, start: int, stop: int) -> None:
        self.payloads.append(data[start:stop])

    def lost(self, why: str) -> None:
        self.why.append(why)


def test_a_second_of_load_by_the_command_says_what_the_server_spent(server: ServerProcess, tmp_path: Path) -> None:
    command = ("-m", "bots", "swarm", "--url", server.url, "--matches", "3", "--spectators", "2", "--seconds", "0.5")
    more = ("--pid", str(server.pid), "--json", "--plot", str(tmp_path / "swarm.png"))
    said = subprocess.run([sys.executable, *command, *more], capture_output=True, text=True, timeout=100, check=False)
    assert said.returncode == 0, said.stderr + said.stdout
    result = json.loads(said.stdout.splitlines()[-1])
    assert result["moves"] > 0
    assert result["connections"] == 3 * 4
    assert result["errors"] == 0
    assert result["cpu_us_per_move"] > 0
    assert result["latency_ms"]["p50"] <= result["latency_ms"]["p99"]
    assert (tmp_path / "swarm.png").read_bytes().startswith(b"\x89PNG")


def test_a_server_with_limits_refuses_haste_and_the_load_goes_on(start_server: StartServer) -> None:
    limits = {"requests-at-first": 20, "requests-per-second": 100, "slow-downs-max": 1_000_000}
    server = start_server("memory:", *(f"--limits.{name}={value}" for name, value in limits.items()))
    result = _swarm(server, Plan(server.url, "tic_tac_toe", 2))
    assert result.refusals > 0
    assert result.errors == 0


@pytest.mark.parametrize("game", ["liars_dice", "rock_paper_scissors"])
def test_moves_that_cannot_be_foreseen_are_chosen_among_those_offered(server: ServerProcess, game: str) -> None:
    result = _swarm(server, Plan(server.url, game, 2))
    assert result.moves > 0
    assert (result.refusals, result.errors) == (0, 0)


def test_a_rate_is_kept_from_above(server: ServerProcess) -> None:
    result = _swarm(server, Plan(server.url, "tic_tac_toe", 4, rate=100))
    assert 0 < result.moves_per_second <= 101


def test_several_processes_share_the_matches(server: ServerProcess) -> None:
    result = Swarm(Plan(server.url, "connect_four", 3), 2, server.pid).run(0.3, lambda _: None)
    assert result.processes == 2
    assert result.connections == 6


def test_a_server_that_is_not_there_is_said_in_a_sentence() -> None:
    with pytest.raises(SwarmFailed, match="cannot be reached"):
        Swarm(Plan("ws://127.0.0.1:1/ws", "tic_tac_toe", 1), 1, None).run(1, lambda _: None)


def test_a_game_of_chance_or_secrets_has_no_script() -> None:
    catalog = load_catalog()
    assert scripts(catalog["liars_dice"], catalog["liars_dice"].Options(), 2, 3, Random(1)) == []
    assert scripts(catalog["rock_paper_scissors"], catalog["rock_paper_scissors"].Options(), 2, 3, Random(1)) == []


def test_a_script_is_a_match_to_its_end() -> None:
    game = load_catalog()["tic_tac_toe"]
    script = playout(game, game.Options(), 2, Random(5))
    assert script is not None
    assert 5 <= len(script) <= 9
    assert [step.seat for step in script] == [number % 2 for number in range(len(script))]


async def test_a_link_hears_the_same_however_the_bytes_are_cut() -> None:
    stream = b"HTTP/1.1 101 Switching Protocols\r\n\r\n" + b"".join(map(binary_frame, _PAYLOADS))
    for size in (1, 2, 3, 7, len(stream)):
        ear = Heard()
        link = Link("ws://127.0.0.1/ws", ear)
        for start in range(0, len(stream), size):
            link.data_received(stream[start : start + size])
        assert ear.payloads == _PAYLOADS


def test_numbers_are_read_as_messagepack_has_them() -> None:
    for number in (0, 127, 128, 255, 256, 65_535, 65_536, 2**32):
        assert number_at(framing.encode([number]), 1) == (number, len(framing.encode([number])))


def test_a_masked_frame_is_one_that_a_server_reads() -> None:
    key = b"\x01\x02\x03\x04"
    assert masked(b"Hello", key) == b"\x82\x85\x01\x02\x03\x04" + bytes(a ^ b for a, b in zip(b"Hello", key * 2))


def test_figures_are_those_of_the_middle() -> None:
    spread = latency([0.001 * number for number in range(1, 101)])
    assert spread is not None
    assert (spread.p50, spread.p99, spread.max) == (51.0, 99.0, 100.0)
    assert latency([]) is None
    assert middle([0, 1, 5, 1]) == 2


_PAYLOADS = [b"", b"a", b"b" * 125, b"c" * 126, b"d" * 5000, b"e" * 66_000]


def _swarm(server: ServerProcess, plan: Plan) -> Result:
    return Swarm(plan, 1, server.pid).run(0.3, lambda _: None)


async def test_who_asks_over_a_link_that_is_lost_hears_so(server: ServerProcess) -> None:
    why: list[str] = []
    seat = Seat(server.url, 0, Watching(), Tally(None), why.append)
    await seat.connect("lost")
    server.kill()
    with pytest.raises(LinkLost):
        await seat.ask(CreateLobby, "tic_tac_toe", {}, 2, False)
    with pytest.raises(LinkLost, match="dropped"):
        await seat.ask(CreateLobby, "tic_tac_toe", {}, 2, False)
    assert len(why) == 1
