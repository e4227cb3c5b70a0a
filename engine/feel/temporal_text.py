"""Reads a date, time, date and time or duration, whichever a text is."""

from engine.feel.durations import parse_duration
from engine.feel.temporal import parse_date, parse_date_time, parse_time


def parse_temporal(text: str) -> object:
    """Give what the text denotes, null when it is none of these."""
    if text.lstrip("-").startswith("P"):
        return parse_duration(text)
    if "T" in text:
        return parse_date_time(text)
    return parse_date(text) or parse_time(text)
