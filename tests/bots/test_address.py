"""Either address of a server gives both."""

import pytest

from bots.address import address


@pytest.mark.parametrize(
    ("url", "socket", "http"),
    [
        ("ws://127.0.0.1:8000/ws", "ws://127.0.0.1:8000/ws", "http://127.0.0.1:8000"),
        ("http://127.0.0.1:8000", "ws://127.0.0.1:8000/ws", "http://127.0.0.1:8000"),
        ("https://example.org/", "wss://example.org/ws", "https://example.org"),
        ("wss://example.org/parlour/ws/", "wss://example.org/parlour/ws", "https://example.org/parlour"),
        ("ws://[::1]:8000", "ws://[::1]:8000/ws", "http://[::1]:8000"),
    ],
)
def test_either_gives_both(url: str, socket: str, http: str) -> None:
    assert address(url) == (socket, http)


@pytest.mark.parametrize("url", ["", "127.0.0.1:8000", "ftp://example.org", "ws://"])
def test_what_is_no_address_is_said_to_be_none(url: str) -> None:
    with pytest.raises(ValueError, match="is not the address of a server"):
        address(url)
