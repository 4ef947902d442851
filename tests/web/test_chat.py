"""What is said in a lobby and in its match: to whom, how much, and once."""

import pytest

from game.matches.match import Player as Speaker
from game.matches.refusals import Refusal
from protocol.limits import CHAT_CHARS_MAX, FRAME_BYTES_MAX, NAME_CHARS_MAX
from protocol.messages import CreateLobby, JoinLobby, Kick, Resign, Say, Snapshot, TakeSeat, Watch, encode
from tests.server import ServerProcess
from tests.web.player import begin, player
from tests.web.timers import Timers
from web.edge.chat import AT_ONCE_MS, LINES_AT_ONCE_MAX, LINES_MAX, ROOMS_QUIET_MAX, Chat, ChatRoom

ANN, BEA = Speaker("ann", "Ann"), Speaker("bea", "Bea")


@pytest.fixture
def timers() -> Timers:
    """The time of these tests."""
    return Timers()


@pytest.fixture
def chat(timers: Timers) -> Chat:
    """All rooms."""
    return Chat(timers.loop, lambda: int(timers.now * 1000))


def texts(room: ChatRoom, timers: Timers) -> list[object]:
    """What the room shows after this turn, in the order of its numbers."""
    timers.pass_seconds(0)
    shown = room.look(None, "view")
    lines = [shown[number] for number in sorted(shown, key=int)]
    return [line["text"] for line in lines if isinstance(line, dict)]


def say_slowly(room: ChatRoom, timers: Timers, *said: str) -> None:
    """All of that, by one player, who lets others speak in between."""
    for text in said:
        timers.pass_seconds(AT_ONCE_MS / 1000)
        room.say(ANN, f"to say {text}", text)


async def test_those_in_a_lobby_speak_and_all_who_know_it_listen(house: ServerProcess) -> None:
    async with player(house.url, "Ann") as ann, player(house.url, "Bea") as bea, player(house.url) as cat:
        lobby = await ann.accepted(CreateLobby, "tic_tac_toe", {}, 2, False)
        await bea.accepted(JoinLobby, lobby)
        feeds = [await one.watch(f"chat/{lobby}") for one in (ann, bea, cat)]
        await ann.accepted(Say, lobby, "Hello")
        await bea.accepted(Say, lobby, "Good evening")
        for one, feed in zip((ann, bea, cat), feeds):
            view = await one.until_view(feed, lambda view: len(view) == 2)
            assert [(view[number]["name"], view[number]["text"]) for number in ("1", "2")] == [
                ("Ann", "Hello"),
                ("Bea", "Good evening"),
            ]
        assert await cat.refused(Say, lobby, "Let me in") == "not_in_lobby"
        await ann.accepted(Kick, lobby, bea.id)
        assert await bea.refused(Say, lobby, "Well!") == "not_in_lobby"


async def test_what_was_said_in_the_lobby_is_there_in_the_match(house: ServerProcess) -> None:
    async with player(house.url, "Ann") as ann, player(house.url, "Bea") as bea:
        match = await begin("tic_tac_toe", [ann, bea])
        await ann.accepted(Say, match, "Good luck")
        feed = await bea.watch(f"chat/{match}")
        assert (await bea.until_view(feed, bool))["1"]["text"] == "Good luck"
        await bea.accepted(Say, match, "You too")


async def test_spectators_talk_among_themselves_until_the_match_is_over(house: ServerProcess) -> None:
    """Players neither hear nor speak there, by whichever seat or none they ask; then everybody does."""
    async with player(house.url, "Ann") as ann, player(house.url, "Bea") as bea:
        match = await begin("tic_tac_toe", [ann, bea])
        async with player(house.url, "Cat") as cat, player(house.url, "Dan") as dan:
            feeds = [await one.watch(f"gallery/{match}") for one in (cat, dan)]
            await cat.accepted(Say, match, "Bea should \u202etake b2", True)
            await dan.accepted(Say, match, "She sees it", True)
            for one, feed in zip((cat, dan), feeds):
                view = await one.until_view(feed, lambda view: len(view) == 2)
                assert [line["text"] for line in view.values()] == ["Bea should take b2", "She sees it"]
            for one, seat in ((ann, None), (ann, 0), (bea, 1)):
                assert await one.refused(Watch, f"gallery/{match}", seat) == "not_while_you_play"
                assert await one.refused(Say, match, "What do you say?", True) == "not_while_you_play"
            chat = await ann.watch(f"chat/{match}")
            await ann.accepted(Say, match, "Good luck")
            assert [line["text"] for line in (await ann.until_view(chat, bool)).values()] == ["Good luck"]
            await ann.accepted(Resign, match, 0)
            feed = await bea.watch(f"gallery/{match}")
            assert len(await bea.until_view(feed, bool)) == 2
            await bea.accepted(Say, match, "I did", True)
            view = await cat.until_view(feeds[0], lambda view: len(view) == 3)
            assert view["3"]["name"] == "Bea"


async def test_who_was_in_the_lobby_without_a_seat_gives_no_hints_in_the_match(house: ServerProcess) -> None:
    async with player(house.url) as ann, player(house.url) as bea, player(house.url) as cat:
        lobby = await ann.accepted(CreateLobby, "tic_tac_toe", {}, 2, False)
        await cat.accepted(JoinLobby, lobby)
        await cat.accepted(Say, lobby, "I shall look on")
        for one in (ann, bea):
            await one.accepted(TakeSeat, lobby, None)
        await ann.accepted(Say, lobby, "Here we go")
        assert await cat.refused(Say, lobby, "Take b2!") == "not_while_they_play"
        await cat.accepted(Say, lobby, "She should take b2", True)
        await ann.accepted(Resign, lobby, 0)
        await cat.accepted(Say, lobby, "Why did you not take b2?")


async def test_spectators_keep_to_the_same_allowances(house: ServerProcess) -> None:
    async with player(house.url) as ann, player(house.url) as cat:
        match = await begin("tic_tac_toe", [ann, ann])
        for number in range(LINES_AT_ONCE_MAX):
            await cat.accepted(Say, match, f"la {number}", True)
        assert await cat.refused(Say, match, "la", True) == "too_talkative"
        assert await cat.refused(Say, match, "\u200b", True) == "nothing_said"
        assert await cat.refused(Say, match, "la") == "not_while_they_play"


async def test_a_lobby_has_no_gallery_yet(house: ServerProcess) -> None:
    """Who will sit is not settled before the match."""
    async with player(house.url) as ann, player(house.url) as cat:
        lobby = await ann.accepted(CreateLobby, "tic_tac_toe", {}, 2, False)
        assert await cat.refused(Watch, f"gallery/{lobby}") == "no_such_match"
        assert await cat.refused(Say, lobby, "Hello", True) == "no_such_match"


async def test_nothing_is_said_where_there_is_no_lobby(house: ServerProcess) -> None:
    async with player(house.url) as ann:
        assert await ann.refused(Say, "nowhere", "Hello") == "no_such_lobby"
        assert await ann.refused(Watch, "chat/nowhere") == "no_such_lobby"


async def test_a_line_sent_again_is_said_once(house: ServerProcess) -> None:
    async with player(house.url) as ann:
        match = await begin("tic_tac_toe", [ann, ann])
        feed = await ann.watch(f"chat/{match}")
        for _ in range(3):
            await ann.accepted(Say, match, "Hello", request="once")
        assert await ann.refused(Say, match, "Goodbye", request="once") == "request_reused"
        await ann.accepted(Say, match, "Goodbye")
        view = await ann.until_view(feed, lambda view: len(view) > 1)
        assert [line["text"] for line in view.values()] == ["Hello", "Goodbye"]


async def test_what_cannot_be_printed_is_left_out(house: ServerProcess) -> None:
    async with player(house.url) as ann:
        match = await begin("tic_tac_toe", [ann, ann])
        feed = await ann.watch(f"chat/{match}")
        await ann.accepted(Say, match, " a\x1b[31m \u202e\n b <b>c</b> ")
        assert (await ann.until_view(feed, bool))["1"]["text"] == "a [31m b <b>c</b>"
        assert await ann.refused(Say, match, "\u200b\n") == "nothing_said"


def test_one_player_lets_others_speak(chat: Chat, timers: Timers) -> None:
    """At the limit it is said, past it refused; and a refusal is repeated to the same request."""
    room = chat.room("lobby")
    for number in range(LINES_AT_ONCE_MAX):
        room.say(ANN, f"r{number}", "la")
    for _ in range(2):
        with pytest.raises(Refusal, match="Wait"):
            room.say(ANN, "more", "la")
        timers.pass_seconds(AT_ONCE_MS / 2000)
    room.say(BEA, "r0", "Stop it")
    room.say(ANN, "later", "Sorry")
    assert texts(room, timers) == ["la"] * LINES_AT_ONCE_MAX + ["Stop it", "Sorry"]


def test_a_room_remembers_its_last_lines(chat: Chat, timers: Timers) -> None:
    room = chat.room("lobby")
    said = [f"line {number}" for number in range(LINES_MAX + 3)]
    say_slowly(room, timers, *said[:LINES_MAX])
    assert texts(room, timers) == said[:LINES_MAX]
    say_slowly(room, timers, *said[LINES_MAX:])
    assert texts(room, timers) == said[-LINES_MAX:]


def test_the_longest_lines_fit_into_a_message(chat: Chat, timers: Timers) -> None:
    room, widest = chat.room("lobby"), "\U0001f3b2"
    speaker = Speaker("p" * 12, widest * NAME_CHARS_MAX)
    for number in range(LINES_MAX):
        timers.pass_seconds(AT_ONCE_MS / 1000)
        room.say(speaker, f"r{number}", widest * CHAT_CHARS_MAX)
    assert len(texts(room, timers)) == LINES_MAX
    assert len(encode(Snapshot(1, 1, room.look(None, "view"), "first"))) < FRAME_BYTES_MAX


def test_rooms_that_nobody_needs_are_forgotten(chat: Chat, timers: Timers) -> None:
    """And one that is made again tells versions above those of before."""
    chat.room("first").say(ANN, "r1", "Hello")
    for number in range(ROOMS_QUIET_MAX - 1):
        chat.room(f"room {number}")
    assert texts(chat.room("first"), timers) == ["Hello"]
    version = chat.room("first").version
    for number in range(ROOMS_QUIET_MAX):
        chat.room(f"other {number}")
    timers.pass_seconds(1)
    assert texts(chat.room("first"), timers) == []
    assert chat.room("first").version > version
