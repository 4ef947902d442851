"""The page's renderer draws what every game can show: no browser is needed for that, Node is."""

import os
import subprocess
from pathlib import Path

from tests import tables

CLIENT = Path(__file__).parents[2] / "web" / "client"
VITEST = [str(CLIENT / "npm"), "exec", "--", "vitest", "run", "--config", "gallery/vite.config.ts", "--reporter", "dot"]


def test_every_scene_of_every_game_is_drawn(tmp_path: Path) -> None:
    """Each piece and place has a position and a name, and the first pick of each legal move is offered."""
    scenes = tmp_path / "tables.json"
    tables.write(scenes)
    environment = {**os.environ, "TABLES": str(scenes), "NO_COLOR": "1"}
    done = subprocess.run(VITEST, cwd=CLIENT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
