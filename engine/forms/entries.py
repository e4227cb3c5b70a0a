"""The entries of a submitted form: each field once per row it stands in, and the contexts they see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from engine.errors import EngineError
from engine.feel import Environment
from engine.forms.model import Component, Context, Field, Group, look_up
from engine.forms.secrets import ROW, Secret, masked, row_id

Depth = tuple[str | int, ...]
MOST_ROWS = 2000


@dataclass(slots=True)
class Entry:
    """One field in one row.

    *name* is the submitted one, *depth* where its row lives in the values, *origin* where it lived in the
    variables when the page was shown, *owner* the dynamic list around it.
    """

    field: Field
    name: str
    depth: Depth
    origin: Depth
    pattern: str
    guards: tuple[tuple[Field | Group, Depth], ...]
    owner: "Entry | None" = None
    raw: Sequence[str] = ()
    value: object = None
    error: EngineError | None = None
    hidden: bool = False
    barred: bool = False
    kept: bool = False
    unchanged: bool = False

    @property
    def is_secret(self) -> bool:
        """Tell whether its value is a clear text that must not be seen beyond this entry."""
        return self.field.sensitive and not self.kept and not self.unchanged and bool(self.value)

    @property
    def open(self) -> bool:
        """Tell whether the submitter decides this entry."""
        return not self.hidden and not self.kept


@dataclass(frozen=True, slots=True)
class _Place:
    prefix: str = ""
    pattern: str = ""
    depth: Depth = ()
    origin: Depth = ()
    guards: tuple[tuple[Field | Group, Depth], ...] = ()
    owner: Entry | None = None


_TOP = _Place()


def unfold(components: Sequence[Component], raw: Mapping[str, Sequence[str]], place: _Place = _TOP) -> list[Entry]:
    """List the entries of *components*, rows of dynamic lists in the order of their numbers."""
    entries: list[Entry] = []
    for component in components:
        if isinstance(component, Group):
            guards = (*place.guards, (component, place.depth))
            entries += unfold(component.components, raw, replace(place, guards=guards))
        elif isinstance(component, Field):
            entries += _entry(component, raw, place)
    return entries


def _entry(found: Field, raw: Mapping[str, Sequence[str]], place: _Place) -> list[Entry]:
    guards = (*place.guards, (found, place.depth))
    name, pattern = place.prefix + found.key, place.pattern + found.key
    entry = Entry(found, name, place.depth, place.origin, pattern, guards, place.owner, raw.get(name, ()))
    if found.kind != "dynamiclist":
        return [entry]
    entries = [entry]
    numbers = row_numbers(name, raw)
    entry.value = len(numbers)
    for position, number in enumerate(numbers[:MOST_ROWS]):
        depth, origin = (*place.depth, found.key, position), (*place.origin, found.key, int(number))
        entries += unfold(found.components, raw, _Place(f"{name}.{number}.", f"{pattern}.", depth, origin, guards, entry))
    return entries


def row_numbers(name: str, raw: Mapping[str, Sequence[str]]) -> list[str]:
    """Find the rows of a dynamic list that say something, in order; blank ones are as if not there."""
    said: dict[str, bool] = {}
    for key, texts in raw.items():
        number, _, rest = key.removeprefix(f"{name}.").partition(".")
        if key.startswith(f"{name}.") and rest and number.isdecimal() and len(number) < 7:
            said[number] = said.get(number, False) or any(texts)
    return sorted((number for number, words in said.items() if words), key=int)


@dataclass(slots=True)
class Scopes:
    """What expressions see: the variables, over them the form's values, over them the row's own."""

    context: Context
    entries: Sequence[Entry]
    values: dict[str, object] = field(default_factory=dict)
    _by_depth: dict[Depth, dict[str, object]] = field(default_factory=dict)
    _row_ids: dict[Depth, str] = field(default_factory=dict)

    def assemble(self, environment: Environment) -> None:
        """Build the values anew from the entries that are not hidden; computed fields follow the others."""
        self.values, self._by_depth = {}, {}
        self._by_depth[()] = self.values
        for entry in self.entries:
            if entry.hidden:
                continue
            if entry.field.kind == "dynamiclist" and not entry.kept:
                self._rows(entry)
            elif entry.field.kind != "expression" and not (entry.owner and entry.owner.kept):
                self.put(entry, self.stored(entry) if entry.kept else entry.value)
        for entry in self.entries:
            if entry.field.expression and not entry.hidden and not (entry.owner and entry.owner.kept):
                self.put(entry, entry.field.expression.evaluate(self.of(entry), environment))

    def stored(self, entry: Entry) -> object:
        """Give what the variables hold for an entry that the submitter cannot change."""
        row = self._origin(entry.origin)
        return look_up(row, entry.field.key) if isinstance(row, Mapping) else None

    def _origin(self, origin: Depth) -> object:
        row: object = self.context
        for step in origin:
            if isinstance(step, str):
                row = look_up(row, step) if isinstance(row, Mapping) else None
            else:
                row = row[step] if isinstance(row, list | tuple) and step < len(row) else None
        return row

    def _rows(self, entry: Entry) -> None:
        long = len(entry.depth) + 2
        numbered = {other.depth[:long]: other.origin[:long] for other in self.entries if _within(other, entry)}
        named = any(found.sensitive for found in entry.field.fields())
        rows: list[dict[str, object]] = [{ROW: self._row_id(*place)} if named else {} for place in numbered.items()]
        set_path(self._row(entry.depth), entry.field.key, rows)
        for position, row in enumerate(rows):
            self._by_depth[(*entry.depth, entry.field.key, position)] = row

    def _row_id(self, depth: Depth, origin: Depth) -> str:
        """Name a row: as it was named when it was stored, else anew."""
        stored = self._origin(origin)
        known = stored.get(ROW) if isinstance(stored, Mapping) else None
        return self._row_ids.setdefault(depth, str(known or row_id()))

    def _row(self, depth: Depth) -> dict[str, object]:
        return self._by_depth.setdefault(depth, {})

    def put(self, entry: Entry, value: object) -> None:
        """Set the value of one entry."""
        if entry.field.kind == "dynamiclist" and not entry.kept:
            return
        entry.value = value
        seen = masked(str(value), entry.field.mask) if entry.is_secret else value
        set_path(self._row(entry.depth), entry.field.key, seen)

    def at(self, depth: Depth) -> dict[str, object]:
        """Give the context at this place."""
        context = dict(self.context) | self.values
        for end in range(2, len(depth) + 1, 2):
            context = context | self._row(depth[:end])
        return context

    def of(self, entry: Entry) -> dict[str, object]:
        """Give the context that the entry's expressions see."""
        return self.at(entry.depth)

    def result(self) -> dict[str, object]:
        """Give the values to store: what the submitter decided and what was computed."""
        kept = {entry.field.key for entry in self.entries if not entry.depth and entry.kept and not entry.field.expression}
        for entry in self.entries:
            if entry.is_secret and not entry.hidden and not (entry.owner and entry.owner.kept):
                set_path(self._row(entry.depth), entry.field.key, Secret(str(entry.value), entry.field.mask))
        return {name: value for name, value in self.values.items() if name not in kept}


def _within(other: Entry, of: Entry) -> bool:
    start = (*of.depth, of.field.key)
    return other.depth[: len(start)] == start


def set_path(values: dict[str, object], path: str, value: object) -> None:
    """Put *value* under a dotted path, making the contexts on the way."""
    *outer, last = path.split(".")
    for name in outer:
        inner = values.get(name)
        if not isinstance(inner, dict):
            inner = values[name] = {}
        values = inner
    values[last] = value
