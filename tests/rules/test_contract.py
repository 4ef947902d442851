"""The contract can be broken: each of these games breaks it in one way, and hears which."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from types import SimpleNamespace
from typing import Annotated, Any, cast

import pytest
from annotated_types import Interval

from game.rules import liars_dice, rock_paper_scissors, tic_tac_toe
from game.rules.contract.check import check_game, check_hiding, check_match
from game.rules.contract.options import option_sets
from game.rules.contract.position import ContractBroken, seed_of
from game.rules.dice import Dice
from game.rules.exports import Export
from game.rules.game import Game, IllegalMove, Outcome
from game.rules.how_to_play import HOW_TO_PLAY_CHARS_MAX
from game.rules.moves import Moves, Number, Subset
from game.rules.table import Counter, Lay, Mark, Piece, Table, picks_by_button
from tests.rules import auction

NAMES = [name for name in vars(Game) if not name.startswith("_")]


def like(game: Any, **answers: object) -> Game:
    """The game, but for these answers."""
    same = {name: getattr(game, name) for name in (*NAMES, "disguise") if hasattr(game, name)}
    return cast("Game", SimpleNamespace(**same | answers))


def test_a_sound_game_with_all_forms_of_moves_keeps_the_contract() -> None:
    checked = check_game(auction)
    assert checked.matches == 2
    assert checked.pairs > 0


# Rules


def lists_taken_squares(state: tic_tac_toe.State, seat: int) -> list[str]:
    return list(tic_tac_toe.PLACES) if seat in tic_tac_toe.to_move(state) else []


def lists_for_everyone(state: tic_tac_toe.State, seat: int) -> list[str]:
    return [place for place, cell in zip(tic_tac_toe.PLACES, state) if not cell]


def lists_twice(state: tic_tac_toe.State, seat: int) -> list[str]:
    return 2 * tic_tac_toe.legal_moves(state, seat)


def lists_the_corners(state: tic_tac_toe.State, seat: int) -> list[str]:
    return [move for move in tic_tac_toe.legal_moves(state, seat) if move != "b2"]


def lists_with_a_space(state: tic_tac_toe.State, seat: int) -> list[str]:
    return [f"{move} " for move in tic_tac_toe.legal_moves(state, seat)]


def lists_nothing(state: tic_tac_toe.State, seat: int) -> list[str]:
    return []


def plays_on_taken_squares(state: tic_tac_toe.State, seat: int, move: str, dice: Dice) -> tic_tac_toe.State:
    if move not in tic_tac_toe.PLACES:
        raise IllegalMove("no_such_place", "There is no such place.")
    at = tic_tac_toe.PLACES.index(move)
    return (*state[:at], "xo"[seat], *state[at + 1 :])


def plays_sloppy_text(state: tic_tac_toe.State, seat: int, move: str, dice: Dice) -> tic_tac_toe.State:
    return tic_tac_toe.play(state, seat, move.strip().lower(), dice)


def trips_over_junk(state: tic_tac_toe.State, seat: int, move: str, dice: Dice) -> tic_tac_toe.State:
    return tic_tac_toe.play(state, seat, tic_tac_toe.PLACES[tic_tac_toe.PLACES.index(move)], dice)


def trips_over_a_long_number(state: auction.State, seat: int, move: str, dice: Dice) -> auction.State:
    int(move.partition(" ")[2] or 0) if move.startswith("bid ") and move[4:].isdigit() else 0
    return auction.play(state, seat, move, dice)


def plays_by_luck(state: tic_tac_toe.State, seat: int, move: str, dice: Dice) -> tic_tac_toe.State:
    after = tic_tac_toe.play(state, seat, move, dice)
    return after if random.random() < 0.5 else tuple(reversed(after))


def refuses_with(code: object, sentence: object) -> Callable[..., tic_tac_toe.State]:
    def play(state: tic_tac_toe.State, seat: int, move: str, dice: Dice) -> tic_tac_toe.State:
        try:
            return tic_tac_toe.play(state, seat, move, dice)
        except IllegalMove:
            raise IllegalMove(cast("str", code), cast("str", sentence).replace("MOVE", move)) from None

    return play


class OnPaper:
    """Tic-tac-toe by someone who changes the board in place."""

    @staticmethod
    def setup(options: object, seats: int, dice: Dice) -> Any:
        return [""] * 9

    @staticmethod
    def play(state: Any, seat: int, move: str, dice: Dice) -> Any:
        state[:] = tic_tac_toe.play(tuple(state), seat, move, dice)
        return state

    @staticmethod
    def outcome(state: Any) -> Outcome | None:
        return tic_tac_toe.outcome(tuple(state))

    @staticmethod
    def to_move(state: Any) -> tuple[int, ...]:
        return tic_tac_toe.to_move(tuple(state))


def rubs_out(state: tic_tac_toe.State, seat: int, move: str, dice: Dice) -> tic_tac_toe.State:
    """A full board, or a row of three, is wiped: the game never ends."""
    after = tic_tac_toe.play(state, seat, move, dice)
    return after if tic_tac_toe.outcome(after) is None else ("",) * 9


def ends_with(points: Any, ending: str = "over") -> Callable[..., Outcome | None]:
    return lambda state: Outcome(ending, points) if tic_tac_toe.outcome(state) else None


BROKEN_RULES = {
    "lists what it refuses": (like(tic_tac_toe, legal_moves=lists_taken_squares), "and play refuses it"),
    "lists for others": (like(tic_tac_toe, legal_moves=lists_for_everyone), "does not owe a move"),
    "lists twice": (like(tic_tac_toe, legal_moves=lists_twice), "the same move twice"),
    "lists less than it plays": (like(tic_tac_toe, legal_moves=lists_the_corners), "play accepts 'b2"),
    "lists untidy text": (like(tic_tac_toe, legal_moves=lists_with_a_space), "without spaces at its ends"),
    "lists nothing": (like(tic_tac_toe, legal_moves=lists_nothing), "let it pass, or end the match"),
    "plays twice on a square": (like(tic_tac_toe, play=plays_on_taken_squares), "which legal_moves does not list"),
    "plays sloppy text": (like(tic_tac_toe, play=plays_sloppy_text), "which legal_moves does not list"),
    "trips over junk": (like(tic_tac_toe, play=trips_over_junk), "raised ValueError"),
    "trips over a long number": (like(auction, play=trips_over_a_long_number), "raised ValueError"),
    "plays by luck": (like(tic_tac_toe, play=plays_by_luck), "take chance from `dice` alone"),
    "refuses without a code": (like(tic_tac_toe, play=refuses_with("No!", "It is no.")), "has the code 'No!'"),
    "refuses without a sentence": (like(tic_tac_toe, play=refuses_with("no", "no")), "write a sentence"),
    "quotes all it hears": (
        like(tic_tac_toe, play=refuses_with("no", "No MOVE here.")),
        "do not quote what may be any text",
    ),
    "changes the state": (
        like(tic_tac_toe, setup=OnPaper.setup, play=OnPaper.play, outcome=OnPaper.outcome, to_move=OnPaper.to_move),
        "play changed the state",
    ),
    "never ends": (like(tic_tac_toe, play=rubs_out), "add a rule that ends every match"),
    "ends without points": (like(tic_tac_toe, outcome=ends_with((1,))), "one whole number for each of 2 seats"),
    "ends with half points": (like(tic_tac_toe, outcome=ends_with((0.5, 0.5))), "one whole number"),
    "ends without a code": (like(tic_tac_toe, outcome=ends_with((0, 0), "The end")), "is not a code"),
    "ends and goes on": (like(tic_tac_toe, outcome=lambda state: Outcome("over", (0, 0))), "and yet seats (0,)"),
    "goes on without anyone": (like(tic_tac_toe, to_move=lambda state: ()), "there is no outcome"),
    "wants a seat that is not there": (like(tic_tac_toe, to_move=lambda state: (2,)), "seats of this match"),
    "fails at the setup": (like(tic_tac_toe, setup=lambda *anything: 1 / 0), "setup raised ZeroDivisionError"),
}


@pytest.mark.parametrize(("game", "sentence"), BROKEN_RULES.values(), ids=BROKEN_RULES)
def test_broken_rules_are_named(game: Game, sentence: str) -> None:
    assert sentence in what_is_broken(game)


def names_amounts(*presets: tuple[str, int]) -> Game:
    """The auction, where some bids have a name."""

    def legal_moves(state: auction.State, seat: int) -> Moves:
        return [
            replace(form, presets=presets) if isinstance(form, Number) else form
            for form in auction.legal_moves(state, seat)
        ]

    return like(auction, legal_moves=legal_moves)


@pytest.mark.parametrize(
    ("presets", "sentence"),
    [
        ((("All in", 11),), "the preset 'All in' is 11, which is not one of 0, 5 … 10"),
        ((("Half", 4),), "the preset 'Half' is 4, which"),
        ((("Half", 5), ("Half", 10)), "give each a name of its own"),
        (((" ", 5),), "give each a name of its own"),
    ],
    ids=["too high", "between the steps", "one name for two", "no name"],
)
def test_presets_are_amounts_that_can_be_chosen(presets: tuple[tuple[str, int], ...], sentence: str) -> None:
    assert sentence in what_is_broken(names_amounts(*presets))
    assert check_game(names_amounts(("Half", 5), ("All in", 10))).matches == 2


# Views and looks


def scene_with(**changes: object) -> Callable[[tic_tac_toe.View], object]:
    return lambda view: replace(tic_tac_toe.scene(view), **changes)  # type: ignore[arg-type]


def first_piece(**changes: object) -> Callable[[tic_tac_toe.View], object]:
    def scene(view: tic_tac_toe.View) -> object:
        drawn = tic_tac_toe.scene(view)
        return replace(drawn, pieces=(*(replace(piece, **changes) for piece in drawn.pieces[:1]), *drawn.pieces[1:]))  # type: ignore[arg-type]

    return scene


def view_with(value: object) -> Callable[..., object]:
    return lambda state, seat: {"cells": state, "more": value}


def lists_words(*of: str, other: str = "pass") -> Callable[..., Moves]:
    """The auction's moves from the start: some of these words, or another move."""
    return lambda state, seat: (Subset("take", of, 1, 2), other) if seat in auction.to_move(state) else ()


BROKEN_LOOKS = {
    "a fraction": (like(tic_tac_toe, view=view_with(0.5)), "has a float"),
    "a set": (like(tic_tac_toe, view=view_with({1})), "has a set"),
    "bytes": (like(tic_tac_toe, view=view_with(b"x")), "has a bytes"),
    "an object": (like(tic_tac_toe, view=view_with(Mark("a1", "last"))), "has a Mark"),
    "a key that is a number": (like(tic_tac_toe, view=view_with({1: "x"})), "keys are text"),
    "a number too large": (like(tic_tac_toe, view=view_with(2**53)), "at most 2**53-1"),
    "half a character": (like(tic_tac_toe, view=view_with("\ud800")), "not valid Unicode"),
    "too much": (like(tic_tac_toe, view=view_with("x" * 50_000)), "fit into a message"),
    "too deep": (like(tic_tac_toe, view=view_with([[[[[[[[[[[]]]]]]]]]]])), "nested deeper"),
    "no dict": (like(tic_tac_toe, view=lambda state, seat: list(state)), "make it a dict"),
    "a view that fails": (like(tic_tac_toe, view=lambda state, seat: state["cells"]), "view raised TypeError"),
    "a view for each": (like(tic_tac_toe, view=lambda state, seat: {"cells": state, "you": seat}), "hides_nothing is True"),
    "another turn": (like(tic_tac_toe, scene=scene_with(turn=(0, 1))), "they must be the same"),
    "no such place": (like(tic_tac_toe, scene=first_piece(at="d4", id="d4")), "is at 'd4', and the table has no such place"),
    "no label": (like(tic_tac_toe, scene=first_piece(label=" ")), "has no label"),
    "no such art": (like(tic_tac_toe, scene=first_piece(art="zeppelin")), "no art of the vocabulary"),
    "a misleading id": (like(tic_tac_toe, scene=scene_with(pieces=(Piece("c3", "a1", "x", "X"),))), "called like a place"),
    "two of one id": (
        like(tic_tac_toe, scene=scene_with(pieces=2 * (Piece("x", "a1", "x", "X"),))), "two pieces have the id ['x']",
    ),
    "nobody's piece": (like(tic_tac_toe, scene=first_piece(owner=2)), "owned by seat 2"),
    "a mark off the board": (like(tic_tac_toe, scene=scene_with(marks=(Mark("a1", "path", "a9"),))), "a mark is at"),
    "a count of nobody": (like(tic_tac_toe, scene=scene_with(counters=(Counter(2, "Wins", "1"),))), "for seat 2"),
    "nothing to pick": (like(tic_tac_toe, picks=lambda move: ()), "is empty"),
    "picks what is not there": (like(tic_tac_toe, picks=lambda move: (f"square {move}",)), "neither a place"),
    "one way into two moves": (like(tic_tac_toe, picks=lambda move: (move[0] + "1",)), "begin with all those of"),
    "a move within a move": (
        like(tic_tac_toe, picks=lambda move: ("a1",) if move == "a1" else ("a1", move)), "begin with all those of",
    ),
    "words that are lost": (
        like(auction, legal_moves=lists_words("rose", "orchid")), "sees no piece or place called ['orchid']",
    ),
    "words that mean two things": (
        like(auction, legal_moves=lists_words("rose", "tulip", other="sell"), picks=lambda move: ("rose", f"#{move}")),
        "first pick of other moves",
    ),
    "two zones of one id": (
        like(tic_tac_toe, table=lambda options: Table((Lay("row", "a"), Lay("row", "a")))), "ids of their own",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("game", "sentence"), BROKEN_LOOKS.values(), ids=BROKEN_LOOKS)
def test_broken_looks_are_named(game: Game, sentence: str) -> None:
    assert sentence in what_is_broken(game)


# Secrets


def shows_all_cups(state: liars_dice.State, seat: int | None) -> object:
    return liars_dice.view(state, seat) | {"cups": state.cups}


def shows_a_die_of_the_neighbour(state: liars_dice.State, seat: int | None) -> object:
    neighbour = state.cups[((seat or 0) + 1) % len(state.cups)]
    return liars_dice.view(state, seat) | {"hint": neighbour[:1] if seat is not None else ()}


def knows_a_lie(state: liars_dice.State) -> bool:
    count, face = state.bid
    return sum(die in (1, face) for cup in state.cups for die in cup) < count


def lists_liar_for_lies(state: liars_dice.State, seat: int) -> list[str]:
    moves = liars_dice.legal_moves(state, seat)
    return moves if knows_a_lie(state) or moves == ["liar"] else [move for move in moves if move != "liar"]


def refuses_to_call_the_truth(state: liars_dice.State, seat: int, move: str, dice: Dice) -> liars_dice.State:
    if move not in lists_liar_for_lies(state, seat):
        raise IllegalMove("not_now", "That is not possible.")
    return liars_dice.play(state, seat, move, dice)


def refuses_in_telling_words(state: liars_dice.State, seat: int, move: str, dice: Dice) -> liars_dice.State:
    try:
        return liars_dice.play(state, seat, move, dice)
    except IllegalMove as illegal:
        sixes = sum(cup.count(6) for cup in state.cups)
        raise IllegalMove(illegal.code, f"No. There are {sixes} sixes.") from None


def ends_when_it_is_clear(state: rock_paper_scissors.State) -> Outcome | None:
    beaten = state.chosen == ("rock", "") and len(state.thrown) == 1
    return Outcome("clear", (1, -1)) if beaten else rock_paper_scissors.outcome(state)


def moves_until_it_is_clear(state: rock_paper_scissors.State) -> tuple[int, ...]:
    return () if ends_when_it_is_clear(state) else rock_paper_scissors.to_move(state)


def numbers_dice_through(view: liars_dice.View) -> object:
    scene = liars_dice.scene(view)
    return replace(scene, pieces=tuple(replace(piece, id=f"{view['bid']}{piece.id}") for piece in scene.pieces))


LEAKS = {
    "a view that shows all": (like(liars_dice, view=shows_all_cups), "view gives a secret away"),
    "a view that shows a little": (
        like(liars_dice, view=shows_a_die_of_the_neighbour), "view gives a secret away, at 'hint', at 0, to seat",
    ),
    "ids to follow": (like(liars_dice, scene=numbers_dice_through, picks=picks_by_button), "nobody can follow"),
    "a telling list": (
        like(liars_dice, legal_moves=lists_liar_for_lies, play=refuses_to_call_the_truth), "legal_moves gives a secret away",
    ),
    "a telling refusal": (like(liars_dice, play=refuses_in_telling_words), "play gives a secret away"),
    "a telling end": (
        like(rock_paper_scissors, outcome=ends_when_it_is_clear, to_move=moves_until_it_is_clear),
        "to_move gives a secret away",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("game", "sentence"), LEAKS.values(), ids=LEAKS)
def test_a_leak_is_found_by_the_disguise(game: Game, sentence: str) -> None:
    assert sentence in what_is_broken(game)


@pytest.mark.parametrize("leak", ["a telling list", "a telling refusal", "a telling end"])
def test_a_leak_beside_the_view_is_found_without_a_disguise(leak: str) -> None:
    game, sentence = LEAKS[leak]
    with pytest.raises(ContractBroken, match=sentence):
        check_hiding(like(game, disguise=None))


def test_a_game_that_says_it_hides_and_shows_all_is_found_without_a_disguise() -> None:
    with pytest.raises(ContractBroken, match="no two different states ever looked the same"):
        check_hiding(like(liars_dice, view=shows_all_cups, disguise=None))
    with pytest.raises(ContractBroken, match="no two different states ever looked the same"):
        check_hiding(like(tic_tac_toe, hides_nothing=False))


# Options and names


@dataclass
class Thawed:
    size: Annotated[int, Interval(ge=1, le=2)] = 1


@dataclass(frozen=True)
class Boundless:
    size: int = 1


@dataclass(frozen=True)
class Undecided:
    size: Annotated[int, Interval(ge=1, le=2)]


@dataclass(frozen=True)
class Nested:
    sizes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Wordy:
    word: str = ""


@dataclass(frozen=True)
class Fussy:
    size: Annotated[int, Interval(ge=1, lt=3)] = 1
    even: bool = False

    def __post_init__(self) -> None:
        if self.even and self.size % 2:
            raise ValueError("An odd size is not even.")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (Thawed, "frozen=True"),
        (Boundless, "needs both ends"),
        (Undecided, "needs a default"),
        (Nested, "must be an int, a bool, a str or a Literal"),
        (Wordy, "needs a limit"),
    ],
)
def test_options_that_no_form_can_ask_for_are_named(options: type, sentence: str) -> None:
    with pytest.raises(ContractBroken, match=sentence):
        option_sets(like(tic_tac_toe, Options=options))


def test_options_are_tried_at_their_ends_where_they_go_together() -> None:
    assert option_sets(like(tic_tac_toe, Options=Fussy)) == [Fussy(1, False), Fussy(2, False), Fussy(2, True)]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"key": "Tic Tac Toe"}, "use small letters"),
        ({"title": ""}, "title is empty"),
        ({"revision": 0}, "count from 1"),
        ({"seats": (3, 2)}, "smallest first"),
        ({"seats": ()}, "smallest first"),
        ({"hides_nothing": None}, "must be True or False"),
        ({"how_to_play": ["Take turns."]}, "must be printable text"),
        ({"how_to_play": "Take \x1b[31mturns."}, "must be printable text"),
        ({"how_to_play": "x" * (HOW_TO_PLAY_CHARS_MAX + 1)}, f"at most {HOW_TO_PLAY_CHARS_MAX} characters"),
    ],
)
def test_names_that_do_not_do_are_named(answers: dict[str, object], sentence: str) -> None:
    assert sentence in what_is_broken(like(tic_tac_toe, **answers))


def test_how_a_game_is_played_may_be_as_long_as_it_may() -> None:
    assert check_game(like(tic_tac_toe, how_to_play="x" * HOW_TO_PLAY_CHARS_MAX)).matches > 0


TICKS = count()


@pytest.mark.parametrize(
    ("name", "export", "sentence"),
    [
        ("P.G.N", Export("text/plain", lambda played: "x\n"), "name it like 'pgn'"),
        ("txt", Export("text", lambda played: "x\n"), "give its media type"),
        ("txt", Export("text/plain", lambda played: "x"), "with its last newline"),
        ("txt", Export("text/plain", lambda played: f"{next(TICKS)}\n"), "keep no state outside"),
        ("txt", Export("text/plain", lambda played: f"{played.moves[0]}\n"), "exports['txt'] raised IndexError"),
    ],
)
def test_files_that_do_not_do_are_named(name: str, export: Export, sentence: str) -> None:
    assert sentence in what_is_broken(like(tic_tac_toe, exports={name: export}))


def test_the_sentence_says_where_it_was() -> None:
    with pytest.raises(ContractBroken) as broken:
        check_match(like(tic_tac_toe, scene=first_piece(label="")), tic_tac_toe.Options(), 2, seed_of(1))
    assert f"tic_tac_toe, NoOptions(), 2 seats, seed {seed_of(1).hex()}" in str(broken.value)
    assert "version 1, after 0: " in str(broken.value)


def what_is_broken(game: Game) -> str:
    with pytest.raises(ContractBroken) as broken:
        check_game(game)
    return str(broken.value)
