"""Filling in a form as a person would: what the script says, else what the form shows first, else something plain."""

from collections.abc import Mapping
from typing import Any

from engine import attachments, forms
from engine.errors import EngineError
from engine.feel import Environment
from engine.forms import errors
from engine.forms.binder import Bound
from engine.forms.model import Field, Form
from engine.persistence.work import UnitOfWork

_EMPTY = (errors.Missing, errors.NotChosen, errors.NotTicked, errors.NoFile)
_PLAIN = {"textfield": "见附件", "textarea": "按要求办理，具体情况见附件。", "number": "1"}


class FormRefused(EngineError):
    """{task} cannot be handed in as the script says: {faults}"""


class Filled:
    """A form being filled in for one task; *unnamed* are the required fields the script did not name."""

    def __init__(
        self, work: UnitOfWork, form: Form, context: Mapping[str, Any], environment: Environment, access: Mapping[str, str]
    ) -> None:
        self._work, self._form, self._context, self._environment, self._access = work, form, context, environment, access
        self.unnamed: list[str] = []

    def with_values(self, task: str, values: Mapping[str, Any]) -> dict[str, object]:
        """Give the values that the form makes of what is handed in; ``FormRefused`` says what it does not take."""
        known: dict[str, Any] = {}
        for field in self._form.fields():
            forms_value = field.initial(self._context, self._environment)
            if field.kind not in ("expression", "filepicker") and forms_value is not None:
                _put(known, field.key, forms_value)
        for key, value in values.items():
            _put(known, key, value)
        submitted = forms.submission(tuple(self._form.fields()), known)
        bound = self._bind(submitted)
        for name, error in bound.errors.items():
            empty = self._form.field(name) if isinstance(error, _EMPTY) else None
            if empty is not None:
                submitted[name] = self._plain(empty)
                self.unnamed.append(name)
        bound = self._bind(submitted)
        if bound.errors:
            raise FormRefused(task=task, faults="; ".join(f"{name}: {error}" for name, error in bound.errors.items()))
        return bound.values

    def _bind(self, submitted: Mapping[str, list[str]]) -> Bound:
        files = attachments.facts(self._work, forms.named_files(self._form, submitted))
        return forms.bind(self._form, submitted, self._context, self._environment, files, self._access)

    def _plain(self, field: Field) -> list[str]:
        options = field.options(self._context, self._environment)
        if options:
            return [str(options[0].value)]
        if field.kind == "datetime":
            return [self._work.now.date().isoformat()]
        return [_PLAIN.get(field.kind, "true")]


def _put(values: dict[str, Any], key: str, value: object) -> None:
    *path, last = key.split(".")
    for name in path:
        values = values.setdefault(name, {})
    values[last] = value
