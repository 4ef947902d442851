"""Every limit of the wire, in one place. Units come last in a name."""

FRAME_BYTES_MAX = 64 * 1024
"""One message; more closes the connection."""
FRAME_DEPTH_MAX = 16
"""Arrays and maps within each other."""
FRAME_ITEMS_MAX = 16 * 1024
"""Elements of one array, pairs of one map."""

ID_CHARS_MAX = 32
"""Ids of players, matches, lobbies and requests."""
NAME_CHARS_MAX = 32
"""A player's name on screen."""
TOKEN_CHARS_MAX = 2048
MOVE_CHARS_MAX = 512
"""A move in its game's notation."""
CHAT_CHARS_MAX = 240
"""One line of what players say to each other."""
SEATS_MAX = 32
OPTIONS_MAX = 32
"""Options of one game."""
ATTENDED_GAMES_MAX = 512
"""Games that one attending bot offers to play."""

HELLO_SECONDS_MAX = 5.0
"""From the handshake to `hello`."""
REMEMBERED_FRAMES_MAX = 64
"""Last updates an audience's feed keeps for those who return."""
CHECKSUM_EVERY_VERSIONS = 16
"""How often an update carries the checksum of the view."""
BACKLOG_BYTES_MAX = 256 * 1024
"""Unsent bytes of one connection; beyond it the reader is too slow and is cut off."""
WATCHES_MAX = 4096
"""Feeds that one connection listens to."""

STREAM_BODY_BYTES_MAX = 96 * 1024
"""Frames with their lengths in one request of a stream over HTTP."""
STREAM_BODIES_AHEAD_MAX = 4
"""Requests of a stream that the server keeps while an earlier one is still missing."""
STREAM_BEAT_SECONDS = 15.0
"""How often a comment goes down a stream."""
STREAM_SILENCE_SECONDS_MAX = 60.0
"""A stream on which nothing has come up for so long is closed."""

UNANSWERED_MAX = 1024
"""Requests that a client keeps to send again; it refuses to make more."""
REPAIRS_MAX = 3
"""Snapshots in a row that a client takes because of updates that did not fit; then it connects anew."""
