"""One run of the server: all parts but the sockets, joined as `web/edge/app.py` joins them, on the disk of the simulation."""

from base64 import b32encode
from collections.abc import Callable
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any, Final, cast

from game.engine.journal import Journal
from game.rules.catalog import Catalog, load_catalog
from game.rules.dice import SEED_BYTES
from tests.simulation.disk import Disk, Drive, Hands
from tests.simulation.loop import ProcessLoop, VirtualLoop
from web.edge.admission import Admission, Limits
from web.edge.assembly import Surroundings, assemble
from web.edge.options import OptionForms

if TYPE_CHECKING:
    from tests.simulation.network import Wire

KEY = b"a key of forty characters for simulation"


PLAYED: Final = ("connect_four", "liars_dice", "rock_paper_scissors", "tic_tac_toe")
"""Turns and moves at once, chance and secrets; and each is over soon, as a seed is to see matches end."""


@cache
def games() -> tuple[Catalog, OptionForms]:
    """What is the same in every run."""
    catalog = {key: game for key, game in load_catalog().items() if key in PLAYED}
    return catalog, OptionForms(catalog)


class Server:
    """A process. `crashed` is told when it dies by itself."""

    def __init__(
        self, loop: VirtualLoop, disk: Disk, random: Random, now_ms: Callable[[], int], crashed: Callable[[str], None]
    ) -> None:
        self.process = ProcessLoop(loop)
        self.wires: dict[Wire, None] = {}
        self._random = random
        self._crashed = crashed
        own: Any = cast("Any", self.process)
        drive = Drive(disk, self.process, self.crash)
        self.journal = Journal(drive, own)
        if disk.weather.disk_seconds:
            Hands(self.journal, self.process, disk.random, disk.weather.disk_seconds)
        catalog, options = games()
        self.limits = few() if disk.weather.few else Limits()
        admission = Admission(self.limits, ())
        surroundings = Surroundings(own, now_ms, self._new_id, lambda: random.randbytes(SEED_BYTES))
        self.parlour = assemble(surroundings, catalog, options, drive, self.journal, admission, KEY)
        drive.ready = True

    @property
    def accepts(self) -> bool:
        """Whether it lets a connection in."""
        return self.process.alive and not self.parlour.admission.closed

    def crash(self, where: str) -> None:
        """Power is gone. Nothing that this process still does has any effect."""
        if self.process.alive:
            self.process.kill()
            self._crashed(where)

    def take_leave(self) -> None:
        """Everyone is told when to come back, and sent away; nobody new is let in."""
        self.parlour.admission.closed = True
        for wire in self.wires:
            if wire.conversation:
                wire.conversation.send_away(500 + self._random.randrange(500))

    def _new_id(self) -> str:
        return b32encode(self._random.randbytes(8)).decode().lower()[:12]


def few() -> Limits:
    """Limits that a handful of players meet."""
    return Limits(
        sockets_per_player_max=3,
        lobbies_per_player_max=2,
        matches_per_player_max=2,
        requests_per_second=20,
        requests_burst=60,
        slow_downs_max=20,
    )
