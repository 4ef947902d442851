"""The page: one document for all of its addresses, and files that a browser may keep but asks after."""

import gzip
import re

import httpx
import pytest

from tests.server import PATIENCE_SECONDS, ServerProcess


def get(house: ServerProcess, path: str, **headers: str) -> httpx.Response:
    return httpx.get(house.http + path, headers=headers, timeout=PATIENCE_SECONDS, trust_env=False)


@pytest.mark.parametrize("path", ["/", "/lobby/abc", "/match/abc", "/replay/abc", "/settings", "/workbench/abc"])
def test_each_address_of_the_page_answers_with_the_document(path: str, house: ServerProcess) -> None:
    answer = get(house, path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.text == get(house, "/").text


@pytest.mark.parametrize("path", ["/", "/lobby/abc", "/match/abc", "/replay/abc", "/settings", "/workbench"])
def test_the_browser_is_told_at_once_what_the_page_of_an_address_needs(path: str, house: ServerProcess) -> None:
    links = _links(get(house, path))
    assert links[0] == ("/assets/core.js", "modulepreload"), "all the rest waits for it"
    kinds = {"modulepreload": ".js", "preload; as=style; crossorigin": ".css"}
    for file, how in links:
        if how in kinds:
            assert get(house, file).status_code == 200
            assert file.endswith(kinds[how])


def test_the_browser_is_told_what_the_page_will_ask(house: ServerProcess) -> None:
    """So that the answer is there when the code is. The id in an address stays one, whatever it is made of."""
    asked = [path for path, how in _links(get(house, "/")) if how == "preload; as=fetch; crossorigin"]
    assert asked[0] == "/api/games"
    games = [game["key"] for game in get(house, "/api/games").json()]
    assert asked[1:] == [f"/api/games/{key}/picture" for key in games[:4]]
    assert all(get(house, path).status_code == 200 for path in asked)
    odd = get(house, "/match/a%3E%3B%2C%0D%0A%3Cb")
    assert ("/api/matches/a%3E%3B%2C%0D%0A%3Cb", "preload; as=fetch; crossorigin") in _links(odd)


def _links(answer: httpx.Response) -> list[tuple[str, str]]:
    """What the browser is to fetch, and as what."""
    said = answer.headers["link"]
    links = re.findall("<([^>]+)>; rel=(modulepreload|preload; as=(?:style|fetch); crossorigin)(?:, |$)", said)
    assert len(links) == said.count("<")
    return links


def test_who_looks_for_a_page_that_is_not_there_sees_a_page_and_a_program_a_problem(house: ServerProcess) -> None:
    seen = get(house, "/nowhere", Accept="text/html,*/*;q=0.8")
    assert (seen.status_code, seen.text) == (404, get(house, "/").text)
    assert get(house, "/nowhere").json()["code"] == "not_found"


def test_a_file_that_has_not_changed_is_not_sent_again(house: ServerProcess) -> None:
    first = get(house, "/index.html")
    again = get(house, "/index.html", **{"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == "no-cache"


def test_what_is_large_comes_compressed(house: ServerProcess) -> None:
    answer = get(house, "/api/games")
    assert answer.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in answer.headers["vary"].lower()


@pytest.mark.parametrize("path", ["/", "/assets/core.js"])
def test_the_files_of_the_page_are_packed_beforehand(path: str, house: ServerProcess) -> None:
    """Better than the server would do it in passing; and as they are for who cannot unpack them."""
    packed = get(house, path, **{"Accept-Encoding": "gzip, deflate, br"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"].lower() == "accept-encoding"
    assert int(packed.headers["content-length"]) < len(gzip.compress(packed.content, 9))
    plain = get(house, path, **{"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == packed.content
    assert plain.headers["content-type"] == packed.headers["content-type"]
    assert plain.headers["etag"] != packed.headers["etag"]


@pytest.mark.parametrize("path", ["/../pyproject.toml", "/%2e%2e/pyproject.toml", "/..%2f..%2fpyproject.toml"])
def test_nothing_outside_its_folder_is_served(path: str, house: ServerProcess) -> None:
    assert get(house, path).status_code == 404
