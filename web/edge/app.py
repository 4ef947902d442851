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

from game.engine.archive import Archive
from game.engine.bulletin import Bulletin
from game.engine.journal import Journal
from game.engine.registry import Registry
from game.engine.storage import open_storage
from game.rules.catalog import load_catalog
from game.rules.dice import SEED_BYTES
from protocol.streaming import NAME_HEADER, NUMBER_HEADER
from web.edge import http_streams
from web.edge.admission import Admission
from web.edge.attendance import Attendance
from web.edge.chat import Chat
from web.edge.feeds import Feeds
from web.edge.headers import SecurityHeaders
from web.edge.histories import Histories
from web.edge.http import add_routes
from web.edge.options import OptionForms
from web.edge.outbox import Outbox
from web.edge.page import add_page
from web.edge.parlour import Parlour
from web.edge.pictures import Pictures
from web.edge.presence import Presence
from web.edge.settings import Settings
from web.edge.streams import Streams
from web.edge.tokens import KEY_BYTES, Tokens, kept_key


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
        attendance = Attendance(Bulletin(loop))
        registry = Registry(
            catalog=catalog,
            storage=storage,
            journal=journal,
            loop=loop,
            now_ms=_now_ms,
            new_seed=lambda: secrets.token_bytes(SEED_BYTES),
            call_bot=attendance.invite,
        )
        registry.open()
        histories = Histories(Archive(registry), loop)
        yield {
            "parlour": Parlour(
                catalog=catalog,
                options=OptionForms(catalog),
                registry=registry,
                feeds=Feeds(loop),
                histories=histories,
                pictures=Pictures(catalog),
                attendance=attendance,
                presence=Presence(loop, _now_ms),
                chat=Chat(loop, _now_ms),
                admission=admission,
                outbox=Outbox(loop),
                tokens=Tokens(key),
                key=key,
                epoch=_new_id(),
                loop=loop,
                now_ms=_now_ms,
                new_id=_new_id,
                origins=frozenset(settings.origins),
                probe=journal.probe,
            ),
            "streams": Streams(),
        }
        histories.close()
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
    add_page(app)
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
