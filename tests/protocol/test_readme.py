"""The page for those who write a client says what the code does."""

import re

from protocol.errors import CloseCode, ProtocolError
from protocol.messages import CODE_OF
from tests.protocol.readme import README, up_to_date

TEXT = README.read_text(encoding="utf-8")


def test_the_readme_is_up_to_date() -> None:
    assert up_to_date(TEXT) == TEXT, "make records, and look at the diff"


def test_every_message_is_described() -> None:
    for kind, code in CODE_OF.items():
        assert f"\n#### {code} {kind.__name__}\n" in TEXT


def test_every_close_code_is_described() -> None:
    for code in CloseCode:
        assert re.search(rf"^\| {int(code)} \| `{code.name}` \| .* \| .+ \|$", TEXT, re.MULTILINE)


def test_every_error_closes_with_a_code_of_its_own() -> None:
    codes = [error.close_code for error in _concrete(ProtocolError)]
    assert len(codes) == len(set(codes))


def test_what_may_come_back_stands_in_the_lower_range() -> None:
    for code in CloseCode:
        assert code.come_back == (3000 <= code <= 3499)
        assert 3000 <= code <= 3999


def _concrete(kind: type[ProtocolError]) -> list[type[ProtocolError]]:
    own = [kind] if "close_code" in vars(kind) else []
    return own + [error for narrower in kind.__subclasses__() for error in _concrete(narrower)]
