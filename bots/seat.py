"""One seat of one match, played to its end by a bot."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from bots.bot import Bot, Maker, Place, Turn, moves_from
from bots.client import Client
from bots.errors import RequestRefused
from bots.watched import Watched
from protocol.patches import View


class Acknowledged(NamedTuple):
    """A move that the server said is kept, and the version it made."""

    version: int
    move: str


@dataclass(slots=True)
class Played:
    """What a seat knows of its match: what it was told, last and in all."""

    seat: int
    version: int = -1
    view: View = field(default_factory=dict)
    acknowledged: list[Acknowledged] = field(default_factory=list)
    refusals: list[RequestRefused] = field(default_factory=list)


class MoveRefused(Exception):
    """A move that was offered as legal was refused, though nothing had changed."""


async def play_seat(
    client: Client, match: str, seat: int, make: Maker, random: Random, on_move: Callable[[], None] = lambda: None
) -> Played:
    """Plays the seat until the match is over. Raises CannotPlay, MoveRefused, RequestRefused or Gone."""
    watched = await client.watch(f"match/{match}", seat, moves=True)
    try:
        about = watched.about
        bot = make(Place(about["game"], about["options"], len(about["players"]), seat, random))
        return await _play(client, match, watched, bot, Played(seat), on_move)
    finally:
        client.unwatch(watched)


async def _play(
    client: Client, match: str, watched: Watched, bot: Bot, played: Played, on_move: Callable[[], None]
) -> Played:
    """One move at a time: the next is chosen when the last has its answer and the view has caught up with it."""
    since = 0
    while (offer := await watched.offer_since(since)) is not None:
        turn = Turn(offer.version, watched.view["game"], moves_from(offer.moves))
        move = await asyncio.to_thread(bot.choose, turn) if bot.thinks else bot.choose(turn)
        try:
            since = await client.play(match, played.seat, move, offer.version)
        except RequestRefused as refusal:
            if watched.version <= offer.version:
                raise MoveRefused(f"{move} at version {offer.version}, by seat {played.seat}: {refusal}") from refusal
            played.refusals.append(refusal)
            since = offer.version + 1
        else:
            played.acknowledged.append(Acknowledged(since, move))
            on_move()
    played.version, played.view = watched.version, watched.view
    return played
