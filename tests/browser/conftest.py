"""A browser, people who use it, a server and bots to play against. Without a browser nothing here is collected."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import chromium
from tests.browser import house as house_of_tests
from tests.browser.visitors import PATIENCE_MS, NewContext, Visitors
from tests.server import ServerProcess

CHROMIUM = chromium.find()
if CHROMIUM is None and chromium.required():
    raise pytest.UsageError(chromium.LEFT_OUT)
collect_ignore_glob = [] if CHROMIUM else ["test_*.py"]

NEEDLESS = (
    # What a new window of Chromium prepares beside the page costs a second of CPU, more than most pages do.
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "SpareRendererForSitePerProcess",
    # Chromium heeds one such list, the last: what Playwright does without is named again.
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
)
"""Features of Chromium that are turned off."""
ARGUMENTS = (
    f"--disable-features={','.join(NEEDLESS)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",  # containers have little of it
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
expect.set_options(timeout=PATIENCE_MS)


LONG = ("test_every_game_is_played", "test_every_page", "test_keyboard", "test_connection")
"""Files whose tests take longest: they come before the others, so that at the end no worker waits long for another."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Last: Playwright keeps a loop of its own running, beside which asyncio's tests cannot have theirs."""
    items.sort(key=lambda item: ("tests/browser/" in item.nodeid, not any(name in item.nodeid for name in LONG)))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Which browser is started, and how."""
    return {**browser_type_launch_args, "executable_path": chromium.lightest(), "args": list(ARGUMENTS)}


@pytest.fixture(scope="session")
def base_url() -> None:
    """None: addresses are written whole. Playwright's own of this name is not made as pytest wants it."""


@pytest.fixture
def visitors(new_context: NewContext) -> Iterator[Visitors]:
    """People with browsers. In the end nothing may have gone wrong for any of them."""
    visitors = Visitors(new_context)
    yield visitors
    assert visitors.trouble == []


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """A server that the tests share, with its storage in memory, and bots that attend."""
    with house_of_tests.opened(tmp_path_factory.mktemp("house"), "random,minimax") as server:
        yield server
