"""A small office that takes complaints: a start form with sensitive fields, a step that corrects them, a ledger that follows."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine import definitions, forms, ledgers, process_instances, user_tasks
from engine.bootstrap import Engine
from engine.forms.binder import Bound
from engine.identity.actor import Actor
from engine.persistence.records import Instance
from engine.persistence.repositories.inbox import InboxFilters
from tests.engine.models import deploy, flow, process, user_task

NAME, PHONE, ADDRESS = "欧阳卓远", "13804121234", "辽河市城东区胜利路88号3单元"
FRIEND, FRIEND_PHONE = "慕容清秋", "13904125678"
CLEAR = (NAME, PHONE, ADDRESS, FRIEND, FRIEND_PHONE)


def field(key: str, mask: str = "", **more: Any) -> dict[str, Any]:
    sealed = {"bpm:sensitive": "true", "bpm:mask": mask} if mask else {}
    properties = sealed | more.pop("properties", {})
    return {"id": f"f_{key}", "type": "textfield", "key": key, "label": key.title(), "properties": properties, **more}


def form(form_id: str, *components: dict[str, Any]) -> bytes:
    return json.dumps({"type": "default", "id": form_id, "schemaVersion": 16, "components": list(components)}).encode()


FRIENDS = {
    "id": "f_friends", "type": "dynamiclist", "path": "friends", "label": "Friends",
    "components": [field("name", "name"), field("phone", "phone")],
}  # fmt: skip
PERSON = (
    field("name", "name", properties={"bpm:validator": "person_name"}),
    field("phone", "phone", properties={"bpm:validator": "mobile"}),
    field("address", "address"),
    FRIENDS,
)
COMPLAINT = form("complaint", field("subject"), *PERSON)
CORRECTION = form("correction", *PERSON)
LEDGER = """
[ledger]
id = "complaints"
name = "Complaints"
form = "complaint"
key = "key"
edit = ["manager"]
[[views]]
id = "all"
name = "All"
columns = ["key", "subject", "name", "phone", "address", "friends"]
"""


def handling(**properties: str) -> bytes:
    start = (
        '<startEvent id="start"><extensionElements><zeebe:formDefinition formId="complaint"/></extensionElements></startEvent>'
    )
    correct = user_task("correct").replace("<zeebe:userTask/>", '<zeebe:userTask/><zeebe:formDefinition formId="correction"/>')
    body = start + correct + '<endEvent id="end"/>' + flow("start", "correct", "end")
    said = {"title": '="About " + subject + " by " + name', "businessKey": "=number", "ledgerRow": "complaints"}
    return process(body, "complain", **{**said, **properties})


@pytest.fixture
def office(engine: Engine) -> Engine:
    """The office, ready."""
    ledger = {"forms/ledgers/complaints.toml": LEDGER.encode()}
    files = {"complaint__form": COMPLAINT, "correction__form": CORRECTION}
    deploy(engine, handling(), **files, **ledger)
    return engine


@pytest.fixture
def ann_opens(ann: Actor) -> Actor:
    """Ann, who may read what is sealed."""
    return replace(ann, rights=frozenset({"unmask"}))


def typed(**more: str) -> dict[str, list[str]]:
    found = {"subject": "noise", "name": NAME, "phone": PHONE, "address": ADDRESS, "friends.0.name": FRIEND}
    return {name: [text] for name, text in (found | {"friends.0.phone": FRIEND_PHONE} | more).items()}


def person(**more: str) -> dict[str, list[str]]:
    """What is typed into the form that knows of people only."""
    return {name: texts for name, texts in typed(**more).items() if name != "subject"}


def bound(work: Any, form_id: str, raw: dict[str, list[str]], context: dict[str, Any] | None = None) -> Bound:
    return forms.bind(definitions.form(work, form_id), raw, context or {})


@pytest.fixture
def complain(office: Engine, ann: Actor) -> Callable[..., Instance]:
    """File a complaint as the form has it."""

    def complain(number: str = "T-1", **more: str) -> Instance:
        def begin(work: Any) -> Instance:
            values = bound(work, "complaint", typed(**more)).values
            return process_instances.start(work, "complain", values | {"number": number})

        return office.run(begin, ann)

    return complain


def the_task(engine: Engine, actor: Actor) -> Any:
    with engine.work(actor) as work:
        return user_tasks.inbox(work, "todo", InboxFilters()).rows[0]


def correct(engine: Engine, actor: Actor, raw: dict[str, list[str]]) -> None:
    """Hand in the step that corrects, with *raw* as the browser sends it."""
    task_id = the_task(engine, actor).id

    def hand_in(work: Any) -> None:
        seen = user_tasks.view(work, task_id).variables
        found = bound(work, "correction", raw, seen)
        assert not found.errors
        user_tasks.complete(work, task_id, found.values)

    engine.run(hand_in, actor)


def on_disk(folder: Path) -> bytes:
    """Every byte the database has written, its log included."""
    return b"".join(path.read_bytes() for path in folder.glob("zhenggai.db*"))


def row_of(engine: Engine, actor: Actor, key: str = "T-1") -> Any:
    with engine.work(actor) as work:
        return ledgers.get(work, "complaints", key)
