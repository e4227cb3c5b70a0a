"""The kernel: one process instance in memory, commands in, effects out. The only import of SpiffWorkflow.

``start`` and ``advance`` are pure; ``refuse`` says at deployment what cannot be run; ``waiting``, ``variables`` and
``forecast`` read for pages; ``migrate`` puts an instance on another version, ``joined_key`` says what messages are matched by.
"""

from engine.kernel.ahead import Next, forecast
from engine.kernel.migrating import Migrated, Versions, faults, migrate, misfits
from engine.kernel.reading import Waiting, variables, waiting
from engine.kernel.refusal import refuse
from engine.kernel.runs import advance, start
from engine.kernel.watches import joined_key

__all__ = [
    "Migrated",
    "Next",
    "Versions",
    "Waiting",
    "advance",
    "faults",
    "forecast",
    "joined_key",
    "migrate",
    "misfits",
    "refuse",
    "start",
    "variables",
    "waiting",
]
