"""Writing what was edited back into a pack's files: only what is different changes, comments and order stay."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.items import AoT, Table

Values = Mapping[str, object]
CSV_MARK = "\ufeff"


def table(before: bytes, header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Give a reference table as CSV with the line ends, and the mark at the beginning, that it had."""
    text = before.decode("utf-8", errors="replace")
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n" if "\r\n" in text else "\n")
    writer.writerow(header)
    writer.writerows(rows)
    return ((CSV_MARK if text.startswith(CSV_MARK) else "") + stream.getvalue()).encode()


def deadlines(before: bytes, slas: Sequence[Values], steps: Mapping[str, Sequence[Values]]) -> bytes:
    """Give ``pack.toml`` with these deadlines in this order, each with the *steps* of its ladder; ``None`` leaves a key out."""
    document = _read(before)
    known = {str(found.get("code")): found for found in document.get("sla", ())}
    wanted = [_filled(known.get(str(values["code"])), values) for values in slas]
    for found, values in zip(wanted, slas, strict=True):
        _climb(found, steps.get(str(values["code"]), ()))
    _arrange(document, "sla", wanted)
    return _written(document, "sla")


def holidays(before: bytes, year: int, off: Iterable[date], worked: Iterable[date], source: str) -> bytes:
    """Give ``pack.toml`` with a year's days off and worked weekend days."""
    document = _read(before)
    tables = list(document.get("calendar", ()))
    found = next((one for one in tables if one.get("year") == year), None)
    values: dict[str, object] = {
        "year": year,
        "holidays": spans(off, worked),
        "workdays": [day.isoformat() for day in sorted(worked)],
    }
    written = _filled(found, values | {"source": source or None})
    _arrange(document, "calendar", sorted([one for one in tables if one is not found] + [written], key=lambda one: one["year"]))
    return _written(document, "calendar")


def dates(before: bytes, milestones: Mapping[str, Values], stages: Mapping[str, Values]) -> bytes:
    """Give ``pack.toml`` with other values for some of its milestones and stages, by code."""
    document = _read(before)
    for key, wanted in (("milestones", milestones), ("stages", stages)):
        for found in document.get(key, ()):
            _filled(found, wanted.get(str(found.get("code")), {}))
    return tomlkit.dumps(document).encode()


def without_holidays(before: bytes, year: int) -> bytes:
    """Give ``pack.toml`` without a year of its own: the library's holds again."""
    document = _read(before)
    _arrange(document, "calendar", [one for one in document.get("calendar", ()) if one.get("year") != year])
    return _written(document, "calendar")


def _read(content: bytes) -> TOMLDocument:
    return tomlkit.parse(content.decode("utf-8-sig"))


def _written(document: TOMLDocument, key: str) -> bytes:
    """Write the file, an empty line after each of the tables under *key*."""
    for one in document.get(key, ()):
        if not one.as_string().endswith("\n\n"):
            (one["ladder"][-1] if "ladder" in one else one).add(tomlkit.nl())
    return tomlkit.dumps(document).encode()


def spans(off: Iterable[date], worked: Iterable[date] = ()) -> list[str]:
    """Write days off as single days and spans, across the weekends between them that are not worked."""
    days, kept = sorted(off), set(worked)
    runs: list[list[date]] = []
    for day in days:
        if runs and all(_rests(between, kept) for between in _between(runs[-1][-1], day)):
            runs[-1].append(day)
        else:
            runs.append([day])
    return [run[0].isoformat() if run[0] == run[-1] else f"{run[0]}/{run[-1]}" for run in runs]


def _between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range(1, (last - first).days)]


def _rests(day: date, worked: set[date]) -> bool:
    return day.weekday() >= 5 and day not in worked


def _filled(found: Table | None, values: Values) -> Table:
    """Write values into a table, new or as it is; what already says the same keeps how it was written."""
    written = tomlkit.table() if found is None else found
    for key, value in values.items():
        if value is None:
            written.pop(key, None)
        elif key not in written or not _same(written[key], value):
            _put(written, key, value)
    return written


def _same(before: Any, value: object) -> bool:
    plain = before.unwrap() if hasattr(before, "unwrap") else before
    return type(plain) is type(value) and plain == value


def _put(written: Table, key: str, value: object) -> None:
    """Write one key; a new one goes before the tables inside, where it belongs to this table and not to the last of them."""
    inner = {} if key in written else {name: written.pop(name) for name in list(written) if isinstance(written[name], AoT)}
    written[key] = value
    for name, kept in inner.items():
        written.append(name, kept)


def _climb(found: Table, steps: Sequence[Values]) -> None:
    """Write the steps of a ladder: those there are in their places, further ones after them."""
    before = list(found.get("ladder", ()))
    wanted = [_filled(before[place] if place < len(before) else None, values) for place, values in enumerate(steps)]
    _arrange(found, "ladder", wanted)


def _arrange(holder: Any, key: str, wanted: Sequence[Table]) -> None:
    """Make *wanted* the tables under a key; where nothing came, went or moved nothing is touched."""
    before = list(holder.get(key, ()))
    if len(before) == len(wanted) and all(one is other for one, other in zip(before, wanted, strict=True)):
        return
    if not wanted:
        holder.pop(key, None)
        return
    if key not in holder:
        if isinstance(holder, TOMLDocument):
            holder.add(tomlkit.nl())
        holder.append(key, tomlkit.aot())
    tables = holder[key]
    while len(tables):
        tables.pop()
    for one in wanted:
        tables.append(one)
