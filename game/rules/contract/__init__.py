"""What holds for every game, as checks that say in words what to change."""
