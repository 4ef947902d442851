"""A game that was installed and fails: its own matches suffer, and nobody else."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from protocol.messages import FeedEnded, Play, Watch
from tests.server import ServerProcess
from tests.web.api import Api
from tests.web.player import begin, player

GAME = """
from game.rules import tic_tac_toe

globals().update({name: getattr(tic_tac_toe, name) for name in dir(tic_tac_toe) if not name.startswith("_")})
key, title = "breaking", "Breaking"


def play(state, seat, move, dice):
    if move == "c3":
        raise RuntimeError("the rules are broken")
    return tic_tac_toe.play(state, seat, move, dice)


def view(state, seat):
    if state[4]:
        raise RuntimeError("the view is broken")
    return tic_tac_toe.view(state, seat)
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """A server on whose machine somebody has installed such a game."""
    installed = tmp_path_factory.mktemp("installed")
    about = installed / "breaking-1.0.dist-info"
    about.mkdir()
    (installed / "breaking.py").write_text(GAME)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: breaking\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[parlour.games]\nbreaking = breaking\n")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PYTHONPATH", str(installed), prepend=":")
        server = ServerProcess(tmp_path_factory.mktemp("broken"), "memory:").start()
    yield server
    server.close()


async def test_rules_that_fail_refuse_the_move_and_end_what_listens(server: ServerProcess) -> None:
    """Nothing was changed by it: the match is found again as it was, and the host's log says what failed."""
    async with player(server.url) as ann, player(server.url) as bea:
        match = await begin("breaking", [ann, bea])
        feed = await bea.watch(f"match/{match}", 1)
        assert await ann.refused(Play, match, 0, "c3") == "rules_failed"
        ended = await bea.until(FeedEnded)
        assert (ended.feed, ended.code) == (feed, "rules_failed")
        assert await ann.accepted(Play, match, 0, "a1") == 1
    assert "the rules are broken" in server.log


async def test_a_view_that_fails_is_refused_and_the_connection_goes_on(server: ServerProcess) -> None:
    """The move before it is kept; whoever looks is told; other matches on the same connection do not notice."""
    async with player(server.url) as ann, player(server.url) as bea:
        match, sound = await begin("breaking", [ann, bea]), await begin("tic_tac_toe", [ann, bea])
        feed = await bea.watch(f"match/{sound}", 1)
        await bea.watch(f"match/{match}", 1)
        assert await ann.accepted(Play, match, 0, "b2") == 1
        assert (await bea.until(FeedEnded)).code == "rules_failed"
        assert await bea.refused(Watch, f"match/{match}", 1) == "rules_failed"
        with closing(Api(server.http).client) as client:
            assert client.get(f"/api/matches/{match}").json()["code"] == "broken"
        assert await bea.accepted(Play, match, 1, "a1") == 2
        await ann.accepted(Play, sound, 0, "b2")
        await bea.until_view(feed, lambda view: view["game"]["cells"][4] == "x")
    assert "the view is broken" in server.log
    assert "Fatal error" not in server.log
