"""python -m bots: programs that play, and checks of what was played."""

import asyncio
import logging
import secrets
from collections.abc import Coroutine
from typing import Annotated

import typer
import uvloop
from rich.console import Console
from rich.logging import RichHandler
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bots import report
from bots.api import Api
from bots.errors import ClientError
from bots.plan import NothingToPlay, plan
from bots.play import Finished, play_all
from bots.roster import ROSTER
from game.rules.catalog import load_catalog

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
console = Console()

Url = Annotated[str, typer.Option(help="the server, as ws://127.0.0.1:8000/ws or http://127.0.0.1:8000")]
HERE = "ws://127.0.0.1:8000/ws"


@app.command()
def play(
    url: Url = HERE,
    game: Annotated[str, typer.Option(help="a game's key, several with commas, or all")] = "all",
    matches: Annotated[int, typer.Option(min=1, help="how many, spread over the games and numbers of seats")] = 100,
    bot: Annotated[str, typer.Option(help=f"who plays, of {', '.join(ROSTER)}; several with commas")] = "random",
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
    planned = plan(catalog, games, bot.split(","), matches, seed)
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
        console.print(f"[yellow]not played: {skipped}[/]")
    faults = report.faults(finished)
    for fault in faults:
        console.print(fault, style="red", markup=False)
    return 1 if faults else 0


def _run(doing: Coroutine[object, object, int]) -> int:
    """What the command ends with: 0 all is well, 1 it is not, 2 it could not be found out."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", handlers=[RichHandler(console=console, show_path=False)])
    for noisy in ("httpx", "websockets"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(doing)
    except (ClientError, NothingToPlay, ValueError) as error:
        console.print(f"{type(error).__name__}: {error}", style="red", markup=False)
        return 2


if __name__ == "__main__":
    app()
