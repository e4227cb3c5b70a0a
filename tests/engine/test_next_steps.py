"""What is said on the button before somebody hands in."""

import pytest

from engine import user_tasks
from tests.engine.models import deploy, flow, process, user_task

MAPPED = '<zeebe:ioMapping><zeebe:output source="=decision = &quot;yes&quot;" target="approved"/></zeebe:ioMapping>'
APPROVE = user_task("approve").replace("</extensionElements>", f"{MAPPED}</extensionElements>")
BODY = (
    '<startEvent id="start"/><exclusiveGateway id="ok" default="ok_again"/><endEvent id="end" name="Closed"/>'
    + APPROVE + user_task("again") + flow("start", "approve", "ok") + flow("ok", "again", "end")
    + flow("ok", "end", condition="=approved")
)  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "expected"), [({}, {"again", "end"}), ({"decision": "yes"}, {"end"}), ({"decision": "no"}, {"again"})]
)
@pytest.mark.parametrize("before", [{}, {"approved": True}])
def test_an_answer_that_is_mapped_tells_what_comes_next(engine, start, todo, ann, answers, expected, before):
    deploy(engine, process(BODY))
    start(**before)
    [row] = todo(ann)

    with engine.work(ann) as work:
        assert {step.element_id for step in user_tasks.next_steps(work, row.id, answers)} == expected
