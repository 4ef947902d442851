"""Every limit of the engine, in one place. Units come last in a name."""

REMEMBERED_REFUSALS_MAX = 64
"""Last refusals a host keeps, to repeat them to a request that is sent again."""
SLEEP_AFTER_SECONDS = 30.0
"""How long a match that nobody watches stays awake."""
LOOK_AGAIN_SECONDS = 60.0
"""After a lobby could not be closed, or not be read."""
BULLETIN_BYTES_MAX = 48 * 1024
"""What a live list shows, as JSON; more entries are found by their code alone."""
LINES_PENDING_MAX = 20_000
"""Lines appended to the journal that are not durable yet; beyond it, commands are refused as `overloaded`."""
