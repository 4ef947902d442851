"""Tests of what waits: hosts, the journal, storage."""
