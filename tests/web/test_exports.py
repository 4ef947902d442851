"""A match that is over as a file for other programs, over HTTP."""

import re

import pytest

from protocol.messages import Play, Resign
from tests.server import ServerProcess
from tests.web.api import Api, assert_problem
from tests.web.player import begin, player

FOOLS_MATE = ["f2f3", "e7e5", "g2g4", "d8h4"]


async def chess_match(house: ServerProcess, moves: list[str]) -> str:
    """A match between Ann and Bea with these moves, which White resigns if it is not over then; its id."""
    async with player(house.url, "Ann") as ann, player(house.url, 'Bea "B"') as bea:
        match = await begin("chess", [ann, bea])
        for number, move in enumerate(moves):
            await (ann, bea)[number % 2].accepted(Play, match, number % 2, move)
        if moves != FOOLS_MATE:
            await ann.accepted(Resign, match, 0)
        return match


async def test_a_match_of_chess_as_pgn_and_fen(api: Api, house: ServerProcess) -> None:
    match = await chess_match(house, FOOLS_MATE)
    pgn = api.get(f"/api/matches/{match}/export/pgn")
    assert pgn.status_code == 200
    assert pgn.headers["content-type"] == "application/vnd.chess-pgn"
    assert pgn.headers["content-disposition"] == f'attachment; filename="{match}.pgn"'
    assert '[White "Ann"]\n[Black "Bea \\"B\\""]\n[Result "0-1"]\n\n1. f3 e5 2. g4 Qh4# 0-1\n' in pgn.text
    assert re.search(r'^\[Date "20\d\d\.[01]\d\.[0-3]\d"\]$', pgn.text, re.MULTILINE)
    fen = api.get(f"/api/matches/{match}/export/fen")
    assert fen.headers["content-type"] == "text/plain; charset=utf-8"
    assert fen.text == "rnb1kbnr/pppp1ppp/8/4p3/6Pq/5P2/PPPPP2P/RNBQKBNR w KQkq - 1 3\n"


async def test_a_match_that_was_resigned_has_its_result(api: Api, house: ServerProcess) -> None:
    match = await chess_match(house, ["e2e4", "e7e5"])
    assert api.get(f"/api/matches/{match}/export/pgn").text.endswith("1. e4 e5 0-1\n")


async def test_a_match_of_go_as_sgf(api: Api, house: ServerProcess) -> None:
    async with player(house.url, "Ann") as ann:
        match = await begin("go", [ann, ann], {"size": 9})
        for number, move in enumerate(["e5", "c3", "pass", "pass"]):
            await ann.accepted(Play, match, number % 2, move)
    sgf = api.get(f"/api/matches/{match}/export/sgf")
    assert sgf.headers["content-type"] == "application/x-go-sgf"
    assert "SZ[9]KM[7.5]" in sgf.text
    assert sgf.text.endswith(";B[ee];W[cg];B[];W[])\n")


async def test_a_match_under_way_is_not_exported(api: Api, house: ServerProcess) -> None:
    async with player(house.url) as ann:
        match = await begin("chess", [ann, ann])
        assert_problem(api.get(f"/api/matches/{match}/export/pgn"), 409, "match_not_over")


async def test_what_is_no_format_of_the_game_is_refused(api: Api, house: ServerProcess) -> None:
    match = await chess_match(house, FOOLS_MATE)
    assert_problem(api.get(f"/api/matches/{match}/export/sgf"), 404, "no_such_format")
    assert_problem(api.get("/api/matches/nowhere/export/pgn"), 404, "no_such_match")


@pytest.mark.parametrize(("game", "exports"), [("chess", ["pgn", "fen"]), ("go", ["sgf"]), ("tic_tac_toe", [])])
def test_the_games_tell_their_formats(api: Api, game: str, exports: list[str]) -> None:
    games = {each["key"]: each for each in api.get("/api/games").json()}
    assert games[game]["exports"] == exports
