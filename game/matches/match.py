"""One playing of a game: every change is a step from a match to the next.

The law: `advance` depends on its arguments alone. A Refusal leaves nothing behind; an accepted command
raises the version by exactly one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from game.matches.commands import Command, PlayMove, Resign
from game.matches.events import Event, MatchEnded, MovePlayed, SeatResigned
from game.matches.refusals import Refusal
from game.rules.dice import Dice
from game.rules.game import Game, IllegalMove, Outcome
from game.rules.moves import Moves, sample
from game.rules.table import Status, plain

RESIGNED = "resigned"
"""How a match has ended in which all but one gave up."""


@dataclass(frozen=True, slots=True)
class Player:
    """Who sits in a seat: their id, the name others see, and whether a program plays. The id is who they are."""

    id: str
    name: str = field(compare=False)
    bot: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Header:
    """All that is settled before the first command. The seed stays secret until the match is over.

    `listed` is false when only those who have the id are to find it.
    """

    id: str
    game: str
    revision: int
    options: Mapping[str, bool | int | str]
    seats: tuple[Player, ...]
    seed: bytes
    created_ms: int
    listed: bool = True


class Match(NamedTuple):
    """A match at one version. `turn` and `outcome` are the game's answers for `state`, asked once.

    One is made for every move, and of what is frozen a named tuple is made the fastest. `last` is the newest move, by its seat and text.
    """

    header: Header
    game: Game
    version: int
    state: Any
    turn: tuple[int, ...]
    outcome: Outcome | None
    resigned: frozenset[int] = frozenset()
    last: tuple[int, str] | None = None

    def legal_moves(self, seat: int) -> Moves:
        """The moves of a seat; none when it does not owe one."""
        return self.game.legal_moves(self.state, seat) if seat in self.turn else ()

    def view(self, seat: int | None) -> dict[str, object]:
        """What a seat, or a spectator (None), may know of the match.

        `game`: the game's own view. `turn`: the seats that owe a move. `over`: None, or how the match
        ended and the points of each seat. `resigned`: the seats that gave up.
        """
        return {"game": self.game.view(self.state, seat), **self._standing()}

    def scene(self, seat: int | None) -> dict[str, object]:
        """What the table shows that seat, or a spectator; `scene` in place of `game`, the rest as in `view`.

        With `last`, the newest move as [seat, text], in a game that hides nothing; elsewhere a move may be a secret.
        """
        scene = self.game.scene(self.game.view(self.state, seat))
        if self.outcome is not None and self.outcome.ending == RESIGNED:  # of which the game knows nothing
            scene = replace(scene, status=Status("over", "The match is over by resignation"), turn=())
        shown = {"scene": plain(scene), **self._standing()}
        return {**shown, "last": self.last} if self.game.hides_nothing else shown

    def _standing(self) -> dict[str, object]:
        return {
            "over": self.outcome and {"ending": self.outcome.ending, "points": self.outcome.points},
            "resigned": tuple(sorted(self.resigned)) if self.resigned else (),
            "turn": self.turn,
        }


def begin(header: Header, game: Game) -> Match:
    """The match at version 0."""
    return begin_with(header, game, Dice(header.seed, 0))


def begin_with(header: Header, game: Game, dice: Dice) -> Match:
    """`begin` with the dice in the caller's hand, who can see afterwards what was drawn."""
    state = game.setup(game.Options(**header.options), len(header.seats), dice)
    return Match(header, game, 0, state, tuple(game.to_move(state)), game.outcome(state))


def advance(match: Match, command: Command, now_ms: int) -> tuple[Match, tuple[Event, ...]]:
    """The next match and what happened. Raises Refusal."""
    return advance_with(match, command, now_ms, Dice(match.header.seed, match.version + 1))


def advance_with(match: Match, command: Command, now_ms: int, dice: Dice) -> tuple[Match, tuple[Event, ...]]:
    """`advance` with the dice in the caller's hand, who can see afterwards what was drawn."""
    if match.outcome is not None:
        raise Refusal("match_over", "The match is over.")
    if isinstance(command, PlayMove):
        match, happened = _play(match, command, dice)
    else:
        match, happened = _resign(match, command)
    events: tuple[Event, ...] = (happened,)
    if match.resigned:
        match, stand_ins = _stand_in(match, dice)
        events += stand_ins
    return match, events if match.outcome is None else (*events, MatchEnded(match.outcome))


def _play(match: Match, command: PlayMove, dice: Dice) -> tuple[Match, Event]:
    seat, move, game = command.seat, command.move, match.game
    if seat not in match.turn:
        raise Refusal("not_your_turn", "It is not your turn.")
    try:
        state = game.play(match.state, seat, move, dice)
    except IllegalMove as illegal:
        raise Refusal(illegal.code, illegal.sentence) from None
    return _at(match, match.version + 1, state, (seat, move)), MovePlayed(seat, move)


def _resign(match: Match, command: Resign) -> tuple[Match, Event]:
    seats = range(len(match.header.seats))
    if command.seat not in seats:
        raise Refusal("no_such_seat", f"There is no seat {command.seat}.")
    if command.seat in match.resigned:
        raise Refusal("resigned_already", "You have resigned already.")
    match = match._replace(version=match.version + 1, resigned=match.resigned | {command.seat})
    playing = [seat for seat in seats if seat not in match.resigned]
    if len(playing) <= 1:
        points = tuple(len(seats) - 1 if seat in playing else -1 for seat in seats)
        match = match._replace(turn=(), outcome=Outcome(RESIGNED, points))
    return match, SeatResigned(command.seat)


def _stand_in(match: Match, dice: Dice) -> tuple[Match, tuple[Event, ...]]:
    """Chance moves for those who resigned, so that the others can play their match to its end."""
    events = []
    while match.outcome is None and (absent := [seat for seat in match.turn if seat in match.resigned]):
        move = sample(match.legal_moves(absent[0]), dice.below)
        match = _at(match, match.version, match.game.play(match.state, absent[0], move, dice), (absent[0], move))
        events.append(MovePlayed(absent[0], move, stand_in=True))
    return match, tuple(events)


def _at(match: Match, version: int, state: Any, last: tuple[int, str]) -> Match:
    game, turn = match.game, tuple(match.game.to_move(state))
    outcome = None if turn else game.outcome(state)
    return Match(match.header, game, version, state, turn, outcome, match.resigned, last)
