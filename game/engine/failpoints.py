"""Named points at which the server can be made to kill itself, so that tests see what that leaves behind.

`PARLOUR_FAIL_POINT=after_commit` kills the process the first time it gets there, `after_commit:17` the 17th. It
is SIGKILL: nothing is finished, flushed or told. The variable is read once, when this is imported; without it a
point is a call of a function that does nothing, which takes some 20 ns.
"""

import os
import re
import signal
import sys
from collections.abc import Callable
from itertools import count
from typing import Final, Literal, TypeAlias, get_args

Point: TypeAlias = Literal[
    "before_append",  # a command is accepted, and nobody but its host knows
    "after_append",  # it waits in the journal
    "before_commit",  # on the journal's thread: the storage has not begun
    "in_fold",  # the storage has moved records within a transaction that is not committed
    "after_commit",  # on the journal's thread: durable, and the loop does not know
    "before_tell",  # the host knows, and has said nothing
    "after_accepted",  # the asker has been told, no listener has
    "between_audiences",  # one listener has been told, and the next has not
]
Reach: TypeAlias = Callable[[Point], None]
POINTS: Final[tuple[Point, ...]] = get_args(Point)
VARIABLE: Final = "PARLOUR_FAIL_POINT"


class NoSuchPoint(ValueError):
    """What the variable says names no point, or no count; the sentence says what can be said."""


def unarmed(point: Point) -> None:
    """Nothing happens."""


def armed(says: str) -> Reach:
    """What kills the process where the text says: `point` or `point:count`. Raises NoSuchPoint."""
    name, colon, times = says.partition(":")
    if name not in POINTS or (colon and not re.fullmatch("[1-9][0-9]*", times)):
        raise NoSuchPoint(f"{VARIABLE}={says}: say one of {', '.join(POINTS)}, and after a colon which time, from 1")
    left = count(int(times or "1") - 1, -1)

    def reach(point: Point) -> None:
        if point == name and next(left) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return reach


def _from_environment() -> Reach:
    says = os.environ.get(VARIABLE)
    try:
        return armed(says) if says else unarmed
    except NoSuchPoint as error:
        sys.exit(str(error))


reach: Final[Reach] = _from_environment()
"""Called with a point when the server gets there."""
