"""An office with deadlines of every kind, and one running matter with a task that Pam has."""

from dataclasses import replace
from datetime import date

import pytest

from engine import clocks, definitions, deployments
from engine.clock import ZONE
from engine.effects.batch import Batch
from engine.identity import importing
from engine.packs import Pack, parse
from tests import rows
from tests.engine.conftest import engine, postgres  # noqa: F401  both databases
from tests.identity.conftest import FILES

SLAS = """
[[sla]]
code = "ANSWER"
name = "答复"
amount = 7
unit = "natural_days"
roll = true
extensions = 1
extension_days = 30
source = "practice"
[[sla.ladder]]
offset = -3
kind = "remind"
to = ["assignee"]
title = "{subject}还剩{remaining}个工作日"
[[sla.ladder]]
offset = 1
kind = "urge"
to = ["assignee", "manager@HQ", "manager@parent", "planner"]
title = "{unit}{subject}已超期{overdue}个工作日,期限{due_month}月{due_day}日"
[[sla.ladder]]
offset = 2
kind = "order"
message = "order_due"
title = "督办"
[[sla]]
code = "SIGN"
name = "签收"
amount = 1
unit = "working_days"
roll = false
source = "design"
[[sla]]
code = "PLAN"
name = "节点"
unit = "fixed"
source = "plan"
[[sla.ladder]]
offset = -1
kind = "remind"
to = ["planner"]
title = "{subject}"
[[sla]]
code = "OFF"
name = "停用"
amount = 1
unit = "months"
roll = true
source = "design"
enabled = false
"""


RULED = FILES | {"pack.toml": FILES["pack.toml"] + SLAS.encode()}


def day(text):
    """Read a date."""
    return date.fromisoformat(text)


@pytest.fixture
def pack() -> Pack:
    """The city's pack with deadlines in it."""
    return parse(RULED)


@pytest.fixture
def office(engine, pack):  # noqa: F811
    """An engine with the people of the pack, and its rules deployed."""
    with engine.work() as work:
        deployments.deploy(work, "city", RULED)
        importing.import_pack(work, pack)
    with engine.work() as work:
        definitions.pack(work, "city")
    return engine


@pytest.fixture
def instance(office, clock):
    """A running matter whose task Pam has and Bob is kept out of."""
    with office.work() as work:
        place = rows.instance(work, clock.now())
        rows.task(work, place, clock.now(), "answer#1", assignee="pam", excluded=["bob"])
    return place[0]


def opening(instance, code="ANSWER", **facts):
    """Say what a clock is opened for."""
    return replace(clocks.Opening("city", code, instance, "来信答复", "DPLAN", "TS-1", "answer#1"), **facts)


def write(work, *openings, closed=()):
    """Open and close clocks as a transition does."""
    planned = [found for found in (clocks.planned(work, wanted) for wanted in openings) if found]
    Batch(clocks=planned, closed_clocks=list(closed)).flush(work)


def open_one(office, instance, code="ANSWER", **facts):
    """Open a clock and give it."""
    with office.work() as work:
        write(work, opening(instance, code, **facts))
        return clocks.of_instance(work, instance)[-1]


def next_steps(office, instance):
    """Give the days on which the ladders of an instance's running clocks go on."""
    with office.work() as work:
        found = [clock.next_step for clock in work.clocks.running(instance)]
    return [moment.astimezone(ZONE).date() for moment in found if moment]
