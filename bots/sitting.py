"""From a lobby to the end of its match, on every seat that the player has there."""

import asyncio
import secrets
from random import Random

from bots.bot import Maker, Place
from bots.client import Client
from bots.seat import Played, play_seat
from protocol.patches import View


async def sit_and_play(client: Client, lobby: str, seat: int | None, make: Maker) -> list[Played]:
    """Takes a seat (None: any), waits for the match and plays it; nothing when the lobby comes to nothing.

    Raises CannotPlay before it takes a seat where that bot would be of no use, else as `play_seat`.
    """
    watched = await client.watch(f"lobby/{lobby}")
    try:
        view = watched.view
        make(Place(view["game"], view["options"], len(view["seats"]), seat or 0, Random(0)))
        seated = watched.version
        if seat is None or not _sits(client.player, view, seat):
            seated = await client.take_seat(lobby, seat)
        view = await watched.until(
            lambda view: watched.version >= seated and (view["phase"] != "open" or not _present(client.player, view))
        )
    finally:
        client.unwatch(watched)
    return await play_own_seats(client, lobby, make) if view["phase"] == "started" else []


async def play_own_seats(client: Client, match: str, make: Maker) -> list[Played]:
    """Plays every seat of a match that is the player's. Raises as `play_seat`."""
    watched = await client.watch(f"match/{match}")
    players = watched.about["players"]
    client.unwatch(watched)
    own = [seat for seat, player in enumerate(players) if player["id"] == client.player]
    seats = (play_seat(client, match, seat, make, Random(secrets.randbits(64))) for seat in own)
    return await asyncio.gather(*seats)


def _sits(player: str, lobby: View, seat: int) -> bool:
    taken = lobby["seats"][seat] if seat < len(lobby["seats"]) else None
    return taken is not None and taken.get("player") == player


def _present(player: str, lobby: View) -> bool:
    return any(member["id"] == player for member in lobby["members"])
