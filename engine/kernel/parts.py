"""Parts: the state of an instance with very many tokens, cut up by their keys, so that a step writes only what it touched.

The head is the state as everybody handles it. It names each part with its digest, so it is another one whenever any part
is, and parts that are not those it speaks of are noticed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import blake2b

SIGN = b"K2"
# how many keys a part spans; the first ones, with the process and mostly the loop around the others, stay in the head
SIZE = 64
# with more tokens than the first an instance is cut up, with no more than the second it is put together again
TOO_MANY, FEW_AGAIN = 256, 128

Stored = Callable[[], Mapping[int, bytes]]


class Parted(bytes):
    """The head of a state, with what its step *changed* of the parts (nothing left is ``b""``).

    *stored* reads the parts as they were before; *anew* says that none of them counts any more.
    """

    stored: Stored
    changed: dict[int, bytes]
    anew: bool

    @classmethod
    def of(cls, head: bytes, stored: Stored, changed: Mapping[int, bytes] | None = None, anew: bool = False) -> Parted:
        """Make one."""
        made = cls(head)
        made.stored, made.changed, made.anew = stored, dict(changed or {}), anew
        return made

    def parts(self) -> dict[int, bytes]:
        """Give the parts as they are now."""
        found = {} if self.anew else dict(self.stored())
        found |= self.changed
        return {number: found[number] for number in sorted(found) if found[number]}

    def after(self, before: bytes) -> Parted:
        """Give this state as what follows *before*, whose changes may not have been written either."""
        if self.anew or not isinstance(before, Parted):
            return self
        return Parted.of(bytes(self), before.stored, before.changed | self.changed, before.anew)


def number_of(key: str) -> int:
    """Say which part a token is in; 0 is the head itself."""
    return int(key) // SIZE


def digest(part: bytes) -> str:
    """Give what a part is recognised by."""
    return blake2b(part, digest_size=9).hexdigest()


def nothing() -> Mapping[int, bytes]:
    """Give no parts, for what was never stored."""
    return {}
