"""Ways through the model and through the visits of one instance: what lies behind a step, and which scope holds which visit."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine.bpmn.model import Process
from engine.kernel import Waiting
from engine.persistence.records import Row

_JOINS = {"parallelGateway", "inclusiveGateway", "complexGateway"}
_LOOPS = {"multiInstanceBody", "standardLoopBody"}


def downstream(process: Process, element_id: str) -> set[str]:
    """Give every element that a token leaving *element_id* can reach within its scope, boundary events included."""
    attached: dict[str, list[str]] = {}
    for element in process.elements.values():
        if element.attached_to is not None:
            attached.setdefault(element.attached_to, []).append(element.id)
    found: set[str] = set()
    waiting = [element_id]
    while waiting:
        current = process.elements[waiting.pop()]
        nexts = [process.flows[flow].target for flow in current.outgoing] + attached.get(current.id, [])
        waiting += [target for target in nexts if target not in found]
        found.update(nexts)
    return found


def redone(process: Process, target_id: str, visits: Iterable[Waiting]) -> list[str]:
    """Give the keys of live *visits* that would be reached again from *target_id* and must go before it begins.

    A join keeps the tokens of branches that are not redone.
    """
    behind = downstream(process, target_id) | {target_id}
    keys = []
    for visit in visits:
        element = process.elements.get(visit.element_id)
        if element is None or element.id not in behind or element.type == "boundaryEvent":
            continue
        sources = {process.flows[flow].source for flow in element.incoming}
        if element.type not in _JOINS or sources <= behind:
            keys.append(visit.element_key)
    return keys


def scopes_above(visits: Mapping[str, Row[Any]], key: str) -> dict[str | None, str]:
    """Give each scope around a visit with the visit directly inside it that leads there; loops are no scopes of their own."""
    found: dict[str | None, str] = {}
    inside = key
    while True:
        parent = visits[inside].parent_key if inside in visits else None
        if parent is None or parent not in visits or visits[parent].type not in _LOOPS:
            found[parent] = inside
        if parent is None:
            return found
        inside = parent


def scope_of(visits: Mapping[str, Row[Any]], parent_key: str | None) -> str | None:
    """Give the scope a visit with this parent belongs to, looking through a loop's body."""
    while parent_key is not None and parent_key in visits and visits[parent_key].type in _LOOPS:
        parent_key = visits[parent_key].parent_key
    return parent_key
