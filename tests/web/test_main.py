"""`python -m web`: what cannot be done is said in words, and what can be set is listed."""

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from game.engine.storage import Line, open_storage
from tests.server import StartServer
from tests.web.api import Api
from web.__main__ import main
from web.edge.admission import Limits
from web.edge.settings import Settings

SECONDS_MAX = 60


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command from beginning to end."""
    return subprocess.run(
        [sys.executable, "-m", "web", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        text=True,
        timeout=SECONDS_MAX,
    )


def assert_says(ended: subprocess.CompletedProcess[str], *parts: str) -> None:
    """It failed, and said so to people."""
    assert ended.returncode not in (0, -6, -9, -11), ended
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr, ended.stderr
    for part in parts:
        assert part in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        (["--port", "65536"], {}, "port: Input should be less than or equal to 65535"),
        (["--log-format", "xml"], {}, "log_format: Input should be 'console' or 'json'"),
        (["--limits.sockets-max", "0"], {}, "limits.sockets_max: Input should be greater than or equal to 1"),
        (["--prot", "1"], {}, "unrecognized arguments: --prot 1"),
        ([], {"PARLOUR_PORT": "http"}, "port: Input should be a valid integer"),
        ([], {"PARLOUR_ORIGINS": "https://a.example"}, 'error parsing value for field "origins"'),
        ([], {"PARLOUR_LIMITS__SOCKETS_MAX": "many"}, "limits.sockets_max: Input should be a valid integer"),
        ([], {"PARLOUR_KEY": "too-short-a-secret"}, "key: Value should have at least 32 items"),
    ],
)
def test_settings_that_cannot_be_are_said_in_words(
    arguments: list[str],
    environment: dict[str, str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Which one, and what it may be; a secret is not repeated. Nothing has been opened by then."""
    monkeypatch.setattr(sys, "argv", ["python -m web", *arguments])
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as ended:
        main()
    words = ended.value.code if isinstance(ended.value.code, str) else capsys.readouterr().err
    assert said in words
    assert ended.value.code not in (0, None)
    assert "too-short-a-secret" not in words


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--storage", "elsewhere:"], "'elsewhere:' is no storage: say memory: or sqlite:PATH"),
        (
            ["--storage", "memory:", "--trusted-proxies", "proxy"],
            "'proxy' does not appear to be an IPv4 or IPv6 network",
        ),
    ],
)
def test_a_server_that_cannot_be_as_it_was_set_says_so_in_words(arguments: list[str], said: str) -> None:
    assert_says(run(*arguments), said)


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port on which somebody else listens."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def test_a_port_that_is_taken_is_said_in_words(taken_port: int, tmp_path: Path) -> None:
    """In the format of the log; and the database is let go of again."""
    storage = f"sqlite:{tmp_path / 'parlour.db'}"
    ended = run("--port", str(taken_port), "--storage", storage, "--log-format", "json")
    assert_says(ended, "address already in use", str(taken_port))
    assert json.loads(ended.stderr)["level"] == "error"
    open_storage(storage).close()


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE birds (name)")
    other.close()
    before = path.read_bytes()
    assert_says(run("--storage", f"sqlite:{path}"), f"{path} is a database of another program")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("at", "damage", "said"),
    [
        (18, b"\3", "cannot be written: it is read-only"),
        (0, b"Dear diary, " * 100, "is not a database"),
        (4096, b"\xa5" * 8192, "is damaged"),
        (None, b"", "is damaged"),
    ],
    ids=["read-only", "overwritten from the beginning", "overwritten", "truncated"],
)
def test_a_database_that_cannot_be_used_is_said_in_words(
    at: int | None, damage: bytes, said: str, tmp_path: Path
) -> None:
    """The server does not start beside it, nor with an empty one in its place."""
    path = tmp_path / "parlour.db"
    storage = open_storage(f"sqlite:{path}")
    for n in range(40):
        storage.commit([Line(f"match/{n}", "x" * 1000)])
    storage.close()
    if at is None:
        os.truncate(path, path.stat().st_size // 2)
    else:
        with path.open("r+b") as file:
            file.seek(at)
            file.write(damage)
    assert_says(run("--port", "0", "--storage", f"sqlite:{path}"), f"{path} {said}")


def test_a_database_that_a_server_has_open_is_not_opened_again(start_server: StartServer, tmp_path: Path) -> None:
    path = tmp_path / "parlour.db"
    start_server(f"sqlite:{path}")
    assert_says(run("--port", "0", "--storage", f"sqlite:{path}"), f"{path} is in use by another process")


def test_a_key_file_that_is_none_is_said_in_words(tmp_path: Path) -> None:
    storage = f"sqlite:{tmp_path / 'parlour.db'}"
    key = tmp_path / "parlour.db.key"
    key.write_text("short")
    assert_says(run("--port", "0", "--storage", storage), f"{key} is not a key")


def test_help_lists_every_setting() -> None:
    """With what it is for."""
    ended = run("--help")
    assert ended.returncode == 0
    said = " ".join(ended.stdout.split())
    fields = {**Settings.model_fields, **{f"limits.{n}": f for n, f in Limits.model_fields.items()}}
    for name, field in fields.items():
        assert f"--{name.replace('_', '-')} " in said, name
        assert field.description, name
        assert field.description.split(";")[0] in said, name


def test_settings_come_from_the_environment_and_the_command_line_goes_before(taken_port: int) -> None:
    environment = {"PARLOUR_PORT": str(taken_port), "PARLOUR_STORAGE": "elsewhere:", "PARLOUR_LOG_FORMAT": "json"}
    ended = run("--storage", "memory:", **environment)
    assert_says(ended, "address already in use", str(taken_port), '"level": "error"')


def test_a_server_on_an_ipv6_address_says_where_it_is() -> None:
    """The address stands in brackets, as a browser wants it."""
    command = [sys.executable, "-m", "web", "--storage", "memory:", "--port", "0", "--host", "::1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            said = re.fullmatch(r"listening on (http://\[::1\]:[1-9]\d*)\n", process.stdout.readline())
            assert said is not None
            with closing(Api(said[1]).client) as client:
                assert client.get("/health").status_code == 200
        finally:
            process.terminate()
