"""Whether a record is what it claims: the seed that was promised, the draws that follow, the rules kept.

What this cannot prove: when moves were made, and who sat there. The promise itself, the commitment, must
be the one that was seen when the match began.
"""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from itertools import count

from bots.record import Record
from bots.replay import WrongRecord, replay
from game.rules.catalog import Catalog


def faults(record: Record, catalog: Catalog) -> list[str]:
    """All that is wrong with a record; nothing when it holds. A replay stops at its first fault."""
    found = [*_commitment_faults(record), *_draw_faults(record)]
    try:
        replay(record, catalog)
    except WrongRecord as wrong:
        found.append(str(wrong))
    return found


def _commitment_faults(record: Record) -> Iterator[str]:
    if (said := hashlib.sha256(bytes.fromhex(record.seed)).hexdigest()) != record.commitment:
        yield f"the seed is not the one that was promised: its SHA-256 is {said}, the commitment {record.commitment}"


def _draw_faults(record: Record) -> Iterator[str]:
    seed = bytes.fromhex(record.seed)
    for version, draws in [(0, record.draws), *((entry.version, entry.draws) for entry in record.entries)]:
        recomputed = redrawn(seed, version, [n for n, _ in draws])
        for number, ((n, drawn), right) in enumerate(zip(draws, recomputed), 1):
            if drawn != right:
                yield f"version {version}, draw {number}: the record has {drawn} of {n}; the seed gives {right}"


def redrawn(seed: bytes, version: int, sizes: Sequence[int]) -> list[int]:
    """What the seed gives for draws of these sizes, by the formula in the docstring of `game.rules.dice`.

    Written a second time, so that it does not share a mistake with what it checks.
    """
    words = _words(seed, version)
    return [next(word for word in words if word < (1 << 64) // n * n) % n for n in sizes]


def _words(seed: bytes, version: int) -> Iterator[int]:
    for number in count():
        label = version.to_bytes(8, "big") + number.to_bytes(4, "big")
        yield int.from_bytes(hmac.new(seed, label, hashlib.sha256).digest()[:8], "big")
