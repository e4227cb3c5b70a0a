"""The line above the inbox: what falls due today, what is overdue, and which dates of the plan come next."""

from collections.abc import Iterator, Mapping
from datetime import date

from flask import g
from flask_babel import gettext as _
from flask_babel import ngettext

from engine.packs import Milestone
from webui.deadlines import Deadlines
from webui.formatting import many, short_day


def lines(judge: Deadlines, counts: Mapping[str, int]) -> list[str]:
    """Give the sentences."""
    today = counts["today"]
    found = [ngettext("One is due today", "%(number)s are due today", today, number=many(today))] if today else []
    if counts["overdue"]:
        found.append(ngettext("one is overdue", "%(number)s are overdue", counts["overdue"], number=many(counts["overdue"])))
    return [*found, *(_countdown(milestone, judge) for milestone in _next(g.pack.milestones, judge.today))]


def _next(milestones: tuple[Milestone, ...], today: date) -> Iterator[Milestone]:
    """Give the next date of the plan."""
    ahead = sorted((milestone for milestone in milestones if milestone.date >= today), key=lambda milestone: milestone.date)
    yield from ahead[:1]


def _countdown(milestone: Milestone, judge: Deadlines) -> str:
    days, worked = (milestone.date - judge.today).days, judge.calendar.count_workdays(judge.today, milestone.date)
    if not days:
        return _("today: %(name)s", name=milestone.name)
    return _(
        "%(days)s days (%(worked)s working days) until %(day)s, %(name)s",
        days=days,
        worked=worked,
        day=short_day(milestone.date),
        name=milestone.name,
    )
