"""Tokens: whose they are, until when, and what is refused; and the key that is kept beside the database."""

import asyncio
import base64
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from stat import S_IMODE
from typing import Any

import jwt
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Subprotocol

from protocol.errors import CloseCode
from protocol.messages import Hello
from tests.server import StartServer
from tests.web.api import Api
from tests.web.player import SUBPROTOCOL, connected, player
from web.edge.tokens import KEY_BYTES, LIFETIME_SECONDS, Identity, TokenError, Tokens, kept_key

KEY = "k" * 32
OTHER_KEY = "o" * 32
IN_AN_HOUR = int(time.time()) + 3600
ANN = Identity("ann", "Ann")


def signed(claims: Mapping[str, object], key: str = KEY, algorithm: str = "HS256") -> str:
    """A token that says so."""
    return jwt.encode(dict(claims), key, algorithm)


GOOD = {"sub": "ann", "name": "Ann", "exp": IN_AN_HOUR}
BAD = {
    "expired": signed({**GOOD, "exp": int(time.time()) - 1}),
    "of another key": signed(GOOD, OTHER_KEY),
    "of another algorithm": signed(GOOD, "k" * 64, "HS512"),
    "without a signature": signed(GOOD, "", "none"),
    "with its signature cut": signed(GOOD)[:-4],
    "with its signature gone": signed(GOOD).rpartition(".")[0] + ".",
    "with other claims under its signature": ".".join(
        [signed(GOOD).split(".")[0], signed({**GOOD, "sub": "bea"}).split(".")[1], signed(GOOD).split(".")[2]]
    ),
    "without a player": signed({"name": "Ann", "exp": IN_AN_HOUR}),
    "without a name": signed({"sub": "ann", "exp": IN_AN_HOUR}),
    "without an end": signed({"sub": "ann", "name": "Ann"}),
    "whose end is no time": signed({**GOOD, "exp": "soon"}),
    "of no form": "token",
    "of dots": "..",
    "of nested arrays": base64.urlsafe_b64encode(b"[" * 1500).decode() + ".e30.eA",
}


def test_a_token_says_who_its_player_is_for_ninety_days() -> None:
    """To the second: it is checked against the clock of the machine."""
    tokens = Tokens(KEY.encode())
    token = tokens.issue(ANN, 1000 * (int(time.time()) - LIFETIME_SECONDS + 30))
    assert tokens.identity(token) == ANN
    with pytest.raises(TokenError, match="has expired"):
        tokens.identity(tokens.issue(ANN, 1000 * (int(time.time()) - LIFETIME_SECONDS - 1)))


def test_a_token_holds_nothing_but_player_name_and_end() -> None:
    claims = jwt.decode(Tokens(KEY.encode()).issue(ANN, 5000), options={"verify_signature": False})
    assert claims == {"sub": "ann", "name": "Ann", "exp": 5 + LIFETIME_SECONDS}


@pytest.mark.parametrize("what", BAD)
def test_any_other_token_is_refused(what: str) -> None:
    """All but the expired one with the same words: nothing is learnt from them."""
    with pytest.raises(TokenError) as refused:
        Tokens(KEY.encode()).identity(BAD[what])
    assert str(refused.value) == (
        "the token has expired" if what == "expired" else "the token is not one of this server"
    )


async def test_the_server_turns_such_tokens_away_on_both_sides(start_server: StartServer) -> None:
    """3507 on a socket, 401 over HTTP; the good one is let in."""
    server = start_server("memory:", "--key", KEY)
    api = Api(server.http)
    with closing(api.client):
        assert api.get("/api/matches/mine", signed(GOOD)).json() == []
        for token in BAD.values():
            assert api.get("/api/matches/mine", token).json()["code"] == "bad_token"
            async with connected(server.url) as one:
                await one.tell(Hello(token))
                assert await one.closed() == CloseCode.BAD_TOKEN
    async with player(server.url, token=signed(GOOD)) as ann:
        assert (ann.welcome.player, ann.welcome.name) == ("ann", "Ann")


async def test_a_token_that_comes_with_the_handshake_is_judged_before_the_socket_is_open(
    start_server: StartServer,
) -> None:
    """In a header, as programs send it, or beside the sub-protocol, as pages can. `parlour.v1` is what is agreed on."""
    server = start_server("memory:", "--key", KEY)

    def beside(token: str) -> dict[str, Any]:
        return {"subprotocols": [SUBPROTOCOL, Subprotocol(f"bearer.{token}")]}

    def header(token: str) -> dict[str, Any]:
        return {"subprotocols": [SUBPROTOCOL], "additional_headers": {"Authorization": f"Bearer {token}"}}

    for sent in (beside, header):
        async with connect(server.url, proxy=None, **sent(signed(GOOD))) as socket:
            assert socket.subprotocol == SUBPROTOCOL
        for token in BAD.values():
            with pytest.raises(InvalidStatus) as refused:
                await connect(server.url, proxy=None, **sent(token))
            assert refused.value.response.status_code == 401


def mode(path: Path) -> int:
    """Who may do what with the file."""
    return S_IMODE(path.stat().st_mode)


def test_a_kept_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "parlour.db.key"
    key = kept_key(path)
    assert len(key) >= KEY_BYTES
    assert mode(path) == 0o600
    assert kept_key(path) == key == path.read_bytes()
    path.unlink()
    assert kept_key(path) != key


@pytest.mark.parametrize("content", [b"", b"short", b"x" * (KEY_BYTES - 1) + b"\n"])
def test_what_is_too_short_for_a_key_is_not_taken_for_one(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "parlour.db.key"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="is not a key: it has fewer than 32 characters"):
        kept_key(path)


def test_a_key_of_the_least_length_is_one_whatever_it_is_made_of(tmp_path: Path) -> None:
    path = tmp_path / "parlour.db.key"
    path.write_bytes(b"\xff" * KEY_BYTES + b"\n")
    assert kept_key(path) == b"\xff" * KEY_BYTES


def test_a_key_that_cannot_be_read_is_said_so_in_words(tmp_path: Path) -> None:
    for path, why in {tmp_path: "Is a directory", tmp_path / "nowhere" / "key": "No such file or directory"}.items():
        with pytest.raises(ValueError, match=f"cannot be read or made: {why}"):
            kept_key(path)


async def test_tokens_outlive_a_restart_and_not_a_change_of_key(start_server: StartServer, tmp_path: Path) -> None:
    """The key lies beside the database; without it all are strangers."""
    storage = tmp_path / "kept" / "parlour.db"
    server = start_server(f"sqlite:{storage}")
    key_file = Path(f"{storage}.key")
    assert mode(key_file) == 0o600
    async with player(server.url, "Ann") as ann:
        pass
    server.kill()
    server.start()
    async with player(server.url, token=ann.token) as again:
        assert (again.id, again.welcome.name) == (ann.id, "Ann")
    server.kill()
    await asyncio.to_thread(key_file.unlink)
    server.start()
    async with connected(server.url) as stranger:
        await stranger.tell(Hello(ann.token))
        assert await stranger.closed() == CloseCode.BAD_TOKEN
