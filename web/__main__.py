"""python -m web: the server."""

import asyncio
import gc
import secrets
import sys
from socket import socket
from types import FrameType

import uvicorn
from pydantic import ValidationError
from pydantic_settings import CliApp

from game.engine.storage import StorageError
from game.rules.catalog import CatalogError
from protocol.limits import FRAME_BYTES_MAX
from web.edge.app import create_app
from web.edge.http_connections import HttpConnection
from web.edge.logs import configure_logs
from web.edge.settings import Settings
from web.edge.sockets import Socket
from web.edge.streams import Stream

GRACE_SECONDS = 5
"""How long a stopping server waits for its connections to close."""
COLLECT_AFTER = (1_000, 5, 4_000)
"""New objects before a collection of the young ones, how many of these before one of those that outlived it, and how
many of these before one of everything. The loop stands still meanwhile, 0.1 to 0.2 ms for each thousand objects."""
LEAVE_SECONDS = 1.0
LEAVE_BATCHES = 20
"""Connections are sent away in so many batches, over so long."""
COME_BACK_MS_MIN = 500
COME_BACK_MS_EACH = 2
"""Who is sent away comes back no sooner, and spread over so much per connection: a handshake costs half a millisecond."""


class Server(uvicorn.Server):
    """uvicorn, which says where it can be reached, and takes its leave before it stops.

    On SIGTERM or SIGINT nobody is let in any more, and whoever is here is told, in batches, when to come
    back, each a little later than the other. Then the sockets close and what is on its way to the disk gets
    there. A second signal stops at once.
    """

    leave: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        for listener in self.servers:
            for sock in listener.sockets:
                print(f"listening on http://{_authority(sock)}", flush=True)

    async def main_loop(self) -> None:
        self.loop = asyncio.get_running_loop()
        spare_the_collector()
        await super().main_loop()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self.leave is not None or not self.started:
            super().handle_exit(sig, frame)
        else:
            self.loop.call_soon_threadsafe(self._take_leave)

    def _take_leave(self) -> None:
        self.leave = self.loop.create_task(self._send_all_away())

    async def _send_all_away(self) -> None:
        self.lifespan.state["parlour"].admission.closed = True
        sockets = [peer for peer in self.server_state.connections if isinstance(peer, Socket)]
        peers: list[Socket | Stream] = [*sockets, *self.lifespan.state["streams"]]
        spread_ms = COME_BACK_MS_MIN + len(peers) * COME_BACK_MS_EACH
        batch = max(1, len(peers) // LEAVE_BATCHES)
        for start in range(0, len(peers), batch):
            for peer in peers[start : start + batch]:
                peer.send_away(COME_BACK_MS_MIN + secrets.randbelow(spread_ms))
            await asyncio.sleep(LEAVE_SECONDS / LEAVE_BATCHES)
        self.should_exit = True


def spare_the_collector() -> None:
    """What is there when the server has started stays for good: the garbage collector need not look at it again.

    And it need not look as often: what a move makes is freed by reference counts, without leaving cycles.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


def serve(settings: Settings) -> None:
    """Runs until it is told to stop."""
    config = uvicorn.Config(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http=HttpConnection,
        ws=Socket,
        ws_max_size=FRAME_BYTES_MAX,
        ws_per_message_deflate=False,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # whom to believe is settled by trusted_proxies
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    Server(config).run()


def _authority(sock: socket) -> str:
    host, port, *_ = sock.getsockname()
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def main() -> None:
    """Reads the settings and serves; what cannot be done is said in a sentence."""
    try:
        settings = CliApp.run(Settings)
        configure_logs(settings.log_format, settings.log_level)
        serve(settings)
    except ValidationError as error:
        sys.exit("\n".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()))
    except (CatalogError, StorageError, ValueError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
