"""Cutting a pack down for a short rehearsal, or repeating rows of it for a long one."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from engine import packs
from engine.feel import Environment
from engine.rehearsal.script import Cut, Script, ScriptRefused

Row = dict[str, str]
COPY = "copy"


def cut(files: Mapping[str, bytes], script: Script, wanted: Mapping[str, int]) -> dict[str, bytes]:
    """Give the pack's files with the reference tables that the options in *wanted* cut to a number of rows."""
    result = dict(files)
    functions = packs.parse(result).functions()
    for part in script.cuts:
        if part.option in wanted:
            path = f"reference/{part.table}.csv"
            if path not in result:
                raise ScriptRefused(problems=f"[[cut]] {part.option}: there is no {path}")
            result[path] = _cut_table(result[path], part, wanted[part.option], Environment(None, functions))
    return result


def _cut_table(data: bytes, part: Cut, number: int, environment: Environment) -> bytes:
    reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    columns, rows = list(reader.fieldnames or ()), list(reader)
    counted = [row for row in rows if part.where is None or part.where.evaluate({"row": row}, environment) is True]
    if part.beyond is not None:
        for row in counted[number:]:
            row.update(part.beyond)
        kept = rows
    else:
        kept = _repeated(_ordered(counted, part, environment), number)
        columns += [COPY] if COPY not in columns else []
    return _write(columns, kept)


def _ordered(rows: list[Row], part: Cut, environment: Environment) -> list[Row]:
    first = part.first
    if first is None:
        return rows
    keyed: list[tuple[Any, int, Row]] = [
        (first.evaluate({"row": row}, environment), place, row) for place, row in enumerate(rows)
    ]
    return [row for _, _, row in sorted(keyed, key=lambda item: item[:2])]


def _repeated(rows: list[Row], number: int) -> list[Row]:
    if not rows:
        return []
    return [{**rows[place % len(rows)], COPY: str(place // len(rows))} for place in range(number)]


def _write(columns: list[str], rows: list[Row]) -> bytes:
    target = io.StringIO()
    writer = csv.DictWriter(target, columns, lineterminator="\n", restval="0")
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue().encode()
