"""Tests of `game/rules/open_spiel`."""
