"""Refusals: what the kernel cannot run is named, with its line and what to do instead."""

import pytest

from engine.bpmn.model import Event, Listener, Value
from engine.kernel import refuse
from tests.kernel.models import again, boundary, draw, error, message, on_event, process, script, sub, timer, user

CATCH = "intermediateCatchEvent"


def named(drawn):
    """List what is refused."""
    return [(problem.element, problem.line) for problem in refuse(drawn)]


def test_what_is_supported_is_not_refused():
    drawn = process(
        "start > a > e1; e1 > m > end; e1 > t > end",
        a=user(),
        m=draw("receiveTask", event=message()),
        t=draw(CATCH, event=timer("duration", "P1D")),
    )

    assert refuse(drawn) == []


UNDO = Event("compensation")


@pytest.mark.parametrize(
    "task",
    [
        draw("eventBasedGateway"),
        draw(CATCH, event=Event("multiple", parts=(message(), Event("link")))),
        draw(CATCH, event=Event("parallelMultiple", parts=(message(), error()))),
        user(task_listeners=(Listener("assigning", Value("t")),)),
        draw("exclusiveGateway", execution_listeners=(Listener("start", Value("t")),)),
        draw("receiveTask", event=message(), instantiate=True),
        user(loop=again(None)),
        sub("a > b"),
        sub("a > b", "transaction"),
    ],
)  # fmt: skip
def test_what_is_not_supported_is_named_with_its_line(task):
    assert named(process("start > it > next", it=task)) == [("it", 2)]


@pytest.mark.parametrize(
    ("host", "event"),
    [
        (user(), Event("escalation", code="L")),
        (script("x", "1"), error()),
    ],
)
def test_a_boundary_that_would_never_happen_is_refused(host, event):
    drawn = process("start > it > end; edge > end", it=host, edge=boundary("it", event))

    assert [element for element, _ in named(drawn)] == ["edge"]


def test_an_event_gateway_may_only_lead_to_events_of_its_own():
    drawn = process("start > e1 > a; e1 > m; start > m; m > end", m=draw("receiveTask", event=message()))

    assert [str(problem.message) for problem in refuse(drawn)] == [
        "An event gateway leads to a, which waits for no message, timer or signal.",
        "m follows an event gateway and may have no other incoming flow.",
    ]


def test_a_transaction_that_can_be_cancelled_says_where_it_goes_on():
    cancelled = sub("s > stop", "transaction", s=draw("startEvent"), stop=draw("endEvent", event=Event("cancel")))
    drawn = process("start > t > end", t=cancelled)
    with_edge = process("start > t > end; edge > end2", t=cancelled, edge=boundary("t", Event("cancel")))

    assert [element for element, _ in named(drawn)] == ["stop"]
    assert named(with_edge) == []


def test_a_process_as_a_whole_is_not_compensated():
    drawn = process("start > end", how=on_event("cs > ce", cs=draw("startEvent", event=UNDO), ce=draw("endEvent")))

    assert [element for element, _ in named(drawn)] == ["cs"]
