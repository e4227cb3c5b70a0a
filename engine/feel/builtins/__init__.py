"""The functions of the language, DMN 1.5 chapter 10.3.4, and a few of the engine's."""

from engine.feel.builtins import booleans, calendar, contexts, conversion, lists, numbers, ranges, statistics, strings
from engine.feel.builtins.registry import BUILTINS

__all__ = [
    "BUILTINS",
    "booleans",
    "calendar",
    "contexts",
    "conversion",
    "lists",
    "numbers",
    "ranges",
    "statistics",
    "strings",
]
