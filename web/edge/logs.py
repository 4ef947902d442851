"""Structured logs: one line an event, with what it is about bound to it. Never a view, a token or a seed."""

import logging
import sys
from typing import Literal, TextIO, cast

import structlog


class Unfailing:
    """A stream that loses what cannot be written: a full disk under the log must not stop the server too."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except OSError:
            return len(text)

    def flush(self) -> None:
        try:
            self._stream.flush()
        except OSError:
            return


def configure_logs(format: Literal["console", "json"], level: str) -> None:
    """Sends our events and those of the libraries to standard error, in one format."""
    stream = Unfailing(sys.stderr)
    least = logging.getLevelNamesMapping()[level.upper()]
    before: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if format == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(),
            exception_formatter=structlog.dev.plain_traceback,  # the richer ones print local variables: seeds, views
        )
    )
    after = [structlog.processors.format_exc_info, renderer] if format == "json" else [renderer]
    structlog.configure(
        processors=[*before, *after],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.WriteLoggerFactory(cast(TextIO, stream)),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *after]
        )
    )
    logging.basicConfig(handlers=[handler], level=max(least, logging.WARNING), force=True)
