"""Messages: what is said to whichever process waits for it or begins with it, now or within its time to live."""

from collections.abc import Mapping

from engine.effects import Transition, correlation
from engine.persistence.records import Instance
from engine.persistence.work import UnitOfWork


def publish(
    work: UnitOfWork,
    name: str,
    correlation_key: str | None,
    variables: Mapping[str, object],
    time_to_live: str | None = None,
    about: Instance | None = None,
) -> int:
    """Hand a message to one receiver of each process that waits for it or begins with it; give how many received it.

    Nobody there yet: it is kept for *time_to_live* (ISO 8601; the settings' default without one). What begins with a message
    *about* a matter is hidden from whom the matter is hidden.
    """
    transition = Transition(work)
    received = correlation.publish(transition, name, correlation_key, variables, time_to_live, about, about is not None)
    transition.run()
    return received
