"""Admission: how many may come in, from where they come, and how fast they may ask."""

import asyncio
import json
from collections.abc import Sequence

import pytest
from websockets.exceptions import InvalidStatus

from protocol.errors import CloseCode
from protocol.limits import WATCHES_MAX
from protocol.messages import Accepted, CreateLobby, Hello, Play, Refused, TakeSeat, Unwatch, Watch
from tests.server import StartServer
from tests.web.player import begin, connected, player
from web.edge.admission import LEFT_BEHIND_MAX, Admission, Allowances, Limits, TokenBucket

PROXIES = ["10.0.0.0/8", "192.168.7.7", "fd00::/8"]


# Where a connection comes from


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "address"),
    [
        ("203.0.113.9", [], "203.0.113.9"),
        ("203.0.113.9", ["198.51.100.1"], "203.0.113.9"),
        ("10.1.1.1", ["198.51.100.1"], "198.51.100.1"),
        ("10.1.1.1", ["198.51.100.1, 192.168.7.7"], "198.51.100.1"),
        ("10.1.1.1", ["198.51.100.1", "192.168.7.7"], "198.51.100.1"),
        ("10.1.1.1", ["10.9.9.9, 198.51.100.1"], "198.51.100.1"),
        ("10.1.1.1", ["1.1.1.1, 203.0.113.9, 10.2.2.2"], "203.0.113.9"),
        ("fd00::1", ["2001:db8::1"], "2001:db8::1"),
        ("10.1.1.1", [], "10.1.1.1"),
        ("10.1.1.1", ["10.2.2.2"], "10.2.2.2"),
        ("", ["198.51.100.1"], ""),
    ],
)
def test_a_trusted_proxy_says_where_a_connection_comes_from(
    peer: str, forwarded_for: Sequence[str], address: str
) -> None:
    """What stands before the first address that nobody vouches for may be the client's invention."""
    assert Admission(Limits(), PROXIES).address(peer, forwarded_for) == address


def test_nobody_is_trusted_unless_named() -> None:
    assert Admission(Limits(), []).address("127.0.0.1", ["198.51.100.1"]) == "127.0.0.1"


# How many


def test_sockets_are_counted_in_all_and_by_address() -> None:
    """The number itself is let in and one past it is not; who leaves makes room, and who was turned away does not."""
    admission = Admission(Limits(sockets_max=3, sockets_per_address_max=2), [])
    assert [admission.enter("a") for _ in range(2)] == [None, None]
    assert admission.enter("a") == "Too many connections from this address."
    assert admission.enter("b") is None
    assert admission.enter("c") == "The server is full. Come back in a moment."
    admission.leave("a")
    assert admission.enter("a") is None
    assert admission.enter("b") is not None


def test_sockets_of_a_player_are_counted_wherever_they_come_from() -> None:
    admission = Admission(Limits(sockets_per_player_max=2), [])
    first, second = admission.greet("ann", 0), admission.greet("ann", 0)
    assert first is second is not None
    assert admission.greet("ann", 0) is None
    assert admission.greet("bea", 0) is not None
    admission.part("ann", 0)
    assert admission.greet("ann", 0) is first


# How fast


def test_a_bucket_gives_its_burst_and_then_its_rate() -> None:
    bucket = TokenBucket(10, 3, at_first=3, now=0)
    assert [bucket.wait(0) for _ in range(3)] == [0, 0, 0]
    assert bucket.wait(0) == pytest.approx(0.1)
    assert bucket.wait(0.05) == pytest.approx(0.05)
    assert bucket.wait(0.1) == 0
    assert bucket.wait(0.1) > 0
    assert [bucket.wait(1000) for _ in range(4)] == [0, 0, 0, pytest.approx(0.1)], "no more than the burst is saved up"


def test_a_new_one_gives_less_until_there_has_been_a_calm() -> None:
    bucket = TokenBucket(10, 5, at_first=2, now=0)
    assert [bucket.wait(0) for _ in range(3)] == [0, 0, pytest.approx(0.1)]
    assert [bucket.wait(1) for _ in range(6)] == [0, 0, 0, 0, 0, pytest.approx(0.1)]
    assert TokenBucket(10, 5, at_first=100, now=0).wait(0) == 0
    assert [TokenBucket(10, 1, at_first=100, now=0).wait(0), bucket.wait(1)] == [0, pytest.approx(0.1)]


def test_who_comes_back_goes_on_with_the_allowance_that_was_left() -> None:
    """By address for a connection, by player for all of theirs: to come back gives nothing that waiting would not."""
    admission = Admission(Limits(requests_per_second=1, requests_burst=8, requests_at_first=4, player_factor=2), [])
    bucket = admission.bucket("a", 0)
    assert [bucket.wait(0) for _ in range(3)] == [0, 0, 0]
    admission.give_back("a", bucket, 0)
    assert admission.bucket("b", 0).left(0) == 4
    again = admission.bucket("a", 1)
    assert again.left(1) == 2
    assert admission.bucket("a", 1).left(1) == 4, "one that was taken is not given twice"
    visitor = admission.greet("ann", 0)
    assert visitor is not None
    assert [visitor.bucket.wait(0) for _ in range(8)] == [0] * 8
    admission.part("ann", 0)
    visitor = admission.greet("ann", 1)
    assert visitor is not None
    assert visitor.bucket.left(1) == 2


def test_of_several_allowances_that_were_left_the_emptiest_is_taken() -> None:
    """Else many connections at once, of which one is used up, would be worth more than one after the other."""
    allowances = Allowances(1, 8, 4)
    full, empty = allowances.take("a", 0), allowances.take("a", 0)
    assert [full.wait(0), *(empty.wait(0) for _ in range(4))] == [0] * 5
    for bucket in (full, empty):
        allowances.leave("a", bucket, 0)
    assert allowances.take("a", 0) is empty
    assert allowances.take("a", 0) is full


def test_an_allowance_that_has_filled_again_is_forgotten() -> None:
    """Trust that has grown is not inherited either: others of the address may come next."""
    allowances = Allowances(1, 8, 4)
    bucket = allowances.take("a", 0)
    assert [bucket.wait(0) for _ in range(4)] == [0] * 4
    allowances.leave("a", bucket, 0)
    assert len(allowances) == 1
    assert allowances.take("a", 3.9) is bucket
    allowances.leave("a", bucket, 3.9)
    assert allowances.take("a", 5).left(5) == 4
    other = allowances.take("b", 6)
    allowances.leave("b", other, 6)
    assert len(allowances) == 0


def test_no_more_allowances_are_remembered_than_the_limit() -> None:
    """Of more, those are forgotten that were left first."""
    allowances = Allowances(0.001, 8, 4)
    for number in range(LEFT_BEHIND_MAX + 1):
        bucket = allowances.take(str(number), 0)
        bucket.wait(0)
        allowances.leave(str(number), bucket, 0)
        if number == LEFT_BEHIND_MAX - 1:
            assert len(allowances) == LEFT_BEHIND_MAX
    assert len(allowances) == LEFT_BEHIND_MAX
    assert allowances.take("0", 0).left(0) == 4
    assert allowances.take("1", 0).left(0) == 3


# On the wire


async def test_one_socket_too_many_is_turned_away_at_the_handshake(start_server: StartServer) -> None:
    """With 503, and when to come back; as soon as one has left, another is let in."""
    server = start_server("memory:", "--limits.sockets-per-address-max", "2")
    async with connected(server.url) as one, connected(server.url):
        with pytest.raises(InvalidStatus) as refused:
            await connected(server.url).__aenter__()
        response = refused.value.response
        assert response.status_code == 503
        assert int(response.headers["Retry-After"]) > 0
        await one.socket.close()
        async with player(server.url):
            pass


async def test_one_socket_too_many_of_a_player_is_closed_with_a_code_to_come_back(start_server: StartServer) -> None:
    server = start_server("memory:", "--limits.sockets-per-player-max", "1")
    async with player(server.url) as ann, connected(server.url) as too_many:
        await too_many.tell(Hello(ann.token))
        assert await too_many.closed() == CloseCode.OVERLOADED
        assert await ann.rest() == []


async def test_who_asks_too_fast_is_told_how_long_to_wait(start_server: StartServer) -> None:
    """What is refused for haste was not carried out; asked again after that time, with the same id, it is."""
    server = start_server("memory:", "--limits", json.dumps({"requests_burst": 20, "requests_per_second": 5}))
    async with player(server.url) as ann:
        match = await begin("tic_tac_toe", [ann, ann])
        await ann.accepted(Play, match, 0, "a1")
        for number in range(40):
            await ann.tell(Play(f"r{number}", match, 0, "a1"))
        slow_down = await ann.until(Refused, lambda refused: refused.code == "slow_down")
        assert slow_down.wait_ms is not None
        assert 0 < slow_down.wait_ms <= 201
        await asyncio.sleep(slow_down.wait_ms / 1000)  # the promise is that it is long enough
        assert await ann.refused(Play, match, 0, "a1", request=slow_down.request) == "not_your_turn"


async def test_who_does_not_slow_down_is_closed(start_server: StartServer) -> None:
    """After so many refusals and not before; another player is not slowed."""
    limits = {"requests_burst": 5, "requests_per_second": 0.01, "slow_downs_max": 7}
    server = start_server("memory:", "--limits", json.dumps(limits))
    async with player(server.url) as ann, player(server.url) as bea:
        for number in range(20):
            await ann.tell(Play(f"r{number}", "nowhere", 0, "a1"))
        assert await ann.closed() == CloseCode.OVERLOADED
        codes = [message.code for message in ann.heard if isinstance(message, Refused)]
        assert codes == ["no_such_match"] * 4 + ["slow_down"] * 7, "the hello counted as well"
        assert await bea.refused(Play, "nowhere", 0, "a1") == "no_such_match"


async def test_the_limits_of_a_player_do_not_change_the_answer_to_a_repeated_request(
    start_server: StartServer,
) -> None:
    """One lobby and one match at a time: the request that made it, sent again, gets its first answer."""
    limits = {"lobbies_per_player_max": 1, "matches_per_player_max": 1}
    server = start_server("memory:", "--limits", json.dumps(limits))
    wish: tuple[object, ...] = ("tic_tac_toe", {}, 2, False)
    async with player(server.url) as ann, player(server.url) as bea:
        lobby = await ann.accepted(CreateLobby, *wish, request="open")
        assert await ann.refused(CreateLobby, *wish, request="another") == "too_many_lobbies"
        assert await ann.accepted(CreateLobby, *wish, request="open") == lobby
        await bea.accepted(TakeSeat, lobby, 0)
        first = await ann.ask(TakeSeat, lobby, 1, request="sit")
        assert isinstance(first, Accepted)
        other = await bea.accepted(CreateLobby, *wish)
        assert await ann.refused(TakeSeat, other, 0) == "too_many_matches"
        assert await ann.ask(TakeSeat, lobby, 1, request="sit") == first
        assert await ann.accepted(CreateLobby, *wish, request="another") != lobby


async def test_coming_back_gives_no_new_allowance(start_server: StartServer) -> None:
    """Neither to the same player nor to a new guest from the same address."""
    limits = {"requests_burst": 20, "requests_per_second": 0.01}
    server = start_server("memory:", "--limits", json.dumps(limits))
    async with player(server.url) as ann:
        answers = [await ann.ask(TakeSeat, "nowhere", 0) for _ in range(25)]
        assert isinstance(answers[-1], Refused)
        assert answers[-1].code == "slow_down"
    for token in (ann.token, None):
        async with player(server.url, token=token) as again:
            assert await again.refused(TakeSeat, "nowhere", 0) == "slow_down"


async def test_one_connection_listens_to_as_many_feeds_as_it_may(start_server: StartServer) -> None:
    """One more is refused; one that was left makes room."""
    lobbies = WATCHES_MAX // 4
    limits = {"lobbies_per_player_max": lobbies, "requests_burst": 20_000, "requests_at_first": 20_000}
    server = start_server("memory:", "--limits", json.dumps(limits))
    async with player(server.url) as one:
        feeds = []
        for _ in range(lobbies):
            lobby = await one.accepted(CreateLobby, "tic_tac_toe", {}, 2, False)
            for topic in (f"lobby/{lobby}", f"chat/{lobby}"):
                feeds += [await one.watch(topic, None, form) for form in ("view", "scene")]
        assert len(set(feeds)) == WATCHES_MAX
        assert await one.refused(Watch, "lobbies") == "too_many_watches"
        await one.accepted(Unwatch, feeds[0])
        await one.watch("lobbies")
