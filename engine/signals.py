"""Signals: what everybody hears who listens at that moment; nothing is kept."""

from collections.abc import Mapping

from engine.effects import Transition, correlation
from engine.persistence.work import UnitOfWork


def broadcast(work: UnitOfWork, name: str, variables: Mapping[str, object] | None = None) -> int:
    """Let every process that waits for the signal, or begins with it, hear it; give how many did."""
    transition = Transition(work)
    heard = correlation.broadcast(transition, name, variables or {})
    transition.run()
    return heard
