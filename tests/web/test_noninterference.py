"""What an audience may not know changes no byte that it gets, nor how many frames there are, nor when they come.

Two servers play one match each. The matches begin alike but for what one audience may not know, drawn anew by the game's
own `disguise`. That audience says the same in both, the others the same or something else that may not be
told from it. As long as the rules show the audience the same, all of its frames are the same, byte by byte.
"""

from collections.abc import Sequence
from typing import Any

import pytest

from game.engine.kinds import Matches
from game.matches.commands import PlayMove
from game.matches.match import Match, advance
from game.matches.refusals import Refusal
from game.rules.catalog import OWN, load_catalog
from game.rules.contract.looks import same
from game.rules.contract.position import own_dice, print_of, seed_of
from game.rules.dice import Dice
from game.rules.game import Game
from game.rules.moves import listed, sample
from protocol.messages import CreateLobby, Form, Hello, Play, TakeSeat, Watch
from tests.web.house import NOW_MS, Guest, House

STEPS_MAX = 40
STEPS_OF_MANY_MAX = 8
ATTEMPTS_MAX = 6
"""In a short match it may happen that nothing differs; then another one is played."""
TRIES = 8
"""Moves of another seat that are tried until one looks the same to the audience."""

HIDING = [game for game in load_catalog().values() if not game.hides_nothing]


class Disguised:
    """A game that begins with what an audience may not know drawn anew. All else is the game's."""

    def __init__(self, game: Game, audience: int | None) -> None:
        self._game = game
        self._audience = audience

    def __getattr__(self, name: str) -> Any:
        return getattr(self._game, name)

    def setup(self, options: Any, seats: int, dice: Dice) -> Any:
        state = self._game.setup(options, seats, dice)
        disguise: Any = getattr(self._game, "disguise", lambda state, audience, dice: state)
        return disguise(state, self._audience, own_dice("disguised", self._game.key, self._audience))


class Table:
    """One match in a house of its own, with every seat and a spectator connected."""

    def __init__(self, game: Any, options: dict[str, Any], seats: int, seed: bytes) -> None:
        self.house = House({game.key: game}, seed)
        self.seats: list[Guest] = [self.house.guest() for _ in range(seats)]
        self.spectator = self.house.guest()
        self._wish = CreateLobby("open", game.key, options, seats, False)

    async def begin(self) -> None:
        """Everybody sits down, and watches in both forms."""
        for guest in (*self.seats, self.spectator):
            guest.say(Hello(None, "Guest"))
        self.seats[0].say(self._wish)
        await self.house.settle()
        lobby = self.seats[0].answer
        assert isinstance(lobby, str)
        self.id = lobby
        for seat, guest in enumerate(self.seats):
            guest.say(TakeSeat("sit", self.id, seat))
            await self.house.settle()
        forms: tuple[Form, ...] = ("view", "scene")
        for form in forms:
            for seat, guest in enumerate(self.seats):
                guest.say(Watch(f"watch {form}", f"match/{self.id}", seat, form, True))
            self.spectator.say(Watch(f"watch {form}", f"match/{self.id}", None, form))
        await self.house.settle()

    async def play(self, request: str, seat: int, move: str) -> None:
        """The seat plays, or tries to."""
        self.seats[seat].say(Play(request, self.id, seat, move))
        await self.house.settle()

    @property
    def match(self) -> Match:
        return self.house.match(self.id)

    def frames(self, audience: int | None) -> Sequence[bytes]:
        """All that the audience was ever sent."""
        return (self.spectator if audience is None else self.seats[audience]).frames


async def differing(game: Game, options: Any, seats: int, audience: int | None, steps_max: int, attempt: int) -> int:
    """Plays both matches, and compares; at how many versions they differed in what the audience may not know."""
    chosen = {name: getattr(options, name) for name in options.__dataclass_fields__}
    seed = seed_of(game.key, attempt)
    one, other = Table(game, chosen, seats, seed), Table(Disguised(game, audience), chosen, seats, seed)
    dice = own_dice("noninterference", game.key, audience, attempt)
    for table in (one, other):
        await table.begin()
    different = 0
    for step in range(steps_max):
        assert one.frames(audience) == other.frames(audience), f"{audience} at version {one.match.version}"
        different += print_of(one.match.state) != print_of(other.match.state)
        if audience is not None:
            for table in (one, other):  # what is no move, whoever is to move
                await table.play(f"no {step}", audience, "xyzzy")
            assert one.frames(audience) == other.frames(audience), f"{audience} tries at version {one.match.version}"
        moves = alike(one.match, other.match, audience, dice)
        if moves is None:
            break
        seat, *texts = moves
        for table, text in zip((one, other), texts):
            await table.play(f"move {step}", seat, text)
    return different


def alike(one: Match, other: Match, audience: int | None, dice: Dice) -> tuple[int, str, str] | None:
    """A seat and its move in each match, after which the audience may know no difference; None where there is none."""
    assert one.turn == other.turn
    if not one.turn:
        return None
    seat = dice.choose(one.turn)
    for _ in range(TRIES):
        first = sample(one.legal_moves(seat), dice.below)
        seconds = [first] if seat == audience else [sample(other.legal_moves(seat), dice.below), first]
        after = played(one, seat, first)
        for second in seconds:
            if listed(other.legal_moves(seat), second) and after is not None:
                then = played(other, seat, second)
                if then is not None and same(after.view(audience), then.view(audience)):
                    return seat, first, second
    return None


def played(match: Match, seat: int, move: str) -> Match | None:
    """The match one move further; None where the rules refuse it."""
    try:
        return advance(match, PlayMove(seat, move), NOW_MS)[0]
    except Refusal:
        return None


@pytest.mark.parametrize("game", HIDING, ids=lambda game: str(game.key))
async def test_what_an_audience_may_not_know_changes_none_of_its_bytes(game: Game) -> None:
    """For spectators and for every seat; of games by the dozen for the spectators and one seat."""
    many = game not in OWN
    seats = game.seats[0] if many else game.seats[-1]
    audiences = [None, 0] if many else [None, *range(seats)]
    steps_max = STEPS_OF_MANY_MAX if many else STEPS_MAX
    different = 0
    for attempt in range(ATTEMPTS_MAX):
        for audience in audiences:
            different += await differing(game, game.Options(), seats, audience, steps_max, attempt)
        if different:
            return
    pytest.fail("nothing was ever hidden")


async def test_a_secret_that_is_given_away_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that shows everybody the first seat's hand."""
    monkeypatch.setattr(Matches, "look", lambda kind, match, audience, form: match.view(0))
    [hearts] = [game for game in HIDING if game.key == "hearts"]
    with pytest.raises(AssertionError, match="None at version 0"):
        await differing(hearts, hearts.Options(), 4, None, 1, 0)
