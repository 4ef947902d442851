"""The server on a real and a bad network: what the protocol forbids, what gets lost, who means harm."""
