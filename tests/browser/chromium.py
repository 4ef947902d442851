"""Where the browser is that the tests of the page run in.

`python -m tests.browser.chromium` installs Debian's where it may, or says in one line that they are left out.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

SETTING = "PARLOUR_CHROMIUM"
SHELL = "chromium-headless-shell"
"""Chromium without what is around a page: no notices, no windows. The same pages cost a quarter less in it."""
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
INSTALL = (
    ["apt-get", "update", "-qq"],
    *(["apt-get", "install", "-y", "-qq", "--no-install-recommends", package] for package in ("chromium", SHELL)),
)
"""The shell last, for it can be done without."""
LEFT_OUT = (
    "The tests in a browser are left out: there is no Chromium. Install one (on Debian: apt install chromium), "
    f"or name it: {SETTING}=/path/to/chromium"
)


def find() -> str | None:
    """The program: the one that the setting names, or the first that is here."""
    if named := os.environ.get(SETTING):
        return named
    on_path = (shutil.which(name) for name in NAMES)
    return next((found for found in on_path if found), None) or next(filter(os.path.exists, PLACES), None)


def lightest() -> str | None:
    """The one for pages that need nothing but a page: the shell, where it is here and no other is named."""
    shell = None if os.environ.get(SETTING) else shutil.which(SHELL)
    return shell or find()


def required() -> bool:
    """Whether its absence is a failure."""
    return os.environ.get("CI") == "true"


def install() -> None:
    """Debian's Chromium, where we may and apt is here. What it prints is shown when it fails."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    print("installing Chromium for the tests in a browser")
    for command in INSTALL:
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        done = subprocess.run(
            command, check=False, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        if done.returncode != 0:
            sys.stderr.write(done.stdout)
            return


def main() -> None:
    """Sees to it that there is a browser."""
    if find() is None:
        install()
    if (found := find()) is None:
        print(LEFT_OUT, file=sys.stderr)
        raise SystemExit(1 if required() else 0)
    if not Path(found).exists():
        raise SystemExit(f"{SETTING} names {found}, which is not there")


if __name__ == "__main__":
    main()
