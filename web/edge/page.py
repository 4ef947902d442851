"""The page in the browser: built files, and one document for all of its addresses."""

import json
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Mapping
from http import HTTPStatus
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

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
PACKED = ".gz"
"""What a file is called as it goes over the wire: the build has packed it better than the server would in passing."""
AS_PACKED = {"content-encoding": "gzip", "vary": "Accept-Encoding"}
CHUNKS = "chunks.json"
"""What the built files need of one another: Vite writes it."""
CORE = "core"
"""The chunk that runs first, and that all others stand on."""
ADDRESSES = {
    "/": ("home", "picture"),
    "/lobby/{id}": ("lobby",),
    "/match/{id}": ("match",),
    "/replay/{id}": ("Replay",),
    "/settings": ("Settings",),
    "/workbench": ("Workbench",),
    "/workbench/{id}": ("Workbench",),
}
"""What the page shows by itself, and the names of the chunks with what is seen first."""
PICTURES_FIRST = 4
"""Games whose pictures a phone shows before one scrolls."""


class Files(StaticFiles):
    """The built files. Who looks for a page that is not there gets the document, which says so."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        headers = Headers(scope=scope)
        packed = _takes_packed(headers) and self.lookup_path(path + PACKED)[1] is not None
        try:
            response = await super().get_response(path + PACKED if packed else path, scope)
        except HTTPException as error:
            if error.status_code != HTTPStatus.NOT_FOUND or "text/html" not in headers.get("accept", ""):
                raise
            response = FileResponse(FOLDER / DOCUMENT, HTTPStatus.NOT_FOUND)
        response.headers.update({**FRESH, **(AS_PACKED if packed else {})})
        return response


def add_page(app: FastAPI, games: Iterable[str]) -> None:
    """Serves the page under all that no other route answers. `games` are the keys, in the order in which they are shown."""
    chunks = json.loads((FOLDER / CHUNKS).read_bytes())
    pictures = [f"/api/games/{key}/picture" for key in islice(games, PICTURES_FIRST)]
    asked = {"/": ("/api/games", *pictures), "/match/{id}": ("/api/matches/{id}",)}
    for address, shown in ADDRESSES.items():
        document = _document([*_links(chunks, shown), *map(_answer, asked.get(address, ()))])
        app.add_route(address, document, ["GET", "HEAD"], include_in_schema=False)
    app.router.default = Files(directory=FOLDER)  # a mount would also answer for methods that a route does not have


def _document(links: Iterable[str]) -> Callable[[Request], Awaitable[Response]]:
    """The document, with what the browser is to fetch beside it; `{id}` in a link is the id in the address."""
    joined = ", ".join(links)

    async def document(request: Request) -> Response:
        id = quote(request.path_params.get("id", ""), safe="")
        headers = {**FRESH, "link": joined.replace("{id}", id)}
        if _takes_packed(request.headers):
            return FileResponse(FOLDER / (DOCUMENT + PACKED), headers={**headers, **AS_PACKED})
        return FileResponse(FOLDER / DOCUMENT, headers=headers)

    return document


def _takes_packed(headers: Headers) -> bool:
    return "gzip" in headers.get("accept-encoding", "")


def _links(chunks: Mapping[str, Any], shown: Collection[str]) -> Iterator[str]:
    """What the browser is to fetch beside what the document names: else it would only find out from that.

    One way there and back less, until a board is seen: 150 ms on a slow phone. What all the rest waits for comes first:
    a browser has six lines to a server.
    """
    wanted = [key for key, chunk in chunks.items() if chunk.get("name") in shown and "imports" in chunk]
    for name in wanted:
        wanted += [part for part in chunks[name].get("imports", ()) if part not in wanted]
    for name in sorted(wanted, key=lambda name: chunks[name].get("name") != CORE):
        yield f"</{chunks[name]['file']}>; rel=modulepreload"
        yield from (f"</{style}>; rel=preload; as=style; crossorigin" for style in chunks[name].get("css", ()))


def _answer(path: str) -> str:
    """What the page asks first, asked while its code is on the way."""
    return f"<{path}>; rel=preload; as=fetch; crossorigin"
