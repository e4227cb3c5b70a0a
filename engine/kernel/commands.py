"""Commands: what each of them does to a live instance, once it is known to fit what waits there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.kernel import correcting, listening, modify, scopes, throwing, thrown
from engine.kernel.errors import STUCK, NotCaught, NotWaiting
from engine.kernel.happening import happen
from engine.kernel.port import (
    Cancel,
    Command,
    CompleteElement,
    Correct,
    FireTimer,
    IncidentResolved,
    Modify,
    ResolveIncident,
    ThrowError,
    ThrowEscalation,
    Trigger,
)
from engine.kernel.tokens import ACTING, ERROR, FINISHING, STARTED, Token

if TYPE_CHECKING:
    from engine.kernel.instance import Instance


def apply(instance: Instance, command: Command) -> None:
    """Carry out *command*; the tokens it sets in motion are run afterwards."""
    match command:
        case CompleteElement(key, variables):
            _complete(_at_work(instance, key), variables)
        case Trigger(key, variables):
            happen(_armed(instance, key, timer=False), scopes.stored_all(variables))
        case FireTimer(key):
            happen(_armed(instance, key, timer=True), {})
        case ThrowError():
            _throw(_at_work(instance, command.element_key), command)
        case ThrowEscalation():
            _escalate(instance, command)
        case ResolveIncident(key, variables):
            _resolve(instance, key, variables)
        case Cancel():
            instance.end("cancelled")
        case Modify():
            modify.modify(instance, command)
        case Correct():
            correcting.correct(instance, command)


def _at_work(instance: Instance, key: str) -> Token:
    """Find the visit that waits for results from outside."""
    token = instance.tasks.get(key)
    if token is None or token.state != STARTED:
        raise NotWaiting(element_key=key)
    if not listening.awaits(token) and not (token.node.takes_results and token.phase == ACTING):
        raise NotWaiting(element_key=key)
    return token


def _armed(instance: Instance, key: str, timer: bool) -> Token:
    """Find what waits for a timer, or for a message or signal."""
    token = instance.tasks.get(key)
    wait = None if token is None else token.memo.get("w")
    if token is None or wait is None or ("timer" in wait) is not timer:
        raise NotWaiting(element_key=key)
    return token


def _complete(token: Token, variables: Mapping[str, object]) -> None:
    if listening.awaits(token):
        listening.completed(token, variables)
        return
    token.memo["v"] = scopes.stored_all(variables)
    token.go(FINISHING)


def _throw(token: Token, command: ThrowError) -> None:
    """Let the error be caught; else it is an incident here, or ends this child."""
    results = scopes.stored_all(command.variables)
    catcher = throwing.find(token, "error", command.code, inside=False)
    is_person = token.node.element.type == "userTask" and not listening.awaits(token)
    if is_person and catcher is None:
        raise NotCaught(code=command.code)
    if not is_person:
        token.memo.pop("open", None)
        token.memo.pop("heard", None)
    if catcher is not None or token.workflow.is_child:
        throwing.deliver_or_end(token, catcher, command.code, results)
        return
    failure = throwing.uncaught(command.code)
    failure.detail = command.message
    token._set_state(ERROR)
    token.node.fail(token, failure)


def _resolve(instance: Instance, key: str, variables: Mapping[str, object]) -> None:
    token = instance.tasks.get(key)
    if token is None or not (token.state == ERROR or STUCK in token.memo):
        raise NotWaiting(element_key=key)
    instance.set_variables(scopes.nearest(token), scopes.stored_all(variables))
    instance.emit(IncidentResolved(token.id))
    if token.state == ERROR:
        token._ready()
    else:
        token.memo.pop(STUCK)
        token.node.resumed(token)


def _escalate(instance: Instance, command: ThrowEscalation) -> None:
    """Let an escalation that a called process threw be caught here, or higher up; the call goes on unless it is interrupted."""
    token = instance.tasks.get(command.element_key)
    if token is not None:
        thrown.escalate(token, command.code, inside=False, variables=scopes.stored_all(command.variables))
