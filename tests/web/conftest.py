"""What tests of this folder share; most of them one server, which keeps nothing that one test could spoil for another."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.server import PATIENT, ServerProcess
from tests.web.api import Api


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """A server with its storage in memory, which takes nobody for hasty; nothing it wrote may tell of an error of its own."""
    server = ServerProcess(
        tmp_path_factory.mktemp("house"),
        "memory:",
        *PATIENT,
    ).start()
    try:
        yield server
        assert "Traceback" not in server.log
        assert "Fatal error" not in server.log
    finally:
        server.close()


@pytest.fixture(scope="session")
def api(house: ServerProcess) -> Iterator[Api]:
    """Its HTTP side."""
    api = Api(house.http)
    with closing(api.client):
        yield api


@pytest.fixture
def lingering(tmp_path: Path) -> Iterator[ServerProcess]:
    """A server that takes its leave slowly, peer by peer, until it is told a second time to stop."""
    server = ServerProcess(tmp_path, "memory:", module="tests.web.lingering_server").start()
    yield server
    server.close()
