"""Options: checked by what a game's dataclass says, strictly, with the wrong one named."""

from dataclasses import dataclass
from typing import Annotated

import pytest
from annotated_types import Interval

from game.matches.refusals import Refusal
from game.rules import tic_tac_toe
from game.rules.catalog import load_catalog
from web.edge.options import OptionForms, OptionValues


@dataclass(frozen=True, slots=True)
class Options:
    """One of each kind."""

    rounds: Annotated[int, Interval(ge=1, le=9)] = 3
    open_cards: bool = False
    deck: str = "french"

    def __post_init__(self) -> None:
        if self.open_cards and self.rounds > 5:
            raise ValueError("With open cards at most five rounds are played.")


class Whist:
    """As much of a game as its options need."""

    title = "Whist"
    Options = Options


@pytest.fixture
def forms() -> OptionForms:
    """Those of two games, one of which has none."""
    return OptionForms({"whist": Whist, "tic_tac_toe": tic_tac_toe})  # type: ignore[dict-item]


def test_what_is_left_out_has_its_default(forms: OptionForms) -> None:
    assert forms.checked("whist", {"rounds": 9}) == {"rounds": 9, "open_cards": False, "deck": "french"}
    assert forms.checked("tic_tac_toe", {}) == {}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"rounds": 0}, "rounds: Input should be greater than or equal to 1."),
        ({"rounds": 10}, "rounds: Input should be less than or equal to 9."),
        ({"rounds": 2**70}, "rounds: Input should be less than or equal to 9."),
        ({"rounds": "3"}, "rounds: Input should be a valid integer."),
        ({"rounds": True}, "rounds: Input should be a valid integer."),
        ({"open_cards": 1}, "open_cards: Input should be a valid boolean."),
        ({"deck": 7}, "deck: Input should be a valid string."),
        ({"trump": "hearts"}, "Whist has no option 'trump'. Its options are rounds, open_cards, deck."),
        ({"open_cards": True, "rounds": 6}, "With open cards at most five rounds are played."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(options: OptionValues, sentence: str, forms: OptionForms) -> None:
    with pytest.raises(Refusal) as refused:
        forms.checked("whist", options)
    assert (refused.value.code, refused.value.sentence) == ("bad_options", sentence)


def test_a_game_without_options_says_so(forms: OptionForms) -> None:
    with pytest.raises(Refusal) as refused:
        forms.checked("tic_tac_toe", {"x" * 500: 1})
    assert refused.value.sentence.endswith(" It has none.")
    assert len(refused.value.sentence) < 100, "what was sent is not sent back at length"


def test_the_schema_tells_a_form_what_it_needs(forms: OptionForms) -> None:
    assert forms.schema("whist")["properties"] == {
        "rounds": {"default": 3, "maximum": 9, "minimum": 1, "title": "Rounds", "type": "integer"},
        "open_cards": {"default": False, "title": "Open Cards", "type": "boolean"},
        "deck": {"default": "french", "title": "Deck", "type": "string"},
    }


@pytest.mark.parametrize("key", load_catalog())
def test_the_defaults_of_every_game_are_options_of_it(key: str) -> None:
    forms = OptionForms(load_catalog())
    assert forms.checked(key, forms.checked(key, {})) == forms.checked(key, {})
