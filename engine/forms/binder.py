"""Binding: what was submitted becomes checked values, or a message at each field that says how to mend it.

Only declared fields are read. What is hidden is dropped, what is read-only keeps its value, expressions are
computed here, and nothing that a browser claims is believed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine.errors import EngineError
from engine.feel import DEFAULT, Environment
from engine.forms import checks, errors
from engine.forms.convert import choose, clean, read_text
from engine.forms.entries import Entry, Scopes, unfold
from engine.forms.model import CHOICE, MANY, Context, Field, Form, Setting

Submitted = Mapping[str, Sequence[str]]
Files = Mapping[str, Mapping[str, object]]
_ROW_NUMBER = re.compile(r"\.\d+\.")


@dataclass(frozen=True, slots=True)
class Bound:
    """A form with what was submitted: *values* to store, *errors* by submitted name, *raw* to show again as typed."""

    form: Form
    values: dict[str, object]
    errors: dict[str, EngineError]
    raw: dict[str, list[str]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()

    @property
    def valid(self) -> bool:
        """Tell whether everything can be stored."""
        return not self.errors


def bind(
    form: Form,
    submitted: Submitted,
    context: Context,
    environment: Environment = DEFAULT,
    files: Files | None = None,
    access: Mapping[str, str] | None = None,
) -> Bound:
    """Check what was submitted against the form and give its values.

    *files* are the attachments that the submitter may name; *access* says hidden, readonly or editable
    per field key (``*`` for all others). Every fault is found at once.
    """
    raw = {name: [clean(text) for text in texts] for name, texts in submitted.items()}
    entries = unfold(form.components, raw)
    found = undeclared(raw, form)
    scopes = Scopes(context, entries)

    for entry in entries:
        _read(entry, files or {})
        entry.unchanged = entry.field.sensitive and bool(entry.value) and entry.value == scopes.stored(entry)
    _close(entries, scopes, environment, access or {})
    opened = [entry for entry in entries if entry.open]
    for entry in opened:
        _choose(entry, scopes, environment)
    for entry in opened:
        entry.error = entry.error if entry.error or entry.unchanged else checks.fault(entry, scopes.of(entry), environment)
        scopes.put(entry, entry.value)

    found |= {entry.name: entry.error for entry in opened if entry.error}
    hidden = frozenset(entry.name for entry in entries if entry.hidden)
    return Bound(form, scopes.result(), found, raw, hidden)


def named_files(form: Form, raw: Submitted) -> list[str]:
    """List the attachments that the form's file fields name, those in rows too."""
    pickers = frozenset(_patterns(form.fields(), kind="filepicker"))
    return [text for name, texts in raw.items() if _ROW_NUMBER.sub(".", name) in pickers for text in texts if text]


def undeclared(raw: Submitted, form: Form) -> dict[str, EngineError]:
    """Name every submitted field that the form does not have."""
    declared = frozenset(_patterns(form.fields()))
    unknown = [name for name in raw if _ROW_NUMBER.sub(".", name) not in declared]
    return {name: errors.Undeclared(name=name) for name in unknown}


def _patterns(fields: Iterable[Field], prefix: str = "", kind: str = "") -> Iterator[str]:
    for found in fields:
        if kind in ("", found.kind):
            yield prefix + found.key
        yield from _patterns(found.fields(), f"{prefix}{found.key}.", kind)


def _read(entry: Entry, files: Files) -> None:
    """Turn the texts of one field into a value of its type; what cannot be read is an error at the field."""
    sent = [text for text in entry.raw if text]
    try:
        if entry.field.kind == "filepicker":
            entry.value = _files(entry, sent, files)
        elif entry.field.kind in CHOICE:
            entry.value = sent if entry.field.many else (sent[0] if sent else None)
        elif entry.field.kind == "checkbox":
            entry.value = read_text(entry.field, sent[-1]) if sent else False
        elif entry.field.kind not in ("dynamiclist", "expression"):
            entry.value = read_text(entry.field, sent[0]) if sent else None
        if len(sent) > 1 and entry.field.kind not in MANY | {"checkbox", "expression"}:
            raise errors.SeveralValues(label=entry.field.label)
    except errors.FormError as error:
        entry.error = error


def _files(entry: Entry, sent: Sequence[str], files: Files) -> list[object]:
    """Look the attachments up; type and existence are the store's word, not the browser's."""
    if any(key not in files for key in sent):
        raise errors.UnknownFile(label=entry.field.label)
    if len(sent) > 1 and not entry.field.multiple:
        raise errors.SeveralValues(label=entry.field.label)
    for key in sent:
        kind = str(files[key].get("kind", "")).lower()
        if entry.field.accept and kind not in entry.field.accept:
            raise errors.WrongFileType(name=files[key].get("name", key), accept="、".join(entry.field.accept))
    return [dict(files[key]) | {"id": key} for key in dict.fromkeys(sent)]


def _choose(entry: Entry, scopes: Scopes, environment: Environment) -> None:
    """Replace what was sent by the option it means; the options may depend on the other fields."""
    if entry.field.kind not in CHOICE or entry.error or not entry.value:
        return
    sent = entry.value if isinstance(entry.value, list) else [entry.value]
    try:
        chosen = choose(entry.field, [str(text) for text in sent], entry.field.options(scopes.of(entry), environment))
        scopes.put(entry, chosen if entry.field.many else chosen[0])
    except errors.FormError as error:
        entry.error = error


def _close(entries: Sequence[Entry], scopes: Scopes, environment: Environment, access: Mapping[str, str]) -> None:
    """Close what is hidden or read-only, until hiding one field hides no further one."""
    for entry in entries:
        granted = access.get(entry.pattern, access.get("*", "editable"))
        entry.hidden = entry.barred = granted == "hidden"
        entry.kept = granted == "readonly" or (entry.owner is not None and entry.owner.kept)
    for _ in range(len(entries) + 1):
        scopes.assemble(environment)
        changed = [entry for entry in entries if _settle(entry, scopes, environment)]
        if not changed:
            break


def _settle(entry: Entry, scopes: Scopes, environment: Environment) -> bool:
    """Decide anew whether the entry is hidden or kept; tell whether its being hidden changed."""
    guards = [(guard, depth) for guard, depth in entry.guards if guard.hide is not None]
    hidden = entry.barred or any(guard.is_hidden(scopes.at(depth), environment) for guard, depth in guards)
    changed, entry.hidden = hidden != entry.hidden, hidden
    if not entry.kept and (entry.owner is not None and entry.owner.kept):
        entry.kept = True
    elif not entry.kept and (entry.field.readonly != Setting() or entry.field.kind == "expression"):
        entry.kept = entry.field.is_readonly(scopes.of(entry), environment)
        changed |= entry.kept
    return changed
