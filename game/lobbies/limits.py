"""Every limit of a lobby, in one place. Units come last in a name."""

MEMBERS_MAX = 64
"""Players in one lobby, whether they sit or not."""
COMMANDS_MAX = 4096
"""Commands that one lobby accepts; after that only leaving, starting and closing."""
LOBBY_IDLE_MS = 60 * 60 * 1000
"""How long after its last accepted command a lobby may be closed for idleness."""
