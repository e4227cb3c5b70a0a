"""The unit of work a view opens: in the name of the person who is signed in."""

from collections.abc import Callable
from typing import TypeVar

from flask import current_app, g

from engine.bootstrap import Engine
from engine.persistence.work import UnitOfWork

T = TypeVar("T")


def the_engine() -> Engine:
    """Give the engine behind this application."""
    engine: Engine = current_app.extensions["engine"]
    return engine


def unit_of_work() -> UnitOfWork:
    """Open a unit of work that reads."""
    return the_engine().work(g.actor)


def change(action: Callable[[UnitOfWork], T]) -> T:
    """Do *action* as the person who is signed in, again if somebody else changed the same rows meanwhile."""
    return the_engine().run(action, g.actor)
