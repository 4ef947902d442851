"""Puts a server together. What it has from outside comes in: where it keeps things, its loop, its clock, its chance."""

from asyncio import AbstractEventLoop
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from game.engine.archive import Archive
from game.engine.bulletin import Bulletin
from game.engine.journal import Journal
from game.engine.registry import Registry
from game.engine.storage import Storage
from game.rules.catalog import Catalog
from web.edge.admission import Admission
from web.edge.attendance import Attendance
from web.edge.chat import Chat
from web.edge.feeds import Feeds
from web.edge.hearing import Hearing
from web.edge.histories import Histories
from web.edge.options import OptionForms
from web.edge.outbox import Outbox
from web.edge.parlour import Parlour
from web.edge.pictures import Pictures
from web.edge.presence import Presence
from web.edge.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What no part of a server makes by itself: `new_seed` is of SEED_BYTES, an id of `new_id` cannot be guessed."""

    loop: AbstractEventLoop
    now_ms: Callable[[], int]
    new_id: Callable[[], str]
    new_seed: Callable[[], bytes]


def assemble(
    surroundings: Surroundings,
    catalog: Catalog,
    options: OptionForms,
    storage: Storage,
    journal: Journal,
    admission: Admission,
    key: bytes,
    origins: Iterable[str] = (),
) -> Parlour:
    """A server that has taken up what its storage holds. `journal` is that storage's. Raises StorageError."""
    loop, now_ms = surroundings.loop, surroundings.now_ms
    attendance = Attendance(Bulletin(loop))
    registry = Registry(
        catalog=catalog,
        storage=storage,
        journal=journal,
        loop=loop,
        now_ms=now_ms,
        new_seed=surroundings.new_seed,
        call_bot=attendance.invite,
    )
    registry.open()
    return Parlour(
        catalog=catalog,
        options=options,
        registry=registry,
        feeds=Feeds(loop),
        histories=Histories(Archive(registry), loop),
        pictures=Pictures(catalog),
        attendance=attendance,
        presence=Presence(loop, now_ms),
        chat=Chat(loop, now_ms),
        admission=admission,
        outbox=Outbox(loop),
        hearing=Hearing(loop),
        tokens=Tokens(key),
        key=key,
        epoch=surroundings.new_id(),
        loop=loop,
        now_ms=now_ms,
        new_id=surroundings.new_id,
        origins=frozenset(origins),
        probe=journal.probe,
    )
