"""Coming back to a match: exactly what was missed, or a fresh snapshot that says why; never a part."""

from collections.abc import AsyncIterator
from typing import NamedTuple

import pytest_asyncio

from protocol.limits import CHECKSUM_EVERY_VERSIONS, REMEMBERED_FRAMES_MAX
from protocol.messages import LegalMoves, Play, Snapshot, Update, decode_server
from tests.server import ServerProcess, StartServer
from tests.web.player import Player, begin, player

VERSIONS = REMEMBERED_FRAMES_MAX + 6


class Played(NamedTuple):
    """A long match, with a spectator who has heard all of it from version 0 on."""

    url: str
    match: str
    ann: Player
    bea: Player
    eve: Player
    feed: int

    @property
    def epoch(self) -> str:
        """That of the server."""
        return self.eve.welcome.epoch

    async def told(self, since: int) -> list[bytes]:
        """What comes to a spectator who returns with that version."""
        return await returning(self.url, f"match/{self.match}", self.epoch, since)

    def frames_after(self, version: int) -> list[bytes]:
        """What the steady spectator heard after that version."""
        frames = [frame for frame in self.eve.frames if isinstance(decode_server(frame), Update)]
        return frames[version:]


@pytest_asyncio.fixture
async def played(house: ServerProcess) -> AsyncIterator[Played]:
    """A match of VERSIONS commands that is not over, for every throw but the first was a tie or won in turn."""
    async with player(house.url) as ann, player(house.url) as bea, player(house.url) as eve:
        match = await begin("rock_paper_scissors", [ann, bea], {"best_of": 99})
        feed = await eve.watch(f"match/{match}")
        for version in range(0, VERSIONS, 2):
            first, second = ("rock", "paper") if version % 4 else ("paper", "rock")
            await ann.accepted(Play, match, 0, first)
            await bea.accepted(Play, match, 1, second)
        await eve.until(Update, lambda update: update.version == VERSIONS)
        yield Played(house.url, match, ann, bea, eve, feed)


async def returning(url: str, topic: str, epoch: str | None, version: int | None) -> list[bytes]:
    """All that comes, after the acceptance, to somebody who watches with that epoch and version."""
    async with player(url) as back:
        await back.watch(topic, None, None, None, epoch, version)
        told = len(back.frames)
        await back.rest()
        return back.frames[told:-1]


def only_snapshot(frames: list[bytes]) -> Snapshot:
    """The snapshot that these frames are, and nothing besides."""
    [frame] = frames
    snapshot = decode_server(frame)
    assert isinstance(snapshot, Snapshot)
    return snapshot


async def test_who_returns_gets_exactly_the_frames_that_were_missed(played: Played) -> None:
    """The same bytes as for who stayed: none, one, and as many as are remembered."""
    for missed in (0, 1, 2, 17, REMEMBERED_FRAMES_MAX):
        frames = await played.told(VERSIONS - missed)
        assert len(frames) == missed
        assert frames == played.frames_after(VERSIONS - missed)


async def test_one_more_than_is_remembered_is_too_old(played: Played) -> None:
    """The whole view comes instead, as it stands now."""
    for missed in (REMEMBERED_FRAMES_MAX + 1, VERSIONS):
        snapshot = only_snapshot(await played.told(VERSIONS - missed))
        assert (snapshot.reason, snapshot.version) == ("too_old", VERSIONS)
        assert snapshot.view == played.eve.views[played.feed][1]


async def test_a_version_that_there_has_not_been_is_from_the_future(played: Played) -> None:
    for version in (VERSIONS + 1, 2**63 - 1):
        snapshot = only_snapshot(await played.told(version))
        assert (snapshot.reason, snapshot.version) == ("from_the_future", VERSIONS)


async def test_a_version_of_another_epoch_counts_for_nothing(played: Played) -> None:
    snapshot = only_snapshot(await returning(played.url, f"match/{played.match}", "elsewhere", VERSIONS))
    assert (snapshot.reason, snapshot.version) == ("other_epoch", VERSIONS)


async def test_a_version_without_an_epoch_or_the_other_way_round_is_as_good_as_none(played: Played) -> None:
    for epoch, version in ((None, VERSIONS), (played.epoch, None)):
        snapshot = only_snapshot(await returning(played.url, f"match/{played.match}", epoch, version))
        assert (snapshot.reason, snapshot.version) == ("first", VERSIONS)


async def test_every_sixteenth_version_has_a_checksum(played: Played) -> None:
    """Those it has are right, which `Player` sees to."""
    with_checksum = [update.version for update in played.eve.updates(played.feed) if update.checksum is not None]
    assert with_checksum == list(range(CHECKSUM_EVERY_VERSIONS, VERSIONS + 1, CHECKSUM_EVERY_VERSIONS))


async def test_a_seat_that_returns_gets_what_it_missed_and_then_its_moves(played: Played) -> None:
    """Play goes on where it was, and the versions stay consecutive."""
    epoch = played.epoch
    async with player(played.url, token=played.ann.token) as ann:
        feed = await ann.watch(f"match/{played.match}", 0, None, True)
        await ann.until(LegalMoves)
    await played.bea.accepted(Play, played.match, 1, "rock")
    async with player(played.url, token=played.ann.token) as ann:
        assert await ann.watch(f"match/{played.match}", 0, None, True, epoch, VERSIONS) == feed
        update, offer = await ann.rest()
        assert isinstance(update, Update)
        assert isinstance(offer, LegalMoves)
        assert update.version == offer.version == VERSIONS + 1
        assert await ann.accepted(Play, played.match, 0, "rock") == VERSIONS + 2
        assert (await ann.until(Update)).version == VERSIONS + 2


async def test_after_a_restart_the_match_goes_on_with_a_snapshot(start_server: StartServer) -> None:
    """The epoch is another one, the version and the view are those of before, and the players are who they were."""
    server = start_server()
    async with player(server.url, "Ann") as ann, player(server.url, "Bea") as bea:
        match = await begin("rock_paper_scissors", [ann, bea])
        feed = await ann.watch(f"match/{match}", 0)
        await ann.accepted(Play, match, 0, "rock")
        await ann.until(Update)
        before, epoch = ann.views[feed], ann.welcome.epoch
        server.kill()
    server.start()
    async with player(server.url, token=ann.token) as ann, player(server.url, token=bea.token) as bea:
        assert (ann.welcome.name, bea.welcome.name) == ("Ann", "Bea")
        assert ann.welcome.epoch != epoch
        feed = await ann.watch(f"match/{match}", 0, None, None, epoch, before[0])
        snapshot = await ann.until(Snapshot)
        assert (snapshot.reason, snapshot.version, snapshot.view) == ("other_epoch", *before)
        assert await bea.accepted(Play, match, 1, "scissors") == 2
        await ann.until_view(feed, lambda view: view["game"]["thrown"] == [["rock", "scissors"]])


async def test_after_a_restart_a_repeated_request_still_plays_once(start_server: StartServer) -> None:
    """The same id gets the first answer, and no other content passes under it."""
    server = start_server()
    async with player(server.url) as ann, player(server.url) as bea:
        match = await begin("tic_tac_toe", [ann, bea])
        first = await ann.ask(Play, match, 0, "a1", request="one")
        server.kill()
    server.start()
    async with player(server.url, token=ann.token) as ann, player(server.url, token=bea.token) as bea:
        assert await ann.ask(Play, match, 0, "a1", request="one") == first
        assert await ann.refused(Play, match, 0, "b1", request="one") == "request_reused"
        assert await bea.accepted(Play, match, 1, "b1", request="one") == 2
        assert await ann.ask(Play, match, 0, "a1", request="one") == first
