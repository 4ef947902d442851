"""The only part of `game` that waits: hosts, the journal, storage."""
