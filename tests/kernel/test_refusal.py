"""Refusals: what the kernel cannot run is named, with its line and what to do instead."""

import pytest

from engine.bpmn.model import Event, Listener, Value
from engine.kernel import refuse
from tests.kernel.models import again, boundary, call, draw, each, error, message, process, script, sub, timer, user

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


@pytest.mark.parametrize(
    "task",
    [
        draw("transaction"),
        draw("adHocSubProcess"),
        draw("complexGateway"),
        draw(CATCH, event=Event("conditional")),
        draw(CATCH, event=Event("link")),
        draw("intermediateThrowEvent", event=Event("compensation")),
        draw("endEvent", event=Event("multiple")),
        user(execution_listeners=(Listener("start", Value("t")),)),
        user(task_listeners=(Listener("creating", Value("t")),)),
        user(start_quantity=2),
        user(completion_quantity=2),
        user(for_compensation=True),
        user(binding="deployment"),
        draw("businessRuleTask", binding="versionTag"),
        draw("receiveTask", event=message(), instantiate=True),
        user(loop=each("=[]", behavior="None")),
        user(loop=again(None)),
        sub("a > b"),
        draw("eventBasedGateway"),
    ],
)  # fmt: skip
def test_what_is_not_supported_is_named_with_its_line(task):
    assert named(process("start > it > next", it=task)) == [("it", 2)]


@pytest.mark.parametrize(
    ("host", "event"),
    [
        (user(), Event("compensation")),
        (user(), Event("conditional")),
        (call(), Event("escalation", code="L")),
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
