"""Conditions: conditional events are asked again after each change of a variable they can see.

One happens when its condition turns from false to true, or is true when it is armed; it happens again after it was false.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.feel import FeelError
from engine.kernel import watches
from engine.kernel.happening import happen

if TYPE_CHECKING:
    from engine.bpmn.model import Event
    from engine.kernel.instance import Instance
    from engine.kernel.tokens import Token

# the scope whose variable changed, its name and how; or a token whose condition was armed true, or failed and is resolved
Change = tuple[str, str, str]


def ask(instance: Instance) -> bool:
    """Ask the conditions that the last changes concern, and let those happen that have become true; say if any did."""
    some = False
    while instance.changes and not instance.has_ended:
        changes, instance.changes = instance.changes, []
        for key in list(instance.conditions):
            token = instance.tasks.get(key)
            if token is not None and "w" in token.memo and _rises(token, changes):
                some = True
                happen(token, {})
    return some


def _rises(token: Token, changes: list[Change]) -> bool:
    """Say whether the condition has just become true."""
    if any(kind == "armed" and scope == token.id for scope, _, kind in changes):
        return True
    event = watches.part(token)
    if not any(_concerns(token, event, change) for change in changes):
        return False
    wait = token.memo["w"]
    before, wait["cond"] = wait["cond"], _holds(token, event)
    return wait["cond"] and not before


def _concerns(token: Token, event: Event | None, change: Change) -> bool:
    scope, name, kind = change
    if kind in ("armed", "resolved"):
        return kind == "resolved" and scope == token.id
    if event is None:
        return False
    is_other = bool(event.variable_names) and name not in event.variable_names
    if is_other or (event.variable_events and kind not in event.variable_events):
        return False
    above: Token | None = token
    while above is not None and above.id != scope:
        above = above.parent
    return above is not None


def _holds(token: Token, event: Event | None) -> bool:
    """Ask the condition; one that fails is an incident, and is asked again when that is resolved."""
    try:
        return watches.holds(token, event)
    except FeelError as error:
        token.node.stick(token, error)
        return False
