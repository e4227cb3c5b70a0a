"""A form cut into screens: each of its sections is one, so that a phone shows one question at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.errors import EngineError
from engine.forms import shown
from engine.forms.model import Field, fields_of
from webui.form_view import FormView, Shown
from webui.tasks.desk import Raw


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen: its place, its heading, what stands on it."""

    number: int
    title: str
    help: str
    parts: list[Shown]
    keys: frozenset[str]

    def holds(self, name: str) -> bool:
        """Tell whether a submitted field belongs here."""
        return any(name == key or name.startswith(f"{key}.") for key in self.keys)


def screens(view: FormView) -> list[Screen]:
    """Cut the form; sections that do not apply now are left out, their numbers stay."""
    found, loose = [], []
    for part in view.components:
        if part.kind != "group":
            loose.append(part)
        elif not part.hidden:
            found.append(_screen(len(found) + 1, part, loose))
            loose = []
    return [*found, *([_screen(len(found) + 1, None, loose)] if loose or not found else [])]


def _screen(number: int, group: Shown | None, before: list[Shown]) -> Screen:
    parts = [*before, *(group.parts if group else ())]
    title, help_ = (group.component.label, group.component.help) if group else ("", "")  # type: ignore[union-attr]
    return Screen(number, title, help_, parts, frozenset(field.key for field in _fields(parts)))


def _fields(parts: list[Shown]) -> Iterator[Field]:
    for part in parts:
        yield from fields_of((part.component,))


def errors_on(view: FormView, screen: Screen) -> list[tuple[str, str, EngineError]]:
    """Give what is wrong on one screen: element id, label, reason."""
    known = {part.name: (part.id, str(getattr(part.component, "label", ""))) for part in walk(screen.parts)}
    wrong = [(name, error) for name, error in view.bound.errors.items() if screen.holds(name)]
    return [(*known.get(name, ("", "")), error) for name, error in wrong]


def merged(raw: Mapping[str, list[str]], screen: Screen, posted: Raw) -> Raw:
    """Put what was typed on one screen in the place of what was typed there before; what belongs elsewhere stays."""
    kept = {name: texts for name, texts in raw.items() if not screen.holds(name)}
    return kept | {name: texts for name, texts in posted.items() if screen.holds(name)}


def answers(view: FormView) -> list[tuple[Screen, list[tuple[str, str]]]]:
    """Give everything that was answered, screen by screen, as it reads."""
    return [(screen, [line for part in walk(screen.parts) if (line := _line(view, part))]) for screen in screens(view)]


def _line(view: FormView, part: Shown) -> tuple[str, str] | None:
    """Word one answer as it was typed; what was computed, or not ticked, says nothing."""
    if not isinstance(part.component, Field) or part.hidden or part.kind in ("dynamiclist", "expression"):
        return None
    value = part.text if part.component.sensitive else view.bound.values.get(part.name)
    named = "、".join(str(file["name"]) for file in part.files)
    text = named or shown(part.component, value, part.options)
    return (part.component.label, text) if text and value is not False else None


def walk(parts: list[Shown]) -> Iterator[Shown]:
    """Give every part, those inside others too."""
    for part in parts:
        yield part
        yield from walk(part.parts)
