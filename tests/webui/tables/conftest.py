"""Zhao Min, who may edit the leave request, at the tables, and what her drafts hold."""

import pytest

from engine import changes
from engine.identity.actor import Actor
from tests.dmn.models import decision, table, xml

BY_KIND = table([("&quot;年休假&quot;", '"直接登记"'), ("-", '"部门审批"')], "FIRST", inputs=("leave_type",))
ROUTE = xml(decision(BY_KIND.replace("<rule>", '<rule id="r1">', 1).replace("<rule>", '<rule id="r2">'), "route"))
ZHAO = Actor("zhaomin", "赵敏", rights=frozenset({"edit_process"}))


@pytest.fixture
def editor(desk):
    return desk("zhaomin")


@pytest.fixture
def engine(leave_app):
    return leave_app.extensions["engine"]


@pytest.fixture
def draft(engine):
    """Give what her draft of a file holds."""

    def draft(path):
        with engine.work(ZHAO) as work:
            found = changes.draft(work, "demo-leave", path)
        return found.data.decode() if found else None

    return draft


@pytest.fixture
def route(engine):
    """A decision in her draft, beside what is published."""
    with engine.work(ZHAO) as work:
        changes.save(work, "demo-leave", "route.dmn", ROUTE)
    return ROUTE.decode()
