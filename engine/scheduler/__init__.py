"""The scheduler: wakes the job that is due next, and drives the clock of a rehearsal from job to job."""

from engine.scheduler.simulation import run_until
from engine.scheduler.waking import Scheduler

__all__ = ["Scheduler", "run_until"]
