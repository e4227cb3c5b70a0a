"""One ledger file being read: its tables and keys, with faults noted instead of stopping at the first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from engine.errors import Problem
from engine.feel import Expression, FeelSyntaxError, compile_expression
from engine.forms.model import CHOICE, Field, Form
from engine.forms.secrets import MASKS
from engine.ledgers.filters import FilterError, columns, conditions
from engine.ledgers.model import Align, Column, Heading, Ledger, Mask, Related, Sheet, View, Wording
from engine.ledgers.wording import wording

OWN = {
    "seq": ("序号", 6, "center"), "key": ("编号", 18, "center"),
    "unit": ("单位代码", 10, "center"), "unit_name": ("单位", 20, "left"),
    "state": ("状态", 10, "center"), "list": ("清单", 16, "left"), "updated_at": ("更新时间", 16, "center"),
}  # fmt: skip
_LEDGER = frozenset(
    {"id", "name", "form", "key", "numbering", "list", "unit", "edit", "open_states", "delete", "clear_for", "pool"}
)
_COLUMN = frozenset({"id", "label", "width", "align", "value", "show", "mask", "total", "link"})
_RELATED = frozenset({"name", "ledger", "view", "column", "by"})
_VIEW = frozenset({"id", "name", "columns", "filter", "sort", "sheet", "start"})
_SHEET = frozenset(
    {"paper", "orientation", "title", "file", "head", "foot", "notes", "instructions", "groups", "blank_rows", "empty", "upright"}
)
_WIDTHS = {
    "textarea": 30.0,
    "dynamiclist": 36.0,
    "date": 12.0,
    "datetime": 16.0,
    "number": 10.0,
    "checkbox": 6.0,
    "filepicker": 16.0,
}
_CENTRED = CHOICE | {"date", "time", "datetime", "checkbox"}


@dataclass(slots=True)
class LedgerTable:
    """The file *file* with what TOML found in it."""

    file: str
    text: str
    found: Mapping[str, Any]
    forms: Mapping[str, Form]
    problems: list[Problem] = field(default_factory=list)

    def fault(self, place: str, template: str, **facts: object) -> None:
        """Note a fault at a place of the file."""
        at = self.text.find(f'"{place.rsplit(".", 1)[-1]}"')
        self.problems.append(Problem(self.file, place, self.text.count("\n", 0, max(at, 0)) + 1, template, facts))

    def ledger(self, pack: str, version: str) -> Ledger | None:
        """Read the whole file."""
        head = self._table("ledger", self.found.get("ledger"), _LEDGER)
        self._unknown("file", self.found, frozenset({"ledger", "columns", "views", "related"}))
        form = self.forms.get(str(head.get("form", "")))
        if not head.get("id") or not head.get("name"):
            self.fault("ledger", "A ledger needs an id and a name.")
        if form is None:
            self.fault("ledger.form", "There is no form {form}; rows are checked with it.", form=head.get("form"))
            return None
        read = self._columns(form)
        views = self._views(read)
        named = [str(head.get("key", "key")), str(head.get("unit", "unit")), *map(str, head.get("list", ()))]
        for name in named:
            if name not in read:
                self.fault(f"ledger.{name}", "{name} is no column of the ledger.", name=name)
        states = head.get("open_states")
        return Ledger(
            id=str(head.get("id", "")), name=str(head.get("name", "")), pack=pack, form=form, key=named[0], unit=named[1],
            list=tuple(named[2:]), columns=read, views=views, numbering=str(head.get("numbering", "")),
            edit=frozenset(head.get("edit", ())), open_states=None if states is None else frozenset(states),
            deletable=head.get("delete", "open") != "never", version=version,
            pool=str(head.get("pool", "")), related=self._related(read, named[0]),
            clear_for=frozenset(head.get("clear_for", head.get("edit", ()))),
            options_of={name: column.field for name, column in read.items() if column.field and column.kind in CHOICE},
        )  # fmt: skip

    def _related(self, read: Mapping[str, Column], key: str) -> tuple[Related, ...]:
        related = []
        for part in self._list("related"):
            entry = self._table("related", part, _RELATED)
            name, by = str(entry.get("name", "")), str(entry.get("by", key))
            if not name or not entry.get("ledger") or not entry.get("column"):
                self.fault("related", "Related rows need a name, a ledger and its column.")
            if by not in read:
                self.fault("related", "{name} is no column of the ledger.", name=by)
            ledger, view, column = (str(entry.get(part, "")) for part in ("ledger", "view", "column"))
            related.append(Related(name, ledger, view, column, by))
        return tuple(related)

    # --- columns

    def _columns(self, form: Form) -> dict[str, Column]:
        read = {name: Column(name, label, width, cast(Align, align)) for name, (label, width, align) in OWN.items()}
        read |= {found.key: _of_field(found) for found in form.fields()}
        for part in self._list("columns"):
            entry = self._table("columns", part, _COLUMN)
            name = str(entry.get("id", ""))
            if not name:
                self.fault("columns", "A column needs an id.")
            read[name] = self._column(entry, read.get(name) or Column(name, name, 14, "left"))
        return read

    def _column(self, entry: Mapping[str, Any], known: Column) -> Column:
        mask, align = str(entry.get("mask", known.mask)), str(entry.get("align", known.align))
        if mask not in ("", *MASKS):
            self.fault(f"columns.{known.id}", "There is no mask {mask}.", mask=mask)
        if align not in ("left", "center", "right"):
            self.fault(f"columns.{known.id}", "There is no alignment {align}.", align=align)
        label, width = str(entry.get("label", known.label)), float(entry.get("width", known.width))
        return Column(
            known.id, label, width, cast(Align, align), known.field,
            self._feel(f"columns.{known.id}", entry.get("value")), self._feel(f"columns.{known.id}", entry.get("show")),
            cast(Mask, mask), entry.get("total") is True, self._feel(f"columns.{known.id}", entry.get("link")),
        )  # fmt: skip

    def _feel(self, place: str, text: object) -> Expression | None:
        if not text:
            return None
        try:
            return compile_expression(str(text).removeprefix("="))
        except FeelSyntaxError as error:
            self.fault(place, "The expression “{text}” cannot be read: {reason}.", text=text, reason=error)
            return None

    # --- views

    def _views(self, read: Mapping[str, Column]) -> dict[str, View]:
        views = [self._view(self._table("views", part, _VIEW), read) for part in self._list("views")]
        if not views:
            self.fault("views", "A ledger needs at least one view.")
        return {view.id: view for view in views}

    def _view(self, entry: Mapping[str, Any], read: Mapping[str, Column]) -> View:
        place = f"views.{entry.get('id', '')}"
        names = [str(name) for name in entry.get("columns", ())]
        wanted = entry.get("filter", {})
        try:
            held = conditions(wanted)
        except FilterError as error:
            self.fault(place, "The filter cannot be read: {reason}.", reason=str(error))
            held = ()
        sort = tuple(map(str, entry.get("sort", ("list", "seq"))))
        for name in (*names, *sort, *columns(held)):
            if name.removeprefix("-") not in read:
                self.fault(place, "{name} is no column of the ledger.", name=name)
        for name in {part.removeprefix("-") for part in sort} | columns(held):
            if name in read and read[name].value is not None:
                self.fault(place, "{name} is computed; lists cannot be filtered or sorted by it.", name=name)
        shown = tuple(read[name] for name in names if name in read)
        name, sheet = str(entry.get("name", "")), self._sheet(place, entry.get("sheet"), shown)
        return View(str(entry.get("id", "")), name, shown, dict(wanted), held, sort, sheet, str(entry.get("start", "")))

    def _sheet(self, place: str, found: object, shown: tuple[Column, ...]) -> Sheet | None:
        if found is None:
            return None
        entry = self._table(f"{place}.sheet", found, _SHEET)
        paper, turned = str(entry.get("paper", "A4")), str(entry.get("orientation", "landscape"))
        if paper not in ("A3", "A4") or turned not in ("landscape", "portrait"):
            self.fault(place, "Paper is A3 or A4, orientation landscape or portrait.")
        groups = tuple(Heading(str(part.get("label", "")), tuple(part.get("columns", ()))) for part in entry.get("groups", ()))
        for name in (name for group in groups for name in group.columns if name not in {column.id for column in shown}):
            self.fault(place, "{name} is grouped but not a column of the view.", name=name)
        title = self._line(place, entry.get("title", ""))
        file = self._line(place, entry["file"]) if entry.get("file") else title
        told, blank = tuple(map(str, entry.get("instructions", ()))), int(entry.get("blank_rows", 0))
        upright = tuple(map(str, entry.get("upright", ())))
        if upright and len(upright) != 4:
            self.fault(place, "A record that stands upright has four columns: heading, name, measure and figure.")
        return Sheet(
            "A3" if paper == "A3" else "A4", turned == "landscape", title, file,
            self._lines(place, entry, "head"), self._lines(place, entry, "foot"), self._lines(place, entry, "notes"),
            told, groups, blank, self._line(place, entry.get("empty", "")), upright,
        )  # fmt: skip

    def _lines(self, place: str, entry: Mapping[str, Any], name: str) -> tuple[Wording, ...]:
        return tuple(self._line(place, line) for line in entry.get(name, ()))

    def _line(self, place: str, text: object) -> Wording:
        try:
            return wording(str(text))
        except FeelSyntaxError as error:
            self.fault(place, "The expression “{text}” cannot be read: {reason}.", text=text, reason=error)
            return Wording()

    # --- tables of the file

    def _list(self, name: str) -> list[Any]:
        found = self.found.get(name, [])
        if not isinstance(found, list):
            self.fault(name, "{name} is a list of tables: [[{name}]].", name=name)
            return []
        return found

    def _table(self, place: str, found: object, known: frozenset[str]) -> Mapping[str, Any]:
        if not isinstance(found, Mapping):
            self.fault(place, "[{name}] is missing or not a table.", name=place)
            return {}
        self._unknown(place, found, known)
        return found

    def _unknown(self, place: str, found: Mapping[str, Any], known: frozenset[str]) -> None:
        for name in sorted(found.keys() - known):
            self.fault(
                f"{place}.{name}", "{name} is not known here; there are {known}.", name=name, known=", ".join(sorted(known))
            )


def _of_field(found: Field) -> Column:
    align: Align = "right" if found.kind == "number" else "center" if found.kind in _CENTRED else "left"
    return Column(found.key, found.label, _WIDTHS.get(found.kind, 14.0), align, found)
