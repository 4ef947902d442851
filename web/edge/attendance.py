"""The bots that wait for a seat: programs like any other client, which said that they attend."""

from collections.abc import Sequence
from typing import Protocol

from game.engine.bulletin import Bulletin


class Attendant(Protocol):
    """A connection that offers to sit down as a bot."""

    def invite(self, lobby: str, seat: int, game: str) -> None:
        """Asks it to take a seat."""


class Attendance:
    """Who attends, by the name of the bot. Of several under one name each is asked in turn."""

    def __init__(self, bulletin: Bulletin) -> None:
        self.bulletin = bulletin
        """The live list of names and their games, for all to see."""
        self._attendants: dict[str, list[tuple[Attendant, frozenset[str]]]] = {}

    def attend(self, name: str, games: Sequence[str], attendant: Attendant) -> None:
        """The connection offers to play these games under that name."""
        self.leave(name, attendant)
        self._attendants.setdefault(name, []).append((attendant, frozenset(games)))
        self._show(name)

    def leave(self, name: str, attendant: Attendant) -> None:
        """The connection offers nothing any more."""
        left = [offer for offer in self._attendants.pop(name, []) if offer[0] is not attendant]
        if left:
            self._attendants[name] = left
        self._show(name)

    def offers(self, name: str, game: str) -> bool:
        """Whether a bot of that name attends that plays the game."""
        return any(game in games for _, games in self._attendants.get(name, ()))

    def invite(self, name: str, lobby: str, seat: int, game: str) -> None:
        """Asks one bot of that name; nobody hears of it when none is there any more."""
        offers = self._attendants.get(name, [])
        for offer in offers:
            attendant, games = offer
            if game in games:
                offers.remove(offer)
                offers.append(offer)
                attendant.invite(lobby, seat, game)
                return

    def _show(self, name: str) -> None:
        games = sorted({game for _, games in self._attendants.get(name, ()) for game in games})
        if games:
            self.bulletin.put(name, {"games": games})
        else:
            self.bulletin.drop(name)
