"""Tests of `game.matches`."""
