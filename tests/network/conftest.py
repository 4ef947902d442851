"""What the tests of the network share."""

from collections.abc import Iterator

import pytest

from tests.server import PATIENT, ServerProcess


@pytest.fixture(scope="module")
def one_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """The server that bears all of a module's tests; what it wrote must not tell of an error of its own."""
    server = ServerProcess(
        tmp_path_factory.mktemp("server"),
        "memory:",
        *PATIENT,
    ).start()
    try:
        yield server
        assert "Traceback" not in server.log
        assert "Fatal error" not in server.log
    finally:
        server.close()
