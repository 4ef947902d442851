"""A real server as a child process: started on a free port, killed without warning, started again."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

import pytest

PATIENCE_SECONDS = 30
"""A busy machine is slow; what does not come in this time will not come."""
PATIENT = ("--limits.requests-at-first=100000", "--limits.requests-burst=100000")
"""Limits that a test does not meet which is about something else, however fast it asks."""


class ServerProcess:
    """`python -m web` with its data in a folder of the test. Once started it keeps its port over restarts.

    `module` is another one that serves in the same way.
    """

    def __init__(self, folder: Path, storage: str, *arguments: str, module: str = "web") -> None:
        self._module = module
        self._folder = folder
        self._arguments = ["--storage", storage, *arguments]
        self._port = 0
        self._process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        """Where its sockets are."""
        return f"ws://127.0.0.1:{self._port}/ws"

    @property
    def http(self) -> str:
        """Where its HTTP side is."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def pid(self) -> int:
        """The number of the running process."""
        assert self._process is not None, "the server is not running"
        return self._process.pid

    @property
    def log(self) -> str:
        """What it has written to standard error, over all its starts."""
        return (self._folder / "server.log").read_text()

    def start(self) -> Self:
        """Starts it; returns when it listens."""
        assert self._process is None, "the server is running"
        command = [sys.executable, "-m", self._module, "--port", str(self._port), *self._arguments]
        with (self._folder / "server.log").open("a") as log:
            self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line.startswith("listening on http://"), f"said {line!r} instead of where it listens:\n{self.log}"
        self._port = int(line.rpartition(":")[2])
        return self

    def kill(self) -> None:
        """SIGKILL: it gets no chance to finish anything."""
        assert self._process is not None, "the server is not running"
        self._process.kill()
        self._gone()

    def stop(self) -> int:
        """SIGTERM, as a host stops it; the exit code."""
        assert self._process is not None, "the server is not running"
        self._process.terminate()
        return self._gone()

    def close(self) -> None:
        """Makes sure that nothing is left of it."""
        if self._process is not None:
            self.kill()

    def _gone(self) -> int:
        assert self._process is not None
        process, self._process = self._process, None
        assert process.stdout is not None
        with process.stdout:
            return process.wait(PATIENCE_SECONDS)


StartServer = Callable[..., ServerProcess]


@pytest.fixture
def start_server(tmp_path: Path) -> Iterator[StartServer]:
    """Starts servers: `start_server("memory:")`, or with no argument one that keeps its data in SQLite."""
    started: list[ServerProcess] = []

    def start(storage: str = "", *arguments: str) -> ServerProcess:
        folder = tmp_path / f"server-{len(started)}"
        folder.mkdir()
        started.append(ServerProcess(folder, storage or f"sqlite:{folder / 'parlour.db'}", *arguments))
        return started[-1].start()

    yield start
    for server in started:
        server.close()


@pytest.fixture
def server(start_server: StartServer) -> ServerProcess:
    """A running server with its storage in memory, which takes nobody for hasty."""
    return start_server("memory:", *PATIENT)
