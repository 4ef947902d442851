"""What every answer over HTTP tells the browser that it must not do."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from tests.server import PATIENCE_SECONDS, ServerProcess
from web.edge.headers import SecurityHeaders

ANSWERS = [
    ("GET", "/health", 200),
    ("GET", "/ready", 200),
    ("GET", "/openapi.json", 200),
    ("GET", "/nothing/here", 404),
    ("DELETE", "/health", 405),
    ("GET", "/api/games", 200),
    ("GET", "/api/matches/none", 404),
    ("GET", "/api/matches/mine", 401),
    ("POST", "/api/guests", 422),
    ("POST", "/api/stream/frames", 404),
]


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
def test_every_answer_has_them(house: ServerProcess, method: str, path: str, status: int) -> None:
    """And nothing that the API says is kept on the way."""
    answer = httpx.request(method, house.http + path)
    assert answer.status_code == status
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert (answer.headers.get("cache-control") == "no-store") == path.startswith("/api/")


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_no_page_loads_scripts_from_elsewhere(house: ServerProcess, path: str) -> None:
    assert httpx.get(house.http + path, timeout=PATIENCE_SECONDS).status_code == 404


async def test_the_answer_to_a_failure_has_them_too() -> None:
    def fails(request: Request) -> Response:
        raise ZeroDivisionError

    answer = await answered(Starlette(routes=[Route("/api/x", fails)]))
    assert answer.status_code == 500
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_what_an_answer_says_itself_stands() -> None:
    said = {"Cache-Control": "max-age=60", "content-security-policy": "sandbox"}
    answer = await answered(Response(headers=said))
    assert answer.headers.get_list("cache-control") == ["max-age=60"]
    assert answer.headers.get_list("content-security-policy") == ["sandbox"]
    assert answer.headers["x-content-type-options"] == "nosniff"


async def answered(app: ASGIApp) -> httpx.Response:
    """What comes of an application of the API with the headers around it."""
    transport = httpx.ASGITransport(app=SecurityHeaders(app), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
        return await client.get("/api/x")
