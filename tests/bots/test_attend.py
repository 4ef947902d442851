"""Bots that are asked to sit down, over restarts of the server and of their own."""

import asyncio
import os
import secrets
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from random import Random

import pytest

from bots.api import Api
from bots.attend import Attendant, attend
from bots.bot import Bot, CannotPlay, Place
from bots.client import Client
from bots.random_bot import RandomBot
from bots.roster import maker, playable
from bots.seat import Played, play_seat
from bots.tokens import KeptTokens
from game.rules.catalog import load_catalog
from protocol.messages import AskBot
from tests.bots.test_play import run_bots
from tests.server import ServerProcess, StartServer


@asynccontextmanager
async def attending(server: ServerProcess, *bots: str, tokens: KeptTokens | None = None) -> AsyncIterator[None]:
    """Bots that attend for a while."""
    kept = tokens or KeptTokens(None, server.http)
    tasks = [asyncio.create_task(attend(server.url, bot, maker(bot), playable(maker(bot)), kept)) for bot in bots]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        for task in tasks:
            assert task.cancelled(), f"attending ended by itself: {task.exception()!r}"


async def until_attended(client: Client, *bots: str) -> None:
    """Until all of them are on the list."""
    watched = await client.watch("attendants")
    await watched.until(lambda view: set(bots) <= set(view))
    client.unwatch(watched)


async def lobby_with(client: Client, bot: str, game: str = "connect_four") -> str:
    """A lobby in which seat 1 is kept for a bot."""
    lobby = await client.create_lobby(game, 2)
    await client.request(AskBot, lobby, 1, bot)
    return lobby


async def until_started(client: Client, lobby: str) -> None:
    watched = await client.watch(f"lobby/{lobby}")
    await watched.until(lambda view: view["phase"] == "started")
    client.unwatch(watched)


async def sit_and_play_first(client: Client, lobby: str) -> Played:
    """The host's own seat, played by chance when the bot has come."""
    await client.take_seat(lobby, 0)
    await until_started(client, lobby)
    return await play_seat(client, lobby, 0, RandomBot, Random(secrets.randbits(64)))


async def bots_program(*arguments: str, **environment: str) -> asyncio.subprocess.Process:
    """`python -m bots`, of which one reads what it says."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bots",
        *arguments,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


async def test_bots_that_are_asked_sit_down_and_play_many_matches_at_once(server: ServerProcess) -> None:
    async with attending(server, "random", "minimax"), Client(server.url, name="Ann") as client:
        await until_attended(client, "random", "minimax")
        lobbies = [await lobby_with(client, bot) for bot in ("random", "minimax") * 5]
        for played in await asyncio.gather(*(sit_and_play_first(client, lobby) for lobby in lobbies)):
            assert played.view["over"] is not None
        async with Api(server.url) as api:
            for number, lobby in enumerate(lobbies):
                bot = (await api.record(lobby)).players[1]
                assert (bot.name, bot.bot) == (("random", "minimax")[number % 2], True)


async def test_a_bot_declines_where_it_cannot_play(server: ServerProcess) -> None:
    """And the seat is free again; where it can, it comes."""

    def choosy(place: Place) -> Bot:
        if place.options["best_of"] != 1:
            raise CannotPlay("one round is enough")
        return RandomBot(place)

    tokens = KeptTokens(None, server.http)
    task = asyncio.create_task(attend(server.url, "choosy", choosy, ["rock_paper_scissors"], tokens))
    async with Client(server.url, name="Ann") as client:
        await until_attended(client, "choosy")
        assert await seat_after_asking(client, "choosy", best_of=3) is None
        assert "player" in (await seat_after_asking(client, "choosy", best_of=1) or {})
    task.cancel()
    await asyncio.wait([task])


async def test_a_bot_waits_while_another_attends_under_its_name(
    server: ServerProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bots.attend.NAME_TAKEN_SECONDS", 0.05)
    async with Client(server.url, name="Ann") as client, AsyncExitStack() as stack:
        async with Client(server.url, name="random") as other:
            await other.attend(["tic_tac_toe"])
            await stack.enter_async_context(attending(server, "random"))
            watched = await client.watch("attendants")
            assert watched.view["random"] == {"games": ["tic_tac_toe"]}
        await watched.until(lambda view: len(view.get("random", {"games": []})["games"]) > 1)


async def seat_after_asking(client: Client, bot: str, best_of: int) -> dict[str, object] | None:
    """What becomes of the seat for which a bot was asked."""
    lobby = await client.create_lobby("rock_paper_scissors", 2, {"best_of": best_of})
    asked = await client.request(AskBot, lobby, 1, bot)
    assert isinstance(asked, int)
    watched = await client.watch(f"lobby/{lobby}")
    seat: dict[str, object] | None = (await watched.until(lambda _: watched.version > asked))["seats"][1]
    return seat


async def test_a_bot_takes_several_seats_of_a_lobby(server: ServerProcess) -> None:
    async with attending(server, "random"), Client(server.url, name="Ann") as client:
        await until_attended(client, "random")
        lobby = await client.create_lobby("liars_dice", 4)
        for seat in (1, 2, 3):
            await client.request(AskBot, lobby, seat, "random")
        assert (await sit_and_play_first(client, lobby)).view["over"] is not None


async def test_a_bot_that_is_asked_twice_sits_down_once(server: ServerProcess) -> None:
    """As after a lost connection, when the first time is still on its way."""
    attendant = Attendant("random", RandomBot)
    async with Client(server.url, name="Ann") as ann, Client(server.url, name="random") as attendant.client:
        lobby = await ann.create_lobby("tic_tac_toe", 2)
        await ann.take_seat(lobby, 0)
        for _ in range(2):
            attendant.invited(lobby, 1, "tic_tac_toe")
        await until_started(ann, lobby)
        assert (await play_seat(ann, lobby, 0, RandomBot, Random(1))).view["over"] is not None
        attendant.stop()


async def test_who_was_asked_before_it_came_comes(server: ServerProcess) -> None:
    async with Client(server.url, name="Ann") as client:
        async with attending(server, "random"):
            await until_attended(client, "random")
            first = await lobby_with(client, "random")
            await sit_and_play_first(client, first)
        watched = await client.watch("attendants")
        await watched.until(lambda view: "random" not in view)


async def test_attending_survives_restarts_of_the_server(start_server: StartServer) -> None:
    server = start_server()
    async with attending(server, "random"), Client(server.url, name="Ann") as client:
        await until_attended(client, "random")
        lobbies = [await lobby_with(client, "random") for _ in range(5)]
        await asyncio.gather(*(client.take_seat(lobby, 0) for lobby in lobbies))
        server.kill()
        await asyncio.to_thread(server.start)
        await asyncio.gather(*(until_started(client, lobby) for lobby in lobbies))
        playing = [play_seat(client, lobby, 0, RandomBot, Random(7)) for lobby in lobbies]
        for played in await asyncio.gather(*playing):
            assert played.view["over"] is not None
        await until_attended(client, "random")
        assert (await sit_and_play_first(client, await lobby_with(client, "random"))).view["over"] is not None


async def test_a_server_that_forgets_everyone_gets_the_bot_as_a_new_player(start_server: StartServer) -> None:
    server = start_server("memory:")
    tokens = KeptTokens(None, server.http)
    async with attending(server, "random", tokens=tokens):
        async with Client(server.url, name="Ann") as client:
            await until_attended(client, "random")
        before = tokens.token("random")
        server.kill()
        await asyncio.to_thread(server.start)
        async with Client(server.url, name="Bea") as client:
            await until_attended(client, "random")
        assert tokens.token("random") not in (None, before)


async def test_after_a_restart_of_its_own_the_bot_goes_on_with_its_matches(
    server: ServerProcess, tmp_path: Path
) -> None:
    tokens = tmp_path / "tokens.json"
    async with Client(server.url, name="Ann") as client:
        async with attending(server, "random", tokens=KeptTokens(tokens, server.http)):
            await until_attended(client, "random")
            lobby = await lobby_with(client, "random")
            await client.take_seat(lobby, 0)
            await until_started(client, lobby)
        async with attending(server, "random", tokens=KeptTokens(tokens, server.http)):
            played = await play_seat(client, lobby, 0, RandomBot, Random(1))
            assert played.view["over"] is not None


async def test_the_command_attends_until_it_is_stopped(server: ServerProcess, tmp_path: Path) -> None:
    arguments = ["attend", "--url", server.url, "--games", "tic_tac_toe", "--tokens", str(tmp_path / "tokens.json")]
    program = await bots_program(*arguments)
    async with Client(server.url, name="Ann") as client:
        await until_attended(client, "random")
        played = await sit_and_play_first(client, await lobby_with(client, "random", "tic_tac_toe"))
        assert played.view["over"] is not None
    program.send_signal(signal.SIGINT)
    said, _ = await program.communicate()
    assert b"random attends, for tic_tac_toe" in said
    assert b"Traceback" not in said
    assert KeptTokens(tmp_path / "tokens.json", server.http).token("random")


async def test_each_attends_by_its_name_as_soon_as_it_knows_its_own_games(
    server: ServerProcess, tmp_path: Path
) -> None:
    """One that never finds out keeps nobody from playing, nor the program from stopping."""
    (tmp_path / "slow.py").write_text("""from threading import Event

def Ponderer(place):
    Event().wait()
""")
    arguments = ["attend", "--url", server.url, "--bots", "slow:Ponderer,Lucky Lotte (random)=random"]
    program = await bots_program(*arguments, PYTHONPATH=str(tmp_path))
    async with Client(server.url, name="Ann") as client:
        await until_attended(client, "Lucky Lotte (random)")
        lobby = await lobby_with(client, "Lucky Lotte (random)", "tic_tac_toe")
        assert (await sit_and_play_first(client, lobby)).view["over"] is not None
    program.send_signal(signal.SIGINT)
    said, _ = await program.communicate()
    assert b"Traceback" not in said


async def test_a_bot_joins_a_lobby_by_its_code(server: ServerProcess) -> None:
    async with Client(server.url, name="Ann") as client:
        lobby = await client.create_lobby("tic_tac_toe", 2)
        joining = asyncio.create_task(run_bots("join", "--url", server.url, "--lobby", lobby, "--bot", "minimax"))
        played = await sit_and_play_first(client, lobby)
        ended, said = await joining
        assert ended == 0, said
        assert "minimax had seat 1" in said.replace("\n", " ")
        assert played.view["over"]["points"][1] >= 0


async def test_a_bot_does_not_join_where_it_cannot_play(server: ServerProcess) -> None:
    async with Client(server.url, name="Ann") as client:
        lobby = await client.create_lobby("liars_dice", 2)
        ended, said = await run_bots("join", "--url", server.url, "--lobby", lobby, "--bot", "minimax")
        assert (ended, "not everything is seen" in said.replace("\n", " ")) == (2, True)
        watched = await client.watch(f"lobby/{lobby}")
        assert watched.view["seats"] == [None, None]


def test_the_command_offers_what_a_bot_can_play() -> None:
    assert set(playable(maker("random"))) == set(load_catalog())
    assert "liars_dice" not in playable(maker("minimax"))
