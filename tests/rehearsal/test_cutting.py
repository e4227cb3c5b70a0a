"""Cutting reference tables."""

import csv
import io

from engine import packs
from engine.rehearsal.cutting import cut
from engine.rehearsal.hours import spans
from engine.rehearsal.script import Cut, Script, compiled
from tests.conftest import MORNING


def cut_units(number: int, **how: object) -> list[dict[str, str]]:
    part = Cut("units", "units", **how)
    script = Script("p", "s", MORNING, MORNING, 1, spans(["08:30", "17:00"]), cuts=(part,))
    files = cut(packs.files("demo-leave"), script, {"units": number})
    return list(csv.DictReader(io.StringIO(files["reference/units.csv"].decode())))


def test_rows_beyond_the_number_are_left_out():
    assert [row["code"] for row in cut_units(2)] == ["JG", "BGS"]


def test_rows_beyond_the_number_can_be_marked_instead():
    rows = cut_units(1, where=compiled('row.parent = "JG"'), beyond={"level": "-"})

    assert [(row["code"], row["level"]) for row in rows] == [("JG", ""), ("BGS", ""), ("RSK", "-"), ("YWK", "-")]


def test_more_rows_than_there_are_repeat_them_with_a_number():
    rows = cut_units(6, first=compiled("row.code"))

    assert [(row["code"], row["copy"]) for row in rows] == [
        ("BGS", "0"),
        ("JG", "0"),
        ("RSK", "0"),
        ("YWK", "0"),
        ("BGS", "1"),
        ("JG", "1"),
    ]
