"""The campaign as a whole: what it sends on its dates, what it takes stock of, and what it carries into the next year."""

from functools import cache

import pytest

from engine.kernel import port
from tests.packs import campaign


@cache
def year():
    return campaign.whole_year()


def jobs(element_id):
    return [effect for effect in year().all if isinstance(effect, port.JobCreated) and effect.element_id == element_id]


def test_each_part_of_the_campaign_is_called_for_on_its_date():
    """R084, R089, R090, R092, R095."""
    begun = [(message.name, message.variables["begun_on"]) for message in year().published]

    assert begun == [
        ("inspection_due", "2022-08-01"), ("pre_assessment_due", "2022-08-19"), ("institutions_due", "2022-08-19"),
        ("final_assessment_due", "2022-09-01"), ("annual_statistics_due", "2022-11-20"),
    ]  # fmt: skip


def test_the_first_inspection_is_the_first_round():
    """R084."""
    assert year().published[0].variables["round_no"] == 1


def test_a_stage_ends_with_its_figures_and_the_units_that_are_late():
    """R074: nobody is waited for, everybody late is named."""
    [first] = jobs("record_stage")[0].variables["write_rows"]

    assert (first["key"], first["problem_total"], first["closed_total"], first["late_count"]) == ("S1", 2, 1, 41)
    assert "市自然资源局" not in first["late_units"].split(";")[0]
    assert "市自然资源局" in first["late_units"].split(";")[1]


@pytest.mark.parametrize(("row", "value"), [("key", "WT-ZRZY-2022-1-001"), ("state", "转入下年持续整改"), ("carried_over", True)])
def test_what_is_unfinished_at_the_end_of_the_year_is_carried_over(row, value):
    """R045: what is not solved is not struck off."""
    assert {item[row] for item in jobs("carry_over")[0].variables["write_rows"]} >= {value}


def test_unfinished_problems_are_asked_for_on_the_last_day_only():
    asked = jobs("list_open_items")

    assert [job.variables["ledger_filter"] for job in asked] == [{"state!": ["已销号", "已核销"]}]
