"""Random block-structured processes: every split has its join, so nothing in them can get stuck."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from engine.bpmn.model import Event, Listener, Value
from tests.kernel.models import (
    again,
    boundary,
    call,
    draw,
    each,
    error,
    job,
    message,
    on_event,
    script,
    signal,
    sub,
    timer,
    user,
    value,
)

CATCH = "intermediateCatchEvent"
LEAVES = ("user", "job", "script", "task", "call", "wait", "receive", "several", "one by one", "repeat")
MORE = ("condition", "several events", "link", "undone", "heard", "twice")
EDGED = ("late", "remind", "failing")
BLOCKS = ("sequence", "either", "both", "some", "round", "first", "watched", "alarmed")
INNER = ("inner", "inner each", "inner failing", "inner stopped")


@dataclass
class Part:
    """A block under construction: its flows, its elements, its first and its last element."""

    first: str
    last: str
    flows: list[str] = field(default_factory=list)
    elements: dict[str, Any] = field(default_factory=dict)

    def take_in(self, other: "Part") -> "Part":
        """Add another block's flows and elements."""
        self.flows += other.flows
        self.elements |= other.elements
        return self


class Builder:
    """Draws blocks with ids of their own; *around* others, or on their own."""

    around = (BLOCKS + INNER) * 2
    alone = LEAVES + MORE + EDGED

    def __init__(self, choose: Any) -> None:
        self.choose = choose
        self.count = 0

    def name(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}{self.count}"

    def block(self, depth: int) -> Part:
        """Draw one block, at most *depth* deep."""
        kind = self.choose(st.sampled_from(self.alone + self.around if depth else self.alone))
        if kind in LEAVES + EDGED:
            return self.leaf(kind)
        if kind in self.alone:
            return getattr(self, f"_{kind.replace(' ', '_')}")()
        return getattr(self, kind.replace(" ", "_"))(depth - 1)

    def leaf(self, kind: str) -> Part:
        """Draw one activity or wait."""
        it, edge = self.name("n"), self.name("edge")
        part = Part(it, it)
        part.elements[it] = {
            "user": lambda: user(outputs={"ok": "=ok", "more": "=more"}),
            "job": job,
            "script": lambda: script("n", "n + 1"),
            "task": lambda: draw("task"),
            "call": lambda: call(inputs={"mine": "=n"}),
            "wait": lambda: draw(CATCH, event=timer("duration", "PT1H")),
            "receive": lambda: draw("receiveTask", event=message()),
            "several": lambda: user(loop=each("=[1, 2]", output_collection="all", output_element="=n")),
            "one by one": lambda: job(loop=each(cardinality="=2", sequential=True, completion_condition="=ok")),
            "repeat": lambda: job(loop=again("=more", 3)),
        }.get(kind, job)()
        events = {"late": timer("duration", "PT1H"), "remind": timer("cycle", "R2/PT1H"), "failing": error()}
        if kind in events:
            part.elements[edge] = boundary(it, events[kind], interrupting=kind != "remind")
            part.flows.append(f"{edge} > {self.name('end')}")
        return part

    def _condition(self) -> Part:
        it, around, join = self.name("n"), self.name("p"), self.name("p")
        task = self.name("n")
        flows = [f"{around} > {it} > {join}", f"{around} > {task} > {join}"]
        event = Event("conditional", expression=value("=ok or n = null or n >= 0"))
        return Part(around, join, flows, {it: draw(CATCH, event=event), task: user()})

    def _several_events(self) -> Part:
        kind = self.choose(st.sampled_from(["multiple", "parallelMultiple"]))
        it = self.name("n")
        return Part(it, it, [], {it: draw(CATCH, event=Event(kind, parts=(message("one"), timer("duration", "PT1H"))))})

    def _link(self) -> Part:
        out, back = self.name("n"), self.name("n")
        event = Event("link", name=value(out))
        return Part(out, back, [], {out: draw("intermediateThrowEvent", event=event), back: draw(CATCH, event=event)})

    def _undone(self) -> Part:
        it, edge, handler, throw = self.name("n"), self.name("edge"), self.name("undo"), self.name("n")
        elements = {
            it: user(),
            edge: boundary(it, Event("compensation"), compensation_handler=handler),
            handler: user(for_compensation=True),
            throw: draw("intermediateThrowEvent", event=Event("compensation", activity=it)),
        }
        return Part(it, throw, [f"{it} > {throw}"], elements)

    def _heard(self) -> Part:
        it = self.name("n")
        return Part(it, it, [], {it: user(execution_listeners=(Listener("start", Value("a")), Listener("end", Value("b"))))})

    def _twice(self) -> Part:
        one, two = self.name("n"), self.name("n")
        return Part(one, two, [f"{one} > {two}"], {one: user(completion_quantity=2), two: user(start_quantity=2)})

    def sequence(self, depth: int) -> Part:
        one, two = self.block(depth), self.block(depth)
        part = Part(one.first, two.last, [f"{one.last} > {two.first}"])
        return part.take_in(one).take_in(two)

    def _branches(self, gateway: str, conditions: tuple[str, ...], depth: int) -> Part:
        part = Part(self.name(gateway), self.name(gateway))
        for condition in conditions:
            branch = self.block(depth)
            part.flows += [f"{part.first} > {branch.first}{condition}", f"{branch.last} > {part.last}"]
            part.take_in(branch)
        return part

    def either(self, depth: int) -> Part:
        return self._branches("x", (" : ok", " : else"), depth)

    def both(self, depth: int) -> Part:
        return self._branches("p", ("", ""), depth)

    def some(self, depth: int) -> Part:
        return self._branches(
            "o", self.choose(st.sampled_from([(" : true", " : ok", " : n < 5"), (" : ok", " : more", " : else")])), depth
        )

    def round(self, depth: int) -> Part:
        body, start, end = self.block(depth), self.name("x"), self.name("x")
        task, after = self.name("n"), self.name("n")
        flows = [f"{start} > {body.first}", f"{body.last} > {task} > {end}", f"{end} > {start} : more", f"{end} > {after} : else"]
        return Part(start, after, flows, {task: user()}).take_in(body)

    def _inside(self, depth: int, end: Any = None) -> tuple[str, str, dict[str, Any]]:
        body, begin, last = self.block(depth), self.name("start"), self.name("end")
        flows = "; ".join([f"{begin} > {body.first}", f"{body.last} > {last}", *body.flows])
        return last, flows, body.elements | ({last: end} if end else {})

    def inner(self, depth: int) -> Part:
        _, flows, elements = self._inside(depth)
        it = self.name("s")
        return Part(it, it, [], {it: sub(flows, facts={"inputs": {"n": "=0"}, "outputs": {"n": "=n"}}, **elements)})

    def inner_each(self, depth: int) -> Part:
        _, flows, elements = self._inside(depth)
        it = self.name("s")
        return Part(it, it, [], {it: sub(flows, facts={"loop": each("=[1, 2]", input_element="item")}, **elements)})

    def inner_failing(self, depth: int) -> Part:
        _, flows, elements = self._inside(depth, draw("endEvent", event=error("E1")))
        it, edge, join = self.name("s"), self.name("edge"), self.name("x")
        return Part(
            it, join, [f"{it} > {join}", f"{edge} > {join}"], {it: sub(flows, **elements), edge: boundary(it, error("E1"))}
        )

    def inner_stopped(self, depth: int) -> Part:
        one, two = self.block(depth), self.block(depth)
        begin, split, last, stop, it = (self.name(prefix) for prefix in ("start", "p", "end", "end", "s"))
        flows = [f"{begin} > {split} > {one.first}", f"{one.last} > {last}", f"{split} > {two.first}", f"{two.last} > {stop}"]
        elements = one.elements | two.elements | {stop: draw("endEvent", event=Event("terminate"))}
        return Part(it, it, [], {it: sub("; ".join([*flows, *one.flows, *two.flows]), **elements)})

    def alarmed(self, depth: int) -> Part:
        end = draw("endEvent", event=self.choose(st.sampled_from([signal(), Event("escalation", code="L")])))
        _, flows, elements = self._inside(depth, end)
        it, edge = self.name("s"), self.name("edge")
        heard = boundary(it, end.facts["event"], interrupting=False)
        return Part(it, it, [f"{edge} > {self.name('end')}"], {it: sub(flows, **elements), edge: heard})

    def first(self, depth: int) -> Part:
        part = Part(self.name("e"), self.name("x"))
        for event in (message(), timer("duration", "PT1H")):
            catch, branch = self.name("n"), self.block(depth)
            part.flows += [f"{part.first} > {catch} > {branch.first}", f"{branch.last} > {part.last}"]
            part.elements[catch] = draw(CATCH, event=event)
            part.take_in(branch)
        return part

    def watched(self, depth: int) -> Part:
        part = self.inner(depth)
        begin = draw("startEvent", event=message(), interrupting=self.choose(st.booleans()))
        names = {"start": self.name("begin"), "task": self.name("n"), "end": self.name("end"), "esp": self.name("esp")}
        flows = f"{names['start']} > {names['task']} > {names['end']}"
        inner = part.elements[part.first].inner
        inner[names["esp"]] = on_event(flows, **{names["start"]: begin, names["task"]: user()})
        return part
