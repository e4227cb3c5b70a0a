"""What was typed into a task or a start form: read from a request, kept as a draft, shown again, bound."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from engine import attachments
from engine.feel import Environment
from engine.forms import named_files
from engine.forms.model import Form
from engine.persistence.work import UnitOfWork
from webui.form_view import FormView, view

OURS = {"csrf_token", "_opinion", "_revision", "_delete", "_again", "_row", "_column"}
Raw = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form with the variables it stands on."""

    form: Form
    context: Mapping[str, object]
    environment: Environment
    access: Mapping[str, str]

    def shown(self, work: UnitOfWork, draft: Mapping[str, Any] | None) -> FormView:
        """Show the form as the draft has it, else as its variables do."""
        raw = None if draft is None else draft.get("_raw")
        context = self.context if draft is None or raw is not None else {**self.context, **draft}
        return view(self.form, context, self.environment, raw, self._files(work, raw or {}), self.access)

    def handed_in(self, work: UnitOfWork, raw: Raw) -> FormView:
        """Bind what was submitted; the view says what is wrong with it."""
        found = view(self.form, self.context, self.environment, raw, self._files(work, raw), self.access)
        found.show_errors = True
        return found

    def _files(self, work: UnitOfWork, raw: Raw) -> dict[str, dict[str, object]]:
        return attachments.facts(work, named_files(self.form, raw))


def typed(form: MultiDict[str, str]) -> Raw:
    """Read the fields of a pack's form from a request."""
    return {name: texts for name, texts in form.lists() if name not in OURS}


def with_files(work: UnitOfWork, raw: Raw) -> Raw:
    """Take in the files that a browser without scripts sends along with the form."""
    sent = {name: [file for file in files if file.filename] for name, files in request.files.lists()}
    stored = {
        name: [str(attachments.store(work, file.stream, file.filename or "", field=name).id) for file in files]
        for name, files in sent.items()
        if files
    }
    return raw | {name: raw.get(name, []) + ids for name, ids in stored.items()}
