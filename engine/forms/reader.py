"""Reading form-js files: every fault of every form at once, each with its file, its component and its line.

What a form says must have an effect here or the deployment is refused; only presentation that the page
decides itself (appearance, validation hints for the editor) passes unread.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.errors import Problem
from engine.forms.components import Reader
from engine.forms.model import Component, Field, Form, Group

NEWEST_SCHEMA = 19
MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """The forms of a pack by id, and what is wrong with the files; forms with a fault are left out."""

    forms: Mapping[str, Form]
    problems: tuple[Problem, ...]


def read(files: Mapping[str, bytes]) -> Reading:
    """Read every ``*.form`` among the files of a pack."""
    forms: dict[str, Form] = {}
    problems: list[Problem] = []
    for name in sorted(name for name in files if name.endswith(".form")):
        form, found = read_one(name, files[name])
        if form and form.id in forms:
            facts = {"id": form.id, "file": forms[form.id].file}
            found.append(Problem(name, form.id, 1, "Another form has the id {id} already: {file}.", facts))
        elif form and not found:
            forms[form.id] = form
        problems += found
    return Reading(forms, tuple(problems))


def read_one(file: str, content: bytes) -> tuple[Form | None, list[Problem]]:
    """Read one file; the form is None when not even its outline can be read."""
    try:
        text = content.decode("utf-8-sig")
        outline = json.loads(text, parse_constant=_no_constant) if len(content) <= MOST_BYTES else None
    except (ValueError, RecursionError) as error:
        return None, [Problem(file, None, getattr(error, "lineno", 1), "This is not JSON: {reason}.", {"reason": str(error)})]
    if not isinstance(outline, dict) or outline.get("type") != "default" or not isinstance(outline.get("components"), list):
        return None, [Problem(file, None, 1, "This is not a form: a form-js file has the type default and a list of components.")]
    reader = Reader(file, text)
    _check_outline(outline, reader)
    form = Form(str(outline.get("id", "")), file, reader.components(outline["components"]), _tag(outline))
    _check_keys(form.components, reader)
    return form, reader.problems


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not a JSON number")


def _check_outline(outline: Mapping[str, object], reader: Reader) -> None:
    version = outline.get("schemaVersion", 1)
    if not outline.get("id"):
        reader.fault(None, "The form has no id; give it one, for tasks name it.")
    if not isinstance(version, int) or not 1 <= version <= NEWEST_SCHEMA:
        reader.fault(None, "Schema version {version} is not known; up to {newest} is.", version=version, newest=NEWEST_SCHEMA)


def _tag(outline: Mapping[str, object]) -> str | None:
    tag = outline.get("versionTag")
    return tag if isinstance(tag, str) else None


def _check_keys(components: tuple[Component, ...], reader: Reader) -> None:
    seen: set[str] = set()
    for field in _every(components):
        if field.key in seen:
            reader.fault(field.key, "Two fields have the key {key}; a key names one field.", key=field.key)
        seen.add(field.key)
        if field.kind == "dynamiclist":
            _check_keys(field.components, reader)


def _every(components: tuple[Component, ...]) -> Iterator[Field]:
    for component in components:
        if isinstance(component, Group):
            yield from _every(component.components)
        elif isinstance(component, Field):
            yield component
