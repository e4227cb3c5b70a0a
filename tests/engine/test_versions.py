import pytest

from engine import deployments, versions
from engine.deployments import DeploymentRefused
from tests.engine.models import deploy, in_a_row, user_task

OLD, NEW = in_a_row(user_task("old")), in_a_row(user_task("new"))


def test_each_version_counts_the_instances_that_run_on_it(engine, start, complete, ann):
    deploy(engine, OLD)
    start()
    start()
    complete(ann, "Old")
    deploy(engine, NEW)
    start()

    with engine.work() as work:
        found = versions.processes(work, "pack")["p"]
    assert [(version.row.version, version.row.active, version.running) for version in found] == [(2, True, 1), (1, False, 1)]


def test_a_file_is_known_by_what_it_was_and_from_when(engine):
    other = OLD.replace(b'id="p"', b'id="q"')
    for files in ((OLD, other), (OLD,), (NEW,)):
        deploy(engine, *files)

    with engine.work() as work:
        assert [version.number for version in versions.history(work, "pack", "0.bpmn")] == [1, 3]
        assert [versions.content(work, "pack", "0.bpmn", number) for number in (1, 2, 3, None)] == [OLD, OLD, NEW, NEW]
        with pytest.raises(versions.NoSuchFile):
            versions.content(work, "pack", "1.bpmn")


def test_a_version_made_active_again_stays_so_when_another_file_changes(engine, start, todo, ann):
    other = in_a_row(user_task("aside")).replace(b'id="p"', b'id="q"')
    deploy(engine, OLD, other)
    deploy(engine, NEW, other)
    engine.run(lambda work: deployments.activate(work, "p", 1))
    with engine.work() as work:
        files = deployments.files(work, "pack")
    engine.run(lambda work: deployments.deploy(work, "pack", files | {"1.bpmn": other.replace(b"Aside", b"Beside")}))
    start()

    assert [row.name for row in todo(ann)] == ["Old"]
    with engine.work() as work:
        assert [row.version for row in work.definitions.versions("p")] == [2, 1]


def test_a_version_that_no_longer_fits_its_pack_is_not_made_active(engine):
    calling = user_task("old").replace("<zeebe:userTask/>", '<zeebe:userTask/><zeebe:formDefinition formId="f"/>')
    form = b'{"type": "default", "id": "f", "schemaVersion": 18, "components": []}'
    deploy(engine, in_a_row(calling), f__form=form)
    deploy(engine, NEW)

    with pytest.raises(DeploymentRefused):
        engine.run(lambda work: deployments.activate(work, "p", 1))
