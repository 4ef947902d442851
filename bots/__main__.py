"""python -m bots: programs that play, and checks of what was played."""

import asyncio
import json
import logging
import secrets
import shutil
import tempfile
from collections.abc import Coroutine
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
import uvloop
from rich.console import Console
from rich.live import Live
from rich.logging import RichHandler
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bots import report
from bots.address import address
from bots.api import Api
from bots.attend import attend
from bots.bot import CannotPlay, Maker
from bots.client import Client
from bots.drill import QUICK_GAMES, Drill, endless, falls
from bots.errors import ClientError
from bots.plan import NothingToPlay, plan, reasons
from bots.play import Finished, play_all
from bots.record import NotARecord, read_record
from bots.roster import ROSTER, called, maker, named, offered
from bots.seat import MoveRefused
from bots.server import ServerProcess
from bots.sitting import sit_and_play
from bots.swarm.course import under_way
from bots.swarm.link import socket_url
from bots.swarm.result import as_table
from bots.swarm.run import Swarm, SwarmFailed
from bots.swarm.worker import Plan
from bots.tokens import KeptTokens
from bots.verify import faults
from game.rules.catalog import load_catalog
from protocol.limits import NAME_CHARS_MAX

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
console = Console()

Url = Annotated[str, typer.Option(help="the server, as ws://127.0.0.1:8000/ws or http://127.0.0.1:8000")]
BOTS = f"{', '.join(ROSTER)}, or your own as module:Class"
MATCHES = 100
"""Of the games that are named, when nobody says how many; of all games, one each."""
HERE = "ws://127.0.0.1:8000/ws"


@app.command()
def play(
    url: Url = HERE,
    game: Annotated[str, typer.Option(help="a game's key, several with commas, or all")] = "all",
    matches: Annotated[
        int,
        typer.Option(
            min=0,
            show_default=False,
            help=f"how many, spread over the numbers of seats: by default {MATCHES}; with all, of each game, by default 1",
        ),
    ] = 0,
    bot: Annotated[str, typer.Option(help=f"who plays: {BOTS}; several with commas")] = "random",
    seed: Annotated[str, typer.Option(help="the same seed makes the same choices; by default a new one")] = "",
    concurrency: Annotated[int, typer.Option(min=1, help="how many matches at once")] = 32,
) -> None:
    """Plays matches, watches each and checks it against its record. Fails on any discrepancy."""
    seed = seed or secrets.token_hex(4)
    raise typer.Exit(_run(_play(url, game, matches, bot, seed, concurrency)))


async def _play(url: str, game: str, matches: int, bot: str, seed: str, concurrency: int) -> int:
    catalog = load_catalog()
    async with Api(url) as api:
        served = await api.games()
    games = [key for key in served if key in catalog] if game == "all" else game.split(",")
    if unknown := [key for key in games if key not in catalog or key not in served]:
        raise NothingToPlay(f"{unknown[0]} is not played by this server, or not known here")
    total = (matches or 1) * len(games) if game == "all" else matches or MATCHES
    planned = plan(catalog, games, bot.split(","), total, seed)
    finished: list[Finished] = []
    bar = Progress(
        TextColumn("{task.completed:.0f} of {task.total:.0f} matches"),
        BarColumn(),
        TextColumn("{task.fields[moves]} moves"),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
    )
    with bar:
        task, moves = bar.add_task("play", total=len(planned), moves=0), 0

        def on_move() -> None:
            nonlocal moves
            moves += 1
            bar.update(task, moves=moves)

        def on_finished(match: Finished) -> None:
            finished.append(match)
            bar.advance(task)

        reconnects, repairs = await play_all(url, catalog, planned, concurrency, on_move, on_finished)
    console.print(report.results(finished))
    console.print(f"seed {seed}; connections made anew: {reconnects}; views fetched whole: {repairs}")
    for skipped in sorted(set(games) - {match.game for match in planned}):
        why = "; ".join(reasons(catalog, [skipped], bot.split(","))) or "too few matches for it"
        console.print(f"{skipped} was not played: {why}", style="yellow", markup=False)
    found = report.faults(finished)
    for fault in found:
        console.print(fault, style="red", markup=False)
    return 1 if found else 0


@app.command()
def join(
    lobby: Annotated[str, typer.Option(help="the lobby's code")],
    url: Url = HERE,
    bot: Annotated[str, typer.Option(help=f"who plays: {BOTS}")] = "random",
) -> None:
    """Takes a seat in a lobby and plays to the end."""
    raise typer.Exit(_run(_join(url, lobby, bot)))


async def _join(url: str, lobby: str, bot: str) -> int:
    make = maker(bot)
    # Of a name of its own, for those who attend under the bot's may be others.
    async with Client(url, name=f"{called(bot)[: NAME_CHARS_MAX - 5]}-{secrets.token_hex(2)}") as client:
        await client.attend([])  # so that others see that a program plays
        seats = await sit_and_play(client, lobby, None, make)
    for seat in seats:
        over = seat.view["over"]
        console.print(f"{lobby} is over at version {seat.version}: {over['ending']}, points {over['points']}; ", end="")
        console.print(f"{bot} had seat {seat.seat} and made {len(seat.acknowledged)} moves.")
    if not seats:
        console.print(f"No match came of lobby {lobby}.")
    return 0 if seats else 1


@app.command(name="attend")
def attend_command(
    url: Url = HERE,
    bots: Annotated[
        str, typer.Option(help=f"who attends: {BOTS}; several with commas; Name=bot for another name")
    ] = "random",
    games: Annotated[str, typer.Option(help="what they play, with commas; by default all that they can")] = "",
    tokens: Annotated[Path | None, typer.Option(help="file that keeps who they are, over restarts")] = None,
) -> None:
    """Waits for lobbies that ask for a bot, and plays there, until it is stopped."""
    raise typer.Exit(_run(_attend(url, bots.split(","), games.split(",") if games else [], tokens), logging.INFO))


async def _attend(url: str, bots: list[str], games: list[str], path: Path | None) -> int:
    tokens = KeptTokens(path, address(url).http)
    async with Api(url) as api:
        served = await api.games()
    attending = [named(bot) for bot in bots]

    async def wait(name: str, make: Maker) -> None:
        """Attends as soon as it knows its own games, whatever the others are still finding out."""
        if not (offers := [game for game in await offered(make) if game in (games or served)]):
            raise NothingToPlay(f"{name} plays none of these games")
        await attend(url, name, make, offers, tokens)

    await asyncio.gather(*(wait(name, make) for name, make in attending))
    return 0


@app.command()
def verify(
    records: Annotated[list[Path] | None, typer.Argument(help="records of matches, as JSON files")] = None,
    url: Annotated[str, typer.Option(help="the server that has the match")] = HERE,
    match: Annotated[str, typer.Option(help="the match whose record is to be fetched")] = "",
) -> None:
    """Checks records: the seed that was promised, every draw, every move and how it ended."""
    raise typer.Exit(_run(_verify(records or [], url, match)))


async def _verify(paths: list[Path], url: str, match: str) -> int:
    if not paths and not match:
        raise ValueError("name files, or a match with --match")
    catalog = load_catalog()
    wrong = 0
    for path in paths:
        try:
            found = faults(read_record(path.read_bytes()), catalog)
        except (NotARecord, OSError) as error:
            found = [f"not the record of a match: {error}"]
        wrong += _tell(str(path), found)
    if match:
        async with Api(url) as api:
            wrong += _tell(f"match {match}", faults(await api.record(match), catalog))
    return 1 if wrong else 0


@app.command()
def drill(
    kills: Annotated[int, typer.Option(min=0, help="how often the server is killed")] = 10,
    matches: Annotated[int, typer.Option(min=1, help="how many are played at least; more until the last kill")] = 100,
    seed: Annotated[str, typer.Option(help="the same seed makes the same choices; by default a new one")] = "",
    game: Annotated[
        str, typer.Option(help="a game's key, several with commas, or all, some of which go on for a thousand moves")
    ] = ",".join(QUICK_GAMES),
    storage: Annotated[Path | None, typer.Option(help="database of the server; by default a temporary one")] = None,
    concurrency: Annotated[int, typer.Option(min=1, help="how many matches at once")] = 32,
    term: Annotated[bool, typer.Option("--term", help="stops it with SIGTERM instead, as a host does")] = False,
) -> None:
    """Kills a server of its own while matches are played, and checks that nothing it acknowledged is lost or doubled."""
    seed = seed or secrets.token_hex(4)
    raise typer.Exit(_run(_drill(kills, matches, seed, game, storage, concurrency, term)))


async def _drill(
    kills: int, matches: int, seed: str, game: str, storage: Path | None, concurrency: int, term: bool
) -> int:
    catalog = load_catalog()
    games = list(catalog) if game == "all" else game.split(",")
    if unknown := [key for key in games if key not in catalog]:
        raise NothingToPlay(f"{unknown[0]} is not known here")
    folder = Path(tempfile.mkdtemp(prefix="parlour-drill-"))
    server = ServerProcess(f"sqlite:{storage or folder / 'parlour.db'}", folder / "server.log")
    bar = Progress(
        TextColumn("{task.completed:.0f} of {task.total:.0f} restarts"),
        BarColumn(),
        TextColumn("{task.fields[matches]} matches, {task.fields[moves]} moves"),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
    )
    with bar:
        task = bar.add_task("drill", total=kills, matches=0, moves=0)

        def on_change() -> None:
            bar.update(task, completed=on.restarts, matches=len(on.finished), moves=on.moves)

        on = Drill(server, catalog, endless(catalog, games, seed), matches, concurrency, on_change)
        came = await on.run(falls(on, server.stop if term else server.kill, kills, seed))
    for name, figure in came.figures():
        console.print(f"{name}: {figure}")
    console.print(f"seed {seed}")
    for complaint in came.complaints():
        console.print(complaint, style="red", markup=False)
    if came.well:
        shutil.rmtree(folder)
        return 0
    console.print(f"what the server left is in {folder}", style="red", markup=False)
    return 1


@app.command()
def swarm(
    url: Url = HERE,
    game: Annotated[str, typer.Option(help="the game's key")] = "tic_tac_toe",
    options: Annotated[str, typer.Option(help="its options, as a JSON object")] = "{}",
    matches: Annotated[int, typer.Option(min=1, help="how many are played at once")] = 50,
    spectators: Annotated[int, typer.Option(min=0, help="how many watch each match")] = 0,
    seconds: Annotated[float, typer.Option(min=0.1, help="how long to play; setting matches up is not counted")] = 10,
    rate: Annotated[float, typer.Option(min=0, help="moves a second in all; 0 is as many as the server bears")] = 0,
    processes: Annotated[int, typer.Option(min=1, help="processes that make the load")] = 1,
    pid: Annotated[int, typer.Option(help="the server's process here, whose CPU time and memory are measured")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="the figures as one JSON object, on the last line")] = False,
    picture: Annotated[Path | None, typer.Option("--plot", help="PNG file for latencies and pace")] = None,
) -> None:
    """Plays as many moves as a server bears, and measures what they cost it. Start the server with limits to match."""
    raise typer.Exit(_swarm(url, game, options, matches, spectators, seconds, rate, processes, pid, as_json, picture))


def _swarm(
    url: str,
    game: str,
    options: str,
    matches: int,
    spectators: int,
    seconds: float,
    rate: float,
    processes: int,
    pid: int,
    as_json: bool,
    picture: Path | None,
) -> int:
    try:
        chosen = json.loads(options)
        if game not in (catalog := load_catalog()):
            raise ValueError(f"{game} is not known here")
        catalog[game].Options(**chosen)
        plan = Plan(socket_url(url), game, matches, spectators, rate or None, chosen)
        swarming = Swarm(plan, processes, pid or None)
        with Live(console=Console(stderr=True), auto_refresh=False) as live:
            result = swarming.run(seconds, lambda course: live.update(under_way(course), refresh=True))
        if picture is not None:
            import_module("bots.swarm.picture").plot(picture, result, swarming.course)
    except (SwarmFailed, ImportError, OSError, TypeError, ValueError) as error:
        console.print(f"{type(error).__name__}: {error}", style="red", markup=False)
        return 2
    if as_json:
        print(json.dumps(asdict(result)))
    else:
        console.print(as_table(result))
    return 1 if result.errors else 0


def _tell(name: str, found: list[str]) -> bool:
    for fault in found:
        console.print(f"{name}: {fault}", style="red", markup=False)
    if not found:
        console.print(f"{name}: the seed, every draw, every move and the end are right.", markup=False)
    return bool(found)


def _run(doing: Coroutine[object, object, int], log_level: int = logging.WARNING) -> int:
    """What the command ends with: 0 all is well, 1 it is not, 2 it could not be found out."""
    logging.basicConfig(level=log_level, format="%(message)s", handlers=[RichHandler(console=console, show_path=False)])
    for noisy in ("httpx", "websockets"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(doing)
    except (ClientError, CannotPlay, MoveRefused, NotARecord, NothingToPlay, ValueError) as error:
        console.print(f"{type(error).__name__}: {error}", style="red", markup=False)
        return 2


if __name__ == "__main__":
    app()
