"""Primary keys: UUIDs that sort by the moment they were made (RFC 9562, version 7)."""

import os
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def new_key() -> UUID:
    """Make a key greater than every key this process made before."""
    global _last
    with _lock:
        # 48 bits of milliseconds and 12 bits of fraction, pushed on by one where the clock stands still
        _last = max(time.time_ns() * 4096 // 1_000_000, _last + 1)
        stamp = _last
    random = int.from_bytes(os.urandom(8)) & 0x3FFFFFFFFFFFFFFF
    return UUID(int=(stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64 | 0x2 << 62 | random)
