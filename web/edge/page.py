"""The page in the browser: built files, and one document for all of its addresses."""

import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, Response
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).parents[1] / "static"
DOCUMENT = "index.html"
FRESH = {"cache-control": "no-cache"}
"""File names stay the same from version to version: a browser asks each time whether its copy is still good."""
CHUNKS = "chunks.json"
"""What the built files need of one another: Vite writes it."""
ADDRESSES = {
    "/": "home",
    "/lobby/{id}": "Lobby",
    "/match/{id}": "match",
    "/replay/{id}": "Replay",
    "/settings": "Settings",
    "/workbench": "Workbench",
    "/workbench/{id}": "Workbench",
}
"""What the page shows by itself, and the name of the chunk with what it shows."""


class Files(StaticFiles):
    """The built files. Who looks for a page that is not there gets the document, which says so."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            wanted = Headers(scope=scope).get("accept", "")
            if error.status_code != HTTPStatus.NOT_FOUND or "text/html" not in wanted:
                raise
            response = FileResponse(FOLDER / DOCUMENT, HTTPStatus.NOT_FOUND)
        response.headers.update(FRESH)
        return response


def add_page(app: FastAPI) -> None:
    """Serves the page under all that no other route answers."""
    chunks = json.loads((FOLDER / CHUNKS).read_bytes())
    for address, shown in ADDRESSES.items():
        links = ", ".join(_links(chunks, shown))
        app.add_route(address, _document({**FRESH, "link": links}), ["GET", "HEAD"], include_in_schema=False)
    app.router.default = Files(directory=FOLDER)  # a mount would also answer for methods that a route does not have


def _document(headers: Mapping[str, str]) -> Callable[[Request], Awaitable[Response]]:
    async def document(request: Request) -> Response:
        return FileResponse(FOLDER / DOCUMENT, headers=headers)

    return document


def _links(chunks: Mapping[str, Any], shown: str) -> Iterator[str]:
    """What the browser is to fetch beside what the document names: else it would only find out from that.

    One way there and back less, until a board is seen: 150 ms on a slow phone.
    """
    wanted = [key for key, chunk in chunks.items() if chunk.get("name") == shown]
    for name in wanted:
        wanted += [part for part in chunks[name].get("imports", ()) if part not in wanted]
    for name in wanted:
        if not chunks[name].get("isEntry"):
            yield f"</{chunks[name]['file']}>; rel=modulepreload"
            yield from (f"</{style}>; rel=preload; as=style; crossorigin" for style in chunks[name].get("css", ()))
