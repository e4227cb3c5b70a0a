"""An office with a matter about Norah: her own unit's liaison, kept out of it; Olga of the office, who is not."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest

from engine import attachments, process_instances, user_tasks
from engine.bootstrap import Engine
from engine.identity.actor import Actor, DataScope
from engine.persistence.identity_records import RoleRow
from engine.persistence.records import Instance
from tests.conftest import person
from tests.engine.models import deploy, flow, process, user_task

ALL = DataScope("all", None)
FORM = (
    b'{"type":"default","id":"matter","schemaVersion":16,"components":['
    b'{"type":"textfield","key":"subject","label":"Subject","id":"f1"},{"type":"textfield","key":"unit","label":"U","id":"f2"}]}'
)
LEDGER = """
[ledger]
id = "matters"
name = "Matters"
form = "matter"
key = "key"
unit = "unit"
edit = ["liaison", "office"]
%s
[[views]]
id = "all"
name = "All"
columns = ["key", "subject", "unit"]
"""
PACK = """
[pack]
key = "pack"
name = "Pack"
version = "1"
[[roles]]
code = "liaison"
name = "Liaison"
scope = "all"
[[roles]]
code = "guard"
name = "Guard"
scope = "all"
[[pools]]
code = "clues"
name = "Clues"
roles = ["guard"]
"""
CALL = (
    '<callActivity id="call" name="Call"><extensionElements><zeebe:calledElement processId="inner"/></extensionElements>'
    "</callActivity>"
)


def outer(**properties: str) -> bytes:
    """A matter with a task of the unit, a called process beside it and a milestone."""
    ends = '<startEvent id="start"/><parallelGateway id="split"/><parallelGateway id="join"/><endEvent id="end"/>'
    body = ends + user_task("handle", "liaison@NORTH", milestone="handled") + CALL
    body += flow("start", "split") + flow("split", "handle", "join") + flow("split", "call", "join") + flow("join", "end")
    said = {"title": "=subject", "unit": "=unit", "businessKey": "=number", "ledgerRow": "matters"}
    return process(body, "matter", **{**said, "excludedUsers": "=respondents", **properties})


INNER = process(
    '<startEvent id="s"/><endEvent id="e"/>' + user_task("inside", "liaison@NORTH") + flow("s", "inside", "e"), "inner"
)


def files(ledger: str = "", pack: str = "") -> dict[str, bytes]:
    """The files beside the processes; *ledger* and *pack* are further lines of theirs."""
    named = {"forms/ledgers/matters.toml": LEDGER % ledger, "pack.toml": PACK + pack}
    return {name: text.encode() for name, text in named.items()} | {"matter__form": FORM}


@pytest.fixture
def norah() -> Actor:
    """The liaison of NORTH, of whom the matter speaks; she sees all of her unit, and everything else there is."""
    return replace(
        person("norah", "liaison", "NORTH", ALL), rights=frozenset({"urge", "administer_identity", "manage_incidents"})
    )


@pytest.fixture
def nils() -> Actor:
    """Her colleague in the same post."""
    return replace(person("nils", "liaison", "NORTH", ALL), rights=frozenset({"urge", "administer_identity", "manage_incidents"}))


@pytest.fixture
def house(engine: Engine) -> Engine:
    """The office, ready."""
    deploy(engine, outer(), INNER, **files())
    return engine


@pytest.fixture
def about(house: Engine, ann: Actor) -> Callable[..., Instance]:
    """Begin a matter about some people, with a file."""

    def about(*respondents: str, number: str = "M-1", **more: Any) -> Instance:
        values = {"subject": f"Secret {number}", "unit": "NORTH", "number": number, "respondents": list(respondents)} | more
        instance = house.run(lambda work: process_instances.start(work, "matter", values), ann)
        house.run(lambda work: attachments.store(work, BytesIO(b"%PDF-1.4 x"), "a.pdf", instance.id, unit="NORTH"), ann)
        return instance

    return about


def tasks(engine: Engine, instance: Instance) -> dict[str, UUID]:
    """Every task of the matter and of what it called, by step."""
    with engine.work() as work:
        family = work.process_instances.family(instance.id)
        return {task.element_id: task.id for member in family for task in work.user_tasks.of_instance(member)}


def give_to(engine: Engine, instance: Instance, actor: Actor) -> UUID:
    """Let somebody take the matter's own task."""
    key = tasks(engine, instance)["handle"]
    engine.run(lambda work: user_tasks.claim(work, key), actor)
    return key


def role(code: str, *rights: str) -> RoleRow:
    return RoleRow("pack", code, code, "all", list(rights), 1)
