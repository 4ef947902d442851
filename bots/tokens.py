"""The tokens of bots, kept in a file so that a bot is the same player after a restart.

One JSON object: for each server the token of each bot. Only its owner can read the file.
"""

import json
import os
from pathlib import Path


class TokensUnreadable(ValueError):
    """The file is there and is not what this module writes."""


class KeptTokens:
    """The tokens at one server; without a path they are forgotten at the end."""

    def __init__(self, path: Path | None, server: str) -> None:
        """Raises TokensUnreadable."""
        self._path = path
        self._server = server
        self._of: dict[str, dict[str, str]] = _read(path) if path and path.exists() else {}

    def token(self, bot: str) -> str | None:
        """The token of that bot, when one is kept."""
        return self._of.get(self._server, {}).get(bot)

    def keep(self, bot: str, token: str | None) -> None:
        """Keeps a token; None forgets it."""
        tokens = self._of.setdefault(self._server, {})
        if token is None:
            tokens.pop(bot, None)
        else:
            tokens[bot] = token
        if self._path:
            _write(self._path, json.dumps(self._of, indent=1))


def _read(path: Path) -> dict[str, dict[str, str]]:
    try:
        kept = json.loads(path.read_text())
        return {str(server): {str(bot): str(token) for bot, token in of.items()} for server, of in kept.items()}
    except (ValueError, AttributeError) as error:
        raise TokensUnreadable(f"{path} does not hold tokens: {error}") from None


def _write(path: Path, text: str) -> None:
    """The whole file or the old one, never a part."""
    fresh = path.with_name(f"{path.name}.new")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
