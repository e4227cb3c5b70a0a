"""Deadlines as people see them: a colour with its shape and its word, the days that remain, the exact moment on hover."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import g
from flask_babel import gettext as _
from flask_babel import ngettext

from engine.calendar import Calendar
from engine.packs import Light, Lights, Pack
from webui.formatting import ZONE, exact, language, short_day


@dataclass(frozen=True, slots=True)
class Deadline:
    """A light with its words."""

    light: str
    text: str
    exact: str
    day: date


def light_word(lights: Lights, light: Light) -> str:
    """Word a light: as the pack does where its own language is read, in ours elsewhere."""
    if language() == "zh_CN":
        return lights.word(light)
    return {"normal": _("in time"), "near": _("due soon"), "over": _("past its day")}[light]


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Judges due dates by a pack's calendar and lights, as of *today*."""

    calendar: Calendar
    lights: Lights
    today: date

    def of(self, due: datetime | date | None) -> Deadline | None:
        """Say how a due date stands."""
        if due is None:
            return None
        day = due.astimezone(ZONE).date() if isinstance(due, datetime) else due
        light = self.light(day)
        return Deadline(light, f"{light_word(self.lights, light)} {self._remaining(day)}", exact(due), day)

    def light(self, day: date) -> Light:
        """Give the light of a day."""
        if day < self.today:
            return "over"
        if day == self.today:
            return self.lights.due_day
        return "normal" if self.calendar.count_workdays(self.today, day) > self.lights.normal_above else "near"

    def between(self, light: str) -> tuple[datetime | None, datetime | None]:
        """Give the span of due moments that have this light, to narrow a list with: from, before."""
        midnight = datetime.combine(self.today, time(), ZONE)
        edge = datetime.combine(self.calendar.add_workdays(self.today, self.lights.normal_above), time(), ZONE) + timedelta(
            days=1
        )
        return {"over": (None, midnight), "near": (midnight, edge), "normal": (edge, None)}[light]

    def _remaining(self, day: date) -> str:
        if day < self.today:
            return ngettext("by %(num)s day", "by %(num)s days", (self.today - day).days)
        if day == self.today:
            return _("due today")
        left = self.calendar.count_workdays(self.today, day)
        return (
            ngettext("%(num)s working day left", "%(num)s working days left", left)
            if left
            else _("due %(day)s", day=short_day(day))
        )


def deadlines(now: datetime) -> Deadlines:
    """Judge by the calendar and lights of the pack the signed-in post belongs to."""
    pack: Pack = g.pack
    return Deadlines(pack.calendar(), pack.lights, now.astimezone(ZONE).date())
