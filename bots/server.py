"""A server of one's own, as a child process: started as a host starts one, and brought down in any way.

Once it has been started it keeps its port, so that clients find it again.
"""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

START_SECONDS_MAX = 60.0
STOP_SECONDS_MAX = 20.0
STOPPED: Final = (0, -signal.SIGTERM)
"""What a server ends with that was told to stop: what uvicorn makes of SIGTERM depends on its version."""
LOG_LINES = 12
"""How much of its log is told when something is wrong with it."""


class ServerTrouble(Exception):
    """The server did not do as it was told; the sentence says what, with the end of its log."""


class ServerProcess:
    """`python -m web`, or another `command` of Python that serves the same way. Its log goes to a file."""

    def __init__(self, storage: str, log: Path, command: Sequence[str] = ("-m", "web")) -> None:
        self.environment: Mapping[str, str] = {}
        """What the next start adds to the environment."""
        self._command = [sys.executable, *command, "--storage", storage, "--log-level", "warning"]
        self._log = log
        self._port = 0
        self._process: Process | None = None

    @property
    def url(self) -> str:
        """Where it is, once it has been started."""
        return f"http://127.0.0.1:{self._port}"

    async def start(self) -> None:
        """Starts it; returns when it listens. Raises ServerTrouble."""
        assert self._process is None or self._process.returncode is not None, "the server is running"
        with self._log.open("a") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                *("--port", str(self._port)),
                env={**os.environ, **self.environment},
                stdout=PIPE,
                stderr=log,
            )
        assert self._process.stdout is not None
        try:
            async with asyncio.timeout(START_SECONDS_MAX):
                line = (await self._process.stdout.readline()).decode()
        except TimeoutError:
            line = ""
        if not line.startswith("listening on "):
            await self.close()
            raise ServerTrouble(self._with_log("the server did not start"))
        self._port = int(line.rpartition(":")[2])

    async def kill(self) -> None:
        """SIGKILL: it gets no chance to finish anything. Raises ServerTrouble when it has ended before."""
        self._running().kill()
        await self.gone()

    async def stop(self) -> None:
        """SIGTERM, as a host stops it. Raises ServerTrouble when it has ended before, or does not end well or in time."""
        self._running().terminate()
        try:
            async with asyncio.timeout(STOP_SECONDS_MAX):
                ended = await self.gone()
        except TimeoutError:
            raise ServerTrouble(
                self._with_log(f"the server did not stop within {STOP_SECONDS_MAX:g} seconds")
            ) from None
        if ended not in STOPPED:
            raise ServerTrouble(self._with_log(f"the server was told to stop, and ended with {ended}"))

    async def gone(self) -> int:
        """Waits for its end; the exit code, negative for a signal."""
        assert self._process is not None, "the server was never started"
        return await self._process.wait()

    async def close(self) -> None:
        """Makes sure that nothing is left of it."""
        if self._process is not None and self._process.returncode is None:
            await self.kill()

    def _running(self) -> Process:
        assert self._process is not None, "the server was never started"
        if self._process.returncode is not None:
            raise ServerTrouble(self._with_log(f"the server ended by itself, with {self._process.returncode}"))
        return self._process

    def _with_log(self, sentence: str) -> str:
        said = self._log.read_text(errors="replace").splitlines()[-LOG_LINES:]
        return "\n".join([f"{sentence}{':' if said else '.'}", *said])
