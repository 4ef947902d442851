"""Rules, matches, lobbies, and the engine that keeps them safe."""
