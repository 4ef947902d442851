"""For those who write games: where a game is, a game to begin from, and what it costs to play it."""
