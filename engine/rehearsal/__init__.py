"""Rehearsal: a pack played in seconds by actors its ``rehearsal.toml`` describes, before real people work in it.

The actors call the same public functions as the pages do, under a simulated clock; the tables are never touched.
"""

from engine.rehearsal.driver import Rehearsal, rehearse
from engine.rehearsal.report import Report
from engine.rehearsal.script import Script, ScriptRefused, parse

__all__ = ["Rehearsal", "Report", "Script", "ScriptRefused", "parse", "rehearse"]
