"""A server made of a script: what it says is up to the test, and so is how it dies."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from websockets.asyncio.server import ServerConnection, serve
from websockets.typing import Subprotocol

from protocol.messages import ClientMessage, Hello, Ping, Pong, Request, ServerMessage, Welcome, encode
from protocol.server_session import ServerSession


class Line:
    """The server's side of one connection."""

    def __init__(self, socket: ServerConnection, number: int) -> None:
        self.number = number
        """How many connections there were before it."""
        self.hello = Hello()
        self._socket = socket
        self._session = ServerSession()

    async def welcome(self) -> None:
        """Takes the hello and answers it."""
        hello = await self.hear_anything()
        assert isinstance(hello, Hello)
        self.hello = hello
        token = hello.token or f"token-{self.number}"
        await self._socket.send(self._session.welcome(Welcome("p1", hello.name or "p1", token, "e1", 0)))

    async def hear(self) -> Request:
        """The next request; pings before it are answered."""
        while isinstance(message := await self.hear_anything(), Ping):
            await self.say(Pong(message.sent_ms, message.sent_ms))
        assert not isinstance(message, Hello)
        return message

    async def hear_anything(self) -> ClientMessage:
        """The next message."""
        frame = await self._socket.recv()
        assert isinstance(frame, bytes)
        return self._session.receive(frame)

    async def say(self, message: ServerMessage) -> None:
        """Sends a message."""
        await self._socket.send(encode(message))

    async def close(self, code: int, reason: str = "") -> None:
        """Closes with that code."""
        await self._socket.close(code, reason)

    async def silent(self) -> None:
        """Says nothing more, until the client gives up."""
        await self._socket.wait_closed()


Script = Callable[[Line], Awaitable[None]]


@asynccontextmanager
async def fake_server(script: Script) -> AsyncIterator[str]:
    """The address of a server that follows the script on each connection, and then waits for the client to go."""
    number = 0

    async def follow(socket: ServerConnection) -> None:
        nonlocal number
        line, number = Line(socket, number), number + 1
        await script(line)
        await socket.wait_closed()

    async with serve(follow, "127.0.0.1", 0, subprotocols=[Subprotocol("parlour.v1")], compression=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        yield f"ws://127.0.0.1:{port}/ws"
