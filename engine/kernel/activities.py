"""Activities: people's tasks, jobs, scripts, decisions, called processes and embedded sub-processes."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from engine.bpmn import timers
from engine.bpmn.model import Assignment
from engine.errors import EngineError
from engine.kernel import scopes, watches
from engine.kernel.errors import Failure
from engine.kernel.nodes import Node, Results
from engine.kernel.port import ChildCancelled, ChildStarted, JobCancelled, JobCreated, UserTaskClosed, UserTaskCreated

if TYPE_CHECKING:
    from engine.bpmn.model import Value
    from engine.kernel.tokens import Token

USUAL_PRIORITY = 50
USUAL_RETRIES = 3
END_OF_DAY = time(23, 59, 59)


def evaluated(token: Token, value: Value | None) -> object:
    """Evaluate *value* in what *token* sees."""
    return None if value is None else value.of(scopes.visible(token), token.workflow.environment)


class Work(Node):
    """Something that is done outside and comes back with results."""

    takes_results = True

    def act(self, token: Token) -> Results | None:
        """Ask for it and wait."""
        self.ask(token)
        token.memo["open"] = 1
        return None

    def ask(self, token: Token) -> None:
        """Say outside what is wanted."""
        raise NotImplementedError

    def call_off(self, token: Token) -> None:
        """Say outside that it is no longer wanted."""
        raise NotImplementedError

    def finish(self, token: Token, results: Results) -> None:
        """Write the results that came back."""
        token.memo.pop("open", None)
        super().finish(token, results)

    def withdraw(self, token: Token) -> None:
        """Call it off, unless it came back already."""
        if token.memo.pop("open", None):
            self.call_off(token)


class UserTask(Work):
    """Work for a person."""

    def ask(self, token: Token) -> None:
        """Offer the work, everything about it evaluated."""
        token.workflow.emit(self._offer(token, self.element.assignment or Assignment()))

    def _offer(self, token: Token, assignment: Assignment) -> UserTaskCreated:
        properties = {name: scopes.stored(evaluated(token, value)) for name, value in self.element.properties.items()}
        return UserTaskCreated(
            element_key=token.id,
            element_id=self.element.id,
            name=self.element.name,
            lane=self.element.lane,
            form_id=self._text(token, self.element.form_id, "form"),
            assignee=self._text(token, assignment.assignee, "assignee"),
            candidate_users=self._texts(token, assignment.candidate_users, "candidate users"),
            candidate_groups=self._texts(token, assignment.candidate_groups, "candidate groups"),
            due_at=self.due(token),
            follow_up_at=self._moment(token, assignment.follow_up_date, "follow-up date"),
            priority=_whole(self, evaluated(token, assignment.priority), USUAL_PRIORITY, "priority"),
            properties=properties,
            headers=self.element.headers,
            local=dict(scopes.visible_inside(token)),
        )

    def due(self, token: Token) -> datetime | None:
        """Say when the work is due, as things stand now."""
        assignment = self.element.assignment
        return self._moment(token, assignment.due_date if assignment else None, "due date")

    def _text(self, token: Token, value: Value | None, what: str) -> str | None:
        found = evaluated(token, value)
        if found is None or isinstance(found, str):
            return found or None
        raise _wrong(self, what, "a text")

    def _texts(self, token: Token, value: Value | None, what: str) -> tuple[str, ...]:
        found = evaluated(token, value)
        if isinstance(found, str):
            found = found.split(",")
        if found is None or (isinstance(found, list) and all(isinstance(item, str) for item in found)):
            return tuple(dict.fromkeys(item.strip() for item in found or () if item.strip()))
        raise _wrong(self, what, "a list of texts")

    def _moment(self, token: Token, value: Value | None, what: str) -> datetime | None:
        """Read a moment; a day alone lasts until it is over."""
        found = evaluated(token, value)
        if found is None:
            return None
        try:
            moment = timers.read_date(found, watches.ZONE)
        except timers.TimerError as error:
            raise _wrong(self, what, "a date") from error
        is_day = len(found.strip()) == 10 if isinstance(found, str) else not isinstance(found, datetime)
        return datetime.combine(moment.date(), END_OF_DAY, moment.tzinfo) if is_day else moment

    def finish(self, token: Token, results: Results) -> None:
        """Close the work once, then write the results."""
        if token.memo.get("open"):
            token.workflow.emit(UserTaskClosed(token.id, "completed"))
        super().finish(token, results)

    def call_off(self, token: Token) -> None:
        """Take the work back."""
        token.workflow.emit(UserTaskClosed(token.id, "cancelled"))


class Job(Work):
    """Work for a worker: service tasks, and send and script tasks with a task definition."""

    def ask(self, token: Token) -> None:
        """Ask for the work."""
        kind = evaluated(token, self.element.job_type)
        if not isinstance(kind, str) or not kind:
            raise _wrong(self, "job type", "a text")
        retries = _whole(self, evaluated(token, self.element.job_retries), USUAL_RETRIES, "retries")
        variables = dict(scopes.visible(token))
        token.workflow.emit(JobCreated(token.id, self.element.id, kind, retries, self.element.headers, variables))

    def call_off(self, token: Token) -> None:
        """Call the worker off."""
        token.workflow.emit(JobCancelled(token.id))


class Script(Node):
    """A FEEL expression whose value becomes a variable."""

    def act(self, token: Token) -> Results | None:
        """Evaluate it."""
        assert self.element.script is not None, "the reader requires it"
        value = self.element.script.evaluate(scopes.visible(token), token.workflow.environment)
        return result(token, self.element.result_variable, value)


class Decision(Node):
    """A decision whose result becomes a variable."""

    def act(self, token: Token) -> Results | None:
        """Decide."""
        decision = evaluated(token, self.element.called_decision)
        if not isinstance(decision, str):
            raise _wrong(self, "decision", "a text")
        try:
            bound = () if self.element.binding == "latest" else (self.element.binding, self.element.version_tag)
            value = token.workflow.definition.decide(decision, dict(scopes.visible(token)), *bound)
        except EngineError as error:
            raise Failure("decision", error.template(), **error.facts) from error
        except Exception as error:
            template = "The decision {decision} failed. {reason}"
            raise Failure("decision", template, repr(error), decision=decision, reason=str(error)) from error
        return result(token, self.element.result_variable, value)


class Call(Work):
    """A call activity: its child is a process instance of its own."""

    def ask(self, token: Token) -> None:
        """Start the child with what it may see."""
        process = evaluated(token, self.element.called_process)
        if not isinstance(process, str) or not process:
            raise _wrong(self, "called process", "a text")
        everything = self.element.propagate_all_parent_variables
        variables = dict(scopes.visible(token) if everything else scopes.visible_inside(token))
        element = self.element
        token.workflow.emit(ChildStarted(token.id, element.id, process, variables, element.binding, element.version_tag))

    def finish(self, token: Token, results: Results) -> None:
        """Take over the child's variables, as far as the call says so."""
        keeps = self.element.outputs or self.element.propagate_all_child_variables
        super().finish(token, results if keeps else {})

    def call_off(self, token: Token) -> None:
        """Cancel the child."""
        token.workflow.emit(ChildCancelled(token.id))


def result(token: Token, target: str | None, value: object) -> dict[str, object]:
    """Give *value* as the variable *target*; a dotted one keeps the other entries of its context."""
    return {} if target is None else scopes.placed(token, target, scopes.stored(value))


def _whole(node: Node, found: object, usual: int, what: str) -> int:
    if found is None:
        return usual
    if isinstance(found, str) and found.strip().isdigit():
        return int(found)
    whole = scopes.stored(found) if not isinstance(found, bool) else None
    if isinstance(whole, int):
        return whole
    raise _wrong(node, what, "a whole number")


def _wrong(node: Node, what: str, wanted: str) -> Failure:
    template = "The {what} of {element_id} is not {wanted}."
    return Failure("data", template, what=what, element_id=node.element_id, wanted=wanted)
