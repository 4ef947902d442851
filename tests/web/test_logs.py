"""Logs: one event a line, and never a token, a seed or what a player sees."""

import asyncio
import json
from typing import NamedTuple

import pytest

from protocol.messages import Hello, Play, Watch
from tests.server import ServerProcess, StartServer
from tests.web.api import Api
from tests.web.player import begin, connected, player


class Log(NamedTuple):
    """A log, and what must not be in it."""

    format: str
    text: str
    secrets: set[str]


async def seen_all(server: ServerProcess) -> set[str]:
    """Has much happen, good and bad; what must not be in the log: tokens, seeds, moves and views."""
    api = Api(server.http)
    async with player(server.url, "Ann\nLee\x1b[2J") as ann, player(server.url, "Bea") as bea:
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
        await bea.socket.send(
            b"\x96\x0a\xa1r\xabtic_tac_toe\x81\xa4\x1b[2J\xc0\x02\xc3"
        )  # with signs that a terminal obeys
        await bea.closed()
        secrets.add(api.get(f"/api/matches/{match}/record").json()["seed"])
    api.client.close()
    return {part for secret in secrets for part in [secret, *secret.split(".")[1:]]} | {
        "dynamite",
        "scissors",
        "chosen",
    }


@pytest.fixture(scope="module", params=["json", "console"])
def log(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Log:
    """What a server writes while all that happens, at the level that says most."""
    folder = tmp_path_factory.mktemp("logs")
    arguments = [f"sqlite:{folder / 'parlour.db'}", "--log-format", request.param, "--log-level", "debug"]
    server = ServerProcess(folder, *arguments).start()
    try:
        secrets = asyncio.run(seen_all(server))
        server.stop()
    finally:
        server.close()
    return Log(request.param, server.log, secrets)


def test_what_happens_is_in_the_log_and_no_secret_is(log: Log) -> None:
    for event in ("player_connected", "match_started", "match_ended", "protocol_error"):
        assert event in log.text
    for secret in log.secrets:
        assert secret not in log.text.replace("rock_paper_scissors", ""), f"{secret!r} is in the log"


def test_each_line_is_an_event_whatever_a_client_says(log: Log) -> None:
    """For programs a JSON object with what happened, when, and how grave it is; for people what a terminal only shows."""
    if log.format == "console":
        assert "\x1b" not in log.text
        return
    lines = [json.loads(line) for line in log.text.splitlines()]
    for line in lines:
        assert {"event", "level", "timestamp"} <= set(line), line
    started = next(line for line in lines if line["event"] == "match_started")
    assert (started["game"], started["seats"], started["level"]) == ("rock_paper_scissors", 2, "info")
    assert started["timestamp"].endswith("Z")


def test_what_is_less_grave_than_wanted_is_not_logged(start_server: StartServer) -> None:
    server = start_server("memory:", "--log-level", "warning")
    asyncio.run(one_visit(server))
    server.stop()
    assert server.log == ""


async def one_visit(server: ServerProcess) -> None:
    """Somebody comes and goes."""
    async with player(server.url):
        pass
