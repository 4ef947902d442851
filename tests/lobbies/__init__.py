"""Tests of `game.lobbies`."""
