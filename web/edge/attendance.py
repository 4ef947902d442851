"""The bots that wait for a seat: programs like any other client, which said that they attend."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from game.engine.bulletin import Bulletin
from game.matches.refusals import Refusal


class Attendant(Protocol):
    """A connection that offers to sit down as a bot."""

    def invite(self, lobby: str, seat: int, game: str) -> None:
        """Asks it to take a seat."""


class Offer(NamedTuple):
    """What a connection offers: as which player, and what it plays."""

    attendant: Attendant
    player: str
    games: frozenset[str]


class Attendance:
    """Who attends, by the name of the bot: one player at a time. Of several connections of theirs each is asked in turn."""

    def __init__(self, bulletin: Bulletin) -> None:
        self.bulletin = bulletin
        """The live list of names and their games, for all to see."""
        self._offers: dict[str, list[Offer]] = {}

    def attend(self, name: str, player: str, games: Sequence[str], attendant: Attendant) -> None:
        """The connection offers to play these games under that name. Raises Refusal when it is another player's."""
        if any(offer.player != player for offer in self._offers.get(name, ())):
            raise Refusal("bot_name_taken", f"Another player's bot attends as {name}. Take another name.")
        self.leave(name, attendant)
        self._offers.setdefault(name, []).append(Offer(attendant, player, frozenset(games)))
        self._show(name)

    def leave(self, name: str, attendant: Attendant) -> None:
        """The connection offers nothing any more."""
        left = [offer for offer in self._offers.pop(name, []) if offer.attendant is not attendant]
        if left:
            self._offers[name] = left
        self._show(name)

    def offers(self, name: str, game: str) -> bool:
        """Whether a bot of that name attends that plays the game."""
        return any(game in offer.games for offer in self._offers.get(name, ()))

    def invite(self, name: str, lobby: str, seat: int, game: str) -> None:
        """Asks one bot of that name; nobody hears of it when none is there any more."""
        offers = self._offers.get(name, [])
        for offer in offers:
            if game in offer.games:
                offers.remove(offer)
                offers.append(offer)
                offer.attendant.invite(lobby, seat, game)
                return

    def _show(self, name: str) -> None:
        games = sorted({game for offer in self._offers.get(name, ()) for game in offer.games})
        if games:
            self.bulletin.put(name, {"games": games})
        else:
            self.bulletin.drop(name)
