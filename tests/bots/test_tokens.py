"""A bot stays who it is, and its secret stays with its owner."""

from pathlib import Path

import pytest

from bots.tokens import KeptTokens, TokensUnreadable


def test_a_token_is_kept_for_its_bot_and_server(tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"
    KeptTokens(path, "http://a").keep("random", "secret")
    assert KeptTokens(path, "http://a").token("random") == "secret"
    assert KeptTokens(path, "http://a").token("minimax") is None
    assert KeptTokens(path, "http://b").token("random") is None


def test_a_token_can_be_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"
    tokens = KeptTokens(path, "http://a")
    tokens.keep("random", "secret")
    tokens.keep("random", None)
    assert KeptTokens(path, "http://a").token("random") is None


def test_only_the_owner_can_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"
    KeptTokens(path, "http://a").keep("random", "secret")
    assert path.stat().st_mode & 0o777 == 0o600


def test_without_a_file_tokens_are_known_until_the_end() -> None:
    tokens = KeptTokens(None, "http://a")
    tokens.keep("random", "secret")
    assert tokens.token("random") == "secret"


@pytest.mark.parametrize("text", ["", "[]", '{"http://a": []}'])
def test_a_file_of_something_else_is_not_overwritten(tmp_path: Path, text: str) -> None:
    path = tmp_path / "tokens.json"
    path.write_text(text)
    with pytest.raises(TokensUnreadable, match="does not hold tokens"):
        KeptTokens(path, "http://a")
    assert path.read_text() == text
