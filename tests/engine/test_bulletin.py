"""A live list shows as much as fits into a message, oldest first."""

import asyncio

from pydantic_core import to_json

from game.engine.bulletin import Bulletin
from game.engine.limits import BULLETIN_BYTES_MAX
from tests.engine.desk import Ear


def entry(key: str, size: int) -> dict[str, object]:
    """An entry that counts for so many bytes together with its key."""
    return {"x": "x" * (size - len(to_json((key, {"x": ""}))))}


async def test_what_is_shown_may_reach_its_limit_and_not_pass_it() -> None:
    """What does not fit is found by its code alone, and shown once there is room."""
    bulletin = Bulletin(asyncio.get_running_loop())
    half = BULLETIN_BYTES_MAX // 2
    bulletin.put("a", entry("a", half))
    bulletin.put("b", entry("b", BULLETIN_BYTES_MAX - half))
    await asyncio.sleep(0)
    assert set(bulletin.look(None, "view")) == {"a", "b"}
    bulletin.put("b", entry("b", BULLETIN_BYTES_MAX - half + 1))
    await asyncio.sleep(0)
    assert set(bulletin.look(None, "view")) == {"a"}
    bulletin.drop("a")
    await asyncio.sleep(0)
    assert set(bulletin.look(None, "view")) == {"b"}


async def test_changes_of_one_turn_are_one_version() -> None:
    """A burst costs its readers one update; and what stays as it is costs them none."""
    bulletin, ear = Bulletin(asyncio.get_running_loop()), Ear()
    bulletin.hear(ear)
    for number in range(10):
        bulletin.put("a", {"number": number})
    await asyncio.sleep(0)
    bulletin.put("a", {"number": 9})
    bulletin.drop("b")
    await asyncio.sleep(0)
    assert bulletin.version == len(ear.heard) == 1
