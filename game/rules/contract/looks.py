"""Views are plain data, and what they look like keeps to the vocabulary of `table.py`."""

import json
import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from game.rules.contract.position import CODE, ContractBroken, Position, asked, name_of, require
from game.rules.moves import Subset
from game.rules.table import Graph, Grid, Hex, Lay, Piece, Scene, Sheet, Track, Zone, plain, seated, square

VIEW_BYTES_MAX = 48 * 1024
"""A view as JSON; a little below what one message holds."""
VIEW_DEPTH_MAX = 10
"""Maps and lists within each other."""
WHOLE_MAX = 2**53 - 1
"""The largest whole number that every client language holds exactly."""

ART = re.compile(
    r"x|o|(stone|disc|hexstone):[0-9]{1,2}|draught:[0-9]k?|chess:[wb][KQRBNP]|d6:[1-6?]"
    r"|card:(\?|([2-9TJQKA]|10)[CDHS])|chip:[0-9]{1,9}|ship|hit|miss|text: *\S.*"
)


def check_views(position: Position) -> None:
    """Every view is plain data; a game that hides nothing has the same for all."""
    views = {audience: position.view(audience) for audience in position.audiences}
    for audience, view in views.items():
        where = f"the view of {name_of(audience)}"
        require(type(view) is dict, f"{where} is a {type(view).__name__}: make it a dict")
        _check_plain(view, where, VIEW_DEPTH_MAX)
        size = len(json.dumps(view, separators=(",", ":")))
        require(size <= VIEW_BYTES_MAX, f"{where} has {size} bytes, at most {VIEW_BYTES_MAX} fit into a message")
        if position.game.hides_nothing:
            require(
                same(view, views[None]), f"hides_nothing is True, and yet {where} differs from that of the spectators"
            )


def check_table(position: Position) -> None:
    """The table has zones with ids of their own, and no two places with one name."""
    table = asked("table", lambda: position.game.table(position.options))
    ids = [zone.id for zone in table.zones]
    require(len(set(ids)) == len(ids) and "" not in ids, f"the zones {ids} need ids of their own")
    names = [place for zone in table.zones for place in places_in(zone)]
    twice = sorted({place for place in names if names.count(place) > 1}) if len(set(names)) < len(names) else []
    require(not twice, f"two zones have a place called {twice[:3]}: give one of them a prefix")


def check_scenes(position: Position) -> None:
    """Each audience's scene is drawn on the table, and says whose turn it is."""
    table = seated(position.game.table(position.options), position.seats)
    places = {place for zone in table.zones for place in places_in(zone)}
    for audience in position.audiences if not position.game.hides_nothing else (None,):
        try:
            check_scene(position.scene(audience), places, position.seats, position.to_move())
        except ContractBroken as broken:
            raise ContractBroken(f"the scene of {name_of(audience)}: {broken}") from broken


def check_scene(scene: Scene, places: Collection[str], seats: int, turn: tuple[int, ...]) -> None:
    """One scene, on a table with these places. Raises ContractBroken."""
    require(tuple(scene.turn) == turn, f"turn is {scene.turn} and to_move {turn}: they must be the same")
    require(
        CODE.fullmatch(scene.status.key) is not None,
        f"the status key {scene.status.key!r} is not a code like 'to_move'",
    )
    require(scene.status.text.strip() != "", "the status says nothing: write who is to move, or how it ended")
    ids = [piece.id for piece in scene.pieces]
    twice = sorted({id for id in ids if ids.count(id) > 1}) if len(set(ids)) < len(ids) else []
    require(not twice, f"two pieces have the id {twice[:3]}")
    for piece in scene.pieces:
        _check_piece(piece, places, seats)
    for mark in scene.marks:
        aims = (mark.at,) if mark.to is None else (mark.at, mark.to)
        require(all(aim in places for aim in aims), f"a mark is at {aims}, and the table has no such place")
    for counter in scene.counters:
        require(
            0 <= counter.seat < seats, f"the counter {counter.label!r} is for seat {counter.seat}: there are {seats}"
        )
        require(bool(counter.label) and type(counter.value) is str, f"{counter} needs a label, and text for a value")
    require(all(0 <= seat < seats for seat in scene.done), f"done is {scene.done}: there are {seats} seats")
    _check_plain(plain(scene), "the scene", VIEW_DEPTH_MAX)


def check_picks(position: Position) -> None:
    """Each move is entered by picking what is there, and no move's picks begin with those of another."""
    game = position.game
    table = seated(game.table(position.options), position.seats)
    places = {place for zone in table.zones for place in places_in(zone)}
    for seat in position.to_move():
        there = places | {piece.id for piece in position.scene(seat).pieces}
        moves = [move for move in position.legal_moves(seat) if isinstance(move, str)]
        sequences = {move: asked(f"picks({move!r})", lambda move=move: tuple(game.picks(move))) for move in moves}  # type: ignore[misc]
        for move, picks in sequences.items():
            require(bool(picks), f"picks({move!r}) is empty: name a place, a piece or a #button")
            lost = [pick for pick in picks if pick not in there and (len(pick) < 2 or pick[0] != "#")]
            require(
                not lost, f"picks({move!r}) names {lost}: neither a place, nor a piece seat {seat} sees, nor a #button"
            )
        firsts = {picks[0] for picks in sequences.values()}
        for form in position.legal_moves(seat):
            if isinstance(form, Subset):
                _check_words(form, there, firsts, seat)
        for (picks, move), (longer, other) in pairwise(sorted((picks, move) for move, picks in sequences.items())):
            clash = longer[: len(picks)] == picks
            require(
                not clash, f"the picks of {other!r}, {list(longer)}, begin with all those of {move!r}: add a #button"
            )


def _check_words(form: Subset, there: Collection[str], firsts: Collection[str], seat: int) -> None:
    """A subset is chosen on the table, or by buttons; and touching one of its words means nothing else."""
    lost = [word for word in form.of if word not in there]
    require(
        len(lost) in (0, len(form.of)),
        f"{form.verb} chooses from {list(form.of)}, and seat {seat} sees no piece or place called {lost[:5]}: "
        "name only what is on the table, or nothing that is",
    )
    both = [word for word in form.of if word in firsts]
    require(not both, f"{both[:5]} can be chosen for {form.verb}, and are the first pick of other moves: add a #button")


def check_hidden_ids(position: Position, seen: dict[tuple[str, int], Collection[str]]) -> None:
    """The ids of hidden pieces at a place follow from how many they are. `seen` is kept from check to check."""
    for audience in position.audiences:
        for place, ids in _hidden(position.scene(audience).pieces).items():
            before = seen.setdefault((place, len(ids)), ids)
            require(
                before == ids,
                f"the hidden pieces at {place} have the ids {sorted(ids)[:5]}, and before {sorted(before)[:5]}: "
                "number them from 0 at each place, so that nobody can follow one of them",
            )


def places_in(zone: Zone) -> Sequence[str]:
    """The names of a zone's places; for a row, hand or pile its id."""
    if isinstance(zone, Lay):
        return (zone.id,)
    if isinstance(zone, Grid | Hex):
        by_file = isinstance(zone, Grid) and zone.by_file
        prefix = zone.prefix if isinstance(zone, Grid) else ""
        squares = [prefix + square(file, rank) for file in range(zone.cols) for rank in range(zone.rows)]
        return [*squares, *(f"{prefix}{file + 1}" for file in range(zone.cols) if by_file)]
    if isinstance(zone, Graph):
        return [site for site, _, _ in zone.sites]
    if isinstance(zone, Track):
        return [*(str(number + 1) for number in range(zone.n)), *zone.extra]
    if isinstance(zone, Sheet):
        return [f"{row}.{col}" for row in range(zone.rows) for col in range(zone.cols)]
    raise ContractBroken(f"{zone!r} is no zone of the vocabulary")


def same(one: object, other: object) -> bool:
    """Whether two pieces of plain data are the same on the wire."""
    return settled(one) == settled(other)


def where_they_differ(one: object, other: object) -> str:
    """The way to the first value that differs, as `'hands', at 1`; nothing for what differs as a whole."""
    pairs: list[tuple[object, object, object]] = []
    if isinstance(one, dict) and isinstance(other, dict):
        pairs = [(key, one.get(key, ...), other.get(key, ...)) for key in dict.fromkeys([*one, *other])]
    elif isinstance(one, list | tuple) and isinstance(other, list | tuple) and len(one) == len(other):
        pairs = [(at, *both) for at, both in enumerate(zip(one, other))]
    for name, here, there in pairs:
        if not same(here, there):
            deeper = where_they_differ(here, there)
            return f"{name!r}, at {deeper}" if deeper else repr(name)
    return ""


def settled(data: object) -> str:
    """Plain data as a text to compare and to group by: tuples count as lists, 1 and True differ."""
    return json.dumps(data, sort_keys=True, default=repr)


def _hidden(pieces: Sequence[Piece]) -> dict[str, set[str]]:
    ids: dict[str, set[str]] = {}
    for piece in pieces:
        if piece.art.endswith(":?"):
            ids.setdefault(piece.at, set()).add(piece.id)
    return ids


def _check_piece(piece: Piece, places: Collection[str], seats: int) -> None:
    for name in ("id", "at", "art", "label"):
        value = getattr(piece, name)
        require(type(value) is str, f"the piece {piece.id!r} has {value!r} for its {name}: give text")
    require(piece.id != "", f"{piece} has no id")
    require(piece.at in places, f"the piece {piece.id!r} is at {piece.at!r}, and the table has no such place")
    require(
        piece.id not in places or piece.id == piece.at, f"the piece {piece.id!r} at {piece.at!r} is called like a place"
    )
    require(
        ART.fullmatch(piece.art) is not None,
        f"{piece.art!r} is no art of the vocabulary: see Piece in table.py, or use text:…",
    )
    require(piece.label.strip() != "", f"the piece {piece.id!r} has no label: say what a screen reader says")
    require(piece.owner is None or 0 <= piece.owner < seats, f"the piece {piece.id!r} is owned by seat {piece.owner}")
    require(piece.n >= 1, f"the piece {piece.id!r} stands for {piece.n}: leave it out")


def _check_plain(data: object, where: str, depth: int) -> None:
    require(depth > 0, f"{where} is nested deeper than {VIEW_DEPTH_MAX}")
    if type(data) is dict:
        for key, value in data.items():
            require(type(key) is str, f"{where} has the key {key!r}: keys are text")
            _check_plain(value, f"{where}, at {key!r},", depth - 1)
    elif type(data) in (list, tuple):
        assert isinstance(data, list | tuple)
        for at, value in enumerate(data):
            _check_plain(value, f"{where}, at {at},", depth - 1)
    elif type(data) is int:
        require(abs(data) <= WHOLE_MAX, f"{where} has {data}, which not every client can hold: at most 2**53-1")
    elif type(data) is str:
        require(not re.search("[\ud800-\udfff]", data), f"{where} has a text that is not valid Unicode")
    else:
        allowed = "dict, list, tuple, str, int, bool and None"
        require(data is None or type(data) is bool, f"{where} has a {type(data).__name__}: views are made of {allowed}")
