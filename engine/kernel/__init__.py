"""The kernel: one process instance in memory, commands in, effects out. The only import of SpiffWorkflow.

``start`` and ``advance`` are pure; ``refuse`` says at deployment what cannot be run; ``waiting``, ``variables`` and
``forecast`` read for pages.
"""

from engine.kernel.ahead import Next, forecast
from engine.kernel.reading import Waiting, variables, waiting
from engine.kernel.refusal import refuse
from engine.kernel.runs import advance, start

__all__ = ["Next", "Waiting", "advance", "forecast", "refuse", "start", "variables", "waiting"]
