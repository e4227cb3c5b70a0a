import pytest

from engine import bootstrap, deployments
from engine.deployments import DeploymentRefused
from engine.persistence.counting import counting
from tests.engine.models import deploy, in_a_row, process, user_task

FIELD = b'{"type": "textfield", "key": "name", "label": "Name", "id": "a"}'
FORM = b'{"type": "default", "id": "f", "schemaVersion": 18, "components": [' + FIELD + b"]}"


def test_unchanged_files_make_no_new_version(engine):
    first = deploy(engine, in_a_row(user_task("act")))
    again = deploy(engine, in_a_row(user_task("act")))

    assert (first.number, first.changed, again.number, again.changed) == (1, ("p",), 1, ())


def test_only_what_changed_gets_a_new_version(engine):
    other = in_a_row(user_task("act")).replace(b'id="p"', b'id="q"')
    deploy(engine, in_a_row(user_task("act")), other)
    deploy(engine, in_a_row(user_task("act"), user_task("more")), other)

    with engine.work() as work:
        assert {row.process_id: row.version for row in work.definitions.active()} == {"p": 2, "q": 1}


def test_every_error_of_a_pack_is_told_and_nothing_is_deployed(engine):
    lost = process('<startEvent id="start"/><userTask id="lost"/>')
    unknown = in_a_row(user_task("act").replace("<zeebe:userTask/>", '<zeebe:userTask/><zeebe:formDefinition formId="none"/>'))

    with pytest.raises(DeploymentRefused) as refused:
        deploy(engine, lost, unknown.replace(b'id="p"', b'id="q"'), broken__form=b"{")

    assert {problem.file for problem in refused.value.problems} == {"0.bpmn", "1.bpmn", "broken.form"}
    with engine.work() as work:
        assert (work.definitions.active(), list(work.definitions.deployments())) == ([], [])


def test_what_the_kernel_cannot_run_is_named(engine):
    unsupported = process('<startEvent id="start"/><endEvent id="end"><cancelEventDefinition/></endEvent>')

    with pytest.raises(DeploymentRefused) as refused:
        deploy(engine, unsupported)

    assert any(problem.element == "end" for problem in refused.value.problems)


def test_a_process_taken_out_of_its_pack_can_no_longer_be_begun(engine):
    other = in_a_row(user_task("act")).replace(b'id="p"', b'id="q"')
    deploy(engine, in_a_row(user_task("act")), other)
    deploy(engine, other)

    with engine.work() as work:
        assert [row.process_id for row in work.definitions.active()] == ["q"]


def test_a_post_is_offered_the_processes_it_may_begin(engine, ann, eve):
    deploy(engine, in_a_row(user_task("act"), startableBy="manager"))

    with engine.work(ann) as work:
        assert [row.process_id for row in deployments.startable(work)] == ["p"]
    with engine.work(eve) as work:
        assert deployments.startable(work) == []


def test_an_older_version_can_be_made_the_active_one_again(engine, start, todo, ann):
    deploy(engine, in_a_row(user_task("old")))
    deploy(engine, in_a_row(user_task("new")))

    engine.run(lambda work: deployments.activate(work, "p", 1))
    start()

    assert [row.name for row in todo(ann)] == ["Old"]


def test_a_task_keeps_the_form_it_was_made_with(engine, start, ann):
    task = user_task("act").replace("<zeebe:userTask/>", '<zeebe:userTask/><zeebe:formDefinition formId="f"/>')
    deploy(engine, in_a_row(task), f__form=FORM)
    instance = start()
    deploy(engine, in_a_row(task), f__form=FORM.replace(b"Name", b"Full name"))

    with engine.work() as work:
        [old] = work.user_tasks.of_instance(instance.id)
        labels = [next(iter(deployments.form(work, "f", version).fields())).label for version in (old.form_version, None)]
    assert labels == ["Name", "Full name"]


def test_the_process_file_is_given_back_as_it_was_handed_in(engine):
    file = in_a_row(user_task("act"))
    deploy(engine, file)

    with engine.work() as work:
        assert deployments.diagram(work, deployments.definition(work, "p").id) == file


def test_a_version_is_parsed_once(engine, start):
    deploy(engine, in_a_row(user_task("act")))
    start()

    with counting() as count:
        start()

    assert not any("content" in text for text in count.texts)


@pytest.mark.postgres
def test_another_process_notices_a_deployment(postgres, clock, monkeypatch):
    monkeypatch.setattr(bootstrap, "LOOK_AGAIN", 0.0)
    one, other = bootstrap.build(postgres, clock), bootstrap.build(postgres, clock)
    deploy(one, in_a_row(user_task("old")), pack="noticed")
    with other.work() as work:
        before = work.cache.get("names", lambda: [row.version for row in work.definitions.versions("p")])

    deploy(one, in_a_row(user_task("new")), pack="noticed")

    with other.work() as work:
        after = work.cache.get("names", lambda: [row.version for row in work.definitions.versions("p")])
    assert len(after) == len(before) + 1
    one.close()
    other.close()
