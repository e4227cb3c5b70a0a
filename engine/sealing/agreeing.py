"""Forms that share variables must agree on what is sensitive, or what one seals another would write down in the clear."""

from collections.abc import Iterable, Iterator, Mapping

from engine.bpmn.model import Process
from engine.errors import Problem
from engine.forms import Form
from engine.forms.model import Field


def check(processes: Iterable[Process], forms: Mapping[str, Form], kept: Mapping[str, Form]) -> Iterator[Problem]:
    """Name every field that one form of a process seals and another does not; *kept* are the forms of the ledgers."""
    for process in processes:
        shown = {element.form_id.text for element in process.elements.values() if element.form_id is not None}
        used = [forms[name] for name in sorted(shown) if name in forms]
        row = process.properties.get("bpm:ledgerRow")
        used += [kept[row.text]] if row is not None and row.text in kept else []
        yield from _unequal(used)


def _unequal(used: list[Form]) -> Iterator[Problem]:
    sealing = {pattern: form for form in used for pattern in form.sensitive}
    for form in used:
        for pattern in sorted(set(_patterns(form.fields())) & (sealing.keys() - form.sensitive.keys())):
            template = "The field {field} is sensitive in {file}, and one process shows both; mark it bpm:sensitive here too."
            yield Problem(form.file, pattern, 1, template, {"field": pattern, "file": sealing[pattern].file})


def _patterns(fields: Iterable[Field], prefix: str = "") -> Iterator[str]:
    for found in fields:
        if found.kind != "dynamiclist":
            yield prefix + found.key
        yield from _patterns(found.fields(), f"{prefix}{found.key}.")
