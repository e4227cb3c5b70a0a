"""Loops: the body that holds an activity's children, all at once, one after the other, or again and again.

The body is a visit of its own; boundary events are on it, and it takes the activity's flows when its children are done.
Each child has a scope of its own with ``loopCounter`` (from 1); its results merge upward like any task's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.bpmn.model import MultiInstance, StandardLoop
from engine.kernel import scopes, thrown
from engine.kernel.activities import evaluated
from engine.kernel.errors import Failure
from engine.kernel.nodes import Node, Results
from engine.kernel.tokens import FINISHING

if TYPE_CHECKING:
    from engine.bpmn.model import Event
    from engine.kernel.net import Net
    from engine.kernel.tokens import Token

MOST_CHILDREN = 10_000
_PATH = re.compile(r"=\s*([^\W\d]\w*)(\.\w+)*\s*")


class Loop(Node):
    """The body of an activity that runs more than once; *inner* is the activity itself."""

    def __init__(self, net: Net, inner: Node) -> None:
        super().__init__(net, inner.element.id, inner.element)
        self.inner = inner
        self.before, self.after = (), ()
        inner.loop = self

    def opened(self, token: Token) -> dict[str, object] | None:
        """Open no scope: the mappings are the children's."""
        return None

    def child(self, token: Token, number: int, variables: dict[str, object]) -> None:
        """Start the child of that number."""
        child = token.workflow.add(self.inner, token)
        child.variables = {**variables, "loopCounter": number}
        child.memo["i"] = number
        self.inner._update(child)

    def lost(self, token: Token) -> None:
        """Count a child that was taken back by hand."""
        token.memo["x"] = token.memo.get("x", 0) + 1

    def goes_on(self, token: Token) -> bool:
        """Say whether there is more to come after the only living child was taken back by hand."""
        return False

    def finish(self, token: Token, results: Results) -> None:
        """Write what the children gave together."""
        if results:
            scopes.merge(token.scope, results)

    def collect(self, child: Token) -> None:
        """See what *child* gave and what follows from it; kept in its memo, for this may fail and be tried again."""
        raise NotImplementedError

    def child_left(self, token: Token, child: Token) -> None:
        """Go on after *child* completed."""
        raise NotImplementedError


class Parallel(Loop):
    """A multi-instance: one child for each item of a collection, or as many as the cardinality says."""

    def __init__(self, net: Net, inner: Node, loop: MultiInstance) -> None:
        super().__init__(net, inner)
        self.kind = "multiInstanceBody"
        self.plan = loop
        path = _PATH.fullmatch(loop.output_element.text) if loop.output_element else None
        self.output_name = path[1] if path else None

    def act(self, token: Token) -> Results | None:
        """Start the children."""
        items = self._items(token)
        if not items:
            return self._results(token, [])
        memo = token.memo
        memo["n"], memo["d"] = len(items), 0
        if self.plan.output_element:
            memo["out"] = [None] * len(items)
        self._begin(token, items)
        return None

    def _begin(self, token: Token, items: list[object]) -> None:
        for number, item in enumerate(items, 1):
            self._child(token, number, item)

    def _child(self, token: Token, number: int, item: object) -> None:
        variables: dict[str, object] = {self.output_name: None} if self.output_name else {}
        if self.plan.input_element:
            variables |= scopes.nested(self.plan.input_element, item)
        self.child(token, number, variables)

    def _items(self, token: Token) -> list[object]:
        if self.plan.collection is None:
            items: object = [None] * self._cardinality(token)
        else:
            items = evaluated(token, self.plan.collection)
        if not isinstance(items, list):
            raise Failure("data", "The collection of {element_id} is not a list.", element_id=self.element_id)
        self._check_number(len(items))
        return [scopes.stored(item) for item in items]

    def _check_number(self, number: int) -> None:
        if number > MOST_CHILDREN:
            template = "{element_id} would have {number} children, more than the {most} allowed."
            raise Failure("limit", template, element_id=self.element_id, number=number, most=MOST_CHILDREN)

    def _cardinality(self, token: Token) -> int:
        found = evaluated(token, self.plan.cardinality)
        whole = int(found) if isinstance(found, str) and found.strip().isdigit() else scopes.stored(found)
        if isinstance(whole, int) and not isinstance(whole, bool) and whole >= 0:
            self._check_number(whole)
            return whole
        raise Failure("data", "The number of children of {element_id} is not a whole number.", element_id=self.element_id)

    def collect(self, child: Token) -> None:
        """Evaluate the child's output and whether its end completes the whole."""
        body = child.scope
        if self.plan.output_element:
            child.memo["o"] = scopes.stored(evaluated(child, self.plan.output_element))
        if self.plan.completion_condition:
            context = self._context(body, child)
            child.memo["c"] = int(self.plan.completion_condition.of(context, body.workflow.environment) is True)
        for event in self._events(body, child):
            child.memo.setdefault("say", []).extend(thrown.throw(child, event))

    def _events(self, body: Token, child: Token) -> list[Event]:
        """Choose what the end of *child* throws, for a boundary event of the whole to catch."""
        plan, environment = self.plan, body.workflow.environment
        if plan.behavior == "None":
            return [plan.none_event] if plan.none_event else []
        if plan.behavior == "One":
            return [plan.one_event] if plan.one_event and not body.memo["d"] else []
        if plan.behavior == "All":
            return []
        context = self._context(body, child)
        return [event for condition, event in plan.complex_events if condition.evaluate(context, environment) is True]

    def _context(self, body: Token, child: Token) -> dict[str, object]:
        """Give what conditions on the end of *child* see: its variables, the numbers, and the outputs so far."""
        memo = body.memo
        context = {
            **scopes.visible(child),
            "numberOfInstances": memo["n"],
            "numberOfActiveInstances": len(body._children) - 1,
            "numberOfCompletedInstances": memo["d"] + 1,
            "numberOfTerminatedInstances": memo.get("x", 0),
        }
        if self.plan.output_collection:
            context[self.plan.output_collection] = self._gathered(body, child)
        return context

    def _gathered(self, body: Token, child: Token) -> list[object]:
        outputs = list(body.memo["out"])
        outputs[child.memo["i"] - 1] = child.memo.get("o")
        return outputs

    def child_left(self, token: Token, child: Token) -> None:
        """Count the child; end when it was the last or the completion condition holds."""
        memo = token.memo
        memo["d"] += 1
        if "out" in memo:
            memo["out"][child.memo["i"] - 1] = child.memo.get("o")
        thrown.act(child, child.memo.get("say", []))
        if not token.is_alive:
            return
        if child.memo.get("c"):
            for other in token.living:
                other.cancel()
        elif self._next(token):
            return
        if token.is_empty:
            memo["v"] = self._results(token, memo.get("out"))
            token.go(FINISHING)

    def goes_on(self, token: Token) -> bool:
        """Begin what comes next; else the loop is done with what its other children gave, if there were any."""
        if self._next(token):
            return True
        if token.memo["d"]:
            token.memo["v"] = self._results(token, token.memo.get("out"))
            token.go(FINISHING)
        return bool(token.memo["d"])

    def _next(self, token: Token) -> bool:
        return False

    def _results(self, token: Token, outputs: list[object] | None) -> dict[str, object]:
        if self.plan.output_collection is None or outputs is None:
            return {}
        return scopes.placed(token, self.plan.output_collection, outputs)


class Sequential(Parallel):
    """A multi-instance whose children come one after the other."""

    def _begin(self, token: Token, items: list[object]) -> None:
        token.memo["items"] = items
        self._next(token)

    def _next(self, token: Token) -> bool:
        number = token.memo["d"] + token.memo.get("x", 0)
        if number >= token.memo["n"]:
            return False
        self._child(token, number + 1, token.memo["items"][number])
        return True


class Repeated(Loop):
    """A standard loop: again while the condition holds, at most so many times."""

    def __init__(self, net: Net, inner: Node, loop: StandardLoop) -> None:
        super().__init__(net, inner)
        self.kind = "standardLoopBody"
        self.plan = loop

    def act(self, token: Token) -> Results | None:
        """Begin the first round, unless the condition is asked first and does not hold."""
        if self.plan.maximum == 0 or (self.plan.test_before and not self._holds(token, 0)):
            return {}
        self.child(token, 1, {})
        return None

    def _holds(self, token: Token, rounds: int) -> bool:
        if self.plan.condition is None:
            return True
        context = {"loopCounter": rounds, **scopes.visible(token)}
        return self.plan.condition.of(context, token.workflow.environment) is True

    def collect(self, child: Token) -> None:
        """Decide whether there is another round."""
        rounds = child.memo["i"]
        more = (self.plan.maximum is None or rounds < self.plan.maximum) and self._holds(child, rounds)
        child.memo["c"] = int(more)

    def child_left(self, token: Token, child: Token) -> None:
        """Begin another round or end."""
        if child.memo["c"]:
            self.child(token, child.memo["i"] + 1, {})
        else:
            token.go(FINISHING)
