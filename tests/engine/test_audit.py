import pytest
from sqlalchemy import delete, update

from engine import audit
from engine.persistence.models.audit import AuditRecord, AuditSeal
from engine.persistence.models.runtime import ProcessInstance
from tests.engine.models import deploy, in_a_row, user_task


@pytest.fixture
def instance(engine, start, complete, ann):
    deploy(engine, in_a_row(user_task("one"), user_task("two"), user_task("three")))
    instance = start()
    complete(ann, "One", "agreed")
    complete(ann, "Two", note="1.50", amount=2)
    return instance


def breaks(engine):
    with engine.work() as work:
        return audit.verify(work)


def change(engine, statement):
    engine.run(lambda work: work.session.connection().execute(statement))


def test_an_untouched_trail_holds(engine, instance):
    assert breaks(engine) == []
    assert engine.run(audit.seal) == 4
    assert breaks(engine) == []


def test_every_action_names_who_when_and_in_which_post(engine, instance, ann, clock):
    with engine.work() as work:
        row = work.audit.of_instance(instance.id)[1]

    assert (row.actor, row.actor_name, row.post, row.unit, row.at) == ("ann", "Ann", "post-ann", "HQ", clock.now())
    assert row.facts == {"element": "one", "name": "One", "opinion": "agreed"}


@pytest.mark.parametrize("changed", [{"actor": "eve"}, {"facts": {"opinion": "refused"}}, {"on_behalf_of": "bob"}])
def test_a_changed_record_is_found(engine, instance, changed):
    change(engine, update(AuditRecord).where(AuditRecord.number == 2, AuditRecord.instance_id == instance.id).values(**changed))

    assert [found.number for found in breaks(engine)] == [2]


def test_a_record_taken_out_is_found(engine, instance):
    change(engine, delete(AuditRecord).where(AuditRecord.number == 2, AuditRecord.instance_id == instance.id))

    assert [found.number for found in breaks(engine)] == [3]


def test_a_trail_cut_off_at_its_end_is_found(engine, instance):
    change(engine, delete(AuditRecord).where(AuditRecord.number == 3, AuditRecord.instance_id == instance.id))

    assert len(breaks(engine)) == 1


def test_a_whole_chain_made_anew_is_found_by_the_seals(engine, instance):
    engine.run(audit.seal)
    change(engine, delete(AuditRecord).where(AuditRecord.instance_id == instance.id))
    change(engine, update(ProcessInstance).where(ProcessInstance.id == instance.id).values(audit_number=0, audit_hash=""))

    assert [found.reason for found in breaks(engine)] == ["the sealed records are not those that were sealed"]


def test_a_seal_taken_out_is_found(engine, instance, complete, ann):
    engine.run(audit.seal)
    complete(ann, "Three")
    engine.run(audit.seal)
    change(engine, update(AuditRecord).where(AuditRecord.seal == 1).values(seal=None))
    change(engine, delete(AuditSeal).where(AuditSeal.number == 1))

    assert breaks(engine) != []


def test_sealing_nothing_new_makes_no_seal(engine, instance):
    engine.run(audit.seal)

    assert engine.run(audit.seal) == 0
