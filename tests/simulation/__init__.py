"""The whole server and its players in one thread, on virtual time, by seed: network, disk and power fail as they please."""
