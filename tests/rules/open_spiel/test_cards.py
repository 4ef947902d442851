"""In games of cards one's own hand lies on the table, and cards are played by touching them."""

import re

import pytest

from game.rules.catalog import load_catalog
from game.rules.contract.position import Position, first_position, own_dice, seed_of
from game.rules.moves import sample
from game.rules.open_spiel.cards import SUITS

NAMES = ["bridge", "crazy_eights", "cribbage", "euchre", "gin_rummy", "oh_hell", "skat", "spades"]
CARD = re.compile("[♠♥♦♣SHDC](?:10|[2-9TJQKA])")
CARD_OF_GIN = re.compile("[2-9TJQKA][shdc]")
CARD_OF_CRIBBAGE = re.compile("[2-9TJQKA][SHDC]")


def hand(position: Position, seat: int | None, zone: str = "hand") -> dict[str, int]:
    return {piece.id: piece.n for piece in position.scene(seat).pieces if piece.at == zone}


@pytest.mark.parametrize("name", NAMES)
def test_a_card_is_played_by_touching_it_and_leaves_the_hand(name: str) -> None:
    """Every move that is made of cards is made of cards that one sees; and there are such moves."""
    game = load_catalog([])[f"open_spiel/{name}"]
    position, dice, played = first_position(game, game.Options(), game.seats[-1], seed_of(1)), own_dice(name), 0
    while position.to_move() and position.version < 120:
        (seat,) = position.to_move()
        seen = {**hand(position, seat), **hand(position, seat, "dummy")}
        cards = {"cribbage": CARD_OF_CRIBBAGE, "gin_rummy": CARD_OF_GIN}.get(name, CARD)
        for move in map(str, position.legal_moves(seat)):
            picks = list(position.game.picks(move))
            assert (len(picks) == len(cards.findall(move)) and set(picks) <= set(seen)) or picks == [f"#{move}"]
            assert picks != [f"#{move}"] or not cards.fullmatch(move)
        move = str(sample(position.legal_moves(seat), dice.below))
        picks = list(position.game.picks(move))
        after = position.play(seat, move)
        if picks[0] in seen and after.to_move():
            left = {**hand(after, seat), **hand(after, seat, "dummy")}
            played += 1
            assert all(left.get(card, 0) < seen[card] or len(left) > len(seen) for card in picks)
        position = after
    assert played > 5


@pytest.mark.parametrize("name", NAMES)
def test_who_watches_sees_no_hand(name: str) -> None:
    game = load_catalog([])[f"open_spiel/{name}"]
    position = first_position(game, game.Options(), game.seats[0], seed_of(1))
    assert not hand(position, None)
    assert hand(position, 0)
    assert hand(position, 0) != hand(position, 1)


def test_a_hand_is_what_the_text_says() -> None:
    """Of bridge, whose cards are signs and words."""
    game = load_catalog([])["open_spiel/bridge"]
    position = first_position(game, game.Options(), 4, seed_of(1))
    text = position.state.spiel.observation_string(2)
    told = re.findall(r"^([♠♥♦♣]) (.*)$", text, re.MULTILINE)
    wanted = [rank.replace("10", "T") + SUITS[suit] for suit, ranks in told for rank in ranks.split() if rank != "none"]
    assert list(hand(position, 2)) == wanted
    assert len(wanted) == 13


def test_the_text_does_not_say_again_what_is_held() -> None:
    game = load_catalog([])["open_spiel/bridge"]
    position = first_position(game, game.Options(), 4, seed_of(1))
    lines = [piece.label for piece in position.scene(0).pieces if ".0" in piece.at]
    assert lines[:4] == ["Dealer North", "Vul: None", "You are North", "West  North East  South"]
