"""Who a player is: a signed token that says so until it expires.

Tokens are JWTs (HS256). Changing the key revokes them all. They travel in messages and headers, never
in an address, and are never logged.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

import jwt

KEY_BYTES = 32
LIFETIME_SECONDS = 90 * 24 * 3600
ALGORITHM = "HS256"


class TokenError(Exception):
    """The token is not ours, is damaged or has expired."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A player as the token says."""

    player: str
    name: str


class Tokens:
    """Signs and checks tokens with one key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def issue(self, identity: Identity, now_ms: int) -> str:
        """A token for that player, valid from now."""
        claims = {"sub": identity.player, "name": identity.name, "exp": now_ms // 1000 + LIFETIME_SECONDS}
        return jwt.encode(claims, self._key, ALGORITHM)

    def identity(self, token: str) -> Identity:
        """Who holds the token. Raises TokenError."""
        try:
            claims = jwt.decode(token, self._key, [ALGORITHM], options={"require": ["sub", "name", "exp"]})
        except jwt.ExpiredSignatureError:
            raise TokenError("the token has expired") from None
        except jwt.InvalidTokenError:
            raise TokenError("the token is not one of this server") from None
        return Identity(str(claims["sub"]), str(claims["name"]))


def kept_key(path: Path) -> bytes:
    """The key in that file, which is made, readable by its owner alone, when there is none. Raises ValueError."""
    try:
        key = _key_in(path)
    except OSError as error:
        raise ValueError(f"{path} cannot be read or made: {error.strerror}") from error
    if len(key) < KEY_BYTES:
        raise ValueError(f"{path} is not a key: it has fewer than {KEY_BYTES} characters. Remove it to have one made.")
    return key


def _key_in(path: Path) -> bytes:
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        pass
    return path.read_bytes().strip()
