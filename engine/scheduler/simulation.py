"""A rehearsal's time: it stands still while there is something to do, then jumps to the moment the next job is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from engine import jobs
from engine.clock import SimulatedClock

if TYPE_CHECKING:
    from engine.bootstrap import Engine

Step = Callable[[datetime], object]


def run_until(engine: Engine, moment: datetime, on_step: Step | None = None) -> int:
    """Do every job due until *moment*, jumping from one to the next; give how many were done.

    *on_step* is called at each moment after its jobs, before time goes on; what it does may make new jobs due at once.
    """
    clock = engine.clock
    assert isinstance(clock, SimulatedClock), "only a simulated clock can be moved"
    done = 0
    while True:
        done += _all_due(engine)
        if on_step is not None:
            on_step(clock.now())
            done += _all_due(engine)
        with engine.work() as work:
            due = jobs.next_due(work)
        if due is None or due > moment:
            clock.move_to(moment)
            return done
        clock.move_to(due)


def _all_due(engine: Engine) -> int:
    done = 0
    while found := jobs.run_due(engine):
        done += found
    return done
