"""Matches over the wire: who hears what, in which order, and what is refused."""

from contextlib import AsyncExitStack

from protocol.messages import (
    Accepted,
    CreateLobby,
    LegalMoves,
    Play,
    Pong,
    Refused,
    Resign,
    Snapshot,
    Unwatch,
    Update,
    Watch,
)
from protocol.patches import View
from tests.server import ServerProcess, StartServer
from tests.web.player import Player, begin, player

WINNING = ["a1", "b1", "a2", "b2", "a3"]
"""Moves in turn; seat 0 has three in column a."""


async def play(match: str, players: list[Player], moves: list[str]) -> None:
    """Plays in turn, each move as the next version."""
    for number, move in enumerate(moves):
        seat = number % len(players)
        assert await players[seat].accepted(Play, match, seat, move) == number + 1


async def test_each_hears_of_a_match_what_it_may_and_in_order(house: ServerProcess) -> None:
    """An acceptance comes before its update, and moves come to who asked for them and owes one, after the view."""
    async with player(house.url) as ann, player(house.url) as bea, player(house.url) as eve:
        match = await begin("tic_tac_toe", [ann, bea])
        feeds = [
            await ann.watch(f"match/{match}", 0, None, True),
            await bea.watch(f"match/{match}", 1, None, False),
            await eve.watch(f"match/{match}"),
        ]
        for one in (ann, bea, eve):
            await one.rest()
            one.heard.clear()
        await play(match, [ann, bea], WINNING)
        for one in (ann, bea, eve):
            await one.rest()
            one.heard.pop()
        turn = [Accepted, Update, Update, LegalMoves]
        assert [type(message) for message in ann.heard] == [*turn, *turn, Accepted, Update]
        assert [type(message) for message in bea.heard] == [Update, Accepted, Update, Update, Accepted, Update, Update]
        assert [type(message) for message in eve.heard] == [Update] * 5
        for one, feed in zip((ann, bea, eve), feeds):
            assert [update.version for update in one.updates(feed)] == [1, 2, 3, 4, 5]
            assert one.views[feed] == ann.views[feeds[0]]
        over = eve.views[feeds[2]][1]
        assert over["over"] == {"ending": "three_in_a_row", "points": [1, -1]}
        assert over["turn"] == []


async def test_the_moves_of_a_seat_are_those_of_the_view_before_them(house: ServerProcess) -> None:
    """They name the version and the seat, and leave out what is taken."""
    async with player(house.url) as ann, player(house.url) as bea:
        match = await begin("tic_tac_toe", [ann, bea])
        feed = await bea.watch(f"match/{match}", 1, None, True)
        assert [type(message) for message in await bea.rest()] == [Snapshot], "seat 1 owes no move yet"
        await ann.accepted(Play, match, 0, "b2")
        offer = await bea.until(LegalMoves)
        assert bea.views[feed][0] == offer.version == 1
        assert (offer.feed, offer.seat, offer.picks) == (feed, 1, None)
        assert sorted(offer.moves) == ["a1", "a2", "a3", "b1", "b3", "c1", "c2", "c3"]


async def test_moves_can_be_asked_for_later_and_be_declined(house: ServerProcess) -> None:
    """Watching again changes whether moves come."""
    async with player(house.url) as ann, player(house.url) as bea:
        match = await begin("tic_tac_toe", [ann, bea])
        feed = await ann.watch(f"match/{match}", 0)
        assert [type(message) for message in await ann.rest()] == [Snapshot]
        assert await ann.watch(f"match/{match}", 0, None, True) == feed
        assert [type(message) for message in await ann.rest()] == [Snapshot, LegalMoves]
        await ann.watch(f"match/{match}", 0, None, False)
        await ann.rest()
        ann.heard.clear()
        await play(match, [ann, bea], ["a1", "b1"])
        await ann.rest()
        assert [type(message) for message in ann.heard] == [Accepted, Update, Update, Pong]


async def test_a_seat_that_is_not_ones_own_is_neither_played_nor_watched(house: ServerProcess) -> None:
    async with player(house.url) as ann, player(house.url) as bea, player(house.url) as eve:
        match = await begin("rock_paper_scissors", [ann, bea])
        for one, seat in ((bea, 0), (eve, 0), (eve, 1), (ann, 2), (ann, 31)):
            assert await one.refused(Play, match, seat, "rock") == "not_your_seat"
            assert await one.refused(Resign, match, seat) == "not_your_seat"
            assert await one.refused(Watch, f"match/{match}", seat) == "not_your_seat"
        assert not [message for message in bea.heard if isinstance(message, Snapshot | LegalMoves)]


async def test_what_is_against_the_rules_is_refused_in_a_sentence_and_heard_by_nobody_else(
    house: ServerProcess,
) -> None:
    async with player(house.url) as ann, player(house.url) as bea:
        match = await begin("tic_tac_toe", [ann, bea])
        feed = await bea.watch(f"match/{match}", 1)
        assert await bea.ask(Play, match, 1, "a1", request="q1") == Refused(
            "q1", "not_your_turn", "It is not your turn."
        )
        await ann.accepted(Play, match, 0, "a1")
        assert await bea.ask(Play, match, 1, "a1", request="q2") == Refused("q2", "taken", "a1 is taken.")
        assert await bea.refused(Play, match, 1, "z9") == "no_such_place"
        assert await ann.refused(Play, match, 0, "a2") == "not_your_turn"
        assert await ann.refused(Play, "nowhere", 0, "a2") == "no_such_match"
        await bea.rest()
        assert [update.version for update in bea.updates(feed)] == [1]
        await bea.accepted(Play, match, 1, "b1")


async def test_nothing_is_accepted_after_the_end(house: ServerProcess) -> None:
    async with player(house.url) as ann, player(house.url) as bea:
        match = await begin("tic_tac_toe", [ann, bea])
        await play(match, [ann, bea], WINNING)
        assert await bea.refused(Play, match, 1, "c1") == "match_over"
        assert await bea.refused(Resign, match, 1) == "match_over"


async def test_who_resigns_loses_and_all_are_told(house: ServerProcess) -> None:
    async with player(house.url) as ann, player(house.url) as bea:
        match = await begin("tic_tac_toe", [ann, bea])
        feed = await ann.watch(f"match/{match}", 0)
        assert await bea.accepted(Resign, match, 1) == 1
        view = await ann.until_view(feed, lambda view: view["over"] is not None)
        assert (view["over"], view["resigned"]) == ({"ending": "resigned", "points": [1, -1]}, [1])


# The same request again


async def test_a_repeated_request_plays_once_and_gets_the_same_answer(house: ServerProcess) -> None:
    async with player(house.url) as ann, player(house.url) as bea:
        match = await begin("tic_tac_toe", [ann, bea])
        feed = await bea.watch(f"match/{match}", 1)
        first = await ann.ask(Play, match, 0, "a1", request="one")
        assert first == await ann.ask(Play, match, 0, "a1", request="one") == Accepted("one", 1)
        await bea.accepted(Play, match, 1, "b1")
        assert await ann.ask(Play, match, 0, "a1", request="one") == first
        await bea.rest()
        assert [update.version for update in bea.updates(feed)] == [1, 2]


async def test_a_repeated_refusal_stays_one_even_when_the_move_would_be_legal_now(house: ServerProcess) -> None:
    async with player(house.url) as ann, player(house.url) as bea:
        match = await begin("tic_tac_toe", [ann, bea])
        first = await bea.ask(Play, match, 1, "b1", request="early")
        assert isinstance(first, Refused)
        await ann.accepted(Play, match, 0, "a1")
        assert await bea.ask(Play, match, 1, "b1", request="early") == first
        assert await bea.accepted(Play, match, 1, "b1", request="now") == 2


async def test_a_request_id_is_not_used_for_something_else(house: ServerProcess) -> None:
    """Neither one that was accepted nor one that was refused; and the ids of others are theirs."""
    async with player(house.url) as ann, player(house.url) as bea:
        match = await begin("tic_tac_toe", [ann, bea])
        await bea.refused(Play, match, 1, "a1", request="no")
        await ann.accepted(Play, match, 0, "a1", request="yes")
        assert await bea.refused(Play, match, 1, "b1", request="no") == "request_reused"
        assert await ann.refused(Play, match, 0, "a2", request="yes") == "request_reused"
        assert await ann.refused(Resign, match, 0, request="yes") == "request_reused"
        assert await bea.accepted(Play, match, 1, "b1", request="yes") == 2


async def test_a_move_that_was_chosen_for_an_earlier_turn_counts_for_no_later_one(house: ServerProcess) -> None:
    """Of two that one player chose for the same turn the second is refused, though the seat owes a move again."""
    async with player(house.url) as ann, player(house.url) as bea:
        match = await begin("tic_tac_toe", [ann, bea])
        assert await ann.accepted(Play, match, 0, "a1", 0, request="one") == 1
        assert await bea.accepted(Play, match, 1, "b1", 0) == 2
        late = await ann.ask(Play, match, 0, "a2", 0, request="two")
        assert isinstance(late, Refused)
        assert late.code == "too_late"
        assert await ann.ask(Play, match, 0, "a2", 0, request="two") == late
        assert await ann.ask(Play, match, 0, "a1", 0, request="one") == Accepted("one", 1)
        assert await ann.accepted(Play, match, 0, "a2", 2) == 3
        assert await bea.accepted(Play, match, 1, "b2", 2) == 4


async def test_two_sockets_on_one_seat_are_one_player(house: ServerProcess) -> None:
    """Both hear, either plays, and a request that was sent on both plays once."""
    async with (
        player(house.url) as ann,
        player(house.url, token=ann.token) as also_ann,
        player(house.url) as bea,
    ):
        match = await begin("tic_tac_toe", [ann, bea])
        feed = await ann.watch(f"match/{match}", 0, None, True)
        assert await also_ann.watch(f"match/{match}", 0, None, True) == feed
        assert await ann.ask(Play, match, 0, "a1", request="one") == Accepted("one", 1)
        assert await also_ann.ask(Play, match, 0, "a1", request="one") == Accepted("one", 1)
        assert await also_ann.refused(Play, match, 0, "a2", request="one") == "request_reused"
        await bea.accepted(Play, match, 1, "b1")
        assert await also_ann.accepted(Play, match, 0, "a2") == 3
        for one in (ann, also_ann):
            await one.until_view(feed, lambda view: view["game"]["cells"].count("x") == 2)
        assert ann.views == also_ann.views


# Scenes


async def test_a_scene_comes_with_its_table_and_the_picks_of_each_move(house: ServerProcess) -> None:
    """The table once, the scene at each version; the other form goes on beside it."""
    async with player(house.url) as ann, player(house.url) as bea:
        match = await begin("tic_tac_toe", [ann, bea])
        about = await ann.accepted(Watch, f"match/{match}", 0, "scene", True)
        assert [zone["kind"] for zone in about["table"]["zones"]] == ["grid"]
        offer = await ann.until(LegalMoves)
        assert offer.picks is None  # each move is the place to pick
        feed = await ann.watch(f"match/{match}", 0, "view")
        assert feed != about["feed"]
        await ann.accepted(Play, match, 0, "b2")
        await ann.rest()
        (scene_version, scene), (view_version, view) = ann.views[about["feed"]], ann.views[feed]
        assert scene_version == view_version == 1
        assert [piece["label"] for piece in scene["scene"]["pieces"]] == ["X on b2"]
        assert "game" not in scene
        assert view["game"]["cells"][4] == "x"


async def test_what_is_settled_is_told_with_the_acceptance_of_a_watch(house: ServerProcess) -> None:
    async with player(house.url, "Ann") as ann, player(house.url, "Bea") as bea:
        match = await begin("rock_paper_scissors", [ann, bea], {"best_of": 5})
        about = await bea.accepted(Watch, f"match/{match}")
        assert about["game"] == "rock_paper_scissors"
        assert about["options"] == {"best_of": 5}
        assert [(one["id"], one["name"], one["bot"]) for one in about["players"]] == [
            (ann.id, "Ann", False),
            (bea.id, "Bea", False),
        ]
        assert len(bytes.fromhex(about["commitment"])) == 32
        assert "table" not in about


# What is hidden


async def test_what_others_get_does_not_tell_what_was_chosen(start_server: StartServer) -> None:
    """Byte for byte the same for the other seat, for a spectator and for who returns, whatever seat 0 throws."""
    rock, paper, scissors = [await overheard(start_server("memory:"), throw) for throw in ("rock", "paper", "scissors")]
    assert rock == paper == scissors
    assert all(rock.values())


async def overheard(server: ServerProcess, throw: str) -> dict[str, list[bytes]]:
    """All bytes that come to the other seat and to spectators while seat 0 throws, fails to, and repeats itself."""
    async with AsyncExitStack() as stack:
        ann, bea = [await stack.enter_async_context(player(server.url)) for _ in range(2)]
        match = await begin("rock_paper_scissors", [ann, bea])
        listening: dict[str, tuple[Player, int | None]] = {}
        for seat, form in ((1, "view"), (1, "scene"), (None, "view"), (None, "scene")):
            token = bea.token if seat == 1 else None
            one = await stack.enter_async_context(player(server.url, token=token))
            await one.watch(f"match/{match}", seat, form, seat is not None)
            await one.rest()
            one.frames.clear()
            listening[f"{seat} {form}"] = (one, seat)
        await ann.accepted(Play, match, 0, throw, request="choice")
        assert await ann.refused(Play, match, 0, "rock") == "not_your_turn"
        await ann.accepted(Play, match, 0, throw, request="choice")
        for one, _ in listening.values():
            assert await one.refused(Play, match, 0, "rock") == "not_your_seat"
        return {
            name: [*one.frames, *await caught_up(server, match, one, seat)] for name, (one, seat) in listening.items()
        }


async def caught_up(server: ServerProcess, match: str, one: Player, seat: int | None) -> list[bytes]:
    """What comes to somebody who had version 0 and returns, after the acceptance, which tells when the match began."""
    async with player(server.url, token=one.token) as back:
        await back.watch(f"match/{match}", seat, "view", False, one.welcome.epoch, 0)
        back.frames.clear()
        await back.until(Update)
        return back.frames


async def test_the_seat_that_chose_sees_what_it_chose(house: ServerProcess) -> None:
    """What the test above compares could differ: the chooser's own bytes do."""
    async with player(house.url) as ann, player(house.url) as bea:
        views = []
        for throw in ("rock", "paper"):
            match = await begin("rock_paper_scissors", [ann, bea])
            feed = await ann.watch(f"match/{match}", 0)
            await ann.accepted(Play, match, 0, throw)
            await ann.until(Update)
            views.append(ann.views[feed][1]["game"]["yours"])
        assert views == ["rock", "paper"]


async def test_a_player_on_both_seats_is_told_of_each_what_it_may_know(house: ServerProcess) -> None:
    """Two feeds, for the seats of a game that hides something are two audiences."""
    async with player(house.url) as ann:
        match = await begin("rock_paper_scissors", [ann, ann])
        feeds = [await ann.watch(f"match/{match}", seat) for seat in (0, 1)]
        await ann.accepted(Play, match, 0, "rock")
        await ann.rest()
        assert [ann.views[feed][1]["game"]["yours"] for feed in feeds] == ["rock", ""]


# Leaving, and who is there


async def test_after_unwatch_nothing_more_is_heard(house: ServerProcess) -> None:
    async with player(house.url) as ann, player(house.url) as bea:
        match = await begin("tic_tac_toe", [ann, bea])
        feed = await bea.watch(f"match/{match}", 1, None, True)
        assert await bea.accepted(Unwatch, feed) is None
        await ann.accepted(Play, match, 0, "a1")
        assert await bea.rest() == []
        assert await bea.refused(Unwatch, feed) == "not_watching"
        assert await bea.refused(Unwatch, 10**6) == "not_watching"


async def test_what_does_not_exist_cannot_be_watched(house: ServerProcess) -> None:
    async with player(house.url) as ann:
        for topic, code in {
            "match/nowhere": "no_such_match",
            "presence/nowhere": "no_such_match",
            "lobby/nowhere": "no_such_lobby",
        }.items():
            assert await ann.refused(Watch, topic) == code
        lobby = await ann.accepted(CreateLobby, "tic_tac_toe", {}, 2, False)
        assert await ann.refused(Watch, f"match/{lobby}") == "no_such_match", "it has not begun"
        assert await ann.refused(Watch, f"lobby/{lobby}", 0) == "no_such_match", "a lobby is the same for all"


async def test_presence_shows_who_is_there(house: ServerProcess) -> None:
    """A seat whose player watches is connected, and away when the last connection is lost; spectators are counted."""
    async with player(house.url) as ann, player(house.url) as bea:
        match = await begin("tic_tac_toe", [ann, bea])
        feed = await ann.watch(f"presence/{match}")
        await ann.until_view(feed, lambda view: states(view) == ["away", "away", 0])
        seat_feed = await ann.watch(f"match/{match}", 0)
        await bea.watch(f"match/{match}", 1)
        await ann.until_view(feed, lambda view: states(view) == ["connected", "connected", 0])
        async with player(house.url) as eve:
            await eve.watch(f"match/{match}")
            await ann.until_view(feed, lambda view: states(view) == ["connected", "connected", 1])
        await ann.until_view(feed, lambda view: states(view) == ["connected", "connected", 0])
        await ann.accepted(Unwatch, seat_feed)
        await bea.socket.close()
        await ann.until_view(feed, lambda view: states(view) == ["away", "away", 0])


async def test_who_only_looks_from_aside_is_not_there(house: ServerProcess) -> None:
    """As in a list of one's own matches. Watching again without it says that one has come, and with it that one went."""
    async with player(house.url) as ann, player(house.url) as eve:
        match = await begin("tic_tac_toe", [ann, ann])
        feed = await ann.watch(f"presence/{match}")
        aside = (None, None, None, None, True)
        await ann.watch(f"match/{match}", 0, *aside)
        await eve.watch(f"match/{match}", None, *aside)
        await ann.watch(f"match/{match}", 1)
        await ann.until_view(feed, lambda view: states(view) == ["away", "connected", 0])
        await ann.watch(f"match/{match}", 0)
        await ann.watch(f"match/{match}", 1, *aside)
        await eve.watch(f"match/{match}")
        await ann.until_view(feed, lambda view: states(view) == ["connected", "away", 1])
        await eve.watch(f"match/{match}", None, *aside)
        await ann.watch(f"match/{match}", 0, *aside)
        await ann.until_view(feed, lambda view: states(view) == ["away", "away", 0])


def states(view: View) -> list[object]:
    """The state of each seat, and how many watch."""
    return [view["0"]["state"], view["1"]["state"], view["spectators"]["count"]] if "spectators" in view else []
