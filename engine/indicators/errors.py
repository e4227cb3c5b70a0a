"""Reasons for not showing an indicator."""

from engine.errors import EngineError


class NoSuchIndicator(EngineError):
    """There is no indicator {code}, or it is not for your post."""

    kind = "missing"


class NoSuchFigure(EngineError):
    """{indicator} has no such figure."""

    kind = "missing"
