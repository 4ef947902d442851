"""Where a server is: one address for its sockets, one for its HTTP side."""

from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

SOCKET_PATH = "/ws"
_PAIRS = {"ws": ("ws", "http"), "http": ("ws", "http"), "wss": ("wss", "https"), "https": ("wss", "https")}


class Address(NamedTuple):
    """`socket` as `wss://example.org/ws`, `http` as `https://example.org`."""

    socket: str
    http: str


def address(url: str) -> Address:
    """Both addresses of the server that `url` names by either. Raises ValueError."""
    parts = urlsplit(url)
    if parts.scheme not in _PAIRS or not parts.hostname:
        raise ValueError(f"{url!r} is not the address of a server: it looks like wss://example.org/ws")
    socket, http = _PAIRS[parts.scheme]
    path = parts.path.rstrip("/").removesuffix(SOCKET_PATH)
    return Address(
        urlunsplit((socket, parts.netloc, path + SOCKET_PATH, "", "")), urlunsplit((http, parts.netloc, path, "", ""))
    )
