"""Somebody who plays on while others misbehave, and sees whether the server still does what it should."""

from bots.client import Client
from bots.watched import Watched

GAME = "rock_paper_scissors"
BEST_OF = 99


class Bystander:
    """One player on both seats of a match that hardly ever ends, and who begins another when it does."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._watched: Watched | None = None
        self.match = ""
        self.version = 0
        self.moves = 0

    async def begin(self) -> None:
        """A match to play on in."""
        if self._watched is not None:
            self._client.unwatch(self._watched)
        self.match = await self._client.create_lobby(GAME, 2, {"best_of": BEST_OF})
        for seat in (0, 1):
            await self._client.take_seat(self.match, seat)
        self._watched = await self._client.watch(f"match/{self.match}")
        self.version = 0

    async def go_on(self) -> None:
        """Begins another match when this one is over."""
        if self._watched is None or self._watched.view["over"] is not None:
            await self.begin()

    async def play_on(self) -> None:
        """One throw of each seat."""
        await self.go_on()
        for _ in range(2):
            await self.move()

    async def move(self) -> None:
        """One move: accepted as the next version, and seen by who watches. The seats win in turn."""
        seat, winner = self.version % 2, self.version // 2 % 2
        self.version += 1
        assert await self._client.play(self.match, seat, "paper" if seat == winner else "rock") == self.version
        watched = self._watched
        assert watched is not None
        await watched.until(lambda _: watched.version == self.version)
        self.moves += 1
