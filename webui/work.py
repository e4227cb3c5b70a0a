"""The unit of work a view opens: in the name of the person who is signed in."""

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from flask import current_app, g

if TYPE_CHECKING:
    from engine.bootstrap import Engine
    from engine.persistence.work import UnitOfWork


def the_engine() -> "Engine":
    """Give the engine behind this application."""
    return current_app.extensions["engine"]


def unit_of_work() -> "AbstractContextManager[UnitOfWork]":
    """Open the unit of work of this request."""
    return the_engine().work(g.actor)


def system_work() -> "AbstractContextManager[UnitOfWork]":
    """Open a unit of work in nobody's name, for what comes before signing in."""
    return the_engine().work()
