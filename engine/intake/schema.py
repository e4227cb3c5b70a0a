"""What a channel may send, as a JSON schema made from the start form, and the description of the whole interface."""

from collections.abc import Mapping
from typing import Any

from engine import definitions
from engine.errors import EngineError
from engine.feel import Environment
from engine.forms import Field
from engine.forms.model import CHOICE, Setting
from engine.intake.receiving import EXTERNAL, start_of
from engine.persistence.work import UnitOfWork

FORMATS = {"date": {"format": "date"}, "datetime": {"format": "date-time"}, "time": {"format": "time"}}
FILE = {
    "type": "object",
    "required": ["name", "content"],
    "properties": {"name": {"type": "string"}, "content": {"type": "string", "contentEncoding": "base64"}},
}


_REFUSAL: dict[str, Any] = {
    "type": "object",
    "properties": {"message": {"type": "string"}, "errors": {"type": "object", "additionalProperties": {"type": "string"}}},
}


def schema(work: UnitOfWork, pack: str, process_id: str) -> dict[str, Any]:
    """Give the JSON schema of what begins a process."""
    start, form = start_of(work, pack, process_id)
    environment = definitions.active(work, process_id).at(work.now)
    own = {start.channel, start.external, EXTERNAL}
    fields = [field for field in form.fields() if field.key not in own and field.kind != "expression"]
    properties = {EXTERNAL: {"type": "string", "maxLength": 60, "title": EXTERNAL}}
    properties |= {field.key: _field(field, environment, start.most_files) for field in fields}
    needed = [EXTERNAL, *(field.key for field in fields if field.required)]
    return {"type": "object", "additionalProperties": False, "required": needed, "properties": properties}


def _field(field: Field, environment: Environment, most_files: int) -> dict[str, Any]:
    said: dict[str, Any] = {"title": field.label} | ({"description": field.help} if field.help else {})
    said |= {"examples": [field.example]} if field.example else {}
    if field.kind == "filepicker":
        return said | {"type": "array", "maxItems": most_files, "items": FILE}
    if field.kind == "dynamiclist":
        row = {part.key: _field(part, environment, most_files) for part in field.fields()}
        return said | {"type": "array", "items": {"type": "object", "properties": row}}
    if field.kind in CHOICE:
        return said | _choice(field, environment)
    return said | _plain(field, environment)


def _choice(field: Field, environment: Environment) -> dict[str, Any]:
    options = field.options({}, environment)
    one: dict[str, Any] = {"oneOf": [{"const": option.value, "title": option.label} for option in options]} if options else {}
    return {"type": "array", "items": one} if field.many else one or {"type": "string"}


def _plain(field: Field, environment: Environment) -> dict[str, Any]:
    kind = {"number": "number", "checkbox": "boolean"}.get(field.kind, "string")
    bounds = {
        "minLength": field.limits.min_length, "maxLength": field.limits.max_length, "minimum": field.limits.minimum,
        "maximum": field.limits.maximum,
    }  # fmt: skip
    known = {name: _bound(bound, environment) for name, bound in bounds.items() if bound is not None}
    numbers = {name: value for name, value in known.items() if isinstance(value, int)}
    pattern = {"pattern": field.limits.pattern.pattern} if field.limits.pattern else {}
    return {"type": kind} | FORMATS.get(field.kind, {}) | numbers | pattern


def _bound(bound: Setting, environment: Environment) -> object:
    try:
        value = bound.of({}, environment)
    except EngineError:
        return None
    return int(value) if isinstance(value, str) and value.isdecimal() else value


def openapi(work: UnitOfWork, pack: str, server: str) -> dict[str, Any]:
    """Describe what can be handed in to a pack, as OpenAPI has it."""
    portal = definitions.pack(work, pack).public()
    processes = dict.fromkeys(start.process for start in portal.starts)
    paths = {f"/api/intake/{process}": {"post": _operation(work, pack, process)} for process in processes}
    paths |= {f"/api/intake/{process}/{{{EXTERNAL}}}": {"get": _question(process)} for process in processes}
    return {
        "openapi": "3.1.0",
        "info": {"title": portal.title, "version": definitions.pack(work, pack).version},
        "servers": [{"url": server}],
        "components": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
        "security": [{"key": []}],
        "paths": paths,
    }


def _question(process: str) -> dict[str, Any]:
    text = {"type": "string"}
    date = {"type": "object", "properties": {"name": text, "due": text, "done": {"type": ["string", "null"]}}}
    known: dict[str, Any] = dict.fromkeys((EXTERNAL, "number", "state", "step", "at", "unit", "phone"), text)
    known |= {"dates": {"type": "array", "items": date}, "papers": {"type": "array", "items": text}}
    said = {"200": ("How far it has come", {"type": "object", "properties": known}),
            "401": ("The key is missing, wrong or withdrawn", _REFUSAL),
            "404": ("This channel filed nothing under this number", _REFUSAL), "429": ("Too often", _REFUSAL)}  # fmt: skip
    number = {"name": EXTERNAL, "in": "path", "required": True, "schema": text}
    return {"operationId": f"{process}_standing", "parameters": [number], "responses": _answers(said)}


def _answers(said: Mapping[str, tuple[str, Mapping[str, Any]]]) -> dict[str, Any]:
    return {
        status: {"description": text, "content": {"application/json": {"schema": shape}}}
        for status, (text, shape) in said.items()
    }


def _operation(work: UnitOfWork, pack: str, process: str) -> dict[str, Any]:
    receipt = {"type": "object", "properties": {name: {"type": "string"} for name in ("number", "query_code")}}
    said = {"201": ("Received", receipt), "200": ("Received before; the same answer again", receipt),
            "401": ("The key is missing, wrong or withdrawn", _REFUSAL),
            "409": ("Something else came in under this number", _REFUSAL),
            "422": ("Some fields need attention", _REFUSAL), "429": ("Too often", _REFUSAL)}  # fmt: skip
    body = {"required": True, "content": {"application/json": {"schema": schema(work, pack, process)}}}
    return {"operationId": process, "requestBody": body, "responses": _answers(said)}
