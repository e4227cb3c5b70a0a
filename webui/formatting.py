"""How dates, moments, numbers and sizes are written for people."""

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, g
from flask_babel import format_decimal, gettext
from markupsafe import Markup, escape

from engine import user_tasks
from webui.i18n import language, translated
from webui.work import the_engine

ZONE = ZoneInfo("Asia/Shanghai")
WEEKDAYS = "一二三四五六日"
STORED = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?(、\d{4}-\d\d-\d\d( \d\d:\d\d)?)*")
DAYS = re.compile(r"(?<![\w-])\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])(?![\w-])", re.ASCII)
EN_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def init_app(app: Flask) -> None:
    """Make the filters known to templates."""
    filters = (day, short_day, moment, written, dated, exact, number, many, size, shown, prose, clock, origin, translated)
    app.jinja_env.filters.update({filter.__name__: filter for filter in filters})
    app.jinja_env.globals.update(weekday=weekday, weekdays=weekdays, now_written=now_written)


def local(value: date | datetime | str | None) -> date | datetime | None:
    """Read a day or moment, in the time of the place."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return value.astimezone(ZONE) if isinstance(value, datetime) and value.tzinfo else value


def day(value: date | datetime | str | None) -> str:
    """Write a date in full: 2022年7月25日."""
    found = local(value)
    if found is None:
        return ""
    return f"{found.year}年{found.month}月{found.day}日" if language() == "zh_CN" else f"{found:%d %b %Y}"


def short_day(value: date | datetime | str | None) -> str:
    """Write a date without its year: 7月25日."""
    found = local(value)
    if found is None:
        return ""
    return f"{found.month}月{found.day}日" if language() == "zh_CN" else f"{found:%d %b}"


def weekday(value: date) -> str:
    """Name the day of the week."""
    return "周" + WEEKDAYS[value.weekday()] if language() == "zh_CN" else EN_DAYS[value.weekday()]


def weekdays() -> tuple[str, ...]:
    """Give the short names of the days of a week, Monday first."""
    return tuple(WEEKDAYS) if language() == "zh_CN" else EN_DAYS


def moment(value: datetime | str | None) -> str:
    """Write a moment the way lists do: 7-24 10:02."""
    found = local(value)
    return f"{found.month}-{found.day:02} {found:%H:%M}" if isinstance(found, datetime) else short_day(found)


def written(text: str) -> str:
    """Write a cell that holds days or moments the way people do: 8月10日, with its year where that is another one."""
    if text[4:5] != "-" or not STORED.fullmatch(text):
        return text
    return "、".join(_written(part) for part in text.split("、"))


def now_written() -> str:
    """Write the moment of the engine's clock in full."""
    now = the_engine().clock.now()
    return f"{day(now)} {clock(now)}"


def dated(text: str) -> str:
    """Write the days inside a sentence the way people do."""
    return DAYS.sub(lambda found: day(found[0]), text) if "-" in text else text


def _written(text: str) -> str:
    if "year" not in g:
        g.year = f"{the_engine().clock.now().astimezone(ZONE).year}-"
    told = short_day(text[:10]) if text.startswith(g.year) else day(text[:10])
    return f"{told} {text[11:]}".rstrip()


def exact(value: datetime | date | str | None) -> str:
    """Write a moment to the second, for the hover text."""
    found = local(value)
    return f"{found:%Y-%m-%d %H:%M:%S}" if isinstance(found, datetime) else day(found)


def number(value: Any) -> str:
    """Write a number with separators between thousands."""
    return format_decimal(value)


def many(count: int) -> str:
    """Write how much waits; where counting stopped, that there is more."""
    return str(count) if count < user_tasks.MOST else f"{user_tasks.MOST - 1}+"


def size(octets: int) -> str:
    """Write the size of a file."""
    return f"{octets / 1048576:.1f} MB" if octets >= 1048576 else f"{max(1, round(octets / 1024))} KB"


def shown(value: Any) -> str:
    """Write any stored value for reading."""
    if value is None or value == "" or value == []:
        return "—"
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, list):
        return "、".join(shown(item) for item in value)
    if isinstance(value, dict):
        return ";".join(f"{name}:{shown(item)}" for name, item in value.items())
    return str(value)


def prose(text: str) -> Markup:
    """Show the words of a form's text component: paragraphs, lines that begin with a dash as a list, and **stress**."""
    blocks = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", str(escape(line.lstrip("# ")))) for line in block.splitlines()]
        if all(line.startswith(("- ", "* ")) for line in lines):
            blocks.append("<ul>" + "".join(f"<li>{line[2:]}</li>" for line in lines) + "</ul>")
        else:
            blocks.append("<p>" + "<br>".join(lines) + "</p>")
    return Markup("".join(blocks))  # noqa: S704 every line was escaped


def clock(value: datetime) -> str:
    """Write the time of day."""
    return f"{value.astimezone(ZONE):%H:%M}"


def origin(source: str) -> str:
    """Say where a rule comes from: the plan, the law, practice, or our design."""
    kind, _space, rest = source.partition(" ")
    words = {
        "plan": gettext("action plan"),
        "law": gettext("law"),
        "practice": gettext("practice"),
        "design": gettext("system design"),
    }
    return f"{words.get(kind, kind)} {rest}".strip()
