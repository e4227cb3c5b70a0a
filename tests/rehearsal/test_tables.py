"""Plays told by a table: somebody starts a process for each of its rows, and its row says what becomes of each matter."""

from engine import deployments, packs
from engine.identity.importing import import_pack
from engine.persistence.records import Scope
from engine.process_instances import InstanceFilters
from engine.rehearsal import parse, rehearse
from tests.engine.models import flow, process, user_task

STARTS = """
[[plots]]
processes = ["leave", "question"]
table = "trips"
by = "reason"
of = "=reason"
[[starts]]
process = "leave"
table = "trips"
login = "=row.who"
on = "=row.on"
[starts.values]
leave_type = "年休假"
days = "=number(row.days)"
from_date = "2022-08-15"
to_date = "2022-08-16"
reason = "=row.reason"
"""
ROWS = (
    "reason,on,who,days,verdict",
    "回乡探亲两天,2022-08-10T09:00,wangfang,2,同意",
    "外出旅行三天,2022-08-11T09:00,wangfang,3,不同意",
)
BY_ROW = ('values = { decision = "同意" }', "values = { decision = '=if plot = null then \"同意\" else plot.verdict' }")
KEY = '<extensionElements><zeebe:subscription correlationKey="=reason"/></extensionElements>'
ANSWER = f'<message id="m" name="answer">{KEY}</message>'
BODY = (
    '<startEvent id="start"/><endEvent id="end"/><endEvent id="told"/>'
    + user_task("wait", assignee="wangfang")
    + '<boundaryEvent id="came" attachedToRef="wait"><messageEventDefinition messageRef="m"/></boundaryEvent>'
    + flow("start", "wait", "end")
    + flow("came", "told")
)
QUESTION = process(BODY, "question", ANSWER, startableBy="employee")
ASKED = """
[[starts]]
process = "question"
login = "wangfang"
on = 2022-08-10T10:00:00+08:00
values = { reason = "回乡探亲两天" }
[[tasks]]
task = "question.wait"
do = "tell"
message = { name = "answer", key = "=reason", values = { verdict = "=plot.verdict" } }
"""


def play(engine, clock, more, change=("", "")):
    files = packs.files("demo-leave") | {"rehearsal/more.toml": more.encode(), "reference/trips.csv": "\n".join(ROWS).encode()}
    files |= {"question.bpmn": QUESTION, "rehearsal.toml": files["rehearsal.toml"].replace(*(part.encode() for part in change))}
    script, pack = parse(files), packs.parse(files)
    clock.move_to(script.start)
    engine.run(lambda work: deployments.deploy(work, pack.key, files))
    engine.run(lambda work: import_pack(work, pack))
    return rehearse(engine, pack.key, script)


def matters(engine):
    with engine.work() as work:
        return {row.title: row for row in work.process_instances.search(InstanceFilters(), Scope()).rows}


def test_a_process_is_started_for_each_row_of_a_table(engine, clock):
    report = play(engine, clock, STARTS, BY_ROW)

    assert (report.clean, report.instances) == (True, 3)
    assert sorted(matters(engine)) == ["王芳请年休假2天", "王芳请年休假2天", "王芳请年休假3天"][1:]


def test_a_row_says_what_becomes_of_its_matter(engine, clock):
    report = play(engine, clock, STARTS, BY_ROW)

    # two are approved and recorded, the third is declined: one step less
    assert report.tasks_completed == 5


def test_a_row_may_be_left_out_of_a_play(engine, clock):
    only = STARTS.replace('login = "=row.who"', 'if = \'=row.verdict = "同意"\'\nlogin = "=row.who"')
    report = play(engine, clock, only, BY_ROW)

    assert (report.clean, report.instances) == (True, 2)


def test_somebody_outside_answers_before_the_task_is_done(engine, clock):
    report = play(engine, clock, STARTS + ASKED, BY_ROW)

    with engine.work() as work:
        [asked] = [row for row in work.process_instances.search(InstanceFilters(), Scope()).rows if row.process_id == "question"]
        assert work.process_instances.find(asked.id).variables["verdict"] == "同意"
    assert (report.clean, report.open_at_end) == (True, 0)
