"""python -m tests.benchmarks.relay: the floor. A bare relay that gives each frame to everyone in its room.

A room is a path. It decides nothing, keeps nothing, checks nothing: picows on uvloop, frames of the size that came.
"""

from collections import defaultdict

import uvloop
from picows import WSAutoPingStrategy, WSFrame, WSListener, WSMsgType, WSTransport, WSUpgradeRequest, ws_create_server


class Member(WSListener):
    """A connection in a room."""

    def __init__(self, room: list[WSTransport]) -> None:
        self._room = room

    def on_ws_connected(self, transport: WSTransport) -> None:
        self._room.append(transport)

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        payload = frame.get_payload_as_memoryview()
        if frame.msg_type == WSMsgType.BINARY:
            for member in self._room:
                member.send(WSMsgType.BINARY, payload)

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        self._room.remove(transport)


async def serve() -> None:
    """Until it is killed."""
    rooms: defaultdict[str, list[WSTransport]] = defaultdict(list)

    def member(request: WSUpgradeRequest) -> Member:
        return Member(rooms[request.path.decode()])

    server = await ws_create_server(
        member, "127.0.0.1", 0, enable_auto_ping=False, auto_ping_strategy=WSAutoPingStrategy.PING_WHEN_IDLE
    )
    print(f"listening on http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve())
