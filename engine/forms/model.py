"""A checked form: the fields of a form-js file in their order, ready to be shown, bound and validated.

Everything is immutable. Expressions are compiled; a page asks a field for its options, its first
value or whether it is hidden by handing in the context (variables, form values) and the environment.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.feel import Environment, Expression
from engine.forms.secrets import Mask

Context = Mapping[str, object]
FieldKind = Literal[
    "textfield", "textarea", "number", "date", "time", "datetime", "select", "radio",
    "checkbox", "checklist", "taglist", "filepicker", "expression", "dynamiclist",
]  # fmt: skip
SINGLE_CHOICE = frozenset({"select", "radio"})
MANY_CHOICE = frozenset({"checklist", "taglist"})
CHOICE = SINGLE_CHOICE | MANY_CHOICE
MANY = MANY_CHOICE | {"filepicker", "dynamiclist"}


@dataclass(frozen=True, slots=True)
class Setting:
    """A literal of the file, or a FEEL expression in its place."""

    literal: object = None
    expression: Expression | None = None

    def of(self, context: Context, environment: Environment) -> object:
        """Give the value in *context*."""
        return self.literal if self.expression is None else self.expression.evaluate(context, environment)


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: *value* is stored, *label* is read, *note* explains it where there is room."""

    value: object
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds that form-js calls ``validate``; every bound may be FEEL."""

    required: bool = False
    min_length: Setting | None = None
    max_length: Setting | None = None
    minimum: Setting | None = None
    maximum: Setting | None = None
    pattern: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A sentence over several fields: *condition* must not be false; *message* is the pack's wording."""

    condition: Expression
    message: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Where form-js puts a component: components of one *row* stand side by side on 16 *columns*."""

    row: str = ""
    columns: int | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One entry of the form; *key* is its path, within the row for fields of a dynamic list."""

    kind: FieldKind
    key: str
    label: str
    id: str = ""
    help: str = ""
    example: str = ""
    placeholder: str = ""
    prefix: str = ""
    unit: str = ""
    source: str = ""
    sensitive: bool = False
    mask: Mask = "all"
    visible_to: Setting | None = None
    limits: Limits = field(default_factory=Limits)
    required_when: Expression | None = None
    readonly: Setting = field(default_factory=Setting)
    hide: Expression | None = None
    default: Setting = field(default_factory=Setting)
    choices: Setting | None = None
    validator: str | None = None
    message: str = ""
    rules: tuple[Rule, ...] = ()
    decimals: int | None = None
    step: str = ""
    rows: int = 0
    accept: tuple[str, ...] = ()
    multiple: bool = False
    checks_scan: bool = False
    expression: Expression | None = None
    components: tuple["Component", ...] = ()
    fixed_rows: bool = False
    first_rows: int = 0
    layout: Layout = field(default_factory=Layout)

    @property
    def required(self) -> bool:
        """Tell whether an entry is always needed; *required_when* adds the conditional cases."""
        return self.limits.required

    @property
    def many(self) -> bool:
        """Tell whether the field holds a list."""
        return self.kind in MANY

    def is_required(self, context: Context, environment: Environment) -> bool:
        """Tell whether an entry is needed in *context*."""
        return self.required or (self.required_when is not None and self.required_when.evaluate(context, environment) is True)

    def is_hidden(self, context: Context, environment: Environment) -> bool:
        """Tell whether the form's own condition hides the field."""
        return self.hide is not None and self.hide.evaluate(context, environment) is True

    def is_readonly(self, context: Context, environment: Environment) -> bool:
        """Tell whether the form itself lets nobody change the field."""
        return self.kind == "expression" or self.readonly.of(context, environment) is True

    def options(self, context: Context, environment: Environment) -> list[Option]:
        """Resolve the choices in *context*, each value once."""
        found = self.choices.of(context, environment) if self.choices else ()
        choices = (choice for choice in map(as_option, found if isinstance(found, list | tuple) else ()) if choice)
        return list({str(choice.value): choice for choice in choices}.values())

    def initial(self, context: Context, environment: Environment) -> object:
        """Give what the field shows at first: the variable of its name, else its default."""
        known = look_up(context, self.key)
        return self.default.of(context, environment) if known is None else known

    def fields(self) -> Iterator["Field"]:
        """Walk the fields of a dynamic list's row."""
        return fields_of(self.components)


@dataclass(frozen=True, slots=True)
class Group:
    """A section of the form; *path* prefixes the keys of its fields already, it is kept for the page."""

    label: str
    components: tuple["Component", ...]
    id: str = ""
    hide: Expression | None = None
    folded: bool = False
    help: str = ""
    layout: Layout = field(default_factory=Layout)
    kind: Literal["group"] = "group"

    def is_hidden(self, context: Context, environment: Environment) -> bool:
        """Tell whether the section's condition hides it with all its fields."""
        return self.hide is not None and self.hide.evaluate(context, environment) is True


@dataclass(frozen=True, slots=True)
class Passage:
    """Words between the fields (Markdown), or a separator or spacer without any."""

    kind: Literal["text", "separator", "spacer"]
    parts: tuple[Setting, ...] = ()
    id: str = ""
    hide: Expression | None = None
    layout: Layout = field(default_factory=Layout)

    def is_hidden(self, context: Context, environment: Environment) -> bool:
        """Tell whether the passage is left out."""
        return self.hide is not None and self.hide.evaluate(context, environment) is True

    def text(self, context: Context, environment: Environment) -> str:
        """Give the words with their values filled in."""
        return "".join("" if value is None else str(value) for value in (part.of(context, environment) for part in self.parts))


@dataclass(frozen=True, slots=True)
class Table:
    """Rows shown for reading; *columns* are (key, label)."""

    label: str
    source: Setting
    columns: tuple[tuple[str, str], ...]
    id: str = ""
    hide: Expression | None = None
    layout: Layout = field(default_factory=Layout)
    kind: Literal["table"] = "table"

    def is_hidden(self, context: Context, environment: Environment) -> bool:
        """Tell whether the table is left out."""
        return self.hide is not None and self.hide.evaluate(context, environment) is True

    def rows(self, context: Context, environment: Environment) -> list[dict[str, object]]:
        """Give the rows to show."""
        found = self.source.of(context, environment)
        return [dict(row) for row in found if isinstance(row, Mapping)] if isinstance(found, list | tuple) else []


Component = Field | Group | Passage | Table


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a pack under its id."""

    id: str
    file: str
    components: tuple[Component, ...]
    version_tag: str | None = None

    def fields(self) -> Iterator[Field]:
        """Walk the fields in reading order, those inside sections too, those inside rows not."""
        return fields_of(self.components)

    @property
    def sensitive(self) -> dict[str, Mask]:
        """Give the fields whose answers are sealed, those in rows with the list's name before theirs, and their masks."""
        return dict(_sensitive(self.fields()))

    @property
    def restricted(self) -> dict[str, Setting]:
        """Give the fields whose answers are not for everybody, each with the roles that read them."""
        return {found.key: found.visible_to for found in self.fields() if found.visible_to is not None}

    def field(self, key: str) -> Field | None:
        """Find the field with this key."""
        return next((found for found in self.fields() if found.key == key), None)


def _sensitive(fields: Iterator[Field], prefix: str = "") -> Iterator[tuple[str, Mask]]:
    for found in fields:
        if found.sensitive:
            yield prefix + found.key, found.mask
        yield from _sensitive(found.fields(), f"{prefix}{found.key}.")


def fields_of(components: tuple[Component, ...]) -> Iterator[Field]:
    """Walk the fields among *components* and in their sections."""
    for component in components:
        if isinstance(component, Field):
            yield component
        elif isinstance(component, Group):
            yield from fields_of(component.components)


def as_option(choice: object) -> Option | None:
    """Read one choice: a text, or a context of value, label and note."""
    if isinstance(choice, Mapping):
        value, label = choice.get("value"), choice.get("label")
        known = Option(value, str(label or value), str(choice.get("note") or ""))
        return None if value is None or value == "" else known
    return None if choice is None or choice == "" else Option(choice, str(choice))


def look_up(context: Context, path: str) -> object:
    """Follow a dotted path through nested contexts; what is missing on the way is null."""
    value: object = context
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value
