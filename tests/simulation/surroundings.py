"""What is put around a simulation, so that it goes the same way each time and no error goes unheard."""

import gc
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import structlog

from game.engine import host, journal
from web.edge import feeds
from web.edge.conversation import Conversation
from web.edge.feeds import Feed

NEVER = {
    "rules_failed",
    "view_failed",
    "owner_failed",
    "request_failed",
    "commit_broke",
    "view_too_large",
    "record_unreadable",
}
"""What is logged only when we broke it."""
UNREADABLE = {"read_failed", "lobby_unavailable"}
ERROR = 40
FEW = (
    (journal, "LINES_PENDING_MAX", 3),
    (host, "REMEMBERED_REFUSALS_MAX", 2),
    (feeds, "REMEMBERED_FRAMES_MAX", 2),
)


@contextmanager
def same_each_time() -> Iterator[None]:
    """No order comes from where objects lie in memory, nor from when the collector finds them.

    Listeners and readers are kept in sets; here they are hashed by their numbers.
    """
    gc.disable()
    gc.freeze()
    try:
        with (
            patch.object(Feed, "__hash__", lambda feed: feed.number),
            patch.object(Conversation, "__hash__", lambda conversation: conversation._peer.number),
        ):
            yield
    finally:
        gc.unfreeze()
        gc.enable()


@contextmanager
def few(wanted: bool) -> Iterator[None]:
    """Limits so small that they are met all the time, when it is wanted."""
    with ExitStack() as limits:
        for module, name, limit in FEW if wanted else ():
            limits.enter_context(patch.object(module, name, limit))
        yield


@contextmanager
def heard_errors(violated: Callable[[str], None], unreadable: bool) -> Iterator[None]:
    """Nothing is logged; errors that must never be are violations. `unreadable`: reading fails on purpose."""
    never = NEVER if unreadable else NEVER | UNREADABLE

    def hear(_: Any, __: str, event: Any) -> Any:
        if event["event"] in never:
            violated(f"logged: {event}")
        raise structlog.DropEvent

    before = structlog.get_config()
    structlog.configure(processors=[hear], wrapper_class=structlog.make_filtering_bound_logger(ERROR))
    try:
        yield
    finally:
        structlog.configure(**before)
