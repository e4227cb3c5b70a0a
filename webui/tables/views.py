"""Tables and forms: the list of what can be changed without drawing."""

from dataclasses import dataclass
from functools import lru_cache

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from engine import changes, dmn, forms
from engine.persistence.work import UnitOfWork
from webui.daysoff.views import not_known_soon
from webui.navigation import Item
from webui.sessions import needs_right
from webui.tables import (
    calendar_views,
    deadline_table,
    deadline_views,
    decision_views,
    file_views,
    form_views,
    reference_views,
    sheets,
)
from webui.tables.blueprint import RIGHT, bp
from webui.work import unit_of_work

PARTS = (calendar_views, deadline_views, decision_views, file_views, form_views, reference_views)
MENU = (Item("tables.index", _l("Tables and forms"), "table", group=_l("Process administration"), order=81, right=RIGHT),)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list."""

    name: str
    path: str
    href: str
    note: str


@bp.get("/")
@needs_right(RIGHT)
def index() -> ResponseReturnValue:
    """List decision tables, forms, reference tables, deadlines and the calendar."""
    with unit_of_work() as work:
        mine = changes.mine(work, g.pack.key)
        drafts = {row.path for row in work.changes.files(mine.id)} if mine is not None else set()
        files = sheets.files(work)
        pack, today = sheets.pack(work), work.now.date()
        parts = [
            (_("Decision tables"), _decisions(files), "decision"),
            (_("Forms"), _forms(work, files), "form"),
            (_("Reference tables"), _references(files), ""),
        ]
        slas, steps = deadline_table.grids(files["pack.toml"])
    return render_template(
        "tables/index.html", parts=parts, drafts=drafts, change=mine, slas=len(slas.rows), steps=len(steps.rows), year=today.year,
        unknown=not_known_soon(pack.calendar(), today.year),
    )  # fmt: skip


def _decisions(files: dict[str, bytes]) -> list[Entry]:
    tables = {path: content for path, content in sorted(files.items()) if path.endswith(".dmn")}
    return [
        Entry("、".join(_titles(path, content)) or path, path, url_for(".decision", path=path), "")
        for path, content in tables.items()
    ]


def _forms(work: UnitOfWork, files: dict[str, bytes]) -> list[Entry]:
    uses = form_views.used_by(work)
    found = []
    for path in sorted(path for path in files if path.endswith(".form")):
        keys, count = _fields(path, files[path])
        steps = [name for key in keys for name in dict.fromkeys(uses[key])]
        note = ngettext("One field", "%(num)s fields", count)
        found.append(Entry("、".join(steps) or next(iter(keys), path), path, url_for(".form", path=path), note))
    return found


def _references(files: dict[str, bytes]) -> list[Entry]:
    found = []
    for path in sorted(path for path in files if path.startswith("reference/") and path.endswith(".csv")):
        name = path.removeprefix("reference/").removesuffix(".csv")
        rows = _rows(name, files[path])
        called = g.pack.names.table(name)
        found.append(Entry(called, path, url_for(".reference", name=name), ngettext("One row", "%(num)s rows", rows)))
    return found


# What a file says of itself depends on its content alone, and a pack has hundreds of files.
@lru_cache(maxsize=1024)
def _titles(path: str, content: bytes) -> tuple[str, ...]:
    return tuple(decision.title or decision.name for decision in dmn.read({path: content}).decisions.values())


@lru_cache(maxsize=1024)
def _fields(path: str, content: bytes) -> tuple[tuple[str, ...], int]:
    read = forms.read({path: content}).forms
    return tuple(read), sum(len(list(form.fields())) for form in read.values())


@lru_cache(maxsize=1024)
def _rows(name: str, content: bytes) -> int:
    return len(reference_views.as_grid(name, content).rows)
