"""A form as a page shows it: every component with its name, its texts, its choices and what is wrong with it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from engine.errors import EngineError
from engine.feel import Environment
from engine.forms.binder import Bound, bind
from engine.forms.convert import shown, submission
from engine.forms.entries import row_numbers
from engine.forms.model import CHOICE, Component, Context, Field, Form, Group, Option, Passage, Table, look_up
from engine.forms.secrets import plain
from webui.formatting import dated

COLUMNS = 16
SLOT = "__n__"
PART = "#"


@dataclass(slots=True)
class Shown:
    """One component on the page; *texts* is what stands in it, *parts* what stands inside it."""

    component: Component
    kind: str
    name: str = ""
    span: int = COLUMNS
    texts: Sequence[str] = ()
    reading: str = ""
    files: Sequence[Mapping[str, object]] = ()
    options: Sequence[Option] = ()
    required: bool = False
    readonly: bool = False
    hidden: bool = False
    error: EngineError | None = None
    parts: list["Shown"] = field(default_factory=list)
    rows: list[tuple[str, list["Shown"]]] = field(default_factory=list)
    row_template: list["Shown"] = field(default_factory=list)
    table: Sequence[Mapping[str, object]] = ()

    @property
    def id(self) -> str:
        """The element id in the page."""
        return "f-" + self.name.replace(".", "-")

    @property
    def text(self) -> str:
        """The first text, for fields that take one."""
        return self.texts[0] if self.texts else ""


@dataclass(slots=True)
class FormView:
    """A form with what was typed and what is wrong with it, ready for the macros."""

    form: Form
    bound: Bound
    context: Context
    environment: Environment
    access: Mapping[str, str]
    files: Mapping[str, Mapping[str, object]]
    show_errors: bool = False

    @property
    def values(self) -> dict[str, object]:
        """What the expressions of the page see: of what is sensitive, the masked words."""
        return {name: plain(value) for name, value in self.bound.values.items()}

    @property
    def components(self) -> list[Shown]:
        """The form from top to bottom."""
        return self._all(self.form.components, "", {**self.context, **self.values}, self.values)

    @property
    def answers(self) -> dict[str, object]:
        """What has been answered so far; an open question is not the answer null."""
        return {name: value for name, value in self.values.items() if value is not None}

    @property
    def hidden(self) -> list[str]:
        """The names of the fields, sections and passages that are not shown now."""
        others = {part.name for part in _walk(self.components) if part.hidden and part.name.startswith(PART)}
        return sorted(self.bound.hidden | others)

    @property
    def errors(self) -> list[tuple[str, str, EngineError]]:
        """What is wrong, in reading order: element id, label, reason."""
        if not self.show_errors:
            return []
        labels = {part.name: part for part in _walk(self.components)}
        return [
            (labels[name].id if name in labels else "", _label(labels.get(name)), error)
            for name, error in self.bound.errors.items()
        ]

    def part(self, name: str) -> Shown | None:
        """Give the component with this name, where it is shown."""
        return next((part for part in _walk(self.components) if part.name == name and not part.hidden), None)

    def _all(self, components: Sequence[Component], prefix: str, scope: Context, values: Context) -> list[Shown]:
        spans = _spans(components)
        return [self._one(component, span, prefix, scope, values) for component, span in zip(components, spans, strict=True)]

    def _one(self, component: Component, span: int, prefix: str, scope: Context, values: Context) -> Shown:
        if isinstance(component, Field):
            return self._field(component, span, prefix, scope, values)
        name = PART + component.id if component.id else ""
        part = Shown(component, component.kind, name, span, hidden=component.is_hidden(scope, self.environment))
        if isinstance(component, Group):
            part.span, part.parts = COLUMNS, self._all(component.components, prefix, scope, values)
        elif isinstance(component, Passage):
            part.reading = component.text(scope, self.environment)
        elif isinstance(component, Table):
            part.table = component.rows(scope, self.environment)
        return part

    def _field(self, component: Field, span: int, prefix: str, scope: Context, values: Context) -> Shown:
        name = prefix + component.key
        part = Shown(component, component.kind, name, span, texts=self.bound.raw.get(name, ()), hidden=name in self.bound.hidden)
        granted = self.access.get(component.key, self.access.get("*", "editable"))
        part.readonly = granted == "readonly" or component.is_readonly(scope, self.environment)
        part.options = component.options(scope, self.environment) if component.kind in CHOICE else ()
        part.required = not part.readonly and component.is_required(scope, self.environment)
        part.error = self.bound.errors.get(name) if self.show_errors else None
        if component.kind == "dynamiclist":
            self._rows(part, component, name, scope, values)
        elif part.readonly:
            self._reading(part, component, scope, values)
        if component.kind == "filepicker" and not part.readonly:
            part.files = [{**self.files[key], "id": key} for key in part.texts if key in self.files]
        return part

    def _reading(self, part: Shown, component: Field, scope: Context, values: Context) -> None:
        value = look_up(values, component.key)
        value = component.initial(scope, self.environment) if value is None else value
        part.reading = dated(shown(component, value, part.options))
        if component.kind == "filepicker" and isinstance(value, list):
            part.files = [file for file in value if isinstance(file, Mapping)]

    def _rows(self, part: Shown, component: Field, name: str, scope: Context, values: Context) -> None:
        stored = look_up(scope, component.key)
        stored = stored if isinstance(stored, list) else []
        if part.readonly:
            part.rows = [(str(n), self._row(component, f"{name}.{n}.", scope, row, True)) for n, row in enumerate(stored)]
            return
        numbers = row_numbers(name, self.bound.raw) or [str(n) for n in range(max(component.first_rows, 1))]
        for position, number in enumerate(numbers):
            row = stored[position] if position < len(stored) else {}
            part.rows.append((number, self._row(component, f"{name}.{number}.", scope, row, False)))
        part.row_template = self._row(component, f"{name}.{SLOT}.", scope, {}, False)

    def _row(self, component: Field, prefix: str, scope: Context, row: object, readonly: bool) -> list[Shown]:
        values = row if isinstance(row, Mapping) else {}
        parts = self._all(tuple(component.fields()), prefix, {**scope, **values}, values)
        for part in parts:
            if readonly and isinstance(part.component, Field):
                part.readonly = True
                self._reading(part, part.component, values, values)
        return parts


def view(
    form: Form,
    context: Context,
    environment: Environment,
    raw: Mapping[str, Sequence[str]] | None = None,
    files: Mapping[str, Mapping[str, object]] | None = None,
    access: Mapping[str, str] | None = None,
) -> FormView:
    """Show *form* with what a draft holds in *raw*, else with what its variables and defaults say."""
    if raw is None:
        raw = submission(tuple(form.fields()), first_values(form.fields(), context, environment))
    known = dict(files or {}) | stored_files(form.fields(), context)
    bound = bind(form, {name: texts for name, texts in raw.items() if name}, context, environment, known, access)
    return FormView(form, bound, context, environment, access or {}, known)


def refused(shown_before: FormView, bound: Bound) -> FormView:
    """Show the form again as it was typed, with each message at its field."""
    before = shown_before
    return FormView(before.form, bound, before.context, before.environment, before.access, before.files, show_errors=True)


def first_values(fields: Iterable[Field], context: Context, environment: Environment) -> dict[str, object]:
    """Give what every field shows at first."""
    values: dict[str, object] = {}
    for found in fields:
        *outer, last = found.key.split(".")
        inner = values
        for name in outer:
            inner = inner.setdefault(name, {})  # type: ignore[assignment]
        inner[last] = found.initial(context, environment)
    return values


def stored_files(fields: Iterable[Field], context: Context) -> dict[str, Mapping[str, object]]:
    """Find the attachments that the variables already name, in rows too; the submitter may keep them."""
    found: dict[str, Mapping[str, object]] = {}
    for one in fields:
        value = look_up(context, one.key) if one.kind in ("filepicker", "dynamiclist") else None
        for part in value if isinstance(value, list) else ():
            if isinstance(part, Mapping) and one.kind == "dynamiclist":
                found |= stored_files(one.fields(), part)
            elif isinstance(part, Mapping) and "id" in part:
                found[str(part["id"])] = part
    return found


def _spans(components: Sequence[Component]) -> list[int]:
    sharing = Counter(component.layout.row for component in components if component.layout.row)
    return [component.layout.columns or COLUMNS // max(1, sharing.get(component.layout.row, 1)) for component in components]


def _walk(parts: Iterable[Shown]) -> Iterable[Shown]:
    for part in parts:
        yield part
        yield from _walk(part.parts)
        for _, row in part.rows:
            yield from _walk(row)


def _label(part: Shown | None) -> str:
    return str(getattr(part.component, "label", "")) if part else ""
