"""A record that was tampered with is always found out, and the words say how."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from typer.testing import CliRunner

from bots.__main__ import app
from bots.record import NotARecord, read_record
from bots.verify import faults
from game.rules.catalog import load_catalog
from game.rules.dice import Dice
from tests.bots.records import published

HONEST = published("liars_dice", 3, seed=5, resigns=(1, 4))


def found_in(record: dict[str, Any]) -> str:
    return "\n".join(faults(read_record(json.dumps(record)), load_catalog()))


@pytest.mark.parametrize(
    ("game", "seats", "resigns"),
    [
        ("tic_tac_toe", 2, None),
        ("tic_tac_toe", 2, (1, 2)),
        ("connect_four", 2, None),
        ("rock_paper_scissors", 2, None),
        ("liars_dice", 2, None),
        ("liars_dice", 6, None),
        ("liars_dice", 4, (2, 7)),
    ],
)
def test_what_was_played_holds(game: str, seats: int, resigns: tuple[int, int] | None) -> None:
    for seed in range(5):
        assert found_in(published(game, seats, seed, resigns)) == "", f"seed {seed}"


def test_the_record_of_these_tests_has_draws_a_resignation_and_moves_by_chance() -> None:
    assert HONEST["draws"]
    assert any(entry["draws"] for entry in HONEST["entries"])
    assert any(entry["command"]["name"] == "Resign" for entry in HONEST["entries"])
    assert any(event.get("stand_in") for entry in HONEST["entries"] for event in entry["events"])


def flipped(text: str) -> str:
    return ("1" if text[0] == "0" else "0") + text[1:]


def other_seed(record: dict[str, Any]) -> None:
    record["seed"] = flipped(record["seed"])


def other_commitment(record: dict[str, Any]) -> None:
    record["commitment"] = flipped(record["commitment"])


def other_setup_draw(record: dict[str, Any]) -> None:
    n, drawn = record["draws"][0]
    record["draws"][0] = [n, (drawn + 1) % n]


def other_draw(record: dict[str, Any]) -> None:
    entry = next(entry for entry in record["entries"] if entry["draws"])
    n, drawn = entry["draws"][-1]
    entry["draws"][-1] = [n, (drawn + 1) % n]


def missing_draw(record: dict[str, Any]) -> None:
    next(entry for entry in record["entries"] if entry["draws"])["draws"].pop()


def one_draw_more(record: dict[str, Any]) -> None:
    entry = record["entries"][0]
    entry["draws"].append([6, Dice(bytes.fromhex(record["seed"]), entry["version"]).below(6)])


def illegal_move(record: dict[str, Any]) -> None:
    record["entries"][0]["command"]["move"] = "99x6"


def other_move(record: dict[str, Any]) -> None:
    command = record["entries"][0]["command"]
    command["move"] = "bid 1x3" if command["move"] == "bid 1x2" else "bid 1x2"


def other_seat(record: dict[str, Any]) -> None:
    command = record["entries"][0]["command"]
    command["seat"] = (command["seat"] + 1) % 3


def left_out(record: dict[str, Any]) -> None:
    del record["entries"][1]


def cut_off(record: dict[str, Any]) -> None:
    del record["entries"][-1]


def one_entry_more(record: dict[str, Any]) -> None:
    record["entries"].append({**record["entries"][-1], "version": len(record["entries"]) + 1})


def other_event(record: dict[str, Any]) -> None:
    event = next(event for entry in record["entries"] for event in entry["events"] if event.get("stand_in"))
    event["stand_in"] = False


def other_winner(record: dict[str, Any]) -> None:
    record["outcome"]["points"].reverse()


def other_rules(record: dict[str, Any]) -> None:
    record["revision"] += 1


def other_options(record: dict[str, Any]) -> None:
    record["options"] = {"dice": 4}


def options_that_are_none(record: dict[str, Any]) -> None:
    record["options"] = {"dice": "five"}


def too_many_players(record: dict[str, Any]) -> None:
    record["players"] *= 3


def unknown_game(record: dict[str, Any]) -> None:
    record["game"] = "calvinball"


@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        (other_seed, "not the one that was promised"),
        (other_commitment, "not the one that was promised"),
        (other_setup_draw, "version 0, draw 1"),
        (other_draw, "the seed gives"),
        (missing_draw, "the rules ask for"),
        (one_draw_more, "the rules ask for"),
        (illegal_move, "'99x6' is not legal"),
        (other_move, "version 1: the record tells"),
        (other_seat, "owes no move"),
        (left_out, "version 3 follows version 1"),
        (cut_off, "the match is not over"),
        (one_entry_more, "comes after the end"),
        (other_event, "the record tells"),
        (other_winner, "the record ends with"),
        (other_rules, "the record's 2"),
        (other_options, "version 0"),
        (options_that_are_none, "options: "),
        (too_many_players, "not played by 9"),
        (unknown_game, "calvinball"),
    ],
)
def test_tampering_is_found(tamper: Callable[[dict[str, Any]], None], words: str) -> None:
    record = deepcopy(HONEST)
    tamper(record)
    assert words in found_in(record)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}', json.dumps({**HONEST, "seed": "ab"})])
def test_what_is_no_record_is_said_to_be_none(text: str) -> None:
    with pytest.raises(NotARecord):
        read_record(text)


def test_the_command_tells_right_from_wrong(tmp_path: Any) -> None:
    right, wrong = tmp_path / "right.json", tmp_path / "wrong.json"
    right.write_text(json.dumps(HONEST))
    tampered = deepcopy(HONEST)
    other_move(tampered)
    wrong.write_text(json.dumps(tampered))
    good = CliRunner().invoke(app, ["verify", str(right)])
    assert (good.exit_code, "are right" in good.output) == (0, True)
    bad = CliRunner().invoke(app, ["verify", str(right), str(wrong), str(tmp_path / "none.json")])
    assert bad.exit_code == 1
    assert "the record tells" in bad.output.replace("\n", " ")
    assert "not the record of a match" in bad.output.replace("\n", " ")
