"""What the stored records say: every version of every match and lobby, played back as the lines are kept.

The laws of the record are held here: versions follow on each other, and no request is in it twice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from game.engine.kinds import Lobbies, Matches
from game.engine.storage import Line
from game.lobbies import lobby as lobbies
from game.lobbies.lobby import Lobby
from game.matches.commands import PlayMove
from game.matches.match import Match
from game.matches.record import RecordError
from game.matches.refusals import Refusal
from game.rules.catalog import Catalog


@dataclass
class Record:
    """One record: what it was at each version, and which request made it so."""

    kind: Matches | Lobbies
    subjects: list[Any]
    requests: dict[tuple[str, str], tuple[int, Any]] = field(default_factory=dict)
    movers: list[int | None] = field(default_factory=list)
    """The seat whose move made version 1, 2, …; None where it was no move."""
    looks: dict[tuple[int, int | None, str], dict[str, object]] = field(default_factory=dict)

    @property
    def version(self) -> int:
        return len(self.subjects) - 1

    @property
    def newest(self) -> Any:
        return self.subjects[-1]

    def look(self, version: int, seat: int | None, form: str) -> dict[str, object]:
        """What that seat may know at that version."""
        name = (version, seat, form)
        if name not in self.looks:
            subject = self.subjects[version]
            if isinstance(subject, Match):
                self.looks[name] = subject.scene(seat) if form == "scene" else subject.view(seat)
            else:
                self.looks[name] = lobbies.view(subject)
        return self.looks[name]


class Truth:
    """All that is stored."""

    def __init__(self, catalog: Catalog, violated: Callable[[str], None]) -> None:
        self.records: dict[str, Record] = {}
        self._matches = Matches(catalog)
        self._lobbies = Lobbies(catalog, self._matches, bytes)
        self._violated = violated

    def kept(self, lines: Sequence[Line]) -> None:
        """These lines are stored from now on."""
        for line in lines:
            record = self.records.get(line.key)
            try:
                if record is None:
                    self.records[line.key] = self._begun(line)
                else:
                    self._goes_on(line, record)
            except (Refusal, RecordError) as error:
                self._violated(f"{line.key}: what was kept cannot be played back: {error}: {line.text}")

    def version(self, topic: str) -> int:
        """The newest stored version; -1 where there is none."""
        record = self.records.get(topic)
        return -1 if record is None else record.version

    def open_matches(self) -> dict[str, Match]:
        return {
            key: record.newest
            for key, record in self.records.items()
            if isinstance(record.newest, Match) and record.newest.outcome is None
        }

    def open_lobbies(self) -> dict[str, Lobby]:
        return {
            key: record.newest
            for key, record in self.records.items()
            if isinstance(record.newest, Lobby) and record.newest.phase == "open"
        }

    def _begun(self, line: Line) -> Record:
        kind: Any = self._matches if line.key.startswith("match/") else self._lobbies
        return Record(kind, [kind.replay(kind.lines.header(line.text), [])])

    def _goes_on(self, line: Line, record: Record) -> None:
        kind: Any = record.kind
        entry = kind.lines.entries([line.text])[0]
        if entry.version != record.version + 1:
            self._violated(f"{line.key}: version {entry.version} was kept after {record.version}")
            return
        name = (kind.author(record.newest, entry.command), entry.request)
        if name in record.requests:
            self._violated(f"{line.key}: request {name} is kept as {record.requests[name][0]} and {entry.version}")
        record.requests[name] = (entry.version, entry.command)
        record.movers.append(entry.command.seat if isinstance(entry.command, PlayMove) else None)
        record.subjects.append(kind.advance(record.newest, entry.command, entry.at_ms)[0])
