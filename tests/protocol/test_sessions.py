"""A client and a server session as a pair, over a link that cuts anywhere."""

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from protocol.client_session import ClientSession, TooManyRequests
from protocol.errors import BadMessage, BadToken, FrameTooLarge, GapFound, HelloExpected, OutOfPlace, ProtocolError
from protocol.events import Answered, Event, InvitedToSit, MovesOffered, Ponged, TopicEnded, ViewChanged, Welcomed
from protocol.limits import REPAIRS_MAX, UNANSWERED_MAX
from protocol.messages import (
    CLIENT_CODES,
    SERVER_CODES,
    Accepted,
    CreateLobby,
    FeedEnded,
    Hello,
    Invited,
    LegalMoves,
    Ping,
    Play,
    Pong,
    Refused,
    ServerMessage,
    Snapshot,
    Unwatch,
    Update,
    Watch,
    Welcome,
    decode_client,
    encode,
)
from protocol.patches import checksum
from protocol.server_session import ServerSession
from protocol.session import State
from tests.protocol.link import Link
from tests.protocol.test_messages import frame_of

WELCOME = Welcome("p1", "Ann", "t1", "e1", 1000)
TOPICS = st.sampled_from(["match/open", "match/secret"])
SEATS = st.sampled_from([None, 0, 1])


class Conversation(RuleBasedStateMachine):
    """Whatever happens on the way, all ends well: the laws of `Link.hear` hold at each event."""

    def __init__(self) -> None:
        super().__init__()
        self.link = Link()
        self.watched: set[tuple[str, int | None]] = set()
        self.plays: dict[str, tuple[str, str]] = {}

    @initialize(watched=st.sets(st.tuples(TOPICS, SEATS), max_size=4))
    def begin(self, watched: set[tuple[str, int | None]]) -> None:
        self.link.connect()
        for topic, seat in sorted(watched, key=str):
            self.watch(topic, seat, True)
        self.link.settle()

    @rule(topic=TOPICS, seat=SEATS, moves=st.booleans())
    def watch(self, topic: str, seat: int | None, moves: bool) -> None:
        self.link.client.watch(topic, seat, moves=moves)
        self.watched.add((topic, seat))

    @precondition(lambda self: self.watched)
    @rule(data=st.data())
    def unwatch(self, data: st.DataObject) -> None:
        gone = data.draw(st.sampled_from(sorted(self.watched, key=str)))
        self.watched.remove(gone)
        self.link.client.unwatch(*gone)
        self.link.told.pop((*gone, None), None)

    @rule(topic=TOPICS, seat=st.integers(0, 1))
    def play(self, topic: str, seat: int) -> None:
        word = f"word {len(self.plays)}"
        self.plays[self.link.client.play(topic.removeprefix("match/"), seat, word)] = (topic, word)

    @rule(topic=TOPICS, times=st.integers(1, 4))
    def others_play(self, topic: str, times: int) -> None:
        for _ in range(times):
            self.link.server.say(topic, "else")

    @rule(restart=st.booleans())
    def connect_anew(self, restart: bool) -> None:
        self.link.cut()
        if restart:
            self.link.server.restart()
        self.link.connect()

    @rule()
    def cut(self) -> None:
        self.link.cut()

    @rule(frames=st.integers(1, 4), times=st.integers(1, 2))
    def carry_up(self, frames: int, times: int) -> None:
        for _ in range(frames):
            self.link.carry_up(times)

    @rule(frames=st.integers(1, 4))
    def carry_down(self, frames: int) -> None:
        for _ in range(frames):
            self.link.carry_down()

    @rule()
    def settle(self) -> None:
        self.link.settle()

    @rule()
    def lose_an_update(self) -> None:
        self.link.lose_an_update()

    @rule(topic=TOPICS)
    def lose_a_host(self, topic: str) -> None:
        self.link.server.lose(topic)

    @rule()
    def watch_again(self) -> None:
        for ended in self.link.ended:
            self.link.client.watch_again(*ended[:3])
        self.link.ended.clear()

    def teardown(self) -> None:
        if self.link.connection is None:
            self.link.connect()
        for _ in range(2 * REPAIRS_MAX):
            self.link.settle()
            self.watch_again()
            for topic in self.link.server.said:
                self.link.server.say(topic, "last")
            if self.link.connection is None:
                self.link.connect()
        self.link.settle()
        for topic, seat in self.watched:
            audience = self.link.server.audience(topic, seat)
            version = len(self.link.server.said[topic])
            assert self.link.client.view(topic, seat) == (version, self.link.server.view(topic, audience))
        assert self.link.client.unanswered == []
        for request, (topic, word) in self.plays.items():
            applied = sum(word == heard for _, heard in self.link.server.said[topic])
            assert applied == isinstance(self.link.answered[request].answer, Accepted), "applied once, or refused"


TestConversation = Conversation.TestCase
TestConversation.settings = settings(max_examples=200, stateful_step_count=30, deadline=None)


# The server's side


@pytest.mark.parametrize("kind", [kind for kind in CLIENT_CODES.values() if kind is not Hello])
def test_nothing_comes_before_hello(kind: type[Any]) -> None:
    session = ServerSession()
    with pytest.raises(HelloExpected, match=kind.__name__):
        session.receive(frame_of(kind))
    assert session.state is State.CLOSED


@pytest.mark.parametrize("kind", CLIENT_CODES.values())
def test_nothing_comes_between_hello_and_welcome(kind: type[Any]) -> None:
    session = ServerSession()
    session.receive(frame_of(Hello))
    with pytest.raises(OutOfPlace, match=kind.__name__):
        session.receive(frame_of(kind))


@pytest.mark.parametrize("kind", CLIENT_CODES.values())
def test_after_the_welcome_everything_may_come_but_a_second_hello(kind: type[Any]) -> None:
    session = opened()
    if kind is Hello:
        with pytest.raises(OutOfPlace):
            session.receive(frame_of(kind))
    else:
        assert type(session.receive(frame_of(kind))) is kind


@pytest.mark.parametrize("kind", CLIENT_CODES.values())
def test_nothing_comes_after_the_end(kind: type[Any]) -> None:
    session = opened()
    session.close()
    with pytest.raises(OutOfPlace):
        session.receive(frame_of(kind))


@pytest.mark.parametrize("kind", SERVER_CODES.values())
def test_a_server_takes_no_message_of_a_server(kind: type[Any]) -> None:
    with pytest.raises(ProtocolError):
        opened().receive(frame_of(kind))


def test_a_broken_conversation_takes_no_more() -> None:
    session = opened()
    with pytest.raises(BadMessage):
        session.receive(b"\x90")
    with pytest.raises(OutOfPlace):
        session.receive(frame_of(Ping))


def test_the_welcome_is_said_once_and_to_somebody() -> None:
    with pytest.raises(AssertionError):
        ServerSession().welcome(WELCOME)
    with pytest.raises(AssertionError):
        opened().welcome(WELCOME)


# The client's side


def test_a_guest_says_its_name_and_later_its_token() -> None:
    client = ClientSession("k", name="Ann")
    client.connected()
    assert sent(client) == [Hello(None, "Ann")]
    assert hear(client, WELCOME) == [Welcomed("p1", "Ann", "t1", "e1", 1000)]
    client.disconnected()
    client.connected()
    assert sent(client) == [Hello("t1", None)]


def test_a_client_whose_token_is_no_good_comes_back_as_somebody_new() -> None:
    client = ClientSession("k", name="Ann", token="old")
    client.connected()
    assert sent(client) == [Hello("old", None)]
    assert not BadToken.close_code.come_back
    client.disconnected()
    client.token = None
    client.connected()
    assert sent(client) == [Hello(None, "Ann")]


def test_what_is_asked_too_early_waits_for_the_welcome_in_order() -> None:
    client = ClientSession("k")
    ids = [client.play("m", 0, "a"), client.watch("match/m"), client.play("m", 0, "b")]
    assert client.frames_to_send() == []
    client.connected()
    assert [type(message) for message in sent(client)] == [Hello]
    hear(client, WELCOME)
    assert sent(client) == [Play(ids[0], "m", 0, "a"), Watch(ids[1], "match/m"), Play(ids[2], "m", 0, "b")]
    assert len(set(ids)) == 3


def test_unanswered_requests_are_sent_again_byte_for_byte() -> None:
    client = welcomed()
    for move in "abc":
        client.play("m", 0, move)
    frames = client.frames_to_send()
    assert hear(client, Accepted("k-2", 1)) == [Answered(Play("k-2", "m", 0, "b"), Accepted("k-2", 1))]
    reconnect(client)
    assert client.frames_to_send()[-2:] == [frames[0], frames[2]]


def test_an_answer_is_heard_once() -> None:
    client = welcomed()
    client.play("m", 0, "a")
    assert len(hear(client, Refused("k-1", "taken", "Taken."))) == 1
    assert hear(client, Refused("k-1", "taken", "Taken.")) == []
    assert hear(client, Accepted("never asked")) == []


def test_a_returning_client_says_what_it_has() -> None:
    client = watching()
    reconnect(client)
    assert sent(client)[-1] == Watch("k-2", "match/m", 0, None, True, "e1", 5)
    assert hear(client, Accepted("k-2", {"feed": 9})) == []
    assert hear(client, Update(9, 6, [0, 7])) == [ViewChanged("match/m", 0, None, 6, {"n": 7})]


def test_when_nothing_was_missed_nothing_is_told() -> None:
    client = watching()
    reconnect(client)
    assert hear(client, Accepted("k-2", {"feed": 9})) == []
    assert client.view("match/m", 0) == (5, {"n": 1})


def test_versions_of_another_epoch_are_worth_nothing() -> None:
    client = watching()
    reconnect(client, WELCOME._replace(epoch="e2"))
    assert sent(client)[-1] == Watch("k-2", "match/m", 0, None, True)
    assert client.view("match/m", 0) is None


@pytest.mark.parametrize(
    "unfit",
    [
        Update(7, 7, [0, 9]),
        Update(7, 6, [0, 9], checksum({"n": 8})),
        Update(7, 6, [1, 9]),
        Update(7, 6, [0]),
        LegalMoves(7, 6, 0, ["a"]),
    ],
    ids=["a gap", "a checksum", "another view's patch", "a malformed patch", "moves of a later version"],
)
def test_what_does_not_fit_is_repaired_and_never_shown(unfit: ServerMessage) -> None:
    client = watching()
    assert hear(client, unfit) == []
    assert client.repairs == 1
    assert sent(client) == [Watch("k-2", "match/m", 0, None, True)]
    assert client.view("match/m", 0) is None
    assert hear(client, Update(7, 8, [0, 10])) == hear(client, LegalMoves(7, 8, 0, ["a"])) == []
    assert hear(client, Accepted("k-2", {"feed": 8})) == []
    assert hear(client, Snapshot(8, 8, {"n": 10}, "first")) == [ViewChanged("match/m", 0, None, 8, {"n": 10})]
    assert sent(client)[-1:] != [Watch("k-3", "match/m", 0, None, True)]


def test_a_checksum_that_agrees_is_no_reason_to_repair() -> None:
    client = watching()
    assert hear(client, Update(7, 6, [0, 9], checksum({"n": 9}))) == [ViewChanged("match/m", 0, None, 6, {"n": 9})]
    assert client.repairs == 0


def test_what_is_known_already_changes_nothing() -> None:
    client = watching()
    assert hear(client, Update(7, 5, [0, 9])) == []
    assert hear(client, Snapshot(7, 5, {"n": 1}, "first")) == []
    assert hear(client, LegalMoves(7, 4, 0, ["a"])) == []
    assert client.view("match/m", 0) == (5, {"n": 1})


def test_a_session_that_cannot_be_repaired_gives_up_and_forgets_what_it_had() -> None:
    client = watching()
    for _ in range(REPAIRS_MAX):
        hear(client, Update(7, 99, []))
        hear(client, Snapshot(7, 5, {"n": 1}, "first"))
    with pytest.raises(GapFound) as raised:
        hear(client, Update(7, 99, []))
    assert raised.value.close_code.come_back
    with pytest.raises(OutOfPlace):
        hear(client, Pong(1, 2))
    reconnect(client)
    watch = sent(client)[-1]
    assert isinstance(watch, Watch)
    assert watch.version is None


def test_repairs_are_counted_in_a_row_only() -> None:
    client = watching()
    for version in range(5, 5 + 2 * REPAIRS_MAX):
        hear(client, Update(7, 99, []))
        hear(client, Snapshot(7, version, {"n": 1}, "first"))
        assert hear(client, Update(7, version + 1, [0, 2]))
    assert client.repairs == 2 * REPAIRS_MAX


def test_two_seats_may_share_a_feed() -> None:
    client = watching()
    client.watch("match/m", 1, moves=True)
    hear(client, Accepted("k-2", {"feed": 7}))
    assert hear(client, Snapshot(7, 5, {"n": 1}, "first")) == [ViewChanged("match/m", 1, None, 5, {"n": 1})]
    assert [event.seat for event in hear(client, Update(7, 6, [0, 2])) if isinstance(event, ViewChanged)] == [0, 1]
    assert hear(client, LegalMoves(7, 6, 1, ["a"])) == [MovesOffered("match/m", 1, None, 6, ["a"], None)]


def test_a_shared_feed_is_left_by_the_last_who_hears_it() -> None:
    client = watching()
    client.watch("match/m", 1)
    hear(client, Accepted("k-2", {"feed": 7}))
    hear(client, Snapshot(7, 5, {"n": 1}, "first"))
    sent(client)
    client.unwatch("match/m", 0)
    assert sent(client) == []
    assert [event.seat for event in hear(client, Update(7, 6, [0, 2])) if isinstance(event, ViewChanged)] == [1]
    client.unwatch("match/m", 1)
    assert sent(client) == [Unwatch("k-3", 7)]
    assert hear(client, Update(7, 7, [0, 3])) == hear(client, Accepted("k-3")) == []


def test_who_came_to_share_a_feed_while_it_was_being_left_watches_again() -> None:
    client = watching()
    client.watch("match/m", 1)
    client.unwatch("match/m", 0)
    assert sent(client) == [Watch("k-2", "match/m", 1), Unwatch("k-3", 7)]
    hear(client, Accepted("k-2", {"feed": 7}))
    hear(client, Snapshot(7, 5, {"n": 1}, "first"))
    hear(client, Accepted("k-3"))
    assert sent(client) == [Watch("k-4", "match/m", 1, None, None, "e1", 5)]


def test_a_watch_that_was_left_before_its_answer_leaves_when_it_comes() -> None:
    client = welcomed()
    client.watch("match/m")
    client.unwatch("match/m")
    assert hear(client, Accepted("k-1", {"feed": 7})) == []
    assert sent(client)[-1] == Unwatch("k-2", 7)
    assert hear(client, Snapshot(7, 5, {"n": 1}, "first")) == []


def test_a_feed_that_is_unavailable_is_watched_again_when_the_caller_says_so() -> None:
    client = watching()
    sorry = "One moment."
    assert hear(client, FeedEnded(7, "unavailable", sorry)) == [
        TopicEnded("match/m", 0, None, "unavailable", sorry, True)
    ]
    assert sent(client) == []
    client.watch_again("match/m", 0)
    assert sent(client) == [Watch("k-2", "match/m", 0, None, True, "e1", 5)]
    assert hear(client, Refused("k-2", "unavailable", sorry)) == [
        TopicEnded("match/m", 0, None, "unavailable", sorry, True)
    ]


def test_a_feed_that_ended_for_good_is_not_watched_again() -> None:
    client = watching()
    assert hear(client, FeedEnded(7, "gone", "It is over.")) == [
        TopicEnded("match/m", 0, None, "gone", "It is over.", False)
    ]
    client.watch_again("match/m", 0)
    reconnect(client)
    assert [type(message) for message in sent(client)] == [Hello]


def test_a_topic_that_is_gone_after_a_reconnect_has_ended() -> None:
    client = watching()
    reconnect(client)
    assert hear(client, Refused("k-2", "no_such_match", "Gone.")) == [
        TopicEnded("match/m", 0, None, "no_such_match", "Gone.", False)
    ]


def test_a_refused_watch_leaves_what_is_watched_as_it_was() -> None:
    client = watching()
    client.watch("match/m", 0, moves=False)
    assert len(hear(client, Refused("k-2", "overloaded", "Later."))) == 1
    assert hear(client, Update(7, 6, [0, 2])) == [ViewChanged("match/m", 0, None, 6, {"n": 2})]


def test_a_refused_watch_watches_nothing() -> None:
    client = welcomed()
    client.watch("match/x")
    assert hear(client, Refused("k-1", "no_such_match", "There is none.")) == [
        Answered(Watch("k-1", "match/x"), Refused("k-1", "no_such_match", "There is none."))
    ]
    reconnect(client)
    assert [type(message) for message in sent(client)] == [Hello]


def test_what_does_not_change_about_a_topic_is_kept() -> None:
    assert watching().about("match/m", 0) == {"title": "M"}


def test_moves_are_told_to_the_seat_that_asked() -> None:
    client = watching()
    assert hear(client, LegalMoves(7, 5, 0, ["a"], [["#a"]])) == [MovesOffered("match/m", 0, None, 5, ["a"], [["#a"]])]
    assert hear(client, LegalMoves(7, 5, 1, ["a"])) == []


def test_moves_are_not_told_to_a_seat_that_did_not_ask() -> None:
    client = watching()
    client.watch("match/m", 1)
    hear(client, Accepted("k-2", {"feed": 7}))
    hear(client, Snapshot(7, 5, {"n": 1}, "first"))
    assert hear(client, LegalMoves(7, 5, 1, ["a"])) == []


def test_what_the_session_asked_itself_ends_with_its_connection() -> None:
    client = watching()
    client.watch("lobbies")
    hear(client, Accepted("k-2", {"feed": 8}))
    client.unwatch("lobbies")
    reconnect(client)
    reconnect(client)
    assert [message.request for message in sent(client)[1:]] == ["k-5"]
    hear(client, Accepted("k-4", {"feed": 9}))
    assert hear(client, Update(9, 6, [0, 2])) == []
    hear(client, Accepted("k-5", {"feed": 7}))
    hear(client, Accepted("k-3"))
    assert sent(client) == []
    assert hear(client, Update(7, 6, [0, 2])) == [ViewChanged("match/m", 0, None, 6, {"n": 2})]


def test_watching_again_waits_for_the_welcome() -> None:
    client = watching()
    hear(client, FeedEnded(7, "unavailable", "One moment."))
    client.disconnected()
    client.watch_again("match/m", 0)
    client.connected()
    assert sent(client) == [Hello("t1")]
    hear(client, WELCOME)
    assert sent(client) == [Watch("k-2", "match/m", 0, None, True, "e1", 5)]


def test_a_topic_that_ends_while_it_is_asked_for_again_is_watched_when_accepted() -> None:
    client = watching()
    client.watch("match/m", 0, moves=False)
    assert len(hear(client, FeedEnded(7, "gone", "It is over."))) == 1
    hear(client, Accepted("k-2", {"feed": 8}))
    assert hear(client, Snapshot(8, 9, {"n": 9}, "first")) == [ViewChanged("match/m", 0, None, 9, {"n": 9})]
    assert [type(message) for message in sent(client)] == [Watch]


def test_repairs_of_one_connection_do_not_count_on_the_next() -> None:
    client = watching()
    for _ in range(REPAIRS_MAX):
        hear(client, Update(7, 99, []))
        hear(client, Snapshot(7, 5, {"n": 1}, "first"))
    reconnect(client)
    hear(client, Accepted(sent(client)[-1].request, {"feed": 7}))
    assert hear(client, Update(7, 99, [])) == []


def test_pings_and_invitations_are_told() -> None:
    client = welcomed()
    client.ping(5)
    assert sent(client)[-1] == Ping(5)
    assert hear(client, Pong(5, 9)) == [Ponged(5, 9)]
    assert hear(client, Invited("l", 1, "g")) == [InvitedToSit("l", 1, "g")]


def test_a_ping_does_not_wait_for_a_connection() -> None:
    client = ClientSession("k")
    client.ping(5)
    client.connected()
    assert sent(client) == [Hello()]


@pytest.mark.parametrize("kind", [kind for kind in SERVER_CODES.values() if kind is not Welcome])
def test_the_server_says_nothing_before_the_welcome(kind: type[Any]) -> None:
    client = ClientSession("k")
    client.connected()
    with pytest.raises(OutOfPlace, match=kind.__name__):
        client.receive(frame_of(kind))


def test_the_server_says_welcome_once() -> None:
    with pytest.raises(OutOfPlace):
        hear(welcomed(), WELCOME)


@pytest.mark.parametrize("value", [None, 7, {}, {"feed": "7"}, {"feed": True}])
def test_an_accepted_watch_must_name_its_feed(value: Any) -> None:
    client = welcomed()
    client.watch("match/m")
    with pytest.raises(BadMessage, match="names its feed"):
        hear(client, Accepted("k-1", value))
    assert len(client.unanswered) == 1


def test_a_request_that_no_server_would_read_is_never_sent() -> None:
    client = welcomed()
    with pytest.raises(BadMessage, match="move"):
        client.play("m", 0, "x" * 513)
    with pytest.raises(FrameTooLarge):
        client.play("m", 0, "x" * 70_000)
    with pytest.raises(BadMessage, match="topic"):
        client.watch("nowhere")
    assert client.frames_to_send() == []
    assert client.unanswered == []
    reconnect(client)
    assert [type(message) for message in sent(client)] == [Hello]


def test_requests_without_an_answer_are_limited() -> None:
    client = ClientSession("k")
    for _ in range(UNANSWERED_MAX):
        client.play("m", 0, "a")
    with pytest.raises(TooManyRequests):
        client.play("m", 0, "a")


def test_any_kind_of_request_can_be_made() -> None:
    client = welcomed()
    assert client.request(CreateLobby, "g", {}, 2, True) == "k-1"
    assert sent(client)[-1] == CreateLobby("k-1", "g", {}, 2, True)


def opened() -> ServerSession:
    session = ServerSession()
    session.receive(frame_of(Hello))
    session.welcome(WELCOME)
    return session


def welcomed() -> ClientSession:
    client = ClientSession("k")
    client.connected()
    hear(client, WELCOME)
    client.frames_to_send()
    return client


def watching() -> ClientSession:
    """A client that holds version 5 of a match on feed 7, as seat 0."""
    client = welcomed()
    client.watch("match/m", 0, moves=True)
    hear(client, Accepted("k-1", {"feed": 7, "title": "M"}))
    hear(client, Snapshot(7, 5, {"n": 1}, "first"))
    client.frames_to_send()
    return client


def reconnect(client: ClientSession, welcome: Welcome = WELCOME) -> None:
    client.disconnected()
    client.connected()
    hear(client, welcome)


def hear(client: ClientSession, message: ServerMessage) -> list[Event]:
    return client.receive(encode(message))


def sent(client: ClientSession) -> list[Any]:
    return [decode_client(frame) for frame in client.frames_to_send()]
