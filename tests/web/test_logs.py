"""Logs: one event a line, and never a token, a seed or what a player sees."""

import json
from pathlib import Path

import pytest

from protocol.messages import Hello, Play, Watch
from tests.server import ServerProcess, StartServer
from tests.web.api import Api
from tests.web.player import begin, connected, player


async def seen_all(server: ServerProcess) -> set[str]:
    """Has much happen, good and bad; what must not be in the log: tokens, seeds, moves and views."""
    api = Api(server.http)
    async with player(server.url, "Ann") as ann, player(server.url, "Bea") as bea:
        match = await begin("rock_paper_scissors", [ann, bea], {"best_of": 1})
        secrets = {ann.token, bea.token, api.guest("Eve")["token"]}
        for seat, one in enumerate((ann, bea)):
            await one.watch(f"match/{match}", seat, "scene", True)
            await one.accepted(Watch, f"match/{match}", seat)
        await ann.refused(Play, match, 0, "dynamite")
        await ann.accepted(Play, match, 0, "scissors")
        await bea.accepted(Play, match, 1, "rock")
        await bea.refused(Play, match, 1, "rock")
        api.get("/api/matches/mine", f"{ann.token}x")
        api.get(f"/api/matches/{match}?token={bea.token}")
        for said in (Hello(f"{ann.token}x"), Play("r", match, 0, "dynamite")):
            async with connected(server.url) as one:
                await one.tell(said)
                await one.closed()
        await bea.socket.send(b"\xc1")
        await bea.closed()
        secrets.add(api.get(f"/api/matches/{match}/record").json()["seed"])
    api.client.close()
    return {part for secret in secrets for part in [secret, *secret.split(".")[1:]]} | {
        "dynamite",
        "scissors",
        "chosen",
    }


@pytest.mark.parametrize("log_format", ["json", "console"])
async def test_no_secret_is_in_the_log_of_a_match(log_format: str, start_server: StartServer) -> None:
    """At the level that says most, by either side's events: they are there, and what they are about is not."""
    server = start_server("", "--log-format", log_format, "--log-level", "debug")
    secrets = await seen_all(server)
    server.stop()
    log = server.log
    for event in ("player_connected", "match_started", "match_ended", "protocol_error"):
        assert event in log
    for secret in secrets:
        assert secret not in log.replace("rock_paper_scissors", ""), f"{secret!r} is in the log"


async def test_the_log_for_programs_is_one_json_object_a_line(start_server: StartServer) -> None:
    """Each says what happened, when and how grave it is; names that hold line breaks do not break it."""
    server = start_server("memory:", "--log-format", "json")
    await seen_all(server)
    async with player(server.url, "Ann\nLee\x1b[2J") as ann:
        await ann.socket.send("text")
        await ann.closed()
    server.stop()
    lines = [json.loads(line) for line in server.log.splitlines()]
    assert len(lines) > 5
    for line in lines:
        assert {"event", "level", "timestamp"} <= set(line), line
    started = next(line for line in lines if line["event"] == "match_started")
    assert (started["game"], started["seats"], started["level"]) == ("rock_paper_scissors", 2, "info")
    assert started["timestamp"].endswith("Z")


async def test_a_client_cannot_write_to_the_terminal_of_the_host(start_server: StartServer) -> None:
    """Signs that a terminal obeys do not get through from a message into the log for people."""
    server = start_server("memory:")
    async with player(server.url) as ann:
        await ann.socket.send(b"\x96\x0a\xa1r\xabtic_tac_toe\x81\xa4\x1b[2J\xc0\x02\xc3")
        await ann.closed()
    server.stop()
    assert "protocol_error" in server.log
    assert "\x1b" not in server.log


def test_what_is_less_grave_than_wanted_is_not_logged(start_server: StartServer, tmp_path: Path) -> None:
    server = start_server("memory:", "--log-level", "warning")
    Api(server.http).client.close()
    server.stop()
    assert server.log == ""
