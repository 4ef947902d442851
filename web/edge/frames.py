"""A payload as a WebSocket frame, the same bytes for every receiver."""

_SMALL_HEADS = tuple(bytes((0x82, size)) for size in range(126))


def binary_frame(payload: bytes) -> bytes:
    """One unmasked, unfragmented binary message (RFC 6455, 5.2)."""
    size = len(payload)
    if size < 126:
        return _SMALL_HEADS[size] + payload
    if size < 65536:
        return b"\x82\x7e" + size.to_bytes(2, "big") + payload
    return b"\x82\x7f" + size.to_bytes(8, "big") + payload


def payload(frame: bytes) -> bytes:
    """What `binary_frame` framed."""
    short = frame[1]
    return frame[2 if short < 126 else 4 if short == 126 else 10 :]
