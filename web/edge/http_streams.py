"""The two requests by which a conversation goes over HTTP: one opens a stream, the others send up it."""

import re
from http import HTTPStatus
from typing import ClassVar

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from protocol.errors import BadFrame, CloseCode
from protocol.limits import STREAM_BODY_BYTES_MAX
from protocol.streaming import EVENTS_TYPE, FRAMES_PATH, FRAMES_TYPE, NAME_HEADER, NUMBER_HEADER, STREAM_PATH, frames_in
from web.edge.http import ApiRefusal, Here, Problem, problems, the_parlour
from web.edge.http_connections import HttpConnection
from web.edge.sockets import RETRY_AFTER_SECONDS
from web.edge.streams import Stream, Streams, TooFarAhead

_NUMBER = re.compile("[1-9][0-9]{0,15}")
SENT_WITH = [
    {"name": NAME_HEADER, "in": "header", "required": True, "schema": {"type": "string"}},
    {"name": NUMBER_HEADER, "in": "header", "required": True, "schema": {"type": "integer", "minimum": 1}},
]
"""Read by hand: what FastAPI would make of a declaration costs more than all the rest of a move."""


class EventStream(Response):
    """The response that goes on until its stream is over."""

    HEADERS: ClassVar = [
        (b"content-type", EVENTS_TYPE.encode()),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),  # nginx would gather events until it has 4 KiB
        (b"transfer-encoding", b"chunked"),  # the stream makes its chunks itself
        (b"connection", b"close"),
    ]

    def __init__(self, stream: Stream) -> None:
        super().__init__()
        self._stream = stream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": HTTPStatus.OK, "headers": self.HEADERS})
        self._stream.begin()
        await self._stream.over
        await send({"type": "http.response.body"})


routes = APIRouter(tags=["where WebSockets are blocked"])


@routes.post(
    STREAM_PATH, response_class=Response, responses={200: {"content": {EVENTS_TYPE: {}}}, **problems(403, 503)}
)
async def open_stream(request: Request, parlour: Here) -> Response:
    """Opens a conversation: what the server says comes as server-sent events, for as long as the response goes on.

    The first is `open`, with the secret name of the stream. Those without a name are frames in base64. The
    last is `close`, with a close code and a reason.
    """
    _check_origin(request)
    connection: HttpConnection = request.state.connection
    peer = connection.client[0] if connection.client else ""
    address = parlour.admission.address(peer, request.headers.getlist("x-forwarded-for"))
    if (reason := parlour.admission.enter(address)) is not None:
        problem = Problem(code="full", sentence=reason)
        return JSONResponse(problem.model_dump(), 503, {"Retry-After": str(RETRY_AFTER_SECONDS)})
    stream = Stream(parlour, connection, address, request.state.streams)
    connection.tenant = stream
    return EventStream(stream)


@routes.post(
    FRAMES_PATH,
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(400, 403, 404, 409, 413),
    openapi_extra={"parameters": SENT_WITH, "requestBody": {"content": {FRAMES_TYPE: {}}}},
)
async def send_frames(request: Request) -> Response:
    """Sends frames up a stream, each after its length in four bytes.

    Requests are heard in the order of their numbers, and each once: when no answer came, send the same again.
    """
    _check_origin(request)
    stream, number = _stream(request), _number(request)
    try:
        frames = frames_in(await _body(request))
        stream.receive(number, frames)
    except BadFrame as error:
        stream.close(CloseCode.BAD_FRAME, str(error))
        raise ApiRefusal(HTTPStatus.BAD_REQUEST, "bad_frame", f"{error}.".capitalize()) from None
    except TooFarAhead:
        sentence = "Too many requests came before one that is missing. Send that first."
        raise ApiRefusal(HTTPStatus.CONFLICT, "too_far_ahead", sentence) from None
    except ClientDisconnect:
        pass  # nobody is there to be answered, and nothing was heard
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _check_origin(request: Request) -> None:
    """Turns pages of foreign origins away, as at the handshake of a socket. Raises ApiRefusal."""
    parlour = the_parlour(request)
    origins, hosts = request.headers.getlist("origin"), request.headers.getlist("host")
    if not all(parlour.allows_origin(origin, hosts) for origin in origins):
        raise ApiRefusal(HTTPStatus.FORBIDDEN, "foreign_origin", "Pages of this origin may not connect.")


def _stream(request: Request) -> Stream:
    streams: Streams = request.state.streams
    stream = streams.get(request.headers.get(NAME_HEADER, ""))
    if stream is None:
        raise ApiRefusal(HTTPStatus.NOT_FOUND, "no_such_stream", "There is no such stream any more: open another.")
    return stream


def _number(request: Request) -> int:
    number = request.headers.get(NUMBER_HEADER, "")
    if not _NUMBER.fullmatch(number):
        sentence = f"{NUMBER_HEADER} is 1 for the first request of a stream, and one more each time."
        raise ApiRefusal(HTTPStatus.BAD_REQUEST, "bad_number", sentence)
    return int(number)


async def _body(request: Request) -> bytes:
    """The body of the request. Raises ApiRefusal when it is too large, and ClientDisconnect."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > STREAM_BODY_BYTES_MAX:
            sentence = f"At most {STREAM_BODY_BYTES_MAX} bytes at once: send the rest in another request."
            raise ApiRefusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", sentence)
    return bytes(body)
