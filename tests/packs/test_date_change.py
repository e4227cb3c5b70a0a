"""A date of the plan is moved by a notice while the campaign runs: every unit's time follows, the first date stays on record."""

from datetime import date, datetime

import pytest

from engine import clocks, definitions, jobs, ledgers, packs, process_instances, user_tasks
from engine.clock import ZONE
from engine.identity import posts
from engine.persistence.repositories.inbox import InboxFilters
from engine.rehearsal import parse
from engine.rehearsal.cutting import cut
from tests.packs import dates
from tests.packs.stage import KEY
from tests.played import play

UNTIL = datetime(2022, 7, 21, 9, tzinfo=ZONE)
OLD, NEW = date(2022, 7, 25), date(2022, 7, 27)
STAGE = {"milestone": "M0731", "new_date": "2022-08-03"}


def acting(engine, login, role):
    with engine.work() as work:
        post = next(post for post in posts.current(work, login) if post.role == role)
        return posts.actor_for(work, login, post.id)


def decide(engine, login, role, name, **values):
    actor = acting(engine, login, role)
    with engine.work(actor) as work:
        [task] = [row for row in user_tasks.inbox(work, "todo", InboxFilters(), size=500).rows if row.name == name]
    engine.run(lambda work: user_tasks.complete(work, task.id, values, "同意。"), actor)


@pytest.fixture(scope="module")
def moved(tmp_path_factory):
    """Play the campaign until 21 July with four units, then move the list's date and the report's, which ends the stage."""
    files = packs.files(KEY)
    script = parse(files)
    engine, report = play(tmp_path_factory.mktemp("moved"), cut(files, script, {"units": 4, "problems": 8}), script, UNTIL)
    assert report.incidents == 0
    assert {due for dates in due_dates(engine) for due in dates} == {OLD}
    for wish in (dates.WISH, dates.WISH | STAGE):
        move(engine, wish)
    yield engine
    engine.close()


def move(engine, wish):
    clerk = acting(engine, "liujing", "office_staff")
    engine.run(lambda work: process_instances.start(work, "date_change", wish), clerk)
    jobs.run_due(engine)
    decide(engine, "wangjianguo", "office_director", "审核调整", decision="同意")
    decide(engine, "hanshian", "lg_leader", "审定调整", decision="同意")
    while jobs.run_due(engine):
        pass


def due_dates(engine):
    """Give when the open lists of the units are due: the tasks, and the deadlines that run for them."""
    with engine.work() as work:
        lists = open_lists(work)
        tasks = [task for key in lists for task in work.user_tasks.of_instance(key) if task.is_open]
        found = [clock for key in lists for clock in work.clocks.running(key)]
    return [task.due_at.astimezone(ZONE).date() for task in tasks], [clock.due for clock in found]


def open_lists(work):
    tops = work.process_instances.running_of_pack(KEY)
    family = work.process_instances.find_all([key for top in tops for key in work.process_instances.family(top.id)])
    return [instance.id for instance in family if instance.process_id == "problem_list"]


def test_nothing_fails(moved):
    with moved.work() as work:
        assert [row.message for row in work.incidents.unresolved().rows] == []


def test_the_open_lists_of_all_units_and_their_deadlines_follow(moved):
    tasks, deadlines = due_dates(moved)

    assert (len(tasks), set(tasks), set(deadlines)) == (4, {NEW}, {NEW})


def test_the_clocks_of_the_date_and_of_its_stage_follow(moved):
    with moved.work() as work:
        fires = [(job.element_id, job.due_at.astimezone(ZONE).date()) for job in work.jobs.of_kind("timer")]

    assert {("day_before", date(2022, 7, 26)), ("stage_ends", date(2022, 8, 3))} <= set(fires)
    assert not {("day_before", date(2022, 7, 22)), ("stage_ends", date(2022, 7, 31))} & set(fires)


def test_reminders_come_before_the_new_date(moved):
    with moved.work() as work:
        pack = definitions.pack(work, KEY)
        found = [clock for key in open_lists(work) for clock in work.clocks.running(key)]
        due = {(step.kind, clocks.moment(pack, clock, step).date()) for clock in found for step in clocks.ladder_of(pack, clock)}

    assert {("urge", NEW), ("order", date(2022, 7, 28))} <= due
    assert ("order", date(2022, 7, 26)) not in due


@pytest.mark.parametrize("login", ["tianhaibo", "wuwanqing", "liujing"])
def test_the_units_and_the_office_are_told(moved, login):
    with moved.work() as work:
        told = [row.title for row in work.notifications.page(login, False, 1).rows]

    assert "“报送问题清单”截止日调整为7月27日" in told


def test_the_plan_says_both_dates(moved):
    with moved.work() as work:
        pack = definitions.pack(work, KEY)
    found, stage = pack.milestone("M0725"), next(stage for stage in pack.stages if stage.code == "S1")
    assert (found.date, found.planned, found.notice) == (NEW, OLD, dates.WISH["notice_no"])
    assert stage.end == date(2022, 8, 3)
    assert [row["date"] for row in pack.reference("milestones") if row["code"] == "M0725"] == ["2022-07-27"]


def test_the_change_is_on_record_with_its_reason(moved):
    with moved.work() as work:
        row = ledgers.get(work, "date_changes", "JD-2022-01")

    said = [row.values[name] for name in ("milestone_name", "before", "new_date", "reason", "notice_no", "effective_on")]
    assert said == ["报送问题清单", "2022-07-25", "2022-07-27", "……", dates.WISH["notice_no"], "2022-07-21"]
    assert row.state == "已调整"
