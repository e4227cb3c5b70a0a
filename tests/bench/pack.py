"""The pack of the workloads: three tasks in a row, ten side by side, and one that waits for a month."""

from uuid import UUID

from sqlalchemy import text

from engine import deployments, packs, process_instances
from engine.bootstrap import Engine
from engine.identity.importing import import_pack
from engine.persistence.keys import new_key
from tests.engine.models import flow, in_a_row, process, user_task

KEY, PASSWORD, PEOPLE, CROWD = "bench", "Bench-2022-bench", [f"bench{number:02}" for number in range(1, 11)], "bench11"
WAITING = 10_000
HEAD = f"""
[pack]
key = "{KEY}"
name = "Bench"
version = "1"
main_process = "three_steps"
demo = true
[[roles]]
code = "worker"
name = "Worker"
scope = "own"
[[roles]]
code = "crowd"
name = "Crowd"
scope = "own"
[identity]
units = "reference/units.csv"
people = "reference/people.csv"
posts = "reference/posts.csv"
demo_password = "{PASSWORD}"
"""
FORM = """{"type": "default", "id": "bench_step", "components": [
{"type": "textfield", "key": "subject", "label": "Subject", "validate": {"required": true, "maxLength": 60}},
{"type": "number", "key": "amount", "label": "Amount", "validate": {"required": true, "min": 0}},
{"type": "select", "key": "kind", "label": "Kind", "values": [{"label": "A", "value": "a"}, {"label": "B", "value": "b"}]},
{"type": "datetime", "subtype": "date", "key": "day", "dateLabel": "Day", "label": "Day"},
{"type": "textarea", "key": "note", "label": "Note", "conditional": {"hide": "=amount < 10"}}]}"""
ASKS = "<zeebe:userTask/>", '<zeebe:userTask/><zeebe:formDefinition formId="bench_step"/>'


def files() -> dict[str, bytes]:
    """Give the files of the pack."""
    steps = [user_task(f"step{number}", assignee="=starter.login", source="bench") for number in (1, 2, 3)]
    three = in_a_row(*steps, startableBy="worker", title='="Bench " + subject').decode().replace('"p"', '"three_steps"')
    begins = f'<startEvent id="start"><extensionElements>{ASKS[1].removeprefix(ASKS[0])}</extensionElements></startEvent>'
    three = three.replace(*ASKS).replace('<startEvent id="start"/>', begins)
    people = [f"{login},{login.title()},," for login in [*PEOPLE, CROWD]]
    posts = [*(f"{login},BENCH,worker,," for login in PEOPLE), f"{CROWD},BENCH,crowd,,"]
    units = "code,name,short_name,type,level,parent,line_parent,is_vertical,domains"
    return {
        "pack.toml": HEAD.encode(), "three.bpmn": three.encode(), "ten.bpmn": _ten(), "month.bpmn": _month(),
        "forms/bench_step.form": FORM.encode(),
        "reference/units.csv": _table(units, ["BENCH,Bench,Bench,,,,,否,"]),
        "reference/people.csv": _table("login,name,phone,title", people),
        "reference/posts.csv": _table("login,unit,role,from,to", posts),
    }  # fmt: skip


def _ten() -> bytes:
    gates = '<startEvent id="start"/><parallelGateway id="split"/><parallelGateway id="join"/><endEvent id="end"/>'
    tasks = "".join(user_task(login, assignee=login, source="bench") + flow("split", login, "join") for login in PEOPLE)
    return process(gates + tasks + flow("start", "split") + flow("join", "end"), "ten_at_once", startableBy="worker")


def _month() -> bytes:
    due = "<timerEventDefinition><timeDuration>P30D</timeDuration></timerEventDefinition>"
    timer = f'<boundaryEvent id="late" attachedToRef="wait" cancelActivity="false">{due}</boundaryEvent>'
    ends = '<startEvent id="start"/><endEvent id="end"/><endEvent id="reminded"/>'
    body = (
        ends + user_task("wait", "crowd@BENCH", source="bench") + timer + flow("start", "wait", "end") + flow("late", "reminded")
    )
    return process(body, "month", startableBy="worker")


def _table(head: str, rows: list[str]) -> bytes:
    return "\n".join([head, *rows, ""]).encode()


def deploy(engine: Engine) -> None:
    """Deploy the pack with its people."""
    found = files()
    engine.run(lambda work: deployments.deploy(work, KEY, found))
    engine.run(lambda work: import_pack(work, packs.parse(found)))


def wait_in_masses(engine: Engine, count: int = WAITING) -> None:
    """Let *count* instances wait, each with its task in an inbox and its timer: one is started, the others are its copies."""
    first = engine.run(lambda work: process_instances.start(work, "month", {})).id
    keys = [(new_key().hex, new_key().hex, new_key().hex) for _ in range(count - 1)]
    copies = [{"instance": one, "task": two, "job": three} for one, two, three in keys]
    with engine.database.begin() as connection:
        for table, changed in _COPIED.items():
            columns = [row[1] for row in connection.execute(text(f"PRAGMA table_info({table})"))]
            values = ", ".join(changed.get(column, f'"{column}"') for column in columns)
            found = f"SELECT {values} FROM {table} WHERE {_OF_FIRST.get(table, 'instance_id = :first')}"  # noqa: S608 names of ours
            connection.execute(text(f"INSERT INTO {table} {found}"), [copy | {"first": _hex(first)} for copy in copies])


_COPIED = {
    "process_instance": {"id": ":instance", "root_id": ":instance"},
    "element_instance": {"instance_id": ":instance"},
    "user_task": {"id": ":task", "instance_id": ":instance"},
    "task_candidate": {"task_id": ":task", "instance_id": ":instance"},
    "job": {"id": ":job", "instance_id": ":instance"},
}
_OF_FIRST = {
    "process_instance": "id = :first",
    "task_candidate": "task_id = (SELECT id FROM user_task WHERE instance_id = :first)",
}


def _hex(key: UUID) -> str:
    return key.hex
