"""The laws of a match: of every game in the catalogue, and of one made to show the rest."""

import random
from dataclasses import replace

import pytest

from game.matches.commands import Command, PlayMove, Resign
from game.matches.events import MatchEnded, MovePlayed, SeatResigned
from game.matches.match import Header, Match, Player, advance, advance_with, begin
from game.matches.refusals import Refusal
from game.rules import tic_tac_toe
from game.rules.catalog import load_catalog
from game.rules.dice import Dice
from game.rules.game import Game, Outcome
from game.rules.moves import sample
from tests.matches import odd_rounds

NOW_MS = 1_000_000

EVERY_TABLE = [
    pytest.param(game, seats, id=f"{game.key}-{seats}")
    for game in (odd_rounds, *load_catalog(installed=()).values())
    for seats in sorted({game.seats[0], game.seats[-1]})
]


def header(game: Game, seats: int, seed: int = 0) -> Header:
    players = tuple(Player(f"p{seat}", f"Player {seat}") for seat in range(seats))
    return Header("abc", game.key, game.revision, {}, players, seed.to_bytes(32, "big"), NOW_MS)


def match_of(game: Game, seats: int, seed: int = 0) -> Match:
    return begin(header(game, seats, seed), game)


def after(match: Match, *commands: Command) -> Match:
    for command in commands:
        match, _ = advance(match, command, NOW_MS)
    return match


def x_wins() -> Match:
    return after(
        match_of(tic_tac_toe, 2), *(PlayMove(n % 2, to) for n, to in enumerate(("a1", "a2", "b1", "b2", "c1")))
    )


def refusal_of(match: Match, command: Command) -> Refusal:
    looked = repr(match)
    with pytest.raises(Refusal) as refused:
        advance(match, command, NOW_MS)
    assert repr(match) == looked, "a refusal leaves nothing behind"
    return refused.value


def any_command(match: Match, chance: random.Random) -> Command:
    """Mostly a legal move; now and then somebody gives up."""
    playing = [seat for seat in range(len(match.header.seats)) if seat not in match.resigned]
    if chance.random() < 0.01:
        return Resign(chance.choice(playing))
    seat = chance.choice(match.turn)
    return PlayMove(seat, sample(match.legal_moves(seat), chance.randrange))


# Every game


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("game", "seats"), EVERY_TABLE)
def test_every_step_raises_the_version_by_one_and_only_the_end_ends_it(game: Game, seats: int, seed: int) -> None:
    match, chance = match_of(game, seats, seed), random.Random(seed)
    while match.outcome is None and match.version < 300:
        before, looked = match, repr(match)
        command = any_command(match, chance)
        match, events = advance(match, command, NOW_MS)
        assert match.version == before.version + 1
        assert repr(before) == looked, "a step leaves the match before it as it was"
        assert (events[-1] == MatchEnded(match.outcome)) if match.outcome else not isinstance(events[-1], MatchEnded)
        assert (match.turn == ()) == (match.outcome is not None)
        assert match.resigned.isdisjoint(match.turn), "chance has moved for those who gave up"


@pytest.mark.parametrize(("game", "seats"), EVERY_TABLE)
def test_a_refused_command_changes_nothing_that_follows(game: Game, seats: int) -> None:
    plain, disturbed, chance = match_of(game, seats), match_of(game, seats), random.Random(1)
    for _ in range(40):
        if plain.outcome is not None:
            break
        refusal_of(disturbed, PlayMove(disturbed.turn[0], "no such move"))
        command = any_command(plain, chance)
        plain, disturbed = after(plain, command), after(disturbed, command)
    assert plain == disturbed


@pytest.mark.parametrize(("game", "seats"), EVERY_TABLE)
def test_only_a_seat_that_owes_a_move_has_legal_moves(game: Game, seats: int) -> None:
    match = match_of(game, seats)
    assert all(bool(match.legal_moves(seat)) == (seat in match.turn) for seat in range(seats))


@pytest.mark.parametrize(("game", "seats"), EVERY_TABLE)
def test_a_match_is_over_when_all_but_one_have_given_up(game: Game, seats: int) -> None:
    nearly = after(match_of(game, seats), *(Resign(seat) for seat in range(1, seats - 1)))
    assert nearly.outcome is None
    over, events = advance(nearly, Resign(0), NOW_MS)
    assert over.outcome is not None
    assert over.outcome.ending == "resigned"
    assert events[-1] == MatchEnded(over.outcome)
    assert over.turn == ()


# Moves


def test_a_move_is_played_and_the_turn_passes_on() -> None:
    match, events = advance(match_of(tic_tac_toe, 2), PlayMove(0, "b2"), NOW_MS)
    assert events == (MovePlayed(0, "b2"),)
    assert match.turn == (1,)


def test_a_seat_that_does_not_owe_a_move_is_told_so() -> None:
    assert refusal_of(match_of(tic_tac_toe, 2), PlayMove(1, "b2")).code == "not_your_turn"


@pytest.mark.parametrize("seat", [-1, 2])
def test_a_seat_that_does_not_exist_never_has_the_turn(seat: int) -> None:
    assert refusal_of(match_of(tic_tac_toe, 2), PlayMove(seat, "b2")).code == "not_your_turn"


def test_a_rule_that_is_broken_is_named_by_the_game() -> None:
    refusal = refusal_of(after(match_of(tic_tac_toe, 2), PlayMove(0, "b2")), PlayMove(1, "b2"))
    assert (refusal.code, refusal.sentence) == ("taken", "b2 is taken.")


def test_seats_that_move_at_once_move_in_any_order_and_each_once() -> None:
    match = after(match_of(odd_rounds, 3), PlayMove(2, "1"))
    assert match.turn == (0, 1)
    assert refusal_of(match, PlayMove(2, "2")).code == "not_your_turn"


def test_the_last_move_ends_the_match() -> None:
    match = x_wins()
    assert match.outcome == Outcome("three_in_a_row", (1, -1))
    assert match.turn == ()


@pytest.mark.parametrize("command", [PlayMove(1, "c3"), PlayMove(0, "c3"), Resign(1)])
def test_nothing_is_accepted_after_the_end(command: Command) -> None:
    refusal = refusal_of(x_wins(), command)
    assert (refusal.code, refusal.sentence) == ("match_over", "The match is over.")


@pytest.mark.parametrize("seed", range(8))
def test_chance_is_drawn_from_the_seed_and_the_version_alone(seed: int) -> None:
    match = match_of(odd_rounds, 1, seed)
    assert match.state.right_when_odd == Dice(match.header.seed, 0).choose(("1", "2"))
    for version in (1, 2, 3):
        dice = Dice(match.header.seed, version)
        told, _ = advance_with(match, PlayMove(0, "1"), NOW_MS, dice)
        match, _ = advance(match, PlayMove(0, "1"), NOW_MS)
        assert match == told
        assert dice.draws == [(6, Dice(match.header.seed, version).below(6))]


# Giving up


def test_giving_up_between_two_gives_the_match_to_the_other() -> None:
    match, events = advance(match_of(tic_tac_toe, 2), Resign(0), NOW_MS)
    assert match.outcome == Outcome("resigned", (-1, 1))
    assert events == (SeatResigned(0), MatchEnded(match.outcome))


def test_one_may_give_up_out_of_turn() -> None:
    assert after(match_of(tic_tac_toe, 2), Resign(1)).outcome == Outcome("resigned", (1, -1))


def test_after_giving_up_no_scene_says_whose_move_it_would_be() -> None:
    before = match_of(tic_tac_toe, 2).scene(None)["scene"]
    after_it = after(match_of(tic_tac_toe, 2), Resign(0)).scene(None)["scene"]
    assert isinstance(before, dict)
    assert isinstance(after_it, dict)
    assert (before["status"]["key"], before["turn"]) == ("to_move", [0])
    assert after_it["status"] == {"key": "over", "text": "The match is over by resignation"}
    assert after_it["turn"] == []


def test_one_alone_may_give_up() -> None:
    assert after(match_of(odd_rounds, 1), Resign(0)).outcome == Outcome("resigned", (-1,))


def test_among_more_than_two_play_goes_on_and_chance_moves_for_the_one_who_gave_up() -> None:
    match, events = advance(match_of(odd_rounds, 3), Resign(1), NOW_MS)
    assert events[0] == SeatResigned(1)
    assert isinstance(events[1], MovePlayed)
    assert (events[1].seat, events[1].stand_in) == (1, True)
    assert (match.outcome, match.turn, match.version) == (None, (0, 2), 1)


def test_one_who_gave_up_moves_by_chance_in_every_round_to_the_end() -> None:
    match = after(match_of(odd_rounds, 3), Resign(1))
    stand_ins = 1
    while match.outcome is None:
        match, events = advance(match, PlayMove(match.turn[0], "1"), NOW_MS)
        stand_ins += MovePlayed(1, "1", True) in events or MovePlayed(1, "2", True) in events
    assert (match.outcome.ending, stand_ins) == ("three_rounds", odd_rounds.ROUNDS)


def test_when_all_but_one_of_many_gave_up_that_one_has_won() -> None:
    match = after(match_of(odd_rounds, 3), Resign(1), Resign(2))
    assert match.outcome == Outcome("resigned", (2, -1, -1))


def test_nobody_gives_up_twice() -> None:
    assert refusal_of(after(match_of(odd_rounds, 3), Resign(1)), Resign(1)).code == "resigned_already"


@pytest.mark.parametrize("seat", [-1, 3])
def test_a_seat_that_does_not_exist_cannot_give_up(seat: int) -> None:
    assert refusal_of(match_of(odd_rounds, 3), Resign(seat)).code == "no_such_seat"


def test_one_who_gave_up_moves_no_more() -> None:
    assert refusal_of(after(match_of(odd_rounds, 3), Resign(1)), PlayMove(1, "1")).code == "not_your_turn"


# Views


def test_a_view_says_whose_turn_it_is_who_gave_up_and_how_it_ended() -> None:
    match = after(match_of(odd_rounds, 3), Resign(2), PlayMove(0, "1"))
    assert match.view(0) == {
        "game": {"round": 0, "points": (0, 0, 0), "own": "1", "waiting_for": (1,)},
        "over": None,
        "resigned": (2,),
        "turn": (1,),
    }
    assert x_wins().view(None)["over"] == {"ending": "three_in_a_row", "points": (1, -1)}


def test_a_view_of_another_audience_shows_no_secret() -> None:
    plain = match_of(odd_rounds, 3)
    ones, twos = after(plain, PlayMove(0, "1")), after(plain, PlayMove(0, "2"))
    assert ones.view(0) != twos.view(0)
    assert [ones.view(seat) for seat in (1, 2, None)] == [twos.view(seat) for seat in (1, 2, None)]


def test_a_match_does_not_depend_on_the_time_of_a_move() -> None:
    first = match_of(tic_tac_toe, 2)
    assert advance(first, PlayMove(0, "b2"), 0) == advance(first, PlayMove(0, "b2"), NOW_MS)


def test_another_seed_is_another_match() -> None:
    endings = {after(match_of(odd_rounds, 1, seed), *[PlayMove(0, "1")] * 3).outcome for seed in range(20)}
    assert len(endings) > 1


def test_options_are_those_of_the_header() -> None:
    with pytest.raises(TypeError, match="no_such_option"):
        begin(replace(header(tic_tac_toe, 2), options={"no_such_option": 1}), tic_tac_toe)
