"""The only place where the parts of the server are joined."""

import asyncio
import base64
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp

from game.engine.journal import Journal
from game.engine.storage import open_storage
from game.rules.catalog import load_catalog
from game.rules.dice import SEED_BYTES
from protocol.streaming import NAME_HEADER, NUMBER_HEADER
from web.edge import http_streams
from web.edge.admission import Admission
from web.edge.assembly import Surroundings, assemble
from web.edge.headers import SecurityHeaders
from web.edge.http import add_routes
from web.edge.options import OptionForms
from web.edge.page import add_page
from web.edge.settings import Settings
from web.edge.streams import Streams
from web.edge.tokens import KEY_BYTES, kept_key


def create_app(settings: Settings) -> ASGIApp:
    """The HTTP side; its lifespan makes the server and lends it to both sides as `state["parlour"]`.

    Raises CatalogError, StorageError or ValueError, in words, when the server cannot be as it was set.
    """
    catalog = load_catalog()
    admission = Admission(settings.limits, settings.trusted_proxies)
    storage = open_storage(settings.storage)
    key = _key(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, Any]]:
        loop = asyncio.get_running_loop()
        journal = Journal(storage, loop)
        surroundings = Surroundings(loop, _now_ms, _new_id, lambda: secrets.token_bytes(SEED_BYTES))
        parlour = assemble(
            surroundings, catalog, OptionForms(catalog), storage, journal, admission, key, settings.origins
        )
        yield {"parlour": parlour, "streams": Streams()}
        parlour.histories.close()
        await journal.close()
        storage.close()

    app = FastAPI(
        title="Parlour",
        summary="Turn-based games, played for keeps.",
        lifespan=lifespan,
        docs_url=None,  # these two pages would load scripts from elsewhere
        redoc_url=None,
    )
    add_routes(app)
    app.include_router(http_streams.routes)
    add_page(app, catalog)
    app.add_middleware(GZipMiddleware, compresslevel=6)
    if settings.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", NAME_HEADER, NUMBER_HEADER],
        )
    return SecurityHeaders(app)


def _key(settings: Settings) -> bytes:
    if settings.key is not None:
        return settings.key.get_secret_value().encode()
    scheme, _, path = settings.storage.partition(":")
    return kept_key(Path(f"{path}.key")) if scheme == "sqlite" else secrets.token_bytes(KEY_BYTES)


def _new_id() -> str:
    """Twelve letters and digits, 60 bits: not to be guessed, and short enough to be read out."""
    return base64.b32encode(secrets.token_bytes(8)).decode().lower()[:12]


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
