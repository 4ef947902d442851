"""Where the network meets the engine."""
