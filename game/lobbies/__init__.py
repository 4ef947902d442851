"""A match that has not begun: pure, the same shape as a match."""
