"""`python -m tests.engine.upgrades`: writes a database of today's version, with work under way, beside the older ones."""

import tempfile
from datetime import datetime
from pathlib import Path

from engine import bootstrap, messages, process_instances, user_tasks
from engine.backups.writing import write
from engine.clock import ZONE, SimulatedClock
from engine.identity.actor import Actor, DataScope
from engine.persistence.migrations import revisions
from engine.persistence.repositories.inbox import InboxFilters
from engine.settings import Settings
from tests.engine.models import deploy, flow, in_a_row, process, side_by_side, user_task

HERE = Path(__file__).parent
THEN = datetime(2022, 7, 18, 9, 0, tzinfo=ZONE)
ANN = Actor("ann", "Ann", None, "HQ", "manager", frozenset({"manager@HQ"}), DataScope("all", None))
PLAIN = '<startEvent id="start"/><endEvent id="end"/>'
KEY = '<extensionElements><zeebe:subscription correlationKey="=number"/></extensionElements>'
MESSAGE = f'<message id="m" name="answered">{KEY}</message>'
EACH = (
    "<multiInstanceLoopCharacteristics><extensionElements>"
    '<zeebe:loopCharacteristics inputCollection="=units" inputElement="unit"/>'
    "</extensionElements></multiInstanceLoopCharacteristics>"
)


def processes() -> list[bytes]:
    """Write the processes: tasks in a row, side by side, for each unit, a timer, a message, a called process."""
    due = "<timerEventDefinition><timeDuration>PT2H</timeDuration></timerEventDefinition>"
    timer = f'<intermediateCatchEvent id="wait">{due}</intermediateCatchEvent>'
    catch = '<intermediateCatchEvent id="wait"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>'
    called = '<zeebe:calledElement processId="row" propagateAllChildVariables="true"/>'
    call = f'<callActivity id="call"><extensionElements>{called}</extensionElements></callActivity>'
    after = user_task("after")
    return [
        in_a_row(user_task("decide"), user_task("plan"), title='="Row " + number', businessKey="=number").replace(
            b'"p"', b'"row"'
        ),
        side_by_side(3, "sides"),
        process(PLAIN + user_task("report", inside=EACH) + after + flow("start", "report", "after", "end"), "each"),
        process(PLAIN + timer + after + flow("start", "wait", "after", "end"), "later"),
        process(PLAIN + catch + after + flow("start", "wait", "after", "end"), "told", MESSAGE),
        process(PLAIN + call + after + flow("start", "call", "after", "end"), "caller"),
    ]


def begin(engine: bootstrap.Engine) -> None:
    """Begin everything twice, and go on a step with one of each."""
    deploy(engine, *processes())
    for number in ("1", "2"):
        for name in ("row", "sides", "each", "later", "told", "caller"):
            facts = {"number": number, "units": ["A", "B"], "amount": 12.5, "名称": "测试"}
            engine.run(lambda work, name=name, facts=facts: process_instances.start(work, name, facts), ANN)
    with engine.work(ANN) as work:
        rows = list(user_tasks.inbox(work, "todo", InboxFilters()).rows)
    for row in rows[::2]:
        engine.run(lambda work, row=row: user_tasks.complete(work, row.id, {"step": row.name}, "agreed"), ANN)
    engine.run(lambda work: messages.publish(work, "answered", "2", {"text": "hello"}), ANN)
    engine.run(lambda work: messages.publish(work, "answered", "later", {}), ANN)


def main() -> None:
    """Write the database."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder))
        bootstrap.migrate(settings)
        engine = bootstrap.build(settings, SimulatedClock(THEN))
        begin(engine)
        place = HERE / f"{revisions()[-1]}.zip"
        place.unlink(missing_ok=True)
        write(engine, place)
        engine.close()
    print(place)


if __name__ == "__main__":
    main()
