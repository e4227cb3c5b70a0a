"""Writing what was edited back: only what is different changes, comments and order stay."""

import tomllib
from datetime import date

import pytest

from engine.packs import writing

BEFORE = b"""# deadlines of the pack
[pack]
key = "p" # its folder

# the first
[[sla]]
code = "A"
name = "Reply"   # by law
amount = 7
unit = "natural_days"
source = "law"
[[sla.ladder]]
offset = -3
kind = "remind"
to = ["assignee"]
title = "soon"

[[sla]]
code = "B"
name = "Close"
unit = "fixed"
source = "plan"

[[phrases]]
text = "agreed"
"""
A = {"code": "A", "name": "Reply", "amount": 7, "unit": "natural_days", "source": "law"}
B = {"code": "B", "name": "Close", "amount": None, "unit": "fixed", "source": "plan"}
STEP = {"offset": -3, "kind": "remind", "to": ["assignee"], "title": "soon"}


def after(slas, steps=None):
    return writing.deadlines(BEFORE, slas, {"A": [STEP]} if steps is None else steps)


def test_what_is_the_same_is_left_as_it_was_written():
    assert after([A, B]) == BEFORE


def test_a_changed_value_changes_its_line_alone():
    assert after([A | {"amount": 8}, B]) == BEFORE.replace(b"amount = 7", b"amount = 8")


def test_a_new_key_belongs_to_its_deadline_and_not_to_the_last_step_of_the_ladder():
    found = tomllib.loads(after([A | {"enabled": False}, B]).decode())["sla"][0]

    assert found["enabled"] is False
    assert "enabled" not in found["ladder"][0]


@pytest.mark.parametrize(
    ("slas", "codes"), [([B, A], "BA"), ([A], "A"), ([A, {**B, "code": "C"}, B], "ACB")], ids=["moved", "deleted", "new"]
)
def test_deadlines_stand_in_the_order_of_their_rows(slas, codes):
    text = after(slas).decode()

    assert "".join(found["code"] for found in tomllib.loads(text)["sla"]) == codes
    assert "# deadlines of the pack" in text and "# its folder" in text
    assert tomllib.loads(text)["phrases"] == [{"text": "agreed"}]


def test_steps_of_a_ladder_come_and_go():
    longer = tomllib.loads(after([A, B], {"A": [STEP, STEP | {"offset": 0}], "B": [STEP]}).decode())["sla"]
    shorter = tomllib.loads(after([A, B], {}).decode())["sla"]

    assert [[step["offset"] for step in found.get("ladder", [])] for found in longer] == [[-3, 0], [-3]]
    assert [found.get("ladder") for found in shorter] == [None, None]


def test_a_year_of_holidays_is_added_changed_and_taken_out():
    added = writing.holidays(BEFORE, 2027, [date(2027, 1, 1), date(2027, 1, 4)], [date(2027, 1, 9)], "notice")
    changed = writing.holidays(added, 2027, [date(2027, 1, 1)], [], "")

    assert tomllib.loads(added.decode())["calendar"] == [
        {"year": 2027, "holidays": ["2027-01-01/2027-01-04"], "workdays": ["2027-01-09"], "source": "notice"}
    ]
    assert tomllib.loads(changed.decode())["calendar"] == [{"year": 2027, "holidays": ["2027-01-01"], "workdays": []}]
    assert "calendar" not in tomllib.loads(writing.without_holidays(changed, 2027).decode())


def test_days_off_are_one_span_across_a_weekend_that_is_not_worked():
    off = [date(2027, 1, 1), date(2027, 1, 4)]

    assert writing.spans(off) == ["2027-01-01/2027-01-04"]
    assert writing.spans(off, [date(2027, 1, 3)]) == ["2027-01-01", "2027-01-04"]


@pytest.mark.parametrize(
    ("before", "expected"),
    [(b"a,b\n1,2\n", b'a,b\n"x,y",\n'), (b"\xef\xbb\xbfa,b\r\n1,2\r\n", b'\xef\xbb\xbfa,b\r\n"x,y",\r\n')],
    ids=["plain", "from Excel"],
)
def test_a_table_keeps_its_line_ends_and_its_mark(before, expected):
    assert writing.table(before, ["a", "b"], [["x,y", ""]]) == expected
