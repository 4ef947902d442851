"""python -m tests.engine.folding_server: the server, whose records leave the journal every few commits."""

from game.engine.storage import sqlite
from web.__main__ import main

sqlite.GENERATION_BYTES = 4096

if __name__ == "__main__":
    main()
