"""python -m game: for those who write games, and for those who want to know which there are."""

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from game.rules.catalog import OPEN_SPIEL, OWN, CatalogError, load_catalog, sound_games
from game.rules.contract.check import Checked, check_hiding, check_match
from game.rules.contract.options import option_sets
from game.rules.contract.play import check_names
from game.rules.contract.position import ContractBroken, seed_of
from game.rules.game import Game, View
from game.rules.how_to_play import how_to_play
from game.rules.moves import Moves, plain_moves
from game.workshop.beginning import CannotBegin, begin
from game.workshop.figures import Figures, advice, mean_update, measured, per_second
from game.workshop.finding import NotFound, find, line_of
from protocol.limits import FRAME_BYTES_MAX
from protocol.messages import LegalMoves, Snapshot, Update, encode
from protocol.patches import patch_between

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
console = Console(highlight=False, soft_wrap=True)

SECONDS = 2.0
"""For how long figures are gathered."""


@app.command()
def check(
    game: Annotated[
        list[str], typer.Argument(help="a game's key, or a file with a game in it, such as nim.py; or several")
    ],
    seeds: Annotated[int, typer.Option(min=1, help="matches of every kind that are played")] = 2,
    seconds: Annotated[float, typer.Option(min=0, help="for how long speed and sizes are measured")] = SECONDS,
) -> None:
    """Checks that a game keeps the contract, hides what it hides, looks right and is fast; says what to change.

    Ends with 0 when all is well, 1 when something must be changed, 2 when there is no such game.
    """
    worst = 0
    for name in game:
        try:
            worst = max(worst, _check(find(name), seeds, seconds))
        except (NotFound, CatalogError) as error:
            _say_wrong(str(error))
            worst = 2
    raise typer.Exit(worst)


def _check(game: Game, seeds: int, seconds: float) -> int:
    console.print(f"{game.title} ({game.key})", style="bold", markup=False)
    try:
        check_names(game)
        with console.status("playing it at random"):
            checked = _check_matches(game, seeds)
        kept = f"{checked.matches} matches, {checked.positions} positions: rules, moves, refusals, views and looks"
        _say_well("contract", kept)
        _say_secrets(game, checked)
    except ContractBroken as broken:
        what, _, where = str(broken).partition("\n")
        _say_wrong(what)
        if raised := _raised(broken):
            own = getattr(game, "__file__", None)
            line = (own and line_of(raised, Path(own))) or line_of(raised)
            console.print(f"  raised in {line}", style="red", markup=False)
        if where:
            console.print(where, style="dim", markup=False)
        return 1
    figures, wire = measured(game, Frames(), time.perf_counter, seconds), Frames()
    for name, figure in _told(figures):
        _say_well(name, figure)
    must, better = advice(figures, wire)
    if not how_to_play(game):
        _say_better("players cannot read how it is played: say so in a few plain sentences, as how_to_play")
    for sentence in better:
        _say_better(sentence)
    for sentence in must:
        _say_wrong(sentence)
    return 1 if must else 0


def _raised(broken: BaseException) -> BaseException | None:
    """The exception of the game's own that broke the contract, if one did."""
    cause: BaseException | None = broken
    while isinstance(cause, ContractBroken):
        cause = cause.__cause__
    return cause


def _check_matches(game: Game, seeds: int) -> Checked:
    kinds = [(options, seats) for options in option_sets(game) for seats in game.seats]
    return sum((check_match(game, *kind, seed_of(number)) for kind in kinds for number in range(seeds)), Checked())


def _say_secrets(game: Game, checked: Checked) -> None:
    if game.hides_nothing:
        _say_well("secrets", "none: everybody sees the same")
        return
    with console.status("hunting for secrets"):
        pairs = checked.pairs + check_hiding(game).pairs
    told = f"{pairs} pairs of states compared that somebody may not tell apart"
    if hasattr(game, "disguise"):
        _say_well("secrets", told)
    else:
        _say_better(
            f"secrets   {told}, and that is little: what is shown and should not be is only found when the game says "
            "what it hides, by disguise(state, seat, dice): see Secrets in docs/write-a-game.md"
        )


def _told(figures: Figures) -> list[tuple[str, str]]:
    return [
        ("speed", f"{per_second(figures):,.0f} moves a second, the rules alone"),
        ("view", f"at most {figures.view_bytes_max:,} bytes as JSON"),
        ("update", f"{mean_update(figures):,.0f} bytes on average, at most {figures.update_bytes_max:,}"),
        ("frame", f"the largest is {figures.largest}: {figures.frame_bytes_max:,} of {FRAME_BYTES_MAX:,} bytes"),
    ]


@app.command()
def new(name: Annotated[str, typer.Argument(help="its key and the name of its file, as four_in_a_row")]) -> None:
    """Writes a small game, with its test, into this folder: begin from it."""
    try:
        if name in load_catalog():
            raise CannotBegin(f"There is a game {name} already: choose another name.")
        files = begin(name, Path.cwd())
    except (CannotBegin, CatalogError) as error:
        _say_wrong(str(error))
        raise typer.Exit(2) from None
    for file in files:
        console.print(f"wrote {file.name}", markup=False)
    console.print(
        f"\nThe rules are in {name}.py. What to do now:\n"
        f"  python -m game check {name}.py    after each change: says what to change\n"
        f"  python -m pytest    runs its own tests: write yours into test_{name}.py\n"
        "  python -m pip install -e .    once: then the servers started here have it, and bots can play it:\n"
        f"  python -m web    and in another window    python -m bots play --game {name}",
        markup=False,
    )
    if all(file.name != "pyproject.toml" for file in files):
        console.print(
            f'Your pyproject.toml is as it was. Add {name} = "{name}" under [project.entry-points."parlour.games"], '
            f'and "{name}" to py-modules under [tool.setuptools]; then python -m pip install -e . again.',
            markup=False,
        )


@app.command(name="list")
def list_command() -> None:
    """Shows the games that a server started here would have."""
    catalog, errors = sound_games()
    line = f"{{:<{max(map(len, catalog))}}}  {{:<10}}  {{:<6}}  {{:<9}}  {{}}"
    console.print(line.format("key", "seats", "hides", "from", "title, and its options"), style="bold", markup=False)
    for game in catalog.values():
        console.print(line.format(*_row(game)), markup=False)
    console.print(f"{len(catalog)} games", markup=False)
    for error in errors:
        _say_wrong(f"{error}. Until that is mended, no server starts.")
    raise typer.Exit(1 if errors else 0)


def _row(game: Game) -> tuple[str, ...]:
    first, last = game.seats[0], game.seats[-1]
    whole = len(game.seats) > 2 and list(game.seats) == list(range(first, last + 1))
    seats = f"{first} to {last}" if whole else ", ".join(map(str, game.seats))
    options = ", ".join(game.Options.__dataclass_fields__)
    source = "Parlour" if game in OWN else "OpenSpiel" if game in OPEN_SPIEL else "a package"
    return (
        game.key,
        seats,
        "" if game.hides_nothing else "yes",
        source,
        game.title + (f": {options}" if options else ""),
    )


class Frames:
    """How large the frames are in which a game is sent."""

    frame_bytes_max = FRAME_BYTES_MAX

    def snapshot(self, view: View) -> int:
        return len(encode(Snapshot(1, 100, dict(view), "first")))

    def update(self, old: View, new: View) -> int:
        return len(encode(Update(1, 100, patch_between(dict(old), dict(new)))))

    def legal_moves(self, seat: int, moves: Moves) -> int:
        return len(encode(LegalMoves(1, 100, seat, plain_moves(moves))))


def _say_well(name: str, told: str) -> None:
    console.print(f"✓ {name:<9} {told}", markup=False)


def _say_better(sentence: str) -> None:
    console.print(f"! {sentence}", style="yellow", markup=False)


def _say_wrong(sentence: str) -> None:
    console.print(f"✗ {sentence}", style="red", markup=False)


if __name__ == "__main__":
    app()
