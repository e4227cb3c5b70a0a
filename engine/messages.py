"""Messages: what is said to whichever process waits for it or begins with it, now or within its time to live."""

from collections.abc import Mapping

from engine.effects import Transition, correlation
from engine.persistence.work import UnitOfWork


def publish(
    work: UnitOfWork, name: str, correlation_key: str | None, variables: Mapping[str, object], time_to_live: str | None = None
) -> int:
    """Hand a message to one receiver of each process that waits for it or begins with it; give how many received it.

    Nobody there yet: it is kept for *time_to_live* (ISO 8601; the settings' default without one).
    """
    transition = Transition(work)
    received = correlation.publish(transition, name, correlation_key, variables, time_to_live)
    transition.run()
    return received
