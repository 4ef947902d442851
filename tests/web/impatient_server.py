"""The server, which asks after a fraction of a second whether its peers are there, and waits no longer for the answer."""

from functools import partial

import uvicorn

from web.__main__ import main

uvicorn.Config = partial(uvicorn.Config, ws_ping_interval=0.2, ws_ping_timeout=0.5)  # type: ignore[assignment,misc]

if __name__ == "__main__":
    main()
