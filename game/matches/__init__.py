"""One playing of a game: pure."""
