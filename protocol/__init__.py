"""The wire: frames, messages, patches and both sides of a conversation, without a network."""
