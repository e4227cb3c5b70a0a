"""A whole rehearsal: the leave request, played by the actors of its pack."""

from datetime import date, datetime, timedelta

import pytest

from engine import deployments, packs
from engine.bootstrap import Engine
from engine.clock import ZONE, SimulatedClock
from engine.identity.importing import import_pack
from engine.rehearsal import Report, ScriptRefused, parse, rehearse


def play(engine: Engine, clock: SimulatedClock, change: tuple[str, str] = ("", ""), more: str = "") -> Report:
    files = packs.files("demo-leave") | {"rehearsal/more.toml": more.encode()}
    files["rehearsal.toml"] = (
        files["rehearsal.toml"].replace(change[0].encode(), change[1].encode()) if change[0] else files["rehearsal.toml"]
    )
    script, pack = parse(files), packs.parse(files)
    clock.move_to(script.start)
    engine.run(lambda work: deployments.deploy(work, pack.key, files))
    engine.run(lambda work: import_pack(work, pack))
    return rehearse(engine, pack.key, script)


def test_every_task_of_a_leave_request_is_done_and_nothing_is_left_open(engine, clock):
    report = play(engine, clock)

    assert report.clean
    assert (report.instances, report.tasks_completed, report.open_at_end, report.unnamed) == (1, 2, 0, [])


def test_a_task_that_nobody_does_stays_open_and_is_accounted_for(engine, clock):
    report = play(engine, clock, ("after = [0.3, 1.2]", 'do = "leave"'))

    assert (report.open_at_end, report.unexplained, report.clean) == (1, [], True)


def test_somebody_starts_a_process_on_a_day_of_their_own(engine, clock):
    start = '[[starts]]\nprocess = "leave"\nlogin = "wangfang"\non = 2022-08-10T09:00:00+08:00\n'
    start += 'values = { days = "=1 + 1", from_date = "2022-08-15", to_date = "2022-08-16", reason = "回乡探亲两天" }\n'
    report = play(engine, clock, more=start)

    assert (report.clean, report.instances, report.tasks_completed) == (True, 2, 4)


def test_a_colleague_does_what_was_handed_over_to_them(engine, clock):
    overlay = """[[tasks.when]]
        if = '=task.holder != "bob"'
        do = "hand_over"
        to = "bob"
        reason = "我今天外出,请代为审批。"

        [[tasks]]"""
    report = play(engine, clock, ('[[tasks]]\ntask = "leave.record_leave"', overlay + '\ntask = "leave.record_leave"'))

    assert (report.clean, report.open_at_end) == (True, 0)
    assert [task.element_id for task in _tasks(engine) if task.completed_by == "bob"] == ["decide_leave"]


def test_a_part_of_the_script_holds_only_tasks_and_starts():
    with pytest.raises(ScriptRefused, match="seed is not known"):
        parse(packs.files("demo-leave") | {"rehearsal/more.toml": b"seed = 7"})


def test_what_is_said_of_a_task_holds_before_what_is_said_of_all_others_in_whatever_file():
    files = packs.files("demo-leave") | {"rehearsal/more.toml": b'[[tasks]]\ntask = "a.b"\n[[tasks]]\ntask = "a.*"\n'}
    files["rehearsal.toml"] += b'\n[[tasks]]\ntask = "*"\n'
    script = parse(files)

    assert [script.entry(*place).task for place in (("a", "b"), ("a", "c"), ("b", "b"))] == ["a.b", "a.*", "*"]


def test_what_the_form_does_not_take_is_reported_and_leaves_the_task_unexplained(engine, clock):
    report = play(engine, clock, ('decision = "同意"', 'decision = "也许"'))

    assert len(report.refusals) == len(report.unexplained) == 1
    assert "decision" in report.refusals[0]


def test_the_same_seed_gives_the_same_play(engine, clock, tmp_path_factory):
    first = play(engine, clock)

    assert play_again(tmp_path_factory.mktemp("again")).as_dict() == first.as_dict()


def play_again(folder) -> Report:
    from engine.bootstrap import build
    from engine.persistence.models import metadata
    from engine.settings import Settings

    clock = SimulatedClock(datetime(2022, 7, 18, 9, tzinfo=ZONE))
    engine = build(Settings(data=folder), clock)
    metadata.create_all(engine.database)
    try:
        return play(engine, clock)
    finally:
        engine.close()


def test_people_act_in_office_hours_of_working_days(engine, clock):
    play(engine, clock)

    moments = [task.closed_at for task in _tasks(engine)]
    assert all(
        moment.weekday() < 5 and timedelta(hours=8) < moment - _midnight(moment.date()) <= timedelta(hours=17)
        for moment in moments
    )


def _tasks(engine: Engine):
    with engine.work() as work:
        [instance] = work.process_instances.search(_everything(), _all()).rows
        return work.user_tasks.of_instance(instance.id)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), ZONE)


def _everything():
    from engine.process_instances import InstanceFilters

    return InstanceFilters()


def _all():
    from engine.persistence.records import Scope

    return Scope()


def test_further_figures_say_what_they_count_and_stand_in_the_report_by_their_group():
    files, counts = (
        packs.files("demo-leave"),
        b'\n[report.counts.leave]\ntaken = { ledger = "leaves", filter = { state = "done" } }\n',
    )
    script = parse(files | {"rehearsal.toml": files["rehearsal.toml"] + counts})
    report = Report([], {}, {}, {"leave": {"taken": 2}}, *[0] * 5)

    assert script.counts["leave"]["taken"]["filter"] == {"state": "done"}
    assert (report.as_dict()["leave"], "counts" in report.as_dict()) == ({"taken": 2}, False)
    with pytest.raises(ScriptRefused, match="where is not known"):
        parse(files | {"rehearsal.toml": files["rehearsal.toml"] + counts.replace(b"filter", b"where")})


def test_a_misspelt_key_is_refused_by_name():
    files = packs.files("demo-leave")
    files["rehearsal.toml"] = files["rehearsal.toml"].replace(b"opinion", b"opinoin")

    with pytest.raises(ScriptRefused, match="opinoin"):
        parse(files)


def test_an_expression_that_does_not_parse_is_refused_before_the_play_begins():
    files = packs.files("demo-leave")
    files["rehearsal.toml"] = files["rehearsal.toml"].replace(b'decision = "\xe5\x90\x8c\xe6\x84\x8f"', b'decision = "=1 +"')

    with pytest.raises(ScriptRefused, match="cannot be read"):
        parse(files)
