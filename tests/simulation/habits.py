"""The wishes of players, and how often they have them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from protocol import messages
from protocol.messages import encode

if TYPE_CHECKING:
    from tests.simulation.player import Device

Wish = Callable[["Device"], None]

OPTIONS: dict[str, tuple[dict[str, bool | int | str], ...]] = {
    "connect_four": ({"columns": 4, "rows": 4, "in_a_row": 3}, {"columns": 4, "rows": 4}, {"rows": 99}),
    "liars_dice": ({"dice": 1}, {"dice": 2, "ones_wild": False}),
    "rock_paper_scissors": ({}, {"best_of": 1}, {"best_of": 2}),
}
"""Short matches, and some that no game has."""


def create(device: "Device") -> None:
    random = device.random
    game, counts = random.choice(device.world.games)
    options = random.choice(OPTIONS.get(game, ({},)))
    device.ask(messages.CreateLobby, game, options, random.choice([*counts[:2], 2]), random.random() < 0.7)


def join(device: "Device") -> None:
    if code := _code(device):
        device.ask(messages.JoinLobby, code)


def sit(device: "Device") -> None:
    if code := _code(device):
        device.ask(messages.TakeSeat, code, device.random.choice((None, None, 0, 1, 2)))


def ask_bot(device: "Device") -> None:
    if device.world.bots and (code := _code(device)):
        device.ask(messages.AskBot, code, device.random.choice((0, 1)), device.random.choice(device.world.bots))


def get_ready(device: "Device") -> None:
    if code := _code(device):
        device.ask(messages.SetReady, code, device.random.random() < 0.7)


def start(device: "Device") -> None:
    if code := _code(device):
        device.ask(messages.StartMatch, code)


def kick(device: "Device") -> None:
    if code := _code(device):
        at = device.session.view(f"lobby/{code}")
        whom = [member["id"] for member in at[1]["members"]] if at else []
        device.ask(messages.Kick, code, device.random.choice([*whom, *device.world.bots, "nobody"]))


def leave(device: "Device") -> None:
    if code := _code(device):
        device.ask(messages.LeaveLobby, code)


def watch(device: "Device") -> None:
    random = device.random
    code = _code(device) or "nowhere"
    topic = random.choice(
        (f"match/{code}", f"match/{code}", f"lobby/{code}", f"presence/{code}", "lobbies", "attendants")
    )
    device.watch(topic, None, random.choice((None, "view", "scene")))


def watch_a_seat(device: "Device") -> None:
    """Not always one's own."""
    code = _code(device) or "nowhere"
    device.watch(f"match/{code}", device.random.choice((0, 1, 7)), device.random.choice((None, "scene")), True)


def unwatch(device: "Device") -> None:
    if device.watched:
        key = device.random.choice(list(device.watched))
        del device.watched[key]
        device.session.unwatch(*key)


def ping(device: "Device") -> None:
    device.session.ping(int(device.world.loop.time() * 1000))


def hang_up(device: "Device") -> None:
    if device.random.random() < 0.3:
        device.wait_seconds = device.random.choice((0.0, 0.0, 5.0, 100.0))
        device.hang_up()


def send_again(device: "Device") -> None:
    """A request that was made before, perhaps by another device, perhaps without an answer yet."""
    if device.wire and device.here and device.person.sent:
        device.wire.send(encode(device.random.choice(device.person.sent[-20:])))


def reuse(device: "Device") -> None:
    """The id of an answered move, for another move."""
    unanswered = {request.request for request in device.session.unanswered}
    for message in reversed(device.person.sent):
        if isinstance(message, messages.Play) and message.request.startswith(f"{device.name}-"):
            if device.wire and device.here and message.request not in unanswered:
                device.wire.send(encode(message._replace(move=message.move[::-1] + "?")))
            return


def resign(device: "Device") -> None:
    seats = [(topic, seat) for (topic, seat, _), moves in device.watched.items() if moves and seat is not None]
    if seats and device.random.random() < 0.2:
        topic, seat = device.random.choice(seats)
        device.ask(messages.Resign, topic.partition("/")[2], seat)


def _code(device: "Device") -> str | None:
    return device.random.choice(device.world.codes[-4:]) if device.world.codes else None


HABITS: dict[Wish, int] = {
    create: 3,
    join: 2,
    sit: 10,
    ask_bot: 2,
    get_ready: 2,
    start: 2,
    kick: 1,
    leave: 1,
    watch: 4,
    watch_a_seat: 2,
    unwatch: 1,
    ping: 1,
    hang_up: 2,
    send_again: 4,
    reuse: 1,
    resign: 1,
}
