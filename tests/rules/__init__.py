"""The rules of every game, and what holds for them."""
