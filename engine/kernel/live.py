"""Live instances kept between commands, so that the next one need not be read from its state.

Only an optimisation: an instance is found by its definition and its very state, taken out while it is used, and put back
under its new state; whatever raised an error is never put back.
"""

from collections import OrderedDict
from threading import Lock

from engine.kernel.instance import Instance

MOST_INSTANCES = 64
MOST_BYTES = 1024 * 1024


class Kept:
    """The live instances used last, as many as a budget of stored bytes allows."""

    def __init__(self) -> None:
        self._instances: OrderedDict[tuple[str, bytes], tuple[Instance, int]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def take(self, key: str, state: bytes) -> Instance | None:
        """Take the live instance out, if there is one."""
        with self._lock:
            instance, size = self._instances.pop((key, state), (None, 0))
            self._bytes -= size
            return instance

    def keep(self, key: str, state: bytes, instance: Instance) -> None:
        """Keep a live instance for the next command."""
        if instance.has_ended:
            return
        self.take(key, state)
        with self._lock:
            size = len(state) + sum(part for _, part in instance.digests.values())
            self._instances[key, state] = instance, size
            self._bytes += size
            while len(self._instances) > MOST_INSTANCES or self._bytes > MOST_BYTES:
                _, (_, oldest) = self._instances.popitem(last=False)
                self._bytes -= oldest

    def forget(self) -> None:
        """Drop all live instances; the next commands read the stored states."""
        with self._lock:
            self._instances.clear()
            self._bytes = 0


_kept = Kept()
take, keep, forget = _kept.take, _kept.keep, _kept.forget
