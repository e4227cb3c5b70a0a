"""FEEL, the expression language of DMN 1.5: text is compiled to closures once and evaluated often.

Values are None, bool, ``int | Decimal``, str, date, time, datetime (own classes beyond Python's years),
timedelta, ``YearsMonths``, list, dict, ``Range`` and ``Function``. Nothing leads from an expression into Python.
"""

from engine.feel.calendar_days import WideDate, WideDateTime
from engine.feel.durations import YearsMonths
from engine.feel.environment import DEFAULT, Environment
from engine.feel.errors import FeelError, FeelSyntaxError
from engine.feel.expression import Expression, UnaryTests, call, call_named, compile_expression, compile_unary_tests
from engine.feel.functions import Function
from engine.feel.paths import paths
from engine.feel.ranges import Range
from engine.feel.values import to_json

__all__ = [
    "DEFAULT",
    "Environment",
    "Expression",
    "FeelError",
    "FeelSyntaxError",
    "Function",
    "Range",
    "UnaryTests",
    "WideDate",
    "WideDateTime",
    "YearsMonths",
    "call",
    "call_named",
    "compile_expression",
    "compile_unary_tests",
    "paths",
    "to_json",
]
