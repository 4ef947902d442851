"""Boards are drawn as OpenSpiel has them, and every move is made there, in one way."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise, product
from typing import Any

import pytest

from game.rules.catalog import load_catalog
from game.rules.contract.position import Position, first_position, own_dice, seed_of
from game.rules.moves import sample
from game.rules.open_spiel.hive import RADIUS
from game.rules.open_spiel.state import State, begun, loaded
from game.rules.open_spiel.texts import texts_of
from game.rules.table import Graph, Piece, Scene, seated

MATCHES: list[tuple[str, dict[str, Any]]] = [
    ("antichess", {}),
    ("chinese_checkers", {}),
    ("crazyhouse", {}),
    ("crazyhouse", {"chess960": True, "sticky_promotions": True}),
    ("dark_chess", {}),
    ("dark_hex", {}),
    ("dots_and_boxes", {}),
    ("einstein_wurfelt_nicht", {}),
    ("havannah", {"board_size": 4}),
    ("havannah", {"board_size": 7, "swap": True}),
    ("hive", {}),
    ("hive", {"uses_mosquito": False, "uses_ladybug": False, "uses_pillbug": False}),
    ("kriegspiel", {}),
    ("maedn", {}),
    ("maedn", {"twoPlayersOpposite": False}),
    ("mancala", {}),
    ("nim", {}),
    ("oware", {}),
    ("pentago", {}),
    ("quoridor", {"board_size": 5}),
    ("rbc", {}),
    ("rbc", {"sense_size": 4}),
    ("rbc", {"sense_border": True}),
    ("shogi", {}),
    ("twixt", {"board_size": 6}),
    ("ultimate_tic_tac_toe", {}),
    ("xiangqi", {}),
    ("y", {"board_size": 6}),
]
"""Of games whose moves are made on a board that is not one of squares, or not called as OpenSpiel has them."""
MOVES_MAX = 200
Place = tuple[int, int]
OFF_THE_BOARD = {"pass", "Pass", "O-O", "O-O-O"}
every_match = pytest.mark.parametrize(("name", "options"), MATCHES, ids=str)


def positions(name: str, options: dict[str, Any], seed: int = 1) -> Iterator[Position]:
    """The positions of a match of random moves."""
    game = load_catalog([])[f"open_spiel/{name}"]
    position, dice = first_position(game, game.Options(**options), game.seats[0], seed_of(seed)), own_dice(name)
    yield position
    while position.to_move() and position.version < MOVES_MAX:
        seat = position.to_move()[0]
        position = position.play(seat, sample(position.legal_moves(seat), dice.below))
        yield position


def mover(position: Position) -> int | None:
    return position.to_move()[0] if position.to_move() else None


@every_match
def test_every_move_is_made_on_the_board_in_one_way(name: str, options: dict[str, Any]) -> None:
    for position in positions(name, options):
        if (seat := mover(position)) is None:
            return
        moves = [str(move) for move in position.legal_moves(seat)]
        ways = {move: tuple(position.game.picks(move)) for move in moves}
        assert len(set(ways.values())) == len(moves)
        off = {move for move, picks in ways.items() if picks[0].startswith("#")}
        assert off <= OFF_THE_BOARD


@pytest.mark.parametrize(("name", "options"), [match for match in MATCHES if match[0] != "hive"], ids=str)
def test_every_action_of_openspiel_is_one_of_the_moves(name: str, options: dict[str, Any]) -> None:
    """And what it calls an action is understood."""
    for position in positions(name, options):
        if (seat := mover(position)) is None:
            return
        state = position.state
        assert isinstance(state, State)
        actions = state.spiel.legal_actions(seat)
        texts = texts_of([state.spiel.action_to_string(seat, action) for action in actions], actions)
        meant = [state.meant(seat, text) for text in texts]
        assert meant == actions
        assert sorted(state.moves[seat].values()) == actions


def test_every_action_in_hive_is_one_of_the_moves() -> None:
    """Of those that lead to the same only one; what it calls each of them is understood."""
    for position in list(positions("hive", {}))[::7]:
        state, seat = position.state, mover(position)
        if seat is None:
            return
        led: dict[str, set[int]] = {}
        for action in state.spiel.legal_actions(seat):
            text = state.spiel.action_to_string(seat, action)
            meant = state.meant(seat, text)
            assert meant in state.moves[seat].values()
            led.setdefault(str(aside(printed_hive([*state.spiel.history(), action], {}))), set()).add(meant)
        assert all(len(meant) == 1 for meant in led.values())


def test_older_records_in_openspiels_words_are_played_on() -> None:
    game = load_catalog([])["open_spiel/antichess"]
    position = first_position(game, game.Options(), 2, seed_of(1)).play(1, "e4").play(0, "b5").play(1, "Bxb5")
    assert position.view(None)["last"] == "f1b5"
    assert [mark.at for mark in position.scene(None).marks] == ["f1", "b5"]


ROW = re.compile(r" *\d+([ \[].*?)[a-z]?")
"""After its number."""
ROW_OF_STAR = re.compile("( *[.1-6](?: [.1-6])*)")


def graph_of(position: Position) -> Graph:
    zone = seated(position.game.table(position.options), position.seats).zones[0]
    assert isinstance(zone, Graph)
    return zone


@pytest.mark.parametrize(
    ("name", "options", "signs"),
    [
        ("chinese_checkers", {}, {"1": "disc:0", "2": "disc:1"}),
        ("havannah", {"board_size": 5}, {"O": "stone:1", "@": "stone:0"}),
        ("y", {"board_size": 7}, {"O": "stone:1", "@": "stone:0"}),
    ],
)
def test_points_lie_as_they_are_printed(name: str, options: dict[str, Any], signs: dict[str, str]) -> None:
    """In each row as many, and with the same stones; each row begins where it is printed; lines join neighbours."""
    row_of = ROW_OF_STAR if name == "chinese_checkers" else ROW
    for position in positions(name, options):
        graph, pieces = graph_of(position), {piece.at: piece.art for piece in position.scene(None).pieces}
        drawn = [[site for site in graph.sites if site[2] == y] for y in sorted({y for _, _, y in graph.sites})]
        lines = str(position.state.spiel).split("\n")
        printed = [found[1] for line in lines if (found := row_of.fullmatch(line))]
        assert len(drawn) == len(printed)
        for row, text in zip(drawn, printed):
            wanted = [signs.get(sign, "") for sign in re.findall("[.O@1-6]", text)]
            assert [pieces.get(place, "") for place, _, _ in sorted(row, key=lambda site: site[1])] == wanted
    graph = graph_of(next(positions(name, options)))
    beside = Counter(place for line in graph.edges for place in line)
    assert set(beside.values()) <= {2, 3, 4, 5, 6}
    at = {place: (x, y) for place, x, y in graph.sites}
    assert {(abs(at[a][0] - at[b][0]), abs(at[a][1] - at[b][1])) for a, b in graph.edges} == {(8, 0), (4, 7)}


@pytest.mark.parametrize("options", [{}, {"uses_mosquito": False, "uses_ladybug": False, "uses_pillbug": False}])
def test_hives_are_as_openspiel_draws_them(options: dict[str, Any]) -> None:
    """But for where the middle is; and no tile is lost: what does not lie there is in a hand."""
    for position in positions("hive", options):
        scene = position.scene(None)
        piles: dict[str, list[str]] = {}
        for piece in scene.pieces:
            piles.setdefault(piece.at, []).append(piece.id)
        hands = [tile for seat in (0, 1) for tile in piles.pop(f"hand-{seat}", [])]
        piles = {at: pile for at, pile in piles.items() if re.fullmatch(r"[a-q]\d+", at)}
        drawn = {(ord(at[0]) - ord("a"), int(at[1:])): pile for at, pile in piles.items()}
        assert aside(drawn) == aside(printed_hive(position.state.spiel.history(), options))
        tiles = [*hands, *(tile for pile in drawn.values() for tile in pile)]
        assert len(tiles) == len(set(tiles)) == (28 if not options else 22)


def aside(piles: dict[tuple[int, int], list[str]]) -> dict[tuple[int, int], list[str]]:
    """The same, with its first place at 0, 0."""
    first = min(piles, default=(0, 0))
    return {(file - first[0], rank - first[1]): pile for (file, rank), pile in piles.items()}


CELL = re.compile(r"\^?[wb][A-Z]\d?\*?|[-*]")


def printed_hive(history: list[int], options: dict[str, Any]) -> dict[tuple[int, int], list[str]]:
    """What lies where by the board that OpenSpiel draws when it may use colours."""
    spiel = loaded("hive", {**options, "ansi_color_output": True}).new_initial_state()
    for action in history:
        spiel.apply_action(action)
    lines = re.sub(r"\x1b\[[\d;]*m", "", str(spiel)).split("\n")
    rows = [CELL.findall(line) for line in lines if line.strip() and " > " not in line]
    piles = {line.split(" > ")[0]: line.split(" > ")[::-1] for line in lines if " > " in line}
    found = {}
    for rank, row in enumerate(rows):
        for at, sign in enumerate(row):
            if tile := sign.strip("^*-"):
                found[at + max(0, RADIUS - rank), rank] = piles.get(tile, [tile])
    return found


def test_a_move_in_hive_leads_where_it_says() -> None:
    for position in positions("hive", {}, seed=2):
        if (seat := mover(position)) is None:
            return
        for move in list(position.legal_moves(seat))[::9]:
            after = position.play(seat, str(move)).scene(None)
            tile, _, place = str(move).partition(" ")
            at = next((piece.at for piece in after.pieces if piece.id == tile), place)
            moved_aside = position.scene(None).pieces and after_is_moved(position.scene(None), after, tile)
            assert at == place or moved_aside


def after_is_moved(before: Scene, after: Scene, tile: str) -> bool:
    """Whether tiles that nobody touched lie elsewhere."""
    at = {piece.id: piece.at for piece in after.pieces}
    return any(at.get(piece.id) != piece.at for piece in before.pieces if piece.id != tile)


def test_of_hives_board_as_much_is_shown_as_is_played_on() -> None:
    """All tiles and all places where one may go, which are beside the tiles."""
    reaches = set()
    for seed in (1, 2):
        for position in positions("hive", {}, seed):
            scene, seat = position.scene(None), mover(position)
            moves = position.legal_moves(seat) if seat is not None else []
            places = [str(move).split(" ")[1] for move in moves if str(move) != "pass"]
            places += [piece.at for piece in scene.pieces if re.fullmatch(r"[a-q]\d+", piece.at)]
            far = max(map(from_middle, places), default=0)
            assert scene.reach is not None
            assert far <= scene.reach
            reaches.add(scene.reach)
    assert {4, 5, 6} <= reaches


def from_middle(place: str) -> int:
    file, rank = ord(place[0]) - ord("a") - RADIUS, int(place[1:]) - 1 - RADIUS
    return max(abs(file), abs(rank), abs(file + rank))


def test_a_hive_that_nears_the_rim_is_moved_aside() -> None:
    """Tiles in a line to the right, far more than the board has places on that side."""
    state = begun("hive", {}, own_dice("hive"))
    game = load_catalog([])["open_spiel/hive"]
    tiles = iter(("wG1", "bG1", "wQ", "bQ", "wA1", "bA1", "wG2", "bG2", "wG3", "bG3", "wS1", "bS1", "wS2", "bS2"))
    ends = {"w": next(tiles), "b": ""}
    state = game.play(state, 0, ends["w"], own_dice("hive"))
    beside = {"w": "-{}", "b": "{}-"}
    for number, tile in enumerate(tiles, 1):
        to = beside[tile[0]].format(ends[tile[0]] or ends["w"])
        state = game.play(state, number % 2, f"{tile} {to}", own_dice("hive"))
        ends[tile[0]] = tile
        tops = [piece for piece in game.scene(game.view(state, None)).pieces if piece.at.endswith("9")]
        assert len(tops) == number + 1


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_links_of_twixt_are_openspiels(seed: int) -> None:
    """As the tensor has them, which is right only for the usual size."""
    for position in positions("twixt", {}, seed):
        at = {place: (x // 12, y // 12) for place, x, y in graph_of(position).sites}
        marks = [mark for mark in position.scene(None).marks if mark.to is not None]
        links = {tuple(sorted((at[mark.at], at[mark.to or ""]))) for mark in marks}
        assert links == links_in(position.state.spiel.observation_tensor(0), 8)
        pegs = [piece.art[-1] for piece in position.scene(None).pieces if piece.at in at]
        assert Counter(pegs) == Counter("01"[version % 2] for version in range(position.version))


def links_in(tensor: list[float], size: int) -> set[tuple[Place, Place]]:
    """Links by their ends, the left one first: a plane for each way, with a row of each hole of one side, a file of the other."""
    ways = ((1, -2), (2, -1), (2, 1), (1, 2))
    found = set()
    for player, file, row in product(range(2), range(size), range(size)):
        across, along = (row, file - 1) if player == 0 else (size - 1 - file, row - 1)
        for way, (right, down) in enumerate(ways):
            if 0 <= along < size - 2 and tensor[((player * 6 + 1 + way) * size + across) * (size - 2) + along]:
                found.add(((file, row), (file + right, row + down)))
    return found


def test_twixt_with_a_swap_is_shown_as_openspiel_plays_on() -> None:
    """The second player takes over the first peg, turned by a quarter."""
    game = load_catalog([])["open_spiel/twixt"]
    position = first_position(game, game.Options(), 2, seed_of(1)).play(0, "xc4").play(1, "oc4")
    pegs = [(piece.at, piece.label) for piece in position.scene(None).pieces if piece.art.startswith("disc")]
    assert pegs == [("e3", "Yellow peg on e3")]


FILES = "abcdefghi"


@pytest.mark.parametrize("name", ["antichess", "crazyhouse", "shogi", "xiangqi"])
def test_men_stand_as_openspiel_says(name: str) -> None:
    """The ranks of the FEN, or the rows, can be written from what is drawn; and so can what is in hand."""
    for position in positions(name, {}):
        pieces = position.scene(None).pieces
        printed = str(position.state.spiel)
        ranks = printed.split() if name == "xiangqi" else re.split(r"[\[ ]", printed, maxsplit=1)[0].split("/")
        signs = {piece.at: sign_of(piece, name) for piece in pieces if piece.at[0] in FILES and piece.at[1:].isdigit()}
        for rank, text in zip(range(len(ranks), 0, -1), ranks):
            wanted = re.findall(r"\+?[A-Za-z.]", re.sub(r"\d", lambda digit: "." * int(digit[0]), text))
            assert [signs.get(f"{FILES[file]}{rank}", ".") for file in range(len(wanted))] == wanted
        held = {piece.id[0]: piece.n for piece in pieces if piece.at.startswith(("hand-", "reserve-"))}
        hands = re.findall(r"\[(.*)\]" if name == "crazyhouse" else r"^\S+ [bw] (\S+) \d+$", printed)
        assert held == (counted(hands[0]) if name in ("crazyhouse", "shogi") and hands and hands[0] != "-" else {})


RISEN = {"Q": "E", "R": "C", "B": "A", "N": "H"}


def sign_of(piece: Piece, name: str) -> str:
    if name in ("antichess", "crazyhouse"):
        kind = RISEN[piece.art[-1]] if "was a pawn" in piece.label else piece.art[-1]
        return kind if piece.art[-2] == "w" else kind.lower()
    text = piece.art.removeprefix("text:")
    return text if piece.owner == 0 else text.lower()


def counted(hands: str) -> dict[str, int]:
    held: Counter[str] = Counter()
    for number, sign in re.findall(r"(\d*)([A-Za-z])", hands):
        held[sign] += int(number or 1)
    return dict(held)


def test_who_looks_around_a_square_sees_it_and_those_beside_it() -> None:
    game = load_catalog([])["open_spiel/rbc"]
    position = first_position(game, game.Options(), 2, seed_of(1)).play(1, "Look around d7")
    seen = {piece.at for piece in position.scene(1).pieces if piece.label.startswith("Black")}
    assert seen == {f"{file}{rank}" for file in "cde" for rank in (7, 8)}
    assert not any(piece.label.startswith("White") for piece in position.scene(0).pieces)


def test_the_umpire_speaks_in_sentences_the_last_one_first() -> None:
    game = load_catalog([])["open_spiel/kriegspiel"]
    position = first_position(game, game.Options(), 2, seed_of(1))
    for seat, move in ((1, "e2e4"), (0, "d7d5"), (1, "e4f5"), (1, "e4d5")):
        position = position.play(seat, move)
    own, other = ([piece.label for piece in position.scene(seat).pieces if ".0" in piece.at] for seat in (1, 0))
    assert own[1:] == [
        "You moved e4d5: takes a pawn on d5.",
        "You tried e4f5, which is not possible.",
        "The other has moved: 1 way for pawns to take.",
        "You moved e2e4.",
    ]
    assert other[1:] == [
        "The other has moved: takes a pawn on d5.",
        "The other tried what is not possible.",
        "You moved d7d5: 1 way for pawns to take.",
        "The other has moved.",
    ]


def steps(name: str, options: dict[str, Any], seed: int = 1) -> Iterator[tuple[Position, str, Position]]:
    """Each position of a match of random moves, the move, and the position after it."""
    for before, after in pairwise(positions(name, options, seed)):
        yield before, after.view(None)["last"], after  # type: ignore[misc]


def bars(position: Position) -> set[tuple[str, str]]:
    return {(mark.at, mark.to or "") for mark in position.scene(None).marks if mark.kind == "link"}


@pytest.mark.parametrize(("name", "options"), [("quoridor", {"board_size": 7}), ("dots_and_boxes", {})])
def test_a_wall_or_line_is_drawn_where_one_touches(name: str, options: dict[str, Any]) -> None:
    """A wall is two bars that meet at the corner, in the direction that was chosen; a line is one, around its middle."""
    for before, move, after in steps(name, options):
        first, *way = before.game.picks(move)
        sites = {place: (x, y) for place, x, y in graph_of(before).sites}
        ends = [(sites[at], sites[to]) for at, to in bars(after) - bars(before)]
        middle = sites[first]
        if name == "dots_and_boxes":
            assert [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in ends] == [middle]
        elif way:
            along = 1 if way == ["#upright"] else 0
            assert all(a[1 - along] == b[1 - along] == middle[1 - along] for a, b in ends)
            assert sorted(each[along] - middle[along] for bar in ends for each in bar) == [-12, 0, 0, 12]
        else:
            assert not ends


def test_boxes_are_owned_by_who_has_the_points() -> None:
    *_, last = positions("dots_and_boxes", {"utility_margin": True})
    owned = Counter(piece.owner for piece in last.scene(None).pieces if piece.at.startswith("box"))
    outcome = last.outcome()
    assert outcome is not None
    assert (owned[0] - owned[1], owned[1] - owned[0]) == outcome.points
    assert sum(owned.values()) == 16


def test_pentago_turns_the_quarter_that_is_chosen() -> None:
    """The upper or lower, left or right one, by the clock or against it."""
    for before, move, after in steps("pentago", {}):
        place, turn = before.game.picks(move)
        across, along, way = turn.removeprefix("#").replace(" ", ",").split(",")
        left, top = 3 * (along == "right"), 3 * (across == "lower")
        stones = marbles(before) | {spot(place): f"stone:{1 - before.to_move()[0]}"}
        expected = {}
        for (file, row), art in stones.items():
            right, down = file - left, row - top
            if 0 <= right < 3 > down >= 0:
                right, down = (2 - down, right) if way == "↻" else (down, 2 - right)
            expected[left + right, top + down] = art
        assert marbles(after) == expected


def spot(place: str) -> Place:
    return ord(place[0]) - ord("a"), int(place[1:]) - 1


def marbles(position: Position) -> dict[Place, str]:
    return {spot(piece.at): piece.art for piece in position.scene(None).pieces if piece.art.startswith("stone")}


@pytest.mark.parametrize(("name", "seeds"), [("mancala", 48), ("oware", 48)])
def test_a_pit_that_is_touched_is_emptied_and_no_seed_is_lost(name: str, seeds: int) -> None:
    for before, move, after in steps(name, {}):
        (pit,) = before.game.picks(move)
        then, now = (
            {piece.at: int(piece.art[5:]) for piece in each.scene(None).pieces if "." not in piece.at}
            for each in (before, after)
        )
        owner = next(piece.owner for piece in before.scene(None).pieces if piece.at == pit)
        assert owner == before.to_move()[0]
        assert sum(now.values()) == seeds
        assert now[pit] == 0 or then[pit] > 11


def test_nim_takes_from_the_pile_that_is_touched() -> None:
    for before, move, after in steps("nim", {}):
        pile, taken = before.game.picks(move)
        then, now = (Counter(piece.at for piece in each.scene(None).pieces) for each in (before, after))
        assert then[pile] - now[pile] == int(taken.removeprefix("#take "))


def test_a_piece_of_einstein_goes_where_it_is_said_to() -> None:
    for before, move, after in steps("einstein_wurfelt_nicht", {}):
        piece, place = before.game.picks(move)
        assert {each.id: each.at for each in after.scene(None).pieces}[piece] == place
        assert any(each.id == piece for each in before.scene(None).pieces)


@pytest.mark.parametrize("seats", [2, 3, 4])
def test_ludos_pieces_lie_as_printed_and_go_as_far_as_the_die_says(seats: int) -> None:
    game = load_catalog([])["open_spiel/maedn"]
    position, dice = first_position(game, game.Options(), seats, seed_of(1)), own_dice("maedn")
    ring = [str(number) for number in range(1, 41)]
    for _ in range(300):
        if (seat := mover(position)) is None:
            break
        graph = {place: (x // 12, y // 12) for place, x, y in graph_of(position).sites}
        printed = str(position.state.spiel).split("\n")
        pieces = {piece.at: piece for piece in position.scene(None).pieces if piece.at in graph}
        for place, (right, down) in graph.items():
            sign = printed[down].ljust(22)[2 * right]
            assert (f"disc:{int(sign) - 1}" if sign.isdigit() else None) == (
                pieces[place].art if place in pieces else None
            )
        thrown = next(int(piece.art[3:]) for piece in position.scene(None).pieces if piece.at == "die")
        move = str(sample(position.legal_moves(seat), dice.below))
        after = position.play(seat, move)
        then = {piece.at: piece.art for piece in after.scene(None).pieces}
        if move.startswith("move") and (place := move.rsplit(" ", maxsplit=1)[-1]) in ring:
            own = f"disc:{seat}"
            assert pieces[place].art == own != then.get(place)
            (to,) = (at for at, art in then.items() if art == own and (at not in pieces or pieces[at].art != own))
            assert to == ring[(ring.index(place) + thrown) % 40] or to[0] in "abcd"
        position = after
    assert position.version > 50


def test_pieces_of_banqi_have_the_colour_of_whose_they_are() -> None:
    """Nobody has any before the first one is turned over; then one moves only one's own."""
    moved = 0
    for before, move, after in steps("banqi", {}):
        first, *to = before.game.picks(move)
        owner = next(piece.owner for piece in before.scene(None).pieces if piece.at == first)
        assert owner == (before.to_move()[0] if to else None)
        moved += bool(to)
        assert all(
            (piece.owner is None) == (piece.art == "text:?")
            for piece in after.scene(None).pieces
            if piece.at[0] in FILES
        )
    assert moved > 20
