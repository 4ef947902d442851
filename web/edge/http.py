"""The HTTP side: guests, games, lobbies, matches and records, and whether the server is well.

Errors are `{"code": …, "sentence": …}`: a stable code for programs and a sentence for people.
"""

import asyncio
from collections.abc import Iterable
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response, status
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from game.matches.match import Header, Player
from game.matches.refusals import Refusal
from game.rules.exports import exports_of
from game.rules.game import Game
from game.rules.how_to_play import how_to_play
from protocol.limits import NAME_CHARS_MAX
from protocol.messages import GameKey, Id, Options, RequestId, Seat, Seats
from web.edge.histories import History
from web.edge.parlour import Parlour
from web.edge.pictures import Picture
from web.edge.tokens import Identity, TokenError

HTTP_STATUSES = {
    **dict.fromkeys(("no_such_match", "no_such_lobby", "no_such_game", "no_such_seat"), status.HTTP_404_NOT_FOUND),
    "no_such_format": status.HTTP_404_NOT_FOUND,
    **dict.fromkeys(("unavailable", "overloaded", "restarting"), status.HTTP_503_SERVICE_UNAVAILABLE),
    "not_your_seat": status.HTTP_403_FORBIDDEN,
}
"""Of refusals that are not just a conflict."""
MATCHES_LISTED_MAX = 200
PICTURE_SECONDS_MAX = 3600
"""How long a browser may keep a picture."""


class Problem(BaseModel):
    """Why a request was not carried out."""

    code: str = Field(description="stable, for programs")
    sentence: str = Field(description="for people")


class GuestWish(BaseModel):
    """Who wants to play."""

    name: str | None = Field(
        None, max_length=NAME_CHARS_MAX, description="the name others see; one is made up when there is none"
    )


class Guest(BaseModel):
    """A new player. The token proves who they are: keep it, and never put it into an address."""

    player: str
    name: str
    token: str


class GameInfo(BaseModel):
    """A game that this server plays."""

    key: str
    title: str
    seats: list[int] = Field(description="the numbers of seats it can be played with")
    hides_nothing: bool = Field(description="whether all may see everything")
    options: dict[str, Any] = Field(description="JSON schema of its options")
    exports: list[str] = Field(description="the formats that its matches can be had in when they are over")
    explained: bool = Field(description="whether the server can say how it is played")


class HowToPlay(BaseModel):
    """How a game is played, for people: plain text, in English."""

    paragraphs: list[str]


class LobbyWish(BaseModel):
    """A lobby to be opened. The same request id again means the same lobby again."""

    request: RequestId
    game: GameKey
    options: Options = {}
    seats: Seats
    listed: bool = True


class LobbyCode(BaseModel):
    """The id of a lobby, which is also its join code and the id of the match that comes of it."""

    id: str


class MatchInfo(BaseModel):
    """A match: what is settled from its start, and how it stands for those who watch."""

    id: str
    version: int
    about: dict[str, Any]
    view: dict[str, Any]


class PlayedMatch(BaseModel):
    """A match that is not over."""

    id: str
    game: str
    players: list[str]
    created_ms: int


class ApiRefusal(Exception):
    """A no of the HTTP side itself."""

    def __init__(self, http_status: int, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.http_status = http_status
        self.problem = Problem(code=code, sentence=sentence)


def the_parlour(request: Request) -> Parlour:
    """What this server is made of."""
    parlour: Parlour = request.state.parlour
    return parlour


bearer = HTTPBearer(auto_error=False, description="a guest's token")
Here = Annotated[Parlour, Depends(the_parlour)]
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]


def the_player(parlour: Here, credentials: Credentials) -> Identity:
    """Who asks, by the token in the Authorization header."""
    if credentials is None:
        raise ApiRefusal(status.HTTP_401_UNAUTHORIZED, "no_token", "Send your token as Authorization: Bearer.")
    try:
        return parlour.tokens.identity(credentials.credentials)
    except TokenError as error:
        raise ApiRefusal(status.HTTP_401_UNAUTHORIZED, "bad_token", f"{error}.".capitalize()) from None


def who_asks(parlour: Here, credentials: Credentials) -> Identity | None:
    """Who asks, or None without a token."""
    return None if credentials is None else the_player(parlour, credentials)


Me = Annotated[Identity, Depends(the_player)]
MeIfKnown = Annotated[Identity | None, Depends(who_asks)]


class Answer:
    """An Asker that can be awaited."""

    def __init__(self) -> None:
        self._future: asyncio.Future[object] = asyncio.get_running_loop().create_future()

    def accepted(self, request: str, value: object) -> None:
        if not self._future.done():
            self._future.set_result(value)

    def refused(self, request: str, refusal: Refusal) -> None:
        if not self._future.done():
            self._future.set_exception(refusal)

    async def value(self) -> object:
        """What the request made. Raises Refusal."""
        return await self._future


def problems(*http_statuses: int) -> dict[int | str, dict[str, Any]]:
    """These errors, for the description of a route."""
    return {http_status: {"model": Problem} for http_status in http_statuses}


api = APIRouter(prefix="/api", responses=problems(400, 422, 500, 503))
well = APIRouter(tags=["well-being"])


@api.post("/guests", status_code=status.HTTP_201_CREATED)
async def create_guest(wish: GuestWish, parlour: Here) -> Guest:
    """Makes a player of a name, and a token that proves who it is."""
    identity = parlour.guest(wish.name)
    token = parlour.tokens.issue(identity, parlour.now_ms())
    return Guest(player=identity.player, name=identity.name, token=token)


@api.get("/games")
async def list_games(parlour: Here) -> list[GameInfo]:
    """The games of this server, with the JSON schema of their options."""
    return [
        GameInfo(
            key=game.key,
            title=game.title,
            seats=list(game.seats),
            hides_nothing=game.hides_nothing,
            options=parlour.options.schema(game.key),
            exports=list(exports_of(game)),
            explained=bool(how_to_play(game)),
        )
        for game in parlour.catalog.values()
    ]


@api.get("/games/{key:path}/how-to-play", responses=problems(404))
async def read_how_to_play(key: GameKey, parlour: Here) -> HowToPlay:
    """How a game is played, in a few paragraphs; none where the game does not say."""
    return HowToPlay(paragraphs=list(how_to_play(_game(parlour, key))))


@api.get("/games/{key:path}/picture", responses=problems(404))
async def read_picture(key: GameKey, parlour: Here, response: Response) -> Picture:
    """How a game looks before its first move, with its usual options and the fewest seats."""
    _game(parlour, key)
    response.headers["Cache-Control"] = f"max-age={PICTURE_SECONDS_MAX}"
    return parlour.pictures.of(key)


@api.get("/lobbies")
async def list_lobbies(parlour: Here) -> dict[str, Any]:
    """The open lobbies, by their code. A socket that watches `lobbies` gets the same, live."""
    return dict(parlour.registry.open_lobbies.look(None, "view"))


@api.post("/lobbies", status_code=status.HTTP_201_CREATED, responses=problems(401, 404, 409))
async def create_lobby(wish: LobbyWish, parlour: Here, identity: Me) -> LobbyCode:
    """Opens a lobby, whose host the player is."""
    host = Player(identity.player, identity.name)
    answer = Answer()
    parlour.create_lobby(host, wish.request, answer, wish.game, wish.options, wish.seats, wish.listed)
    return LobbyCode(id=str(await answer.value()))


@api.get("/lobbies/{id}", responses=problems(404))
async def read_lobby(id: Id, parlour: Here) -> dict[str, Any]:
    """A lobby as all may see it."""
    return dict(parlour.registry.lobby(id).look(None, "view"))


@api.get("/matches")
async def list_matches(parlour: Here) -> list[PlayedMatch]:
    """The listed matches that are not over, newest first."""
    return _played(header for header in parlour.registry.open_matches.values() if header.listed)


@api.get("/matches/mine", responses=problems(401))
async def list_own_matches(parlour: Here, identity: Me) -> list[PlayedMatch]:
    """The matches that are not over in which the player has a seat, newest first."""
    registry = parlour.registry
    return _played(registry.open_matches[id] for id in registry.matches_of(identity.player))


@api.get("/matches/{id}", responses=problems(404))
async def read_match(id: Id, parlour: Here) -> MatchInfo:
    """A match as those who watch see it, with the commitment to its seed."""
    host = parlour.registry.match(id)
    return MatchInfo(id=id, version=host.version, about=dict(host.about("view")), view=dict(host.look(None, "view")))


@api.get("/matches/{id}/history", responses=problems(401, 403, 404))
async def read_history(
    id: Id, parlour: Here, identity: MeIfKnown, seat: Annotated[Seat | None, Query()] = None
) -> History:
    """How a match looked at each version, to spectators or to a seat: one's own, or any once the match is over."""
    return await parlour.histories.of(id, seat, identity.player if identity else None)


@api.get("/matches/{id}/record", responses=problems(404, 409))
async def read_record(id: Id, parlour: Here) -> dict[str, Any]:
    """The record of a match that is over: every move and every draw, and the seed that proves them."""
    return await parlour.histories.published(id)


@api.get("/matches/{id}/export/{format}", response_class=Response, responses=problems(404, 409))
async def read_export(id: Id, format: str, parlour: Here) -> Response:
    """A match that is over, as a file that other programs read: in one of the `exports` of its game."""
    media_type, text = await parlour.histories.exported(id, format)
    name = {"Content-Disposition": f'attachment; filename="{id}.{format}"'}
    return Response(text, media_type=media_type, headers=name)


@well.get("/health")
async def health() -> dict[str, str]:
    """Answers while the server is alive."""
    return {"status": "alive"}


@well.get("/ready", responses=problems(503))
async def ready(parlour: Here) -> dict[str, str]:
    """Answers 200 while players are let in and moves can be made safe."""
    if trouble := "the server restarts" if parlour.admission.closed else await parlour.probe():
        raise ApiRefusal(status.HTTP_503_SERVICE_UNAVAILABLE, "not_ready", f"{trouble[0].upper()}{trouble[1:]}.")
    return {"status": "ready"}


def add_routes(app: FastAPI) -> None:
    """All routes, and how their errors look."""
    app.include_router(api)
    app.include_router(well)

    @app.exception_handler(Refusal)
    async def refused(request: Request, refusal: Refusal) -> JSONResponse:
        http_status = HTTP_STATUSES.get(refusal.code, status.HTTP_409_CONFLICT)
        return _problem(http_status, Problem(code=refusal.code, sentence=refusal.sentence))

    @app.exception_handler(ApiRefusal)
    async def turned_away(request: Request, refusal: ApiRefusal) -> JSONResponse:
        return _problem(refusal.http_status, refusal.problem)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return _problem(422, Problem(code="bad_request", sentence=f"{where}: {first['msg']}."))

    @app.exception_handler(HTTPException)
    async def not_served(request: Request, error: HTTPException) -> JSONResponse:
        known = HTTPStatus(error.status_code)
        said = known.description if error.detail == known.phrase else error.detail
        answer = _problem(known, Problem(code=known.phrase.lower().replace(" ", "_"), sentence=f"{said}."))
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(Exception)
    async def broken(request: Request, error: Exception) -> JSONResponse:
        return _problem(500, Problem(code="broken", sentence="The server failed here. Its log says how."))


def _game(parlour: Parlour, key: str) -> Game:
    """A game by its key. Raises Refusal."""
    if key not in parlour.catalog:
        raise Refusal("no_such_game", f"This server does not play {key}.")
    return parlour.catalog[key]


def _played(headers: Iterable[Header]) -> list[PlayedMatch]:
    newest = sorted(headers, key=lambda header: header.created_ms, reverse=True)[:MATCHES_LISTED_MAX]
    return [
        PlayedMatch(
            id=header.id,
            game=header.game,
            players=[seat.name for seat in header.seats],
            created_ms=header.created_ms,
        )
        for header in newest
    ]


def _problem(http_status: int, problem: Problem) -> JSONResponse:
    return JSONResponse(problem.model_dump(), http_status)
