"""Decision tables: drawn in the browser, checked and tried out by the engine that will decide by them."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import definitions, dmn
from engine.dmn import Decision, Question, Trial
from engine.errors import EngineError
from engine.feel import Environment, FeelError, FeelSyntaxError, compile_expression, to_json
from engine.packs import PackRefused
from engine.persistence.work import UnitOfWork
from webui.problems import said
from webui.sessions import needs_right
from webui.tables import sheets
from webui.tables.blueprint import RIGHT, bp
from webui.tables.file_views import content
from webui.tables.warnings import told
from webui.work import unit_of_work

LITERAL = re.compile(r'-?\d+(\.\d+)?|".*"|\[.*\]|\{.*\}|true|false|null|[a-z][a-z ]*\(.*\)', re.DOTALL)
NUMBER = re.compile(r"-?\d+(\.\d+)?")


class NotAValue(EngineError):
    """“{text}” is no value for {name}: {reason}."""


@bp.get("/decisions/<path:path>")
@needs_right(RIGHT)
def decision(path: str) -> ResponseReturnValue:
    """Show a decision file in its editor."""
    with unit_of_work() as work:
        sheet = sheets.sheet(work, path)
        reading = dmn.read({path: sheet.content})
        names = [(found.id, found.title or found.name) for found in reading.decisions.values()]
    return render_template("tables/decision.html", sheet=sheet, decisions=names)


@bp.post("/try/<path:path>")
@needs_right(RIGHT)
def attempt(path: str) -> ResponseReturnValue:
    """Decide with the values typed in, by the table on the screen, and say which rules did it."""
    with unit_of_work() as work:
        data = content()
        reading = dmn.read({path: data})
        found = reading.decisions.get(request.form.get("decision", ""))
        if found is None or reading.problems:
            return render_template("tables/_trial.html", unread=[said(problem) for problem in reading.problems]), 422
        environment = _environment(work, path, data)
        questions = dmn.questions(data, found, environment.functions)
    shown: dict[str, Any] = {"questions": questions, "typed": request.form, "decision": found, "unread": []}
    if "go" in request.form:
        shown |= _decided(found, questions, environment)
    return render_template("tables/_trial.html", **shown)


def _decided(found: Decision, questions: tuple[Question, ...], environment: Environment) -> dict[str, Any]:
    try:
        values = _values(questions)
        trial = dmn.attempt(found, values, environment)
    except EngineError as error:
        return {"error": error}
    except FeelError as error:
        return {"failure": str(error)}
    return {"trial": trial, "result": _lines(trial), "warnings": [told(warning) for warning in trial.warnings]}


def _environment(work: UnitOfWork, path: str, data: bytes) -> Environment:
    """Give what expressions may call, as one's drafts of the pack have it."""
    now = work.now
    try:
        functions = definitions.functions_of(sheets.files(work, {path: data}))
    except PackRefused:
        functions = definitions.functions_of({})
    return Environment(lambda: now, functions)


def _values(questions: tuple[Question, ...]) -> dict[str, object]:
    """Put the values typed in under their dotted paths; what is left empty is not there."""
    values: dict[str, object] = {}
    for question in questions:
        text = request.form.get(f"v.{question.path}", "").strip()
        if not text:
            continue
        *outer, last = question.path.split(".")
        inner = values
        for name in outer:
            inner = inner.setdefault(name, {})  # type: ignore[assignment]
            if not isinstance(inner, dict):
                raise NotAValue(text=text, name=question.path, reason=_("the same value is also given as a whole"))
        inner[last] = _value(question, text)
    return values


def _value(question: Question, text: str) -> object:
    """Read a value as people write it: a number, yes or no, a date, an expression in brackets, else it is text."""
    if question.type == "string" and not text.startswith('"'):
        return text
    if not LITERAL.fullmatch(text):
        return text
    try:
        return compile_expression(text).evaluate({})
    except (FeelSyntaxError, FeelError) as error:
        raise NotAValue(text=text, name=question.label or question.path, reason=str(error)) from error


def _lines(trial: Trial) -> list[tuple[str, str]]:
    """Write the result: the outputs of a context one by one."""
    result = to_json(trial.result)
    if isinstance(result, Mapping):
        return [(str(name), _text(value)) for name, value in result.items()]
    return [("", _text(result))]


def _text(value: object) -> str:
    if value is None:
        return _("nothing (null)")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@bp.app_template_filter("day_input")
def is_day(type: str) -> bool:
    """Tell whether a question is for a date."""
    return type == date.__name__
