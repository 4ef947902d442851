"""Programs that play, over the same protocol as anyone else."""
