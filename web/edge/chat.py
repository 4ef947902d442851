"""What those in a lobby or match say to each other: told live, and kept nowhere but here."""

from asyncio import AbstractEventLoop
from collections import OrderedDict, deque
from collections.abc import Callable
from weakref import WeakValueDictionary

from game.engine.bulletin import Bulletin
from game.matches.match import Player
from game.matches.refusals import Refusal

LINES_MAX = 40
"""Last lines of a room, for those who come later. Of the longest texts so many fit into a message."""
ROOMS_QUIET_MAX = 1_000
"""Rooms that are remembered though nobody listens."""
LINES_AT_ONCE_MAX = 5
AT_ONCE_MS = 10_000
"""One player says no more than so much in so long."""

TOO_TALKATIVE = Refusal("too_talkative", "You have said a lot just now. Wait a few seconds.")
NOTHING_SAID = Refusal("nothing_said", "There is nothing in this that could be read.")


class ChatRoom(Bulletin):
    """The last lines said in one lobby and the match that comes of it, under rising numbers."""

    def __init__(self, loop: AbstractEventLoop, now_ms: Callable[[], int]) -> None:
        super().__init__(loop)
        self.version = now_ms()  # above all that an earlier room of this id, forgotten since, has told
        self._now_ms = now_ms
        self._said = 0
        self._lines: deque[tuple[str, int]] = deque()
        """Who said each line that is shown, and when."""
        self._answers: OrderedDict[tuple[str, str], tuple[str, Refusal | None]] = OrderedDict()

    def say(self, player: Player, request: str, text: str) -> None:
        """Adds a line, once for each request. Raises Refusal."""
        if (before := self._answers.get((player.id, request))) is not None:
            said, refusal = before
            if said != text:
                raise Refusal("request_reused", "This request id was used before, for something else.")
        else:
            refusal = self._objection(player, text)
            self._answers[player.id, request] = (text, refusal)
            if len(self._answers) > 2 * LINES_MAX:
                self._answers.popitem(last=False)
            if refusal is None:
                self._add(player, text)
        if refusal is not None:
            raise refusal.anew()

    def _objection(self, player: Player, text: str) -> Refusal | None:
        if not text:
            return NOTHING_SAID
        since_ms = self._now_ms() - AT_ONCE_MS
        lately = sum(id == player.id and at_ms > since_ms for id, at_ms in self._lines)
        return TOO_TALKATIVE if lately >= LINES_AT_ONCE_MAX else None

    def _add(self, player: Player, text: str) -> None:
        if len(self._lines) == LINES_MAX:
            self._lines.popleft()
            self.drop(str(self._said - LINES_MAX + 1))
        self._said += 1
        at_ms = self._now_ms()
        self._lines.append((player.id, at_ms))
        self.put(str(self._said), {"player": player.id, "name": player.name, "text": text, "at_ms": at_ms})


class Chat:
    """The rooms that somebody listens to, and those that were last spoken of."""

    def __init__(self, loop: AbstractEventLoop, now_ms: Callable[[], int]) -> None:
        self._loop = loop
        self._now_ms = now_ms
        self._rooms: WeakValueDictionary[str, ChatRoom] = WeakValueDictionary()
        self._lately: OrderedDict[str, ChatRoom] = OrderedDict()

    def room(self, id: str) -> ChatRoom:
        """The room of a lobby and of its match; or of the match's gallery, as `gallery/ID`."""
        room = self._rooms.get(id)
        if room is None:
            room = self._rooms[id] = ChatRoom(self._loop, self._now_ms)
        self._lately[id] = room
        self._lately.move_to_end(id)
        if len(self._lately) > ROOMS_QUIET_MAX:
            self._lately.popitem(last=False)
        return room
