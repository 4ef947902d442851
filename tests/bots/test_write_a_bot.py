"""The examples in docs/write-a-bot.md do what the page says."""

import asyncio
import re
import sys
from pathlib import Path

import pytest

from bots.client import Client
from bots.random_bot import RandomBot
from bots.sitting import sit_and_play
from game.rules.catalog import OWN
from tests.bots.test_play import run_bots
from tests.server import ServerProcess

PAGE = Path(__file__).parents[2] / "docs" / "write-a-bot.md"
GAMES = ",".join(game.key for game in OWN)
BOT, PROGRAM = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)


async def test_the_bot_of_the_page_plays(
    server: ServerProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "careful.py").write_text(BOT)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    bots = ["--bot", "careful:Careful,random", "--seed", "1"]
    ended, said = await run_bots("play", "--url", server.url, "--game", GAMES, "--matches", "20", *bots)
    assert ended == 0, said


async def test_the_program_of_the_page_hosts_a_match(server: ServerProcess) -> None:
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PROGRAM, server.url, stdout=asyncio.subprocess.PIPE
    )
    assert program.stdout is not None
    code = (await program.stdout.readline()).decode().rpartition(" ")[2].strip()
    async with Client(server.url, name="Guest") as client:
        (played,) = await sit_and_play(client, code, None, RandomBot)
    said, _ = await program.communicate()
    assert program.returncode == 0
    assert said.decode().strip() == str(played.view["over"])
