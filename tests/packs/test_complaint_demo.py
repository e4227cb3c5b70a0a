"""The demonstration's complaints: every branch is there, in the numbers asked for, and nobody in it is real (DOMAIN 9)."""

from collections import Counter

import pytest

from engine.forms.validators import VALIDATORS
from tests.packs.stage import day, pack

TODAY = day("2022-12-31").date()


def complaints():
    return pack().reference("demo_complaints")


def test_200_complaints_are_reviewed_in_every_way():
    assert Counter(row["review"] for row in complaints()) == {
        "受理": 150, "不予受理": 16, "转送": 10, "并案": 10, "转问题线索": 6, "补正": 6, "导入法定途径": 2,
    }  # fmt: skip


def test_every_reason_not_to_accept_is_used():
    used = {row["reject_reason"] for row in complaints()} - {""}

    assert used | {"逾期未补正"} == {row["code"] for row in pack().reference("reject_reasons")}


@pytest.mark.parametrize(
    ("channel", "number"),
    [("12345", 70), ("信访", 25), ("辽事通", 20), ("电话", 20), ("上级交办", 8)],
)
def test_they_come_by_every_channel(channel, number):
    assert sum(row["channel"] == channel for row in complaints()) == number


def test_regions_fields_and_persons_are_spread_as_asked():
    rows = complaints()

    assert sum(row["is_anonymous"] == "是" for row in rows) == 24
    assert sum(row["is_public"] != "是" for row in rows) == 140
    assert Counter(row["domain_code"] for row in rows)["D15"] == 1
    assert sum(row["is_retaliation"] == "是" for row in rows) == 1
    assert sum(row["is_collective"] == "是" for row in rows) == 3


def test_the_days_that_deadlines_are_hard_on_are_there():
    received = {row["received_at"][:10] for row in complaints()}

    assert {"2022-08-31", "2022-09-05", "2022-12-24"} <= received


def test_one_is_about_the_person_who_would_sign_for_it():
    [named] = [row for row in complaints() if row["respondent_officer"]]
    [person] = [person for person in pack().reference("people") if person["name"] == named["respondent_officer"]]

    assert (person["duty"], person["home"]) == ("联络员", named["lead"])


def test_nobody_in_it_is_real():
    rows = complaints()

    assert {row["phone"][:7] for row in rows if row["phone"]} == {"1990412"}
    assert [row["no"] for row in rows if row["id_no"] and not VALIDATORS["id_card"](row["id_no"], TODAY)] == []
    assert len({row["title"] for row in rows}) == 200


def test_matters_of_integrity_go_to_no_unit():
    kinds = {row["problem_type"] for row in complaints() if row["review"] == "转问题线索"}

    assert kinds <= {"A2", "B1", "B3"}
    assert {row["problem_type"] for row in complaints() if row["review"] != "转问题线索"} & {"A2", "B1", "B3"} == set()


def test_old_cases_lie_in_every_field():
    assert {row["key_field"] for row in pack().reference("demo_backlog")} == {f"K{number:02}" for number in range(1, 11)}
