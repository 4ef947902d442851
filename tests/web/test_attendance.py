"""Attendance: who is asked when a bot is wanted, and who is shown as being there."""

import asyncio
from typing import NamedTuple

import pytest

from game.engine.bulletin import Bulletin
from game.matches.refusals import Refusal
from web.edge.attendance import Attendance


class Invitation(NamedTuple):
    """What an attendant was asked."""

    lobby: str
    seat: int
    game: str


class Program:
    """An attendant that remembers."""

    def __init__(self) -> None:
        self.invited: list[Invitation] = []

    def invite(self, lobby: str, seat: int, game: str) -> None:
        self.invited.append(Invitation(lobby, seat, game))


@pytest.fixture
async def attendance() -> Attendance:
    """Nobody is there yet."""
    return Attendance(Bulletin(asyncio.get_running_loop()))


async def shown(attendance: Attendance) -> dict[str, object]:
    """The live list, after the turn of the loop in which it changes."""
    told = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(told.set_result, None)
    await told
    return attendance.bulletin.look(None, "view")


async def test_of_several_under_one_name_each_is_asked_in_turn(attendance: Attendance) -> None:
    programs = [Program() for _ in range(3)]
    for program in programs:
        attendance.attend("rob", "player", ["chess"], program)
    for number in range(7):
        attendance.invite("rob", f"lobby-{number}", 1, "chess")
    assert [[lobby[-1] for lobby, _, _ in program.invited] for program in programs] == [
        ["0", "3", "6"],
        ["1", "4"],
        ["2", "5"],
    ]


async def test_only_those_are_asked_that_play_the_game(attendance: Attendance) -> None:
    """And what they play is what they said last."""
    chess, both = Program(), Program()
    attendance.attend("rob", "player", ["chess"], chess)
    attendance.attend("rob", "player", ["chess", "go"], both)
    for _ in range(2):
        attendance.invite("rob", "lobby", 0, "go")
    assert (len(chess.invited), len(both.invited)) == (0, 2)
    attendance.attend("rob", "player", ["chess"], both)
    assert not attendance.offers("rob", "go")
    assert attendance.offers("rob", "chess")
    attendance.invite("rob", "lobby", 0, "go")
    assert (len(chess.invited), len(both.invited)) == (0, 2)


async def test_a_name_belongs_to_one_player_while_that_player_attends(attendance: Attendance) -> None:
    """Which nobody else can do in their place; over however many connections."""
    first, second, other = Program(), Program(), Program()
    attendance.attend("rob", "p1", ["chess"], first)
    attendance.attend("rob", "p1", ["chess"], second)
    with pytest.raises(Refusal, match="attends as rob"):
        attendance.attend("rob", "p2", ["chess"], other)
    attendance.leave("rob", other)
    attendance.leave("rob", first)
    attendance.invite("rob", "lobby", 0, "chess")
    assert (len(second.invited), len(other.invited)) == (1, 0)
    attendance.leave("rob", second)
    attendance.attend("rob", "p2", ["chess"], other)
    assert attendance.offers("rob", "chess")


async def test_to_attend_twice_is_to_attend_once(attendance: Attendance) -> None:
    once, twice = Program(), Program()
    attendance.attend("rob", "player", ["chess"], once)
    for _ in range(2):
        attendance.attend("rob", "player", ["chess"], twice)
    for _ in range(4):
        attendance.invite("rob", "lobby", 0, "chess")
    assert len(once.invited) == len(twice.invited) == 2


async def test_the_list_shows_a_name_with_all_its_games_as_long_as_somebody_attends(attendance: Attendance) -> None:
    chess, go = Program(), Program()
    attendance.attend("rob", "player", ["chess"], chess)
    attendance.attend("rob", "player", ["go", "chess"], go)
    assert await shown(attendance) == {"rob": {"games": ["chess", "go"]}}
    attendance.leave("rob", go)
    assert await shown(attendance) == {"rob": {"games": ["chess"]}}
    attendance.leave("rob", chess)
    assert await shown(attendance) == {}


async def test_who_offers_no_games_is_not_shown_and_not_asked(attendance: Attendance) -> None:
    program = Program()
    attendance.attend("rob", "player", [], program)
    attendance.invite("rob", "lobby", 0, "chess")
    assert (await shown(attendance), program.invited) == ({}, [])


async def test_to_leave_without_having_come_and_to_ask_nobody_does_nothing(attendance: Attendance) -> None:
    attendance.leave("rob", Program())
    attendance.invite("rob", "lobby", 0, "chess")
    assert not attendance.offers("rob", "chess")
    assert await shown(attendance) == {}
