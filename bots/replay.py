"""A match played again from its record by the rules alone: nothing of the server has a say in it."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bots.record import Entry, Record
from game.rules.catalog import Catalog
from game.rules.dice import Dice
from game.rules.game import Game, IllegalMove, Outcome
from game.rules.moves import sample

Happened = list[dict[str, Any]]


class WrongRecord(Exception):
    """The record is not what the rules make of it; the sentence says what differs, and where."""


@dataclass(slots=True)
class Replay:
    """A match on the way through its record."""

    game: Game
    seats: int
    seed: bytes
    version: int
    state: Any
    turn: list[int]
    outcome: Outcome | None
    resigned: set[int]

    @property
    def over(self) -> bool:
        """Whether play has ended."""
        return self.outcome is not None

    def view(self, seat: int | None) -> dict[str, object]:
        """What the server must have told that seat, or a spectator."""
        return {
            "game": self.game.view(self.state, seat),
            "over": None if self.outcome is None else asdict(self.outcome),
            "resigned": sorted(self.resigned),
            "turn": self.turn,
        }

    def advance(self, entry: Entry) -> None:
        """One version further. Raises WrongRecord."""
        if entry.version != self.version + 1:
            raise WrongRecord(f"version {entry.version} follows version {self.version}")
        if self.over:
            raise WrongRecord(f"version {entry.version} comes after the end")
        self.version = entry.version
        dice = Dice(self.seed, entry.version)
        seat = entry.command.seat
        if entry.command.name == "PlayMove":
            if seat not in self.turn:
                raise WrongRecord(f"version {entry.version}: seat {seat} moves, and owes no move")
            happened = [self._play(seat, entry.command.move, dice, stand_in=False)]
        else:
            happened = [self._resign(seat)]
        happened += self._stand_in(dice)
        if self.outcome is not None:
            happened.append({"event": "MatchEnded", "outcome": _plain(self.outcome)})
        _compare_draws(entry.version, dice, entry.draws)
        if happened != entry.events:
            raise WrongRecord(f"version {entry.version}: the record tells {entry.events}; by the rules {happened}")

    def _play(self, seat: int, move: str, dice: Dice, *, stand_in: bool) -> dict[str, Any]:
        try:
            self.state = self.game.play(self.state, seat, move, dice)
        except IllegalMove as illegal:
            raise WrongRecord(f"version {self.version}: {move!r} is not legal: {illegal.sentence}") from None
        self.turn, self.outcome = list(self.game.to_move(self.state)), self.game.outcome(self.state)
        return {"event": "MovePlayed", "seat": seat, "move": move, "stand_in": stand_in}

    def _resign(self, seat: int) -> dict[str, Any]:
        if seat >= self.seats or seat in self.resigned:
            raise WrongRecord(f"version {self.version}: seat {seat} resigns, and cannot")
        self.resigned.add(seat)
        playing = [other for other in range(self.seats) if other not in self.resigned]
        if len(playing) <= 1:
            points = tuple(self.seats - 1 if other in playing else -1 for other in range(self.seats))
            self.turn, self.outcome = [], Outcome("resigned", points)
        return {"event": "SeatResigned", "seat": seat}

    def _stand_in(self, dice: Dice) -> Happened:
        """Chance moves for those who have resigned while others play on."""
        happened = []
        while self.outcome is None and (absent := [seat for seat in self.turn if seat in self.resigned]):
            move = sample(self.game.legal_moves(self.state, absent[0]), dice.below)
            happened.append(self._play(absent[0], move, dice, stand_in=True))
        return happened


def replay(record: Record, catalog: Catalog) -> Replay:
    """The match at its end. Raises WrongRecord."""
    playing = begin(record, catalog)
    for entry in record.entries:
        playing.advance(entry)
    if playing.outcome is None:
        raise WrongRecord(f"after version {playing.version} the match is not over")
    if _plain(playing.outcome) != record.outcome:
        raise WrongRecord(f"the record ends with {record.outcome}; by the rules {_plain(playing.outcome)}")
    return playing


def begin(record: Record, catalog: Catalog) -> Replay:
    """The match at version 0. Raises WrongRecord."""
    game = catalog.get(record.game)
    if game is None:
        raise WrongRecord(f"{record.game} is not a game that is known here")
    if game.revision != record.revision:
        raise WrongRecord(
            f"the rules of {record.game} here are revision {game.revision}, the record's {record.revision}"
        )
    seats = len(record.players)
    if seats not in game.seats:
        raise WrongRecord(f"{record.game} is not played by {seats}")
    try:
        options = TypeAdapter(game.Options).validate_json(json.dumps(record.options), strict=True)
    except ValidationError as error:
        raise WrongRecord(f"options: {error.errors()[0]['msg']}") from None
    seed = bytes.fromhex(record.seed)
    dice = Dice(seed, 0)
    state = game.setup(options, seats, dice)
    _compare_draws(0, dice, record.draws)
    return Replay(game, seats, seed, 0, state, list(game.to_move(state)), game.outcome(state), set())


def _compare_draws(version: int, dice: Dice, said: list[tuple[int, int]]) -> None:
    if dice.draws != said:
        raise WrongRecord(f"version {version}: the record has the draws {said}; the rules ask for {dice.draws}")


def _plain(outcome: Outcome) -> dict[str, Any]:
    return {"ending": outcome.ending, "points": list(outcome.points)}
