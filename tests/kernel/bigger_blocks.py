"""More random blocks: transactions, ad-hoc sub-processes, complex gateways, undoing of loops, messages and what breaks in."""

from typing import Any

from hypothesis import strategies as st

from engine.bpmn.model import AdHoc, Event, Process
from engine.feel import compile_expression
from tests.kernel.blocks import Builder, Part
from tests.kernel.models import boundary, draw, each, message, process, signal, sub, timer, user, value

COMPENSATION = Event("compensation")


class Bigger(Builder):
    """Draws every kind of block."""

    around = (*Builder.around, "cancellable", "by choice", "gathered", "one after the other", "broken into", "undone as a whole")
    alone = (*Builder.alone, "told", "tells", "undone each")

    def handled(self, it: str, drawn: Any) -> dict[str, Any]:
        """Draw an activity that a person undoes."""
        edge, undo = self.name("edge"), self.name("undo")
        return {
            it: drawn,
            edge: boundary(it, COMPENSATION, compensation_handler=undo),
            undo: user(for_compensation=True),
        }

    def _undone_each(self) -> Part:
        it, throw = self.name("n"), self.name("n")
        loop = each("=[1, 2]", input_element="item", sequential=self.choose(st.booleans()))
        elements = self.handled(it, user(loop=loop))
        elements[throw] = draw("intermediateThrowEvent", event=self.choose(st.sampled_from([COMPENSATION, _undo(it)])))
        return Part(it, throw, [f"{it} > {throw}"], elements)

    def _tells(self) -> Part:
        it = self.name("n")
        events = [message("told", "=1", "={n: n}"), signal("heard"), Event("escalation", code="X")]
        return Part(it, it, [], {it: draw("intermediateThrowEvent", event=self.choose(st.sampled_from(events)))})

    def _told(self) -> Part:
        it, edge, task = self.name("n"), self.name("edge"), self.name("n")
        events = [message("break"), signal("alarm"), Event("conditional", expression=value("=more")), timer("cycle", "R3/PT2H")]
        event, stops = self.choose(st.sampled_from(events)), self.choose(st.booleans())
        elements = {it: user(), edge: boundary(it, event, interrupting=stops), task: user()}
        return Part(it, it, [f"{edge} > {task} > {self.name('end')}"], elements)

    def cancellable(self, depth: int) -> Part:
        """Draw a transaction in which something can be undone, and which a person may cancel."""
        body, begin, done, split = self.block(depth), self.name("start"), self.name("n"), self.name("x")
        end, stop, it, edge, join = (self.name(prefix) for prefix in ("end", "end", "s", "edge", "x"))
        flows = [
            f"{begin} > {done} > {body.first}",
            f"{body.last} > {split}",
            f"{split} > {end} : ok",
            f"{split} > {stop} : else",
        ]
        inside = {**self.handled(done, user()), stop: draw("endEvent", event=Event("cancel")), **body.elements}
        elements = {it: sub("; ".join([*flows, *body.flows]), "transaction", **inside), edge: boundary(it, Event("cancel"))}
        return Part(it, join, [f"{it} > {join}", f"{edge} > {join}"], elements)

    def by_choice(self, depth: int) -> Part:
        """Draw an ad-hoc sub-process of several blocks."""
        one, two = self.block(depth), self.block(depth)
        plan = AdHoc(
            completion_condition=self.choose(st.sampled_from([None, value("=ok")])),
            sequential=self.choose(st.booleans()),
            cancel_remaining=self.choose(st.booleans()),
        )
        it = self.name("s")
        inside = {first: user() for first in (self.name("n"), self.name("n"))}
        flows = [f"{first} > {part.first}" for first, part in zip(inside, (one, two), strict=True)]
        drawn = sub("; ".join([*flows, *one.flows, *two.flows]), "adHocSubProcess", {"ad_hoc": plan})
        drawn.inner = inside | one.elements | two.elements
        return Part(it, it, [], {it: drawn})

    def gathered(self, depth: int) -> Part:
        """Draw branches that a complex gateway gathers: when all came that can, or as soon as enough did."""
        part = self._branches("p", ("", ""), depth)
        condition = self.choose(st.sampled_from([None, "activationCount >= 1", "activationCount >= 2"]))
        part.elements[part.last] = draw(
            "complexGateway", activation_condition=compile_expression(condition) if condition else None
        )
        return part

    def one_after_the_other(self, depth: int) -> Part:
        """Draw a sub-process for each of several things, in turn."""
        _, flows, elements = self._inside(depth)
        it = self.name("s")
        loop = each("=[1, 2]", input_element="item", output_collection="all", output_element="=n", sequential=True)
        return Part(it, it, [], {it: sub(flows, facts={"loop": loop}, **elements)})

    def broken_into(self, depth: int) -> Part:
        """Draw a sub-process with events on its boundary that end it or not."""
        part = self.inner(depth)
        for event in (message("break"), timer("duration", "PT3H")):
            edge, task = self.name("edge"), self.name("n")
            part.elements |= {edge: boundary(part.first, event, interrupting=self.choose(st.booleans())), task: user()}
            part.flows.append(f"{edge} > {task} > {self.name('end')}")
        return part

    def undone_as_a_whole(self, depth: int) -> Part:
        """Draw a sub-process that is undone after it completed, by undoing what was done in it."""
        body, begin, done, last = self.block(depth), self.name("start"), self.name("n"), self.name("end")
        flows = [f"{begin} > {done} > {body.first}", f"{body.last} > {last}", *body.flows]
        it, throw = self.name("s"), self.name("n")
        elements = {it: sub("; ".join(flows), **self.handled(done, user()), **body.elements)}
        return Part(it, throw, [f"{it} > {throw}"], elements | {throw: draw("intermediateThrowEvent", event=_undo(it))})


def _undo(activity: str) -> Event:
    return Event("compensation", activity=activity)


@st.composite
def processes(choose: Any) -> Process:
    """Draw a process."""
    part = Bigger(choose).block(choose(st.integers(1, 3)))
    flows = "; ".join([f"start0 > {part.first}", f"{part.last} > end0", *part.flows])
    return process(flows, **part.elements)
