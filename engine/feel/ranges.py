"""Ranges: what lies between two endpoints, and unary ranges such as ``(< 10)``."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """Everything between two endpoints of one kind; an endpoint of null is open without limit.

    *operator* is set for a range written with one (``(>= 5)``, ``(= 5)``, ``(!= 5)``).
    """

    start: object
    end: object
    start_included: bool = True
    end_included: bool = True
    operator: str = ""


def unary(operator: str, endpoint: object) -> Range:
    """Give the range that a comparison with one endpoint describes."""
    if operator in ("=", "!="):
        return Range(endpoint, endpoint, operator == "=", operator == "=", operator)
    if operator in ("<", "<="):
        return Range(None, endpoint, False, operator == "<=", operator)
    return Range(endpoint, None, operator == ">=", False, operator)
