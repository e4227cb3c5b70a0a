"""What never changes once it has been read: deployed versions, parsed once per process."""

import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Cache:
    """Values by key, until something is deployed: then all are read again."""

    def __init__(self) -> None:
        self._values: dict[Hashable, Any] = {}
        self._lock = threading.RLock()

    def get(self, key: Hashable, load: Callable[[], T]) -> T:
        """Give the value under *key*, loading it the first time; two threads never load the same value twice."""
        if key in self._values:
            found: T = self._values[key]
            return found
        with self._lock:
            if key not in self._values:
                self._values[key] = load()
            loaded: T = self._values[key]
            return loaded

    def clear(self) -> None:
        """Read everything again, for something was deployed."""
        with self._lock:
            self._values = {}
