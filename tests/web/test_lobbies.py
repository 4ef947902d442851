"""Lobbies over the wire: opened, found, filled with people and bots, left, and found again after a restart."""

from typing import Any

from protocol.messages import (
    Accepted,
    AskBot,
    Attend,
    CreateLobby,
    Decline,
    FeedEnded,
    Invited,
    JoinLobby,
    Kick,
    LeaveLobby,
    Play,
    Refused,
    SetReady,
    Snapshot,
    StandUp,
    StartMatch,
    TakeSeat,
    Update,
    Watch,
)
from tests.server import ServerProcess, StartServer
from tests.web.player import Player, player


async def open_lobby(one: Player, game: str = "tic_tac_toe", seats: int = 2, listed: bool = False) -> str:
    """A lobby; its code."""
    lobby = await one.accepted(CreateLobby, game, {}, seats, listed)
    assert isinstance(lobby, str)
    return lobby


async def test_a_lobby_that_is_full_and_ready_becomes_the_match_of_the_same_id(house: ServerProcess) -> None:
    """Who watches the lobby sees it start; the players have the seats that they took."""
    async with player(house.url, "Ann") as ann, player(house.url, "Bea") as bea:
        lobby = await open_lobby(ann)
        feed = await ann.watch(f"lobby/{lobby}")
        assert await bea.accepted(TakeSeat, lobby) == 1
        assert await ann.accepted(TakeSeat, lobby, 1) == 2
        view = await ann.until_view(feed, lambda view: view["phase"] == "started")
        assert [seat["player"] for seat in view["seats"]] == [bea.id, ann.id]
        about = await ann.accepted(Watch, f"match/{lobby}", 1)
        assert [one["name"] for one in about["players"]] == ["Bea", "Ann"]
        assert await bea.accepted(Play, lobby, 0, "a1") == 1
        assert await ann.refused(TakeSeat, lobby, 0) == "lobby_started"


async def test_a_listed_lobby_is_on_the_live_list_until_it_starts(house: ServerProcess) -> None:
    """Its entry is pushed when it opens, when a seat is taken, and goes when it starts."""
    async with player(house.url, "Ann") as ann, player(house.url) as bea, player(house.url) as eve:
        feed = await eve.watch("lobbies")
        lobby = await open_lobby(ann, listed=True)
        view = await eve.until_view(feed, lambda view: lobby in view)
        assert view[lobby] == {"game": "tic_tac_toe", "options": {}, "host": "Ann", "seats": 2, "taken": 0}
        await ann.accepted(TakeSeat, lobby)
        await eve.until_view(feed, lambda view: view[lobby]["taken"] == 1)
        await bea.accepted(TakeSeat, lobby)
        await eve.until_view(feed, lambda view: lobby not in view)
        assert eve.updates(feed), "the list was pushed, not asked for"


async def test_an_unlisted_lobby_is_found_by_its_code_alone(house: ServerProcess) -> None:
    """It is on the list neither when it opens nor when somebody enters; who has the code enters."""
    async with player(house.url) as ann, player(house.url) as bea, player(house.url) as eve:
        feed = await eve.watch("lobbies")
        hidden = await open_lobby(ann)
        await bea.accepted(TakeSeat, hidden)
        shown = await open_lobby(ann, listed=True)
        await eve.until_view(feed, lambda view: shown in view)
        changes = [message for message in eve.heard if isinstance(message, Snapshot | Update)]
        assert hidden not in str(changes)


async def test_the_same_request_means_the_same_lobby(house: ServerProcess) -> None:
    """With other content it is refused; the request of another player is another."""
    wish: tuple[object, ...] = ("tic_tac_toe", {}, 2, False)
    async with player(house.url) as ann, player(house.url) as bea:
        first = await ann.ask(CreateLobby, *wish, request="one")
        assert isinstance(first, Accepted)
        assert await ann.ask(CreateLobby, *wish, request="one") == first
        assert await ann.refused(CreateLobby, "connect_four", {}, 2, False, request="one") == "request_reused"
        assert await ann.refused(CreateLobby, "tic_tac_toe", {}, 2, True, request="one") == "request_reused"
        assert await bea.accepted(CreateLobby, *wish, request="one") != first.value
        assert await ann.accepted(CreateLobby, *wish, request="two") != first.value


async def test_a_lobby_that_cannot_be_is_refused_in_a_sentence(house: ServerProcess) -> None:
    async with player(house.url) as ann:
        for wish, code, part in [
            (("chess_boxing", {}, 2), "no_such_game", "chess_boxing"),
            (("tic_tac_toe", {}, 3), "wrong_seats", "not by 3"),
            (("tic_tac_toe", {"best_of": 3}, 2), "bad_options", "'best_of'"),
            (("rock_paper_scissors", {"best_of": "3"}, 2), "bad_options", "best_of"),
        ]:
            answer = await ann.ask(CreateLobby, *wish, False)
            assert isinstance(answer, Refused)
            assert answer.code == code
            assert part in answer.sentence


async def test_the_host_starts_early_when_all_who_sit_are_ready(house: ServerProcess) -> None:
    """Two of three seats are enough for liar's dice; not before both are ready, and nobody but the host may."""
    async with player(house.url) as ann, player(house.url) as bea:
        lobby = await open_lobby(ann, "liars_dice", 3)
        await ann.accepted(TakeSeat, lobby, 0)
        assert await ann.refused(StartMatch, lobby) == "wrong_seats"
        await bea.accepted(TakeSeat, lobby, 2)
        await bea.accepted(SetReady, lobby, False)
        assert await ann.refused(StartMatch, lobby) == "not_ready"
        await bea.accepted(SetReady, lobby, True)
        assert await bea.refused(StartMatch, lobby) == "not_host"
        await ann.accepted(StartMatch, lobby)
        about = await bea.accepted(Watch, f"match/{lobby}", 1)
        assert [one["id"] for one in about["players"]] == [ann.id, bea.id]


async def test_who_stands_up_may_sit_down_elsewhere(house: ServerProcess) -> None:
    async with player(house.url) as ann:
        lobby = await open_lobby(ann)
        feed = await ann.watch(f"lobby/{lobby}")
        await ann.accepted(TakeSeat, lobby, 0)
        await ann.accepted(StandUp, lobby)
        await ann.accepted(TakeSeat, lobby, 1)
        view = await ann.until_view(feed, lambda view: view["seats"][1] is not None)
        assert view["seats"] == [None, {"player": ann.id, "ready": True}]
        assert await ann.refused(StandUp, lobby, 0) == "not_seated"


async def test_a_bot_that_is_asked_may_decline(house: ServerProcess) -> None:
    async with player(house.url) as ann, player(house.url, "Chooser") as bot, player(house.url, "Chooser") as other:
        await bot.accepted(Attend, ["tic_tac_toe"])
        assert await other.refused(Attend, ["tic_tac_toe"]) == "bot_name_taken"
        lobby = await open_lobby(ann)
        await ann.accepted(AskBot, lobby, 1, "Chooser")
        assert await other.refused(Decline, lobby, 1) == "not_asked"
        await bot.until(Invited)
        await bot.accepted(Decline, lobby, 1)
        feed = await ann.watch(f"lobby/{lobby}")
        assert (await ann.until_view(feed, bool))["seats"] == [None, None]


async def test_when_the_host_leaves_another_follows_and_the_last_one_closes_it(house: ServerProcess) -> None:
    async with player(house.url) as ann, player(house.url) as bea, player(house.url) as eve:
        lobby = await open_lobby(ann, listed=True)
        lists, feed = await eve.watch("lobbies"), await eve.watch(f"lobby/{lobby}")
        await ann.accepted(TakeSeat, lobby, 0)
        await bea.accepted(JoinLobby, lobby)
        await ann.accepted(LeaveLobby, lobby)
        view = await eve.until_view(feed, lambda view: view["host"] == bea.id)
        assert (view["phase"], view["seats"]) == ("open", [None, None])
        assert await ann.refused(LeaveLobby, lobby) == "not_in_lobby"
        await bea.accepted(LeaveLobby, lobby)
        await eve.until_view(feed, lambda view: view["phase"] == "closed")
        await eve.until_view(lists, lambda view: lobby not in view)
        assert await ann.refused(TakeSeat, lobby) == "lobby_closed"
        assert not [message for message in eve.heard if isinstance(message, FeedEnded)]


async def test_who_is_kicked_is_out_and_stays_out(house: ServerProcess) -> None:
    async with player(house.url) as ann, player(house.url) as bea:
        lobby = await open_lobby(ann)
        feed = await bea.watch(f"lobby/{lobby}")
        await bea.accepted(TakeSeat, lobby, 1)
        assert await bea.refused(Kick, lobby, ann.id) == "not_host"
        await ann.accepted(Kick, lobby, bea.id)
        await bea.until_view(feed, lambda view: view["seats"] == [None, None] and len(view["members"]) == 1)
        assert await bea.refused(TakeSeat, lobby) == "kicked"
        assert await bea.refused(JoinLobby, lobby) == "kicked"


async def test_a_lobby_that_does_not_exist_is_refused(house: ServerProcess) -> None:
    requests: list[tuple[Any, ...]] = [
        (JoinLobby, "nowhere"),
        (LeaveLobby, "nowhere"),
        (TakeSeat, "nowhere"),
        (AskBot, "nowhere", 0, "rob"),
        (SetReady, "nowhere", True),
        (StartMatch, "nowhere"),
        (Kick, "nowhere", "rob"),
    ]
    async with player(house.url) as ann:
        for kind, *fields in requests:
            assert await ann.refused(kind, *fields) == "no_such_lobby"


# Bots


async def test_a_bot_that_attends_is_asked_and_sits(house: ServerProcess) -> None:
    """It is on the live list while it is there; the match says that a program plays."""
    async with player(house.url) as ann:
        attendants = await ann.watch("attendants")
        lobby = await open_lobby(ann)
        async with player(house.url, "Sitting Bull") as bot:
            await bot.accepted(Attend, ["tic_tac_toe", "connect_four"])
            view = await ann.until_view(attendants, lambda view: "Sitting Bull" in view)
            assert view["Sitting Bull"] == {"games": ["connect_four", "tic_tac_toe"]}
            feed = await ann.watch(f"lobby/{lobby}")
            await ann.accepted(AskBot, lobby, 1, "Sitting Bull")
            await ann.until_view(feed, lambda view: view["seats"] == [None, {"bot": "Sitting Bull"}])
            assert await bot.until(Invited) == Invited(lobby, 1, "tic_tac_toe")
            await bot.accepted(TakeSeat, lobby, 1)
            await ann.accepted(TakeSeat, lobby, 0)
            about = await ann.accepted(Watch, f"match/{lobby}")
            assert [one["bot"] for one in about["players"]] == [False, True]
        await ann.until_view(attendants, lambda view: "Sitting Bull" not in view)


async def test_only_a_bot_that_attends_and_plays_the_game_can_be_asked_for(house: ServerProcess) -> None:
    async with player(house.url) as ann, player(house.url, "Connie") as bot:
        lobby = await open_lobby(ann)
        assert await ann.refused(AskBot, lobby, 1, "Connie") == "no_such_bot"
        await bot.accepted(Attend, ["connect_four"])
        assert await ann.refused(AskBot, lobby, 1, "Connie") == "no_such_bot"
        await bot.accepted(Attend, ["tic_tac_toe"])
        await ann.accepted(AskBot, lobby, 1, "Connie")
        assert await bot.refused(AskBot, lobby, 0, "Connie") == "not_host"
        assert await bot.refused(Attend, ["chess_boxing"]) == "no_such_game"


async def test_a_seat_that_is_kept_for_a_bot_is_for_nobody_else_until_it_is_called_off(house: ServerProcess) -> None:
    async with player(house.url) as ann, player(house.url, "Keith") as bot, player(house.url, "Keith") as same_name:
        await bot.accepted(Attend, ["tic_tac_toe"])
        lobby = await open_lobby(ann)
        await ann.accepted(AskBot, lobby, 0, "Keith")
        assert await same_name.refused(TakeSeat, lobby, 0) == "kept_for_bot", "it does not attend"
        await ann.accepted(Kick, lobby, "Keith")
        await same_name.accepted(TakeSeat, lobby, 0)


async def test_to_ask_again_for_a_bot_that_has_gone_meanwhile_gets_the_first_answer(house: ServerProcess) -> None:
    """The answer may have been lost with the connection: whether the bot still attends does not matter."""
    async with player(house.url) as ann:
        attendants = await ann.watch("attendants")
        lobby = await open_lobby(ann)
        async with player(house.url, "Godot") as bot:
            await bot.accepted(Attend, ["tic_tac_toe"])
            first = await ann.ask(AskBot, lobby, 1, "Godot", request="come")
            await ann.until_view(attendants, lambda view: "Godot" in view)
        await ann.until_view(attendants, lambda view: "Godot" not in view)
        assert await ann.ask(AskBot, lobby, 1, "Godot", request="come") == first == Accepted("come", 1)


# Over a restart


async def test_a_lobby_is_there_after_a_restart_with_all_who_sat(start_server: StartServer) -> None:
    """Members, seats, the list and the answers to repeated requests; it starts when the last one sits."""
    server = start_server()
    wish: tuple[object, ...] = ("tic_tac_toe", {}, 2, True)
    async with player(server.url, "Ann") as ann, player(server.url, "Bea") as bea:
        lobby = await ann.accepted(CreateLobby, *wish, request="open")
        feed = await ann.watch(f"lobby/{lobby}")
        await bea.accepted(TakeSeat, lobby, 1, request="sit")
        await ann.rest()
        before = ann.views[feed]
        server.kill()
    server.start()
    async with player(server.url, token=ann.token) as ann, player(server.url, token=bea.token) as bea:
        feed, lists = await ann.watch(f"lobby/{lobby}"), await ann.watch("lobbies")
        await ann.until_view(lists, lambda view: view[lobby]["taken"] == 1)
        assert ann.views[feed] == before
        assert await ann.accepted(CreateLobby, *wish, request="open") == lobby
        assert await ann.refused(CreateLobby, "tic_tac_toe", {}, 2, False, request="open") == "request_reused"
        assert await bea.accepted(TakeSeat, lobby, 1, request="sit") == 1
        await ann.accepted(TakeSeat, lobby, 0)
        assert await ann.accepted(Play, lobby, 0, "a1") == 1


async def test_a_bot_that_was_asked_before_a_restart_is_invited_when_it_attends(start_server: StartServer) -> None:
    """Only to the seats that still wait for it, and only for games that it offers."""
    server = start_server()
    async with player(server.url) as ann, player(server.url, "Marvin") as bot:
        await bot.accepted(Attend, ["tic_tac_toe", "connect_four"])
        lobby, other, called_off = [
            await open_lobby(ann, game) for game in ("tic_tac_toe", "connect_four", "tic_tac_toe")
        ]
        for asked in (lobby, other, called_off):
            await ann.accepted(AskBot, asked, 1, "Marvin")
        await ann.accepted(Kick, called_off, "Marvin")
        server.kill()
    server.start()
    async with player(server.url, token=bot.token) as bot:
        await bot.accepted(Attend, ["tic_tac_toe"])
        assert await bot.rest() == [Invited(lobby, 1, "tic_tac_toe")]
        await bot.accepted(TakeSeat, lobby, 1)
        await bot.accepted(Attend, ["connect_four"])
        assert await bot.rest() == [Invited(other, 1, "connect_four")]
