"""Which way a client takes: what says that WebSockets are blocked, what says nothing, and for how long it holds."""

import pytest

from bots.choice import KEEP_TO_HTTP_SECONDS, Choice, Transport, Way
from bots.line import NoLine

NOBODY = NoLine("connection refused")
CUT = NoLine("cut", cut=True)
NO = NoLine("no", status=403)


def after(*failures: NoLine) -> Choice:
    """What is known after these WebSocket handshakes."""
    choice = Choice("auto")
    for failure in failures:
        assert choice.way(0) == "websocket"
        choice.failed("websocket", failure)
    return choice


@pytest.mark.parametrize(
    ("failures", "way"),
    [
        ([], "websocket"),
        ([NOBODY] * 5, "websocket"),
        ([CUT], "websocket"),
        ([CUT, NOBODY], "websocket"),
        ([CUT, CUT], "http"),
        ([CUT, NOBODY, CUT], "http"),
        ([NO], "http"),
    ],
)
def test_what_says_that_websockets_are_blocked(failures: list[NoLine], way: Way) -> None:
    assert after(*failures).way(0) == way


def test_a_handshake_that_succeeds_makes_up_for_one_that_was_cut() -> None:
    choice = after(CUT)
    choice.worked("websocket", 0)
    choice.failed("websocket", CUT)
    assert choice.way(0) == "websocket"


def test_it_tries_at_once_where_there_is_something_to_try() -> None:
    """Where somebody is, and not where nobody is."""
    choice = Choice("auto")
    assert not choice.failed("websocket", NOBODY)
    assert choice.failed("websocket", CUT)
    assert choice.failed("websocket", CUT)
    assert not choice.failed("http", NO), "both have failed"
    assert choice.way(0) == "websocket"


def test_http_is_kept_to_for_a_while() -> None:
    """However often it is used meanwhile."""
    choice = after(NO)
    choice.worked("http", 100)
    choice.worked("http", 100 + KEEP_TO_HTTP_SECONDS - 1)
    assert choice.way(100 + KEEP_TO_HTTP_SECONDS - 1) == "http"
    assert choice.way(100 + KEEP_TO_HTTP_SECONDS) == "websocket"


def test_http_is_left_when_it_fails_and_not_when_nobody_answers() -> None:
    choice = after(NO)
    choice.worked("http", 0)
    assert not choice.failed("http", NOBODY)
    assert choice.way(1) == "http"
    assert choice.failed("http", NO), "the socket is to be tried at once"
    assert choice.way(1) == "websocket"


@pytest.mark.parametrize("transport", ["websocket", "http"])
def test_what_is_forced_stays(transport: Transport) -> None:
    choice = Choice(transport)
    for failure in (CUT, CUT, NO, NOBODY):
        assert not choice.failed("websocket" if transport == "websocket" else "http", failure)
        assert choice.way(0) == transport


@pytest.mark.parametrize(
    ("status", "passing"),
    [(403, False), (404, False), (408, True), (429, True), (499, False), (500, True), (503, True)],
)
def test_some_answers_of_http_pass(status: int, passing: bool) -> None:
    assert NoLine("", status=status).passing == passing
