"""Reading the components of one form-js file into fields, sections, passages and tables."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.errors import Problem
from engine.forms.model import Component, Field, FieldKind, Group, Layout, Passage, Setting, Table
from engine.forms.settings import Settings

_KINDS: tuple[FieldKind, ...] = (
    "textfield", "textarea", "number", "select", "radio", "checkbox", "checklist", "taglist", "filepicker", "expression",
)  # fmt: skip
_WITHOUT = {
    "html": "HTML could run a stranger's script in a colleague's browser; use a text component",
    "iframe": "pages of other sites cannot be reached from here; use a text component with a link",
    "image": "pictures belong to the page; use a text component",
    "button": "the page has its own buttons; leave it out",
    "documentPreview": "papers are offered by the task's bpm:document; leave it out",
}
_KEY = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")
_TEMPLATE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


@dataclass(slots=True)
class Reader:
    """One file being read: collects what is wrong instead of stopping at the first fault."""

    file: str
    text: str
    problems: list[Problem] = field(default_factory=list)

    def fault(self, element: str | None, template: str, **facts: object) -> None:
        """Note a fault of the component with this key or id."""
        self.problems.append(Problem(self.file, element, self._line(element), template, facts))

    def _line(self, element: str | None) -> int:
        place = -1
        for name in ("key", "path", "id") if element else ():
            found = re.search(rf'"{name}"\s*:\s*"{re.escape(str(element).rsplit(".", 1)[-1])}"', self.text)
            place = found.start() if found else place
            if found:
                break
        return self.text.count("\n", 0, place) + 1 if place >= 0 else 1

    def components(self, found: object, path: str = "") -> tuple[Component, ...]:
        """Read a list of components; those that cannot be read are noted and left out."""
        read = [self._component(part, path) for part in found] if isinstance(found, list) else []
        return tuple(part for part in read if part is not None)

    def _component(self, part: object, path: str) -> Component | None:
        if not isinstance(part, dict):
            self.fault(None, "A component is not an object.")
            return None
        kind = str(part.get("type", ""))
        name = str(part.get("key") or part.get("path") or part.get("id") or kind)
        if kind in _WITHOUT:
            self.fault(name, "A component of type {type} is not taken: {reason}.", type=kind, reason=_WITHOUT[kind])
            return None
        if kind in _READERS:
            return _READERS[kind](self, Settings(self, name, part), part, path)
        self.fault(name, "Components of type {type} are not known here.", type=kind)
        return None


def _field(reader: Reader, settings: Settings, part: Mapping[str, object], path: str) -> Field | None:
    key = str(part.get("key", ""))
    if not _KEY.fullmatch(key):
        settings.fault("The key “{key}” is not a name (letters, digits, _).", key=key)
        return None
    kind = _kind(settings, part)
    limits = settings.limits()
    step = part.get("increment")
    decimals = part.get("decimalDigits")
    return Field(
        kind=kind, key=path + key, label=settings.label(key), id=settings.text("id"), **settings.properties(),
        placeholder=settings.text("placeholder"), limits=limits, hide=settings.hide(), readonly=settings.readonly(),
        default=settings.default(), choices=settings.choices(kind), message=settings.property("bpm:message"),
        rules=settings.rules(), decimals=decimals if isinstance(decimals, int) else None, step="" if step is None else str(step),
        accept=settings.accept(), multiple=part.get("multiple") is True, checks_scan=settings.property("bpm:checkScan") == "true",
        expression=settings.feel("expression") if kind == "expression" else None, layout=_layout(part),
    )  # fmt: skip


def _kind(settings: Settings, part: Mapping[str, object]) -> FieldKind:
    if part.get("type") != "datetime":
        return next(kind for kind in _KINDS if kind == part["type"])
    subtype = part.get("subtype", "date")
    if subtype == "time":
        return "time"
    if subtype not in ("date", "datetime"):
        settings.fault("The subtype {subtype} is not date, time or datetime.", subtype=subtype)
    return "datetime" if subtype == "datetime" else "date"


def _layout(part: Mapping[str, object]) -> Layout:
    found = part.get("layout")
    layout = found if isinstance(found, Mapping) else {}
    columns = layout.get("columns")
    return Layout(str(layout.get("row", "")), columns if isinstance(columns, int) else None)


def _list(reader: Reader, settings: Settings, part: Mapping[str, object], path: str) -> Field | None:
    key = str(part.get("path", ""))
    if not _KEY.fullmatch(key):
        reader.fault(settings.name, "A dynamic list needs a path, the name under which its rows are stored.")
        return None
    first = part.get("defaultRepetitions", 1)
    return Field(
        kind="dynamiclist", key=path + key, label=settings.label(key), id=settings.text("id"), **settings.properties(),
        limits=settings.limits(), hide=settings.hide(), readonly=settings.readonly(), rules=settings.rules(),
        message=settings.property("bpm:message"), components=reader.components(part.get("components")),
        fixed_rows=part.get("allowAddRemove") is False, first_rows=first if isinstance(first, int) else 1, layout=_layout(part),
    )  # fmt: skip


def _group(reader: Reader, settings: Settings, part: Mapping[str, object], path: str) -> Group:
    inner = str(part.get("path") or "")
    if inner and not _KEY.fullmatch(inner):
        settings.fault("The path “{path}” is not a name.", path=inner)
    inside = reader.components(part.get("components"), f"{path}{inner}." if inner else path)
    settings.properties()
    folded = settings.property("bpm:folded") == "true"
    return Group(
        settings.text("label"), inside, settings.text("id"), settings.hide(), folded, settings.property("bpm:help"), _layout(part)
    )


def _table(reader: Reader, settings: Settings, part: Mapping[str, object], path: str) -> Table:
    found = part.get("columns")
    columns = [column for column in found if isinstance(column, Mapping)] if isinstance(found, list) else []
    if not columns:
        settings.fault("The table has no columns; list them with key and label.")
    named = tuple((str(column.get("key", "")), str(column.get("label", ""))) for column in columns)
    return Table(
        settings.text("label"), settings.setting("dataSource"), named, settings.text("id"), settings.hide(), _layout(part)
    )


def _text(reader: Reader, settings: Settings, part: Mapping[str, object], path: str) -> Passage:
    words = settings.text("text")
    if words.startswith("="):
        return Passage("text", (settings.setting("text"),), settings.text("id"), settings.hide(), _layout(part))
    if "{{#" in words:
        settings.fault("Conditions and loops in a text are not taken; write one =expression instead.")
    pieces: list[Setting] = []
    for number, piece in enumerate(_TEMPLATE.split(words)):
        pieces.append(Setting(expression=settings.compiled(piece)) if number % 2 else Setting(piece))
    return Passage("text", tuple(pieces), settings.text("id"), settings.hide(), _layout(part))


def _gap(reader: Reader, settings: Settings, part: Mapping[str, object], path: str) -> Passage:
    return Passage(
        "separator" if part["type"] == "separator" else "spacer", (), settings.text("id"), settings.hide(), _layout(part)
    )


_Read = Callable[[Reader, Settings, Mapping[str, object], str], Component | None]
_READERS: dict[str, _Read] = dict.fromkeys([*_KINDS, "datetime"], _field) | {
    "dynamiclist": _list,
    "group": _group,
    "table": _table,
    "text": _text,
    "separator": _gap,
    "spacer": _gap,
}
