"""The whole plan, 18 July to 31 December 2022, played by a few units from the first list to the report and the carry-over."""

import re
from datetime import datetime

import pytest

from engine import ledgers, packs, user_tasks
from engine.clock import ZONE
from engine.persistence.counting import counting
from engine.rehearsal import parse
from engine.rehearsal.cutting import cut
from tests.packs.stage import KEY
from tests.played import play

END = datetime(2022, 12, 31, 23, 59, 59, tzinfo=ZONE)
DATES = ["M0722", "M0725", "M0731", "M0805", "M0819", "M0825", "M0831", "M0910", "M1210", "M1220"]
LEDGERS = [
    "inspections", "verdicts", "case_reviews", "pre_assessments", "systemic_causes", "institution_tasks", "annual_stats",
    "scores", "score_items", "reports", "stage_summaries",
]  # fmt: skip


# what is read once and kept until something is deployed, and the session that a request over HTTP looks up besides
READ_ONCE, SESSION = re.compile(r"\bFROM (definition|content|form|deployment|resource)\b"), 1
ELSEWHERE = re.compile(r"\b(FROM subscription|FROM message|INTO subscription|INTO process_instance|INTO sealed_value|kept_out)\b")
STEPS: list[tuple[str, list[str]]] = []


def counted(complete):
    """Note what each completed step of the play asks of the database."""

    def completed(work, task_id, *handed_in):
        with counting() as count:
            complete(work, task_id, *handed_in)
        texts = [text for text in count.texts if not READ_ONCE.search(text)]
        STEPS.append((work.user_tasks.find(task_id).element_id, texts))

    return completed


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    files = packs.files(KEY)
    script = parse(files)
    files = cut(files, script, {"units": 6, "problems": 12, "complaints": 24})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(user_tasks, "complete", counted(user_tasks.complete))
        engine, report = play(tmp_path_factory.mktemp("year"), files, script, END)
    yield engine, report
    engine.close()


def test_a_step_takes_ten_statements_however_large_the_campaign(year):
    """The session included; some steps take a few more, for a milestone, a row that is new, a timer, or what waits elsewhere."""
    within = [name for name, texts in STEPS if len(texts) + SESSION <= 10]
    assert len(within) >= 0.75 * len(STEPS) > 100

    over = {name: texts for name, texts in STEPS if len(texts) + SESSION > 14 and not ELSEWHERE.search(" ".join(texts))}
    assert over == {}


def test_nothing_fails_and_whatever_is_open_is_accounted_for(year):
    _, report = year

    assert (report.incidents, report.incident_messages, report.refusals, report.unexplained) == (0, [], [], [])


def test_every_date_of_the_plan_is_reached(year):
    """R074, R076, R079-R082, R084, R087, R089, R090, R092, R093, R095, R096: the plan's ten dates."""
    _, report = year
    reached = {row["code"]: row["on_time"] for row in report.milestones}

    assert [code for code in DATES if not reached[code]] == []


@pytest.mark.parametrize("ledger", LEDGERS)
def test_every_part_of_the_campaign_leaves_its_ledger(year, ledger):
    """R085, R086, R088, R090, R091, R095-R097: what each stage is to leave behind is there."""
    engine, _ = year

    with engine.work() as work:
        assert ledgers.count(work, ledger) > 0


def test_each_unit_has_its_four_parts_and_a_grade(year):
    """R096: self-correction, inspection, indicators of the list of powers, the year's assessment."""
    engine, _ = year
    with engine.work() as work:
        rows = ledgers.rows(work, "scores").rows
    parts = [[row.values[name] for name in ("part_self", "part_inspection", "part_statistics", "part_annual")] for row in rows]

    assert len(rows) == 6
    assert all(None not in found for found in parts) and all(row.values["grade"] for row in rows)
