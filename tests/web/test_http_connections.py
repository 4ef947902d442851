"""HTTP connections are gone when they are gone."""

import asyncio
import gc
from collections.abc import Iterator
from weakref import WeakSet

import pytest
import uvicorn
from uvicorn.lifespan.on import LifespanOn
from uvicorn.server import ServerState

from tests.server import PATIENCE_SECONDS
from tests.web.inside import handshake
from web.edge.app import create_app
from web.edge.http_connections import HttpConnection
from web.edge.settings import Settings
from web.edge.sockets import Socket

REQUESTS = {
    "socket": handshake(),
    "handshake refused": handshake(b"Origin: https://elsewhere.example\r\n"),
    "request": b"GET /api/games HTTP/1.1\r\nHost: here\r\n\r\n",
    "no request": b"",
    "half a request": b"GET /api/games HT",
}


@pytest.fixture
def uncollected() -> Iterator[None]:
    """Nothing is freed but by its count of references."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("uncollected")
@pytest.mark.parametrize("said", REQUESTS.values(), ids=REQUESTS)
async def test_a_connection_leaves_nothing_to_the_garbage_collector(said: bytes) -> None:
    """It looks seldom at what has been there for a while, and each time the loop stands still meanwhile."""
    loop = asyncio.get_running_loop()
    config = uvicorn.Config(
        create_app(Settings.model_validate({"storage": "memory:"})), http=HttpConnection, ws=Socket, log_config=None
    )
    config.load()
    life = LifespanOn(config)
    await life.startup()
    protocols: WeakSet[asyncio.BaseProtocol] = WeakSet()

    def connection() -> HttpConnection:
        made = HttpConnection(config, ServerState(), life.state, loop)
        protocols.add(made)
        return made

    server = await loop.create_server(connection, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(said)
    if said.endswith(b"\r\n\r\n"):
        assert (await reader.readline()).startswith(b"HTTP/1.1 ")
    writer.transport.abort()
    async with asyncio.timeout(PATIENCE_SECONDS):
        while protocols:  # noqa: ASYNC110  the end of an object tells nobody
            await asyncio.sleep(0.001)
    server.close()
    await life.shutdown()
