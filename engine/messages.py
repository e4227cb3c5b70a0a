"""Messages: what is said to whichever process waits for it or begins with it, now or within its time to live."""

from collections.abc import Mapping, Sequence

from engine import kernel
from engine.effects import Transition, correlation
from engine.errors import EngineError
from engine.persistence.records import Instance
from engine.persistence.work import UnitOfWork


class KeyUnusable(EngineError):
    """A message is matched by a text, a number or a list of those, and by nothing else."""


def publish(
    work: UnitOfWork,
    name: str,
    correlation_key: str | Sequence[object] | None,
    variables: Mapping[str, object],
    time_to_live: str | None = None,
    about: Instance | None = None,
) -> int:
    """Hand a message to one receiver of each process that waits for it or begins with it; give how many received it.

    Several keys, given as a list, must all be those the receiver waits for, in that order. Nobody there yet: it is kept for
    *time_to_live* (ISO 8601; the settings' default without one). What begins with a message *about* a matter is hidden from
    whom the matter is hidden.
    """
    transition = Transition(work)
    key = correlation_key if isinstance(correlation_key, str) else kernel.joined_key(correlation_key)
    if key is None and correlation_key is not None:
        raise KeyUnusable
    received = correlation.publish(transition, name, key, variables, time_to_live, about, about is not None)
    transition.run()
    return received
