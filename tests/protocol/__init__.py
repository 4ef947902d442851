"""The wire, tested: patches, frames, messages, sessions as a pair, and the golden files."""
