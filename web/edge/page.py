"""The page in the browser: built files, and one document for all of its addresses."""

from http import HTTPStatus
from pathlib import Path

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
ADDRESSES = ("/", "/lobby/{id}", "/match/{id}", "/replay/{id}", "/settings", "/workbench", "/workbench/{id}")
"""What the page shows by itself."""


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

    async def document(request: Request) -> Response:
        return FileResponse(FOLDER / DOCUMENT, headers=FRESH)

    for address in ADDRESSES:
        app.add_route(address, document, ["GET", "HEAD"], include_in_schema=False)
    app.router.default = Files(directory=FOLDER)  # a mount would also answer for methods that a route does not have
