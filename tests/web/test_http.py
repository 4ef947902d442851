"""The HTTP side: guests, games, lobbies, matches and records, and how each error looks."""

import asyncio
import os
import signal
import socket
from contextlib import closing
from hashlib import sha256

import httpx
import pytest

from bots.record import read_record
from bots.verify import faults
from game.matches.match import Header, Player
from game.rules.catalog import OWN, load_catalog
from game.rules.game import Game
from game.rules.how_to_play import how_to_play
from game.rules.open_spiel.selection import PREFIX
from protocol.limits import NAME_CHARS_MAX
from protocol.messages import CreateLobby, Hello, JoinLobby, Play, Resign, TakeSeat, Welcome
from tests.server import PATIENCE_SECONDS, ServerProcess, StartServer
from tests.web.api import PROBLEM, Api, assert_problem, bearer
from tests.web.player import begin, connected, player
from tests.web.test_sockets import refused_handshake
from web.edge.http import MATCHES_LISTED_MAX, _played
from web.edge.http_connections import REQUEST_BYTES_MAX

TIC_TAC_TOE = ["a1", "b1", "a2", "b2", "a3"]


# Guests


@pytest.mark.parametrize(
    ("wished", "made"),
    [
        ("Ann", "Ann"),
        ("  Ann   Lee\t", "Ann Lee"),
        ("Ann\x00\x1b[31m\u202eLee\n", "Ann [31mLee"),
        ("Zoë 🎲 Ω", "Zoë 🎲 Ω"),
        ("x" * NAME_CHARS_MAX, "x" * NAME_CHARS_MAX),
        ("🎲" * NAME_CHARS_MAX, "🎲" * NAME_CHARS_MAX),
    ],
)
def test_a_name_is_kept_without_what_cannot_be_printed(wished: str, made: str, api: Api) -> None:
    assert api.guest(wished)["name"] == made


@pytest.mark.parametrize("wished", [None, "", " ", "\t\n", "\u0000\u200b\u202e"])
def test_who_has_no_name_gets_one(wished: str | None, api: Api) -> None:
    """Another one each time, for nothing is left of what was wished."""
    names = {api.guest(wished)["name"] for _ in range(2)}
    assert len(names) == 2
    assert all(name.startswith("Guest ") for name in names)


def test_a_name_of_one_character_too_many_is_refused(api: Api) -> None:
    answer = api.client.post("/api/guests", json={"name": "x" * (NAME_CHARS_MAX + 1)})
    assert_problem(answer, 422, "bad_request", "body.name", f"at most {NAME_CHARS_MAX}")


def test_each_guest_is_a_player_of_their_own(api: Api) -> None:
    """Two of one name are two players."""
    first, second = api.guest("Ann"), api.guest("Ann")
    assert first["player"] != second["player"]
    assert first["token"] != second["token"]


async def test_one_token_serves_on_both_sides(api: Api, house: ServerProcess) -> None:
    """That of a guest says hello, and that of a welcome is a bearer."""
    guest = api.guest("Ann")
    async with player(house.url, token=guest["token"]) as ann, player(house.url) as bea:
        assert (ann.welcome.player, ann.welcome.name, ann.welcome.token) == tuple(guest.values())
        match = await begin("tic_tac_toe", [ann, bea])
        for token in (guest["token"], bea.token):
            assert [found["id"] for found in api.get("/api/matches/mine", token).json()] == [match]


async def test_a_guest_who_says_hello_by_name_gets_it_cleaned(house: ServerProcess) -> None:
    async with connected(house.url) as one:
        await one.tell(Hello(None, " Ann\x07 Lee "))
        welcome = await one.hear()
        assert isinstance(welcome, Welcome)
        assert welcome.name == "Ann Lee"


async def test_a_player_who_says_hello_by_another_name_goes_by_it(api: Api, house: ServerProcess) -> None:
    """It stays the same player, and the new token says so; saying the same name again makes no new one."""
    guest = api.guest("Ann")
    async with player(house.url, name=" Bea\x07 ", token=guest["token"]) as bea:
        assert (bea.welcome.player, bea.welcome.name) == (guest["player"], "Bea")
        assert bea.token != guest["token"]
    async with player(house.url, name="Bea", token=bea.token) as again:
        assert (again.welcome.player, again.welcome.name, again.token) == (guest["player"], "Bea", bea.token)


# Games


def test_the_games_come_with_the_schema_of_their_options(api: Api) -> None:
    games = {game["key"]: game for game in api.get("/api/games").json()}
    assert set(games) == set(load_catalog())
    assert games["tic_tac_toe"]["options"]["properties"] == {}
    assert (games["tic_tac_toe"]["seats"], games["tic_tac_toe"]["hides_nothing"]) == ([2], True)
    best_of = games["rock_paper_scissors"]["options"]["properties"]["best_of"]
    assert (best_of["type"], best_of["default"], best_of["minimum"], best_of["maximum"]) == ("integer", 3, 1, 99)
    assert games["liars_dice"]["seats"][-1] > 2


def test_a_game_says_how_it_is_played_when_asked(api: Api) -> None:
    explained = {game["key"] for game in api.get("/api/games").json() if game["explained"]}
    assert explained == {game.key for game in OWN}
    for key in ("hearts", f"{PREFIX}y"):
        told = api.get(f"/api/games/{key}/how-to-play").json()["paragraphs"]
        assert told == list(how_to_play(load_catalog()[key]))
        assert bool(told) == (key in explained)
    assert_problem(api.get("/api/games/none/how-to-play"), 404, "no_such_game", "none")


@pytest.mark.parametrize("game", load_catalog().values(), ids=lambda game: game.key)
def test_a_game_has_a_picture_that_may_be_kept(game: Game, api: Api) -> None:
    """Of the smallest table, without the zones of seats that do not play; and the usual beginning."""
    answer = api.get(f"/api/games/{game.key}/picture")
    assert answer.headers["cache-control"].startswith("max-age=")
    picture = answer.json()
    owners = {zone["owner"] for zone in picture["table"]["zones"] if "owner" in zone}
    assert owners <= set(range(game.seats[0]))
    assert picture["scene"]["status"]["text"]
    boards = [zone for zone in picture["table"]["zones"] if zone["kind"] not in ("row", "hand", "pile")]
    assert boards or picture["scene"]["pieces"], "where no board shows which game it is, something lies on the cloth"


# Lobbies


def test_a_lobby_is_opened_once_by_one_request(api: Api) -> None:
    """The same id gets the same lobby; with anything changed it is refused; of another player it is another."""
    ann, bea = api.guest()["token"], api.guest()["token"]
    first = api.lobby(ann, "one", "rock_paper_scissors", options={"best_of": 5})
    assert first.status_code == 201
    again = api.lobby(ann, "one", "rock_paper_scissors", options={"best_of": 5})
    assert (again.status_code, again.json()) == (201, first.json())
    changes: list[dict[str, object]] = [{"options": {"best_of": 7}}, {"options": {"best_of": 5}, "listed": False}, {}]
    for change in changes:
        assert_problem(api.lobby(ann, "one", "rock_paper_scissors", **change), 409, "request_reused")
    assert api.lobby(bea, "one", "rock_paper_scissors", options={"best_of": 5}).json() != first.json()


async def test_a_request_over_http_and_over_a_socket_is_the_same_request(api: Api, house: ServerProcess) -> None:
    async with player(house.url) as ann:
        lobby = api.lobby(ann.token, "one", listed=False).json()["id"]
        assert await ann.accepted(CreateLobby, "tic_tac_toe", {}, 2, False, request="one") == lobby
        assert await ann.refused(CreateLobby, "tic_tac_toe", {}, 2, True, request="one") == "request_reused"


@pytest.mark.parametrize(
    ("wish", "status", "code", "part"),
    [
        ({"game": "chess_boxing"}, 404, "no_such_game", "chess_boxing"),
        ({"game": "tic_tac_toe", "seats": 3}, 409, "wrong_seats", "played by 2, not by 3"),
        ({"game": "tic_tac_toe", "seats": 0}, 422, "bad_request", "body.seats"),
        ({"game": "tic_tac_toe", "seats": 33}, 422, "bad_request", "body.seats"),
        ({"game": "tic_tac_toe", "options": {"speed": 1}}, 409, "bad_options", "no option 'speed'. It has none"),
        ({"options": {"speed": 1}}, 409, "bad_options", "Its options are best_of"),
        ({"options": {"best_of": 100}}, 409, "bad_options", "best_of: Input should be less than or equal to 99"),
        ({"options": {"best_of": "5"}}, 409, "bad_options", "best_of: Input should be a valid integer"),
        ({"options": {"best_of": True}}, 409, "bad_options", "best_of: Input should be a valid integer"),
        ({"options": {"best_of": 4}}, 409, "bad_options", "Best of an odd number"),
        ({"options": {"best_of": 1.5}}, 422, "bad_request", "body.options.best_of"),
        ({"options": {"best_of": [5]}}, 422, "bad_request", "body.options.best_of"),
        ({"request": ""}, 422, "bad_request", "body.request"),
        ({"request": "r" * 33}, 422, "bad_request", "body.request"),
    ],
)
def test_a_lobby_that_cannot_be_is_refused_by_name(
    wish: dict[str, object], status: int, code: str, part: str, api: Api
) -> None:
    token = api.guest()["token"]
    wanted: dict[str, object] = {"request": "one", "game": "rock_paper_scissors", **wish}
    answer = api.client.post("/api/lobbies", json={"seats": 2, **wanted}, headers=bearer(token))
    assert_problem(answer, status, code, part)
    assert "Value error" not in answer.text


async def test_the_list_shows_open_listed_lobbies_and_no_others(api: Api, house: ServerProcess) -> None:
    """Each is found by its code, listed or not, as its members see it."""
    async with player(house.url, "Ann") as ann, player(house.url) as bea:
        listed = api.lobby(ann.token, "listed").json()["id"]
        hidden = api.lobby(ann.token, "hidden", listed=False).json()["id"]
        shown = api.get("/api/lobbies").json()
        assert shown[listed] == {"game": "tic_tac_toe", "options": {}, "host": "Ann", "seats": 2, "taken": 0}
        assert hidden not in shown
        await bea.accepted(JoinLobby, hidden)
        lobby = api.get(f"/api/lobbies/{hidden}").json()
        assert (lobby["id"], lobby["host"], lobby["phase"], lobby["listed"]) == (hidden, ann.id, "open", False)
        assert [member["id"] for member in lobby["members"]] == [ann.id, bea.id]
        for one in (ann, bea):
            await one.accepted(TakeSeat, listed)
        assert listed not in api.get("/api/lobbies").json()
        assert api.get(f"/api/lobbies/{listed}").json()["phase"] == "started"


# Matches


async def test_matches_under_way_are_listed_newest_first(api: Api, house: ServerProcess) -> None:
    """Those that are listed for all; one's own, listed or not; and none that is over."""
    async with player(house.url, "Ann") as ann, player(house.url, "Bea") as bea:
        first = await begin("tic_tac_toe", [ann, bea], listed=True)
        second = await begin("tic_tac_toe", [bea, ann], listed=True)
        hidden = await begin("tic_tac_toe", [ann, bea])
        everyones = [match["id"] for match in api.get("/api/matches").json()]
        assert {first, second} <= set(everyones)
        assert hidden not in everyones
        own = api.get("/api/matches/mine", ann.token).json()
        assert {match["id"]: match["players"] for match in own} == {
            first: ["Ann", "Bea"],
            second: ["Bea", "Ann"],
            hidden: ["Ann", "Bea"],
        }
        assert [match["created_ms"] for match in own] == sorted((match["created_ms"] for match in own), reverse=True)
        await ann.accepted(Resign, second, 1)
        assert second not in [match["id"] for match in api.get("/api/matches").json()]
        assert second not in [match["id"] for match in api.get("/api/matches/mine", bea.token).json()]
        assert api.get("/api/matches/mine", api.guest()["token"]).json() == []


async def test_a_match_is_shown_as_a_spectator_sees_it(api: Api, house: ServerProcess) -> None:
    """At the version that was acknowledged last, and nothing of what is hidden."""
    async with player(house.url) as ann, player(house.url) as bea:
        match = await begin("rock_paper_scissors", [ann, bea])
        await ann.accepted(Play, match, 0, "rock")
        shown = api.get(f"/api/matches/{match}").json()
        assert (shown["id"], shown["version"]) == (match, 1)
        assert shown["view"]["game"]["chosen"] == [True, False]
        assert shown["view"]["game"]["yours"] == ""
        assert "rock" not in str(shown["view"])
        assert "seed" not in str(shown)


async def test_the_record_is_published_when_the_match_is_over_and_proves_itself(api: Api, house: ServerProcess) -> None:
    """Before, it is refused, for it holds the seed; then the seed is the one that was promised."""
    async with player(house.url, "Ann") as ann, player(house.url, "Bea") as bea:
        match = await begin("liars_dice", [ann, bea])
        promised = api.get(f"/api/matches/{match}").json()["about"]["commitment"]
        before = api.get(f"/api/matches/{match}/record")
        assert_problem(before, 409, "match_not_over")
        await bea.accepted(Resign, match, 1)
        answer = api.get(f"/api/matches/{match}/record")
        assert sha256(bytes.fromhex(answer.json()["seed"])).hexdigest() == promised
        assert faults(read_record(answer.content), load_catalog()) == []
        assert [entry["command"]["name"] for entry in answer.json()["entries"]] == ["Resign"]
        assert [one["name"] for one in answer.json()["players"]] == ["Ann", "Bea"]
        for private in (ann.id, bea.id, ann.token):
            assert private not in answer.text


def test_a_record_is_there_after_a_restart(start_server: StartServer) -> None:
    server = start_server()
    match = asyncio.run(played_to_the_end(server.url))
    before = httpx.get(f"{server.http}/api/matches/{match}/record", timeout=PATIENCE_SECONDS, trust_env=False).json()
    server.kill()
    server.start()
    after = httpx.get(f"{server.http}/api/matches/{match}/record", timeout=PATIENCE_SECONDS, trust_env=False).json()
    assert after == before
    assert [entry["command"]["move"] for entry in after["entries"]] == TIC_TAC_TOE


async def played_to_the_end(url: str) -> str:
    """A match of one player against herself; its id."""
    async with player(url) as ann:
        match = await begin("tic_tac_toe", [ann, ann])
        for number, move in enumerate(TIC_TAC_TOE):
            await ann.accepted(Play, match, number % 2, move)
        return match


# Errors


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/api/lobbies/nowhere", "no_such_lobby"),
        ("/api/matches/nowhere", "no_such_match"),
        ("/api/matches/nowhere/record", "no_such_match"),
        ("/api/matches/nowhere/history", "no_such_match"),
        ("/api/games/chess_boxing/picture", "no_such_game"),
        ("/api/matches/%00", "no_such_match"),
        ("/api/matches/%ff%0a", "no_such_match"),
        ("/api/matches/%F0%9F%8E%B2", "no_such_match"),
        ("/api/nothing", "not_found"),
        ("/api", "not_found"),
        ("/ws", "not_found"),
    ],
)
def test_what_does_not_exist_is_not_found(path: str, code: str, api: Api) -> None:
    assert_problem(api.get(path), 404, code)


def test_an_id_that_cannot_be_is_refused(api: Api) -> None:
    for path in ("/api/lobbies", "/api/matches"):
        assert_problem(api.get(f"{path}/{'a' * 33}"), 422, "bad_request", "path.id")


def test_another_method_is_not_allowed(api: Api) -> None:
    answer = api.client.delete("/api/guests")
    assert_problem(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == "POST"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 422),
        (b"[]", 422),
        (b"null", 422),
        (b'{"name": 7}', 422),
        (b'{"name": "\\ud800"}', 422),
        (b'{"name": "\xff"}', 400),
        (b"[" * 100_000, 400),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(body: bytes, status: int, api: Api) -> None:
    answer = api.client.post("/api/guests", content=body, headers={"content-type": "application/json"})
    assert_problem(answer, status, "bad_request")


@pytest.mark.parametrize("header", [None, "", "Bearer", "Basic abc", "Token abc", "Bearer a.b.c", "Bearer é"])
def test_who_does_not_prove_who_they_are_is_turned_away(header: str | None, api: Api) -> None:
    headers = {} if header is None else {b"Authorization": header.encode("latin-1")}
    code = "bad_token" if header in ("Bearer a.b.c", "Bearer é") else "no_token"
    assert_problem(api.client.get("/api/matches/mine", headers=headers), 401, code)
    wish = {"request": "one", "game": "tic_tac_toe", "seats": 2}
    assert_problem(api.client.post("/api/lobbies", json=wish, headers=headers), 401, code)


def test_the_description_lists_every_error_of_each_route(api: Api) -> None:
    """That those which come are listed, `Api` sees to, in every test; here: all that can come, in one form."""
    always = {"400", "422", "500", "503"}
    errors = {
        key: {code: response for code, response in operation["responses"].items() if code >= "400"}
        for key, operation in api.operations().items()
    }
    for key, listed in errors.items():
        for code, response in listed.items():
            assert response["content"]["application/json"]["schema"] == PROBLEM, (key, code)
    assert {key: set(listed) for key, listed in errors.items() if "/stream" not in key[1]} == {
        ("post", "/api/guests"): always,
        ("get", "/api/games"): always,
        ("get", "/api/games/{key}/picture"): {*always, "404"},
        ("get", "/api/lobbies"): always,
        ("post", "/api/lobbies"): {*always, "401", "404", "409"},
        ("get", "/api/lobbies/{id}"): {*always, "404"},
        ("get", "/api/matches"): always,
        ("get", "/api/matches/mine"): {*always, "401"},
        ("get", "/api/games/{key}/how-to-play"): {*always, "404"},
        ("get", "/api/matches/{id}"): {*always, "404"},
        ("get", "/api/matches/{id}/history"): {*always, "401", "403", "404"},
        ("get", "/api/matches/{id}/record"): {*always, "404", "409"},
        ("get", "/api/matches/{id}/export/{format}"): {*always, "404", "409"},
        ("get", "/health"): set(),
        ("get", "/ready"): {"503"},
    }


# Well-being


def test_a_server_that_is_well_says_so(api: Api) -> None:
    assert api.get("/health").json() == {"status": "alive"}
    assert api.get("/ready").json() == {"status": "ready"}


async def test_while_the_server_takes_its_leave_nobody_is_let_in(lingering: ServerProcess) -> None:
    """It is alive and not ready; no socket and no lobby is opened any more; matches can still be read."""
    api = Api(lingering.http)
    async with player(lingering.url) as ann:
        match = await begin("tic_tac_toe", [ann, ann])
        os.kill(lingering.pid, signal.SIGTERM)
        with closing(api.client):
            assert_problem(await asyncio.to_thread(first_trouble, api), 503, "not_ready", "restarts")
            assert_problem(api.lobby(ann.token, "late"), 503, "restarting")
            assert api.get("/health").status_code == 200
            assert api.get(f"/api/matches/{match}").status_code == 200
        assert await refused_handshake(lingering.url, "parlour.v1") == 503
        await asyncio.to_thread(lingering.stop)


def first_trouble(api: Api) -> httpx.Response:
    """The first answer of a server that is not ready any more."""
    while (answer := api.get("/ready")).status_code == 200:
        pass
    return answer


@pytest.mark.parametrize(("bytes_more", "line"), [(0, b"422"), (1, b"400")])
def test_a_request_may_have_so_many_bytes(bytes_more: int, line: bytes, house: ServerProcess) -> None:
    """Head and body together; one more is not read to its end."""
    head = b"POST /api/guests HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    size = REQUEST_BYTES_MAX + bytes_more - len(head % 100_000)
    host, port = house.http.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS) as connection:
        connection.sendall(head % size + b"x" * size)
        assert connection.recv(64).startswith(b"HTTP/1.1 " + line)


def test_so_many_matches_are_listed_and_the_oldest_are_not() -> None:
    """Of one more than the limit, the one that began first is left out."""
    headers = [
        Header(str(n), "tic_tac_toe", 1, {}, (Player("a", "Ann"), Player("b", "Bea")), bytes(32), n, True)
        for n in range(MATCHES_LISTED_MAX + 1)
    ]
    assert len(_played(headers[:-1])) == MATCHES_LISTED_MAX
    listed = [match.id for match in _played(headers)]
    assert listed == [str(n) for n in range(MATCHES_LISTED_MAX, 0, -1)]
