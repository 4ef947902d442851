"""Chess by the book."""

import re
from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

import pyspiel
import pytest

from game.rules import chess as game
from game.rules.chess.board import EMPTY, NAMES, Position, legal_moves, moved
from game.rules.chess.notation import fen_of, position_of, san_of
from game.rules.exports import Played
from game.rules.game import Outcome
from tests.rules.matches import after, on, refusal

FOOLS_MATE = "f2f3, e7e5, g2g4, d8h4"
OPERA = (
    "e2e4, e7e5, g1f3, d7d6, d2d4, c8g4, d4e5, g4f3, d1f3, d6e5, f1c4, g8f6, f3b3, d8e7, b1c3, c7c6, c1g5, b7b5, c3b5, "
    "c6b5, c4b5, b8d7, e1c1, a8d8, d1d7, d8d7, h1d1, e7e6, b5d7, f6d7, b3b8, d7b8, d1d8"
)
OPERA_PGN = """[Event "Casual game"]
[Site "?"]
[Date "1858.11.02"]
[Round "-"]
[White "Morphy, \\"Paul\\""]
[Black "Duke \\\\ Count"]
[Result "1-0"]

1. e4 e5 2. Nf3 d6 3. d4 Bg4 4. dxe5 Bxf3 5. Qxf3 dxe5 6. Bc4 Nf6 7. Qb3 Qe7 8.
Nc3 c6 9. Bg5 b5 10. Nxb5 cxb5 11. Bxb5+ Nbd7 12. O-O-O Rd8 13. Rxd7 Rxd7 14.
Rd1 Qe6 15. Bxd7+ Nxd7 16. Qb8+ Nxb8 17. Rd8# 1-0
"""

PERFT = [
    ("rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1", [20, 400, 8902, 197281]),
    ("r3k2r/p1ppqpb1/bn2pnp1/3PN3/1p2P3/2N2Q1p/PPPBBPPP/R3K2R w KQkq - 0 1", [48, 2039, 97862, 4085603]),
    ("8/2p5/3p4/KP5r/1R3p1k/8/4P1P1/8 w - - 0 1", [14, 191, 2812, 43238]),
    ("r3k2r/Pppp1ppp/1b3nbN/nP6/BBP1P3/q4N2/Pp1P2PP/R2Q1RK1 w kq - 0 1", [6, 264, 9467, 422333]),
    ("rnbq1k1r/pp1Pbppp/2p5/8/2B5/8/PPP1NnPP/RNBQK2R w KQ - 1 8", [44, 1486, 62379, 2103487]),
    ("r4rk1/1pp1qppp/p1np1n2/2b1p1B1/2B1P1b1/P1NP1N2/1PP1QPPP/R4RK1 w - - 0 10", [46, 2079, 89890, 3894594]),
]
"""The six standard positions of the Chess Programming Wiki, and how many paths lead how deep."""


def at(fen: str) -> game.State:
    """A match in this position."""
    position = position_of(fen)
    men = tuple(piece + NAMES[at] for at, piece in enumerate(position.board) if piece != EMPTY)
    return game.State(position, men, (position.recurring,), tuple(legal_moves(position)))


@pytest.mark.parametrize(("fen", "paths"), PERFT)
def test_as_many_paths_lead_to_depth_4_as_is_known(fen: str, paths: list[int]) -> None:
    """Bulk counted: at the last depth moves are counted and not made. Positions that are reached twice are gone on from once."""
    reached, counted = Counter([position_of(fen)]), []
    for _ in paths:
        further: Counter[Position] = Counter()
        counted.append(0)
        for position, ways in reached.items():
            moves = legal_moves(position)
            counted[-1] += ways * len(moves)
            if len(counted) < len(paths):
                for move in moves:
                    further[Position(*moved(position, move).recurring)] += ways
        reached = further
    assert counted == paths


@pytest.mark.parametrize("fen", [fen for fen, _ in PERFT])
def test_a_fen_is_read_and_written(fen: str) -> None:
    assert fen_of(position_of(fen)) == fen


def test_checkmate_wins() -> None:
    state = after(game, FOOLS_MATE)
    assert game.outcome(state) == Outcome("checkmate", (-1, 1))
    assert game.to_move(state) == () == game.legal_moves(state, 0)
    scene = game.scene(game.view(state, None))
    assert scene.status.text == "Checkmate: Black wins"
    assert [(mark.kind, mark.at, mark.to) for mark in scene.marks] == [("last", "d8", "h4"), ("check", "e1", None)]


@pytest.mark.parametrize(
    ("fen", "move", "ending"),
    [
        ("k7/2K5/8/1Q6/8/8/8/8 w - - 0 1", "b5b6", "stalemate"),
        ("k7/8/8/8/8/8/1p6/1K6 w - - 0 1", "b1b2", "insufficient_material"),
        ("k7/8/8/8/8/8/1p6/1KN5 w - - 0 1", "b1b2", "insufficient_material"),
        ("k1b5/8/8/8/8/4B3/1p6/1K6 w - - 0 1", "b1b2", ""),  # bishops on both colours can mate
        ("kb6/8/8/8/8/4B3/1p6/1K6 w - - 0 1", "b1b2", "insufficient_material"),
        ("k7/8/8/8/8/8/1p6/1KNN4 w - - 0 1", "b1b2", ""),
        ("k7/8/8/8/8/8/1R6/1K6 w - - 98 80", "b2b3", ""),
        ("k7/8/8/8/8/8/1R6/1K6 w - - 99 80", "b2b3", "fifty_moves"),
        ("k7/8/1K6/8/8/8/1R6/8 w - - 99 80", "b2h2", "fifty_moves"),
        ("k7/8/1K6/8/8/8/7R/8 w - - 99 80", "h2h8", "checkmate"),  # which comes first
    ],
)  # fmt: skip
def test_endings(fen: str, move: str, ending: str) -> None:
    assert on(game, at(fen), move).ending == ending


def test_the_third_time_is_a_draw_and_a_right_to_castle_makes_a_difference() -> None:
    there_and_back = "b1c3, b8c6, c3b1, c6b8"
    state = after(game, f"{there_and_back}, {there_and_back}")
    assert game.outcome(state) == Outcome("threefold_repetition", (0, 0))
    rook = "b1c3, b8c6, a1b1, a8b8, b1a1, b8a8, c3b1, c6b8"
    state = after(game, f"{rook}, {there_and_back}")
    assert (state.ending, game.view(state, None)["repeated"]) == ("", 2)


def test_a_pawn_that_could_be_taken_en_passant_makes_a_difference_only_if_it_could() -> None:
    assert fen_of(after(game, "e2e4").position).split()[3] == "-"
    assert fen_of(after(game, "e2e4, a7a6, e4e5, d7d5").position).split()[3] == "d6"
    pinned = at("7k/3p4/8/K3P2r/8/8/8/8 b - - 0 1")
    assert fen_of(on(game, pinned, "d7d5").position).split()[3] == "-"


@pytest.mark.parametrize(
    ("fen", "move", "code", "says"),
    [
        (PERFT[0][0], "e9", "not_a_move", "Name the squares"),
        (PERFT[0][0], "e4e5", "not_your_piece", "on e4"),
        (PERFT[0][0], "e7e5", "not_your_piece", "on e7"),
        (PERFT[0][0], "b1d2", "moves_otherwise", "The knight on b1 cannot go to d2."),
        (PERFT[0][0], "e2e4q", "no_promotion", "last rank"),
        (PERFT[0][0], "e1g1", "castling_barred", "nothing may stand between"),
        ("r3k2r/8/8/8/8/8/8/R3K2R w Qkq - 0 1", "e1g1", "may_not_castle", "has moved"),
        ("r3kr2/8/8/8/8/8/8/R3K2R w KQq - 0 1", "e1g1", "castling_barred", "attacked"),
        ("7k/4P3/8/8/8/8/8/K7 w - - 0 1", "e7e8", "say_promotion", "add q, r, b or n"),
        ("4r2k/8/8/8/8/8/4R3/4K3 w - - 0 1", "e2d2", "king_in_check", "your king in check"),
        ("7k/8/8/K2pP2r/8/8/8/8 w - d6 0 1", "e5d6", "king_in_check", "your king in check"),
    ],
)  # fmt: skip
def test_refusals_name_the_rule(fen: str, move: str, code: str, says: str) -> None:
    told, sentence = refusal(game, at(fen), move)
    assert told == code
    assert says in sentence


def test_men_keep_their_number() -> None:
    """Through castling, en passant and promotion; one that is taken lies beside the board."""
    state = after(game, "e2e4, a7a5, e4e5, d7d5, e5d6, a5a4, g1f3, a4a3, f1e2, a3b2, e1g1, b2a1q")
    pieces = {piece.id: piece for piece in game.scene(game.view(state, None)).pieces}
    assert (pieces["m4"].at, pieces["m7"].at) == ("g1", "f1")  # king and rook
    assert (pieces["m12"].at, pieces["m12"].label) == ("d6", "White pawn on d6")
    assert (pieces["m19"].at, pieces["m19"].label) == ("taken-0", "Taken black pawn")  # the one from d7
    assert (pieces["m16"].at, pieces["m16"].art) == ("a1", "chess:bQ")
    assert (pieces["m0"].at, pieces["m9"].at) == ("taken-1", "taken-1")
    assert len(pieces) == 32


def test_promotion_is_a_third_pick() -> None:
    assert game.picks("e7e8n") == ("e7", "e8", "#knight")
    assert game.picks("e1g1") == ("e1", "g1")


@pytest.mark.parametrize(
    ("fen", "move", "san"),
    [
        ("k7/8/8/8/8/8/8/K2R1R2 w - - 0 1", "d1e1", "Rde1"),
        ("k7/8/8/3R4/8/8/8/K2R4 w - - 0 1", "d1d3", "R1d3"),
        ("8/8/8/7k/8/Q1Q5/8/Q6K w - - 0 1", "a3b2", "Qa3b2"),
        ("8/8/8/7k/8/Q1Q5/8/Q6K w - - 0 1", "a1b2", "Q1b2"),
        ("8/7k/8/Q1Q5/8/Q7/8/7K w - - 0 1", "a5b4", "Qa5b4"),
        ("4k2r/8/8/8/8/8/8/4K2R w K - 0 1", "h1h8", "Rxh8+"),
        ("4k3/8/8/8/8/8/8/R3K3 w Q - 0 1", "e1c1", "O-O-O"),
        ("7k/P7/8/8/8/8/8/K7 w - - 0 1", "a7a8r", "a8=R+"),
        ("1r5k/P7/8/8/8/8/8/K7 w - - 0 1", "a7b8q", "axb8=Q+"),
        ("k7/8/8/3pP3/8/8/8/7K w - d6 0 1", "e5d6", "exd6"),
    ],
)  # fmt: skip
def test_moves_as_players_write_them(fen: str, move: str, san: str) -> None:
    assert san_of(position_of(fen), move) == san


def played(moves: str, **changed: Any) -> Played:
    state = after(game, moves)
    texts = tuple((number % 2, move) for number, move in enumerate(moves.split(", ")))
    outcome = game.outcome(state) or Outcome("resigned", (1, -1))
    return replace(Played(game.Options(), ("Ann", "Bea"), texts, outcome, "1858-11-02"), **changed)


def random_match(seed: int) -> str:
    state, chance, moves = after(game, ""), Random(seed), []
    while turn := game.to_move(state):
        moves.append(chance.choice(game.legal_moves(state, turn[0])))
        state = on(game, state, moves[-1])
    return ", ".join(moves)


def test_a_match_as_pgn() -> None:
    assert game.exports["pgn"].write(played(OPERA, players=('Morphy, "Paul"', "Duke \\ Count"))) == OPERA_PGN


def test_a_match_as_fen() -> None:
    fen = game.exports["fen"].write(played(FOOLS_MATE))
    assert fen == "rnb1kbnr/pppp1ppp/8/4p3/6Pq/5P2/PPPPP2P/RNBQKBNR w KQkq - 1 3\n"


def test_a_match_that_was_resigned_has_its_result() -> None:
    assert game.exports["pgn"].write(played("e2e4")).endswith('[Result "1-0"]\n\n1. e4 1-0\n')


@pytest.mark.parametrize("moves", [OPERA, *(random_match(seed) for seed in range(5))], ids=["opera", *"12345"])
def test_another_program_reads_the_pgn_to_the_same_end(moves: str) -> None:
    pgn = game.exports["pgn"].write(played(moves))
    assert all(len(line) < 80 for line in pgn.splitlines())
    words = re.sub(r"\[.*\]|[0-9]+\.\s|1-0|0-1|1/2-1/2", "", pgn).split()
    theirs = pyspiel.load_game("chess").new_initial_state()
    for word in words:
        theirs.apply_action(theirs.parse_move_to_action(word))
    assert str(theirs) + "\n" == game.exports["fen"].write(played(moves))
    assert theirs.is_terminal()
