"""How long somebody with a slow phone waits for a board: `python -m tests.browser.first_scene`.

A command and no test: what it measures is as much the machine's as the page's.
"""

import argparse
import json
import statistics
import tempfile
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium
from tests.browser.conftest import ARGUMENTS
from tests.browser.matches import begin, kept
from tests.browser.visitors import SIZES
from tests.server import ServerProcess

ROUND_TRIP_MS = 150
DOWN_BYTES_PER_SECOND = 1.6e6 / 8
UP_BYTES_PER_SECOND = 750e3 / 8
"""A slow 4G, as Lighthouse has it."""
SLOWER = 4
"""How many times slower than this machine the phone's processor is."""
SEEN = "svg .pt-piece, [data-place]"
"""What shows that a scene is drawn: a piece, or a place that can be picked."""
WATCH = """(seen) => {
  window.drawn = new Promise((drawn) => {
    const look = () => {
      if (!document.querySelector(seen)) return;
      watcher.disconnect();
      requestAnimationFrame(() => setTimeout(() => drawn(performance.now())));
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document, { childList: true, subtree: true });
  });
}"""
"""Looks in the page itself: whoever asks it from outside hears of a scene late, and slows it down."""


class Measured(NamedTuple):
    """Milliseconds from the click on a link to the first scene, and bytes that came until then."""

    ms: float
    bytes: int


def measure(browser: Browser, url: str, state: object) -> Measured:
    """One visit by somebody whose browser has kept nothing of the page."""
    context = browser.new_context(**SIZES["phone"], service_workers="block", storage_state=state)  # type: ignore[arg-type]
    page = context.new_page()
    received = _slow_down(page)
    page.add_init_script(f"({WATCH})({json.dumps(SEEN)})")
    page.goto(url, wait_until="commit")
    ms = page.evaluate("window.drawn")
    context.close()
    return Measured(ms, sum(received))


def _slow_down(page: Page) -> list[int]:
    """Makes the page's phone and network slow; the bytes of each answer as they come."""
    received: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: received.append(int(event["encodedDataLength"])))
    conditions = {
        "offline": False,
        "latency": ROUND_TRIP_MS,
        "downloadThroughput": DOWN_BYTES_PER_SECOND,
        "uploadThroughput": UP_BYTES_PER_SECOND,
    }
    session.send("Network.emulateNetworkConditions", conditions)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return received


def main() -> None:
    """Prints the median, and what it lies between, for the home page and for a match by its link."""
    arguments = argparse.ArgumentParser(description="Time to the first scene on a slow phone.")
    arguments.add_argument("--game", default="chess")
    arguments.add_argument("--visits", type=int, default=7)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = ServerProcess(Path(folder), "memory:").start()
        browser = playwright.chromium.launch(executable_path=chromium.lightest(), args=list(ARGUMENTS))
        try:
            match = begin(server, options.game)
            for what, address in (("home", "/"), (f"a match of {options.game}", f"/match/{match.id}")):
                state = kept(server.http, match.tokens[0])
                visits = [measure(browser, server.http + address, state) for _ in range(options.visits)]
                times = sorted(visit.ms for visit in visits)
                print(
                    f"{what}: {statistics.median(times):.0f} ms ({times[0]:.0f}–{times[-1]:.0f}),"
                    f" {visits[-1].bytes / 1000:.1f} kB with headers"
                )
        finally:
            browser.close()
            server.close()


if __name__ == "__main__":
    main()
