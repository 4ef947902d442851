"""One more: a lobby that all who played find, whoever asks first."""

from protocol.messages import Play, Rematch, Resign, TakeSeat
from tests.server import ServerProcess, StartServer
from tests.web.player import begin, player


async def test_both_find_one_lobby_and_each_other(house: ServerProcess) -> None:
    async with player(house.url, "Ann") as ann, player(house.url, "Bea") as bea:
        match = await begin("rock_paper_scissors", [ann, bea], {"best_of": 5})
        there = await bea.watch(f"presence/{match}")
        await ann.accepted(Resign, match, 0)
        lobby = await ann.accepted(Rematch, match)
        assert lobby != match
        assert (await bea.until_view(there, lambda view: "rematch" in view))["rematch"] == {"lobby": lobby}
        assert await bea.accepted(Rematch, match) == lobby
        view = await bea.until_view(await bea.watch(f"lobby/{lobby}"), bool)
        assert (view["game"], view["options"], len(view["seats"])) == ("rock_paper_scissors", {"best_of": 5}, 2)
        assert (view["host"], view["listed"]) == (ann.id, False)
        await ann.accepted(TakeSeat, lobby, 1)
        await bea.accepted(TakeSeat, lobby, 0)
        await bea.accepted(Play, lobby, 0, "rock")


async def test_only_those_who_played_and_only_when_it_is_over(house: ServerProcess) -> None:
    async with player(house.url) as ann, player(house.url) as bea:
        match = await begin("tic_tac_toe", [ann, ann])
        assert await ann.refused(Rematch, match) == "match_not_over"
        assert await ann.refused(Rematch, "nowhere") == "no_such_match"
        await ann.accepted(Resign, match, 1)
        assert await bea.refused(Rematch, match) == "not_your_seat"


async def test_who_asks_together_or_again_gets_the_same(house: ServerProcess) -> None:
    """Also before the first answer is there, and after the lobby has become a match."""
    async with player(house.url) as ann, player(house.url) as bea:
        match = await begin("tic_tac_toe", [ann, bea])
        await ann.accepted(Resign, match, 0)
        await ann.tell(Rematch("a1", match))
        await bea.tell(Rematch("b1", match))
        lobbies = {await ann.accepted(Rematch, match), await bea.accepted(Rematch, match)}
        assert len(lobbies) == 1
        lobby = lobbies.pop()
        for seat, one in enumerate((bea, ann)):
            await one.accepted(TakeSeat, lobby, seat)
        assert await ann.accepted(Rematch, match) == lobby
        await bea.accepted(Resign, lobby, 0)
        assert await bea.accepted(Rematch, lobby) != lobby


async def test_it_is_the_same_lobby_after_a_restart(start_server: StartServer) -> None:
    server = start_server()
    async with player(server.url) as ann:
        token = ann.token
        match = await begin("tic_tac_toe", [ann, ann])
        await ann.accepted(Resign, match, 1)
        lobby = await ann.accepted(Rematch, match)
    server.kill()
    server.start()
    async with player(server.url, token=token) as ann:
        assert await ann.accepted(Rematch, match) == lobby
