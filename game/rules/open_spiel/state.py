"""A state of an OpenSpiel game that never changes: one goes on from a copy. The only importer of pyspiel.

It stands where somebody has to choose, or at the end: chance is drawn on the way. Where all choose at
once, it keeps the choices of those who have chosen until the last one has.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import pyspiel

from game.rules.dice import Dice
from game.rules.open_spiel.chance import draw
from game.rules.open_spiel.names import NAMERS, PRINTERS
from game.rules.open_spiel.texts import texts_of

LOADED_MAX = 256
"""Games, by name and parameters, that stay loaded once they were; a few kilobytes each."""
NOT_YET = -2
"""Stands for the action of a seat that has not chosen. OpenSpiel has -1 for one that has nothing to choose."""

Parameters = Mapping[str, bool | int | float | str]


@dataclass(frozen=True, eq=False, repr=False)
class State:
    """What OpenSpiel knows of a match, and the actions chosen so far where all choose at once.

    States are equal when the same actions, those of chance among them, led to them in the same game.
    """

    spiel: Any
    """OpenSpiel's own state. Whoever asks it leaves it as it is."""
    chosen: tuple[int, ...] = ()
    """One action a seat, or NOT_YET, where all choose at once; empty elsewhere."""
    last: str = ""
    """The move that led here, where only one seat moves at a time."""

    @cached_property
    def to_move(self) -> tuple[int, ...]:
        """The seats that owe a choice; none at the end."""
        if self.chosen:
            return tuple(seat for seat, action in enumerate(self.chosen) if action == NOT_YET)
        return () if self.spiel.is_terminal() else (self.spiel.current_player(),)

    @cached_property
    def moves(self) -> Mapping[int, Mapping[str, int]]:
        """For each seat that owes a choice: its moves, each with OpenSpiel's number of the action."""
        return {seat: self.moves_of(seat) for seat in self.to_move}

    def played(self, action: int, seat: int, dice: Dice) -> "State":
        """The next state. The action is among the seat's moves: OpenSpiel does not survive any other."""
        assert action in self.moves[seat].values()
        after = self.spiel.clone()
        if not self.chosen:
            last = next(text for text, known in self.moves[seat].items() if known == action)
            after.apply_action(action)
            return replace(settled(after, dice), last=last)
        chosen = (*self.chosen[:seat], action, *self.chosen[seat + 1 :])
        if NOT_YET in chosen:
            return State(self.spiel, chosen)
        after.apply_actions(list(chosen))
        return settled(after, dice)

    @property
    def seats(self) -> int:
        """How many play."""
        return int(self.spiel.num_players())

    def printed(self) -> str:
        """All of the state, as OpenSpiel writes it."""
        return PRINTERS.get(self.name, str)(self.spiel)

    def seen(self, seat: int) -> str:
        """What the seat can see now, as OpenSpiel writes it: its observation, or else all that it knows."""
        kind = self.spiel.get_game().get_type()
        return str(self.spiel.observation_string(seat) if kind.provides_observation_string else self.known(seat))

    def known(self, seat: int) -> str:
        """All that the seat has come to know, as OpenSpiel writes it; empty where it does not."""
        if not self.spiel.get_game().get_type().provides_information_state_string:
            return ""
        return str(self.spiel.information_state_string(seat))

    def moves_of(self, seat: int) -> Mapping[str, int]:
        """The moves that a seat may choose from here, or might have chosen, each with its action.

        Of actions that are one and the same move only one is among them.
        """
        namer = NAMERS.get(self.name)
        said = self._said(seat)
        return dict(zip(namer(self.spiel, seat, said), said.values())) if namer else said

    def meant(self, seat: int, move: str) -> int | None:
        """The action that a seat means by a text: one of its moves, or one in OpenSpiel's own words."""
        if move in self.moves[seat] or self.name not in NAMERS:
            return self.moves[seat].get(move)
        said = self._said(seat)
        names = dict(zip(said, NAMERS[self.name](self.spiel, seat, said)))
        return self.moves[seat][names[move]] if move in names else None

    def _said(self, seat: int) -> Mapping[str, int]:
        """All actions of a seat in OpenSpiel's own words, in which older records are written."""
        actions: Sequence[int] = self.spiel.legal_actions(seat)
        texts = texts_of([self.spiel.action_to_string(seat, action) for action in actions], actions)
        return dict(zip(texts, actions))

    @property
    def name(self) -> str:
        """What OpenSpiel calls the game."""
        return str(self.spiel.get_game().get_type().short_name)

    @property
    def _story(self) -> tuple[object, ...]:
        return str(self.spiel.get_game()), tuple(self.spiel.history()), self.chosen

    def __eq__(self, other: object) -> bool:
        return isinstance(other, State) and self._story == other._story

    def __hash__(self) -> int:
        return hash(self._story)

    def __repr__(self) -> str:
        game, history, chosen = self._story
        return f"State({game}, {history}, {chosen})"


@lru_cache(LOADED_MAX)
def _loaded(name: str, parameters: tuple[tuple[str, bool | int | float | str], ...]) -> Any:
    return pyspiel.load_game(name, dict(parameters)) if parameters else pyspiel.load_game(name)


def loaded(name: str, parameters: Parameters) -> Any:
    """OpenSpiel's game of that name, or of that text with parameters in it. Raises ValueError for parameters that do not go together."""
    try:
        return _loaded(name, tuple(parameters.items()))
    except pyspiel.SpielError as error:
        raise ValueError(f"OpenSpiel does not have {name} with {dict(parameters)}.") from error


def begun(name: str, parameters: Parameters, dice: Dice) -> State:
    """The first state of a game in which somebody has to choose. Raises ValueError as `loaded` does."""
    return settled(loaded(name, parameters).new_initial_state(), dice)


def settled(spiel: Any, dice: Dice) -> State:
    """OpenSpiel's state, with chance drawn until somebody has to choose or all is over."""
    while not spiel.is_terminal():
        if spiel.is_chance_node():
            spiel.apply_action(draw(spiel.chance_outcomes(), dice))
        elif not spiel.is_simultaneous_node():
            break
        else:
            choosing = [bool(spiel.legal_actions(seat)) for seat in range(spiel.num_players())]
            if any(choosing):
                return State(spiel, tuple(NOT_YET if owes else pyspiel.INVALID_ACTION for owes in choosing))
            spiel.apply_actions([pyspiel.INVALID_ACTION] * len(choosing))
    return State(spiel)


def resampled(state: State, seat: int | None, dice: Dice) -> State:
    """A state that the seat cannot tell from this one: with others' hidden choices, or all that is hidden, anew.

    Where OpenSpiel cannot draw that, it is the same state.
    """
    if state.chosen:
        others = [
            dice.choose(list(state.moves_of(at).values())) if own >= 0 else own for at, own in enumerate(state.chosen)
        ]
        return State(state.spiel, tuple(own if at == seat else others[at] for at, own in enumerate(state.chosen)))
    if seat is None or not state.spiel.get_game().get_type().provides_information_state_string:
        return state
    try:
        other = state.spiel.resample_from_infostate(seat, lambda: dice.below(2**53) / 2**53)
    except pyspiel.SpielError:
        return state
    return State(other) if other.current_player() == state.spiel.current_player() else state


def registered() -> Sequence[Any]:
    """What OpenSpiel says of each game it has, without loading any: `pyspiel.GameType`, by name."""
    return sorted(pyspiel.registered_games(), key=lambda kind: str(kind.short_name))
