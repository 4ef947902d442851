"""A server with bots that attend, for people with browsers."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.server import PATIENT, ServerProcess


@contextmanager
def opened(folder: Path, bots: str) -> Iterator[ServerProcess]:
    """One with its storage in memory, and bots as `python -m bots attend` names them. In the end it has met no bug."""
    server = ServerProcess(folder, "memory:", *PATIENT).start()
    with (folder / "bots.log").open("w") as log:
        command = [sys.executable, "-m", "bots", "attend", "--url", server.url, "--bots", bots]
        attending = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        yield server
        assert "Traceback" not in server.log, server.log
    finally:
        attending.kill()
        attending.wait()
        server.close()
