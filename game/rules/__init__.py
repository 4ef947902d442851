"""What a game is, and each game: pure functions over frozen state."""
