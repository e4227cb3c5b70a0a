"""Live instances kept between commands, so that the next one need not be read from its state.

Only an optimisation: an instance is found by its definition and its very state, taken out while it is used, and put back
under its new state; whatever raised an error is never put back.
"""

from collections import OrderedDict
from threading import Lock

from engine.kernel.instance import Instance

MOST = 256
LARGEST = 256 * 1024

_kept: OrderedDict[tuple[str, bytes], Instance] = OrderedDict()
_lock = Lock()


def take(key: str, state: bytes) -> Instance | None:
    """Take the live instance out, if there is one."""
    with _lock:
        return _kept.pop((key, state), None)


def keep(key: str, state: bytes, instance: Instance) -> None:
    """Keep a live instance for the next command."""
    if instance.has_ended or len(state) > LARGEST:
        return
    with _lock:
        _kept[key, state] = instance
        if len(_kept) > MOST:
            _kept.popitem(last=False)


def forget() -> None:
    """Drop all live instances; the next commands read the stored states."""
    with _lock:
        _kept.clear()
