"""What must be so when nothing fails any more and nothing is under way."""

import gc
from typing import Any

from tests.protocol.views import same
from tests.simulation.stage import Stage


def check_agreement(stage: Stage) -> None:
    """Every request is answered, everyone sees what is stored, and the server knows by heart what is stored."""
    if stage.loop.exceptions:
        stage.violated(f"an exception in the loop: {stage.loop.exceptions[0]}")
    if unanswered := stage.witness.unanswered:
        stage.violated(f"never answered: {unanswered}")
    _check_screens(stage)
    _check_lists(stage)


def check_nothing_is_left(stage: Stage) -> None:
    """Once nobody is here, no host is awake and no timer waits."""
    gc.collect()  # so that rooms go which nobody is in
    parlour, registry = stage.server.parlour, stage.server.parlour.registry
    left = {
        "awake": list(registry._awake),
        "feeds": list(parlour.feeds._feeds),
        "plans": stage.server.process.plans,
        "visitors": list(parlour.admission._visitors),
        "open matches": list(registry.open_matches),
        "open lobbies": registry.open_lobbies.look(None, "view"),
        "attendants": parlour.attendance.bulletin.look(None, "view"),
        "rooms": list(parlour.presence._rooms),
        "exceptions": stage.loop.exceptions,
    }
    if any(left.values()):
        stage.violated(f"left over: { {name: what for name, what in left.items() if what} }")


def _check_screens(stage: Stage) -> None:
    for device in stage.devices:
        for topic, seat, form in device.watched:
            at = device.session.view(topic, seat, form)
            now = _newest(stage, topic, seat, form or "view")
            if at is None or at[0] != now[0] or not same(at[1], now[1]):
                stage.violated(f"{device.name} shows {topic} for {seat} as {at}, and it is {now}")


def _newest(stage: Stage, topic: str, seat: int | None, form: str) -> tuple[int, object]:
    if (record := stage.truth.records.get(topic)) is not None:
        return record.version, record.look(record.version, seat, form)
    source = stage.server.parlour.source(topic, "")
    return source.version, source.look(None, form)


def _check_lists(stage: Stage) -> None:
    parlour, registry = stage.server.parlour, stage.server.parlour.registry
    lobbies, matches = stage.truth.open_lobbies().values(), stage.truth.open_matches().values()
    bots = {device.person.name for device in stage.devices if device.person.bot and device.here}
    listed = {lobby.header.id for lobby in lobbies if lobby.header.listed}
    _agree(stage, "open lobbies", registry.open_lobbies.look(None, "view"), listed)
    _agree(stage, "open matches", registry.open_matches, {match.header.id for match in matches})
    _agree(stage, "attendants", parlour.attendance.bulletin.look(None, "view"), bots)
    for person in {device.person.id: None for device in stage.devices}:
        own = {match.header.id for match in matches if person in [player.id for player in match.header.seats]}
        _agree(stage, f"matches of {person}", registry.matches_of(person), own)
        hosted, known = sum(lobby.host_id == person for lobby in lobbies), registry.lobbies_hosted(person)
        if known != hosted:
            stage.violated(f"{person} hosts {hosted} lobbies, and the server counts {known}")


def _agree(stage: Stage, what: str, known: Any, stored: set[str]) -> None:
    if set(known) != stored:
        stage.violated(f"{what}: the server knows {sorted(known)}, stored are {sorted(stored)}")
