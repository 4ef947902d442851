"""python -m web: the server."""

import sys
from socket import socket

import uvicorn
from pydantic import ValidationError
from pydantic_settings import CliApp

from game.engine.storage import StorageError
from game.rules.catalog import CatalogError
from protocol.limits import FRAME_BYTES_MAX
from web.edge.app import create_app
from web.edge.logs import configure_logs
from web.edge.settings import Settings
from web.edge.sockets import Socket

GRACE_SECONDS = 5
"""How long a stopping server waits for its connections."""


class Server(uvicorn.Server):
    """uvicorn, which says on standard output where it can be reached once it can."""

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        for listener in self.servers:
            for sock in listener.sockets:
                print(f"listening on http://{_authority(sock)}", flush=True)


def serve(settings: Settings) -> None:
    """Runs until it is told to stop."""
    config = uvicorn.Config(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        ws=Socket,
        ws_max_size=FRAME_BYTES_MAX,
        ws_per_message_deflate=False,
        log_config=None,
        access_log=False,
        server_header=False,
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
