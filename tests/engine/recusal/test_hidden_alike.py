"""What begins because of a matter is hidden from whom the matter is hidden, also from whoever is named there later."""

import pytest

from engine import messages, process_instances, user_tasks
from tests.engine.models import deploy, flow, process, user_task
from tests.engine.recusal.conftest import tasks
from tests.engine.recusal.test_kept_out import name_them
from tests.engine.recusal.test_pools import admin, guard, pooled  # noqa: F401

ORDER = '<message id="m" name="order_due"/>'
BEGIN = '<startEvent id="s"><messageEventDefinition messageRef="m"/></startEvent><endEvent id="e"/>'
THROW = '<endEvent id="end"><messageEventDefinition messageRef="m"/></endEvent>'


def order(**properties):
    """A process that begins with a message, with one task of the unit."""
    body = BEGIN + user_task("draft", "liaison@NORTH,guard@HQ") + flow("s", "draft", "e")
    return process(body, "order", ORDER, title="=subject", unit="NORTH", **properties)


def sender():
    """A matter that sends the message at its end."""
    body = '<startEvent id="start"/>' + user_task("handle", "liaison@NORTH") + THROW + flow("start", "handle", "end")
    return process(body, "sender", ORDER, unit="NORTH", excludedUsers="=respondents")


def ordered(engine, matter, **properties):
    """Prepare an order about a matter, as a ladder does, and give it."""
    deploy(engine, order(**properties), pack="orders")
    engine.run(lambda work: messages.publish(work, "order_due", "M-1", {"subject": "Order"}, about=matter))
    return begun(engine)


def begun(engine):
    with engine.work() as work:
        [row] = process_instances.search(work, process_instances.InstanceFilters(process_id="order")).rows
        return work.process_instances.find(row.id)


def finds(engine, actor, instance):
    """Say whether somebody finds an instance by a search, by its address, or by its task."""
    with engine.work(actor) as work:
        listed = process_instances.search(work, process_instances.InstanceFilters(process_id="order")).total
        try:
            return listed == 1 and process_instances.visible(work, instance.id).id == instance.id
        except process_instances.InstanceNotFound:
            assert listed == 0
            return False


def test_an_order_about_a_matter_is_hidden_from_whom_the_matter_is_hidden(house, about, norah, nils, hire):
    hire(norah, nils)
    instance = ordered(house, about("norah"))

    assert (finds(house, norah, instance), finds(house, nils, instance)) == (False, True)


def test_whoever_is_named_later_is_kept_out_of_the_order_as_well(house, about, norah, nils, hire):
    hire(norah, nils)
    matter = about()
    instance = ordered(house, matter)
    assert finds(house, norah, instance)

    name_them(house, matter, "norah")

    assert (finds(house, norah, instance), finds(house, nils, instance)) == (False, True)


def test_an_order_keeps_out_whom_its_own_process_names_besides(house, about, norah, nils, hire):
    hire(norah, nils)

    instance = ordered(house, about("norah"), excludedUsers="nils")

    assert (finds(house, norah, instance), finds(house, nils, instance)) == (False, False)


def test_an_order_about_a_matter_in_a_pool_is_in_the_pool(pooled, guard, admin):  # noqa: F811
    values = {"subject": "Secret", "unit": "NORTH", "number": "M-1"}
    matter = pooled.run(lambda work: process_instances.start(work, "matter", values), guard)

    instance = ordered(pooled, matter)

    assert (finds(pooled, admin, instance), finds(pooled, guard, instance)) == (False, True)


@pytest.mark.parametrize(("said", "seen"), [({"hiddenLikeSender": "true"}, False), ({}, True)], ids=["said", "not said"])
def test_what_a_message_begins_is_hidden_like_its_sender_where_its_process_says_so(house, norah, nils, ann, hire, said, seen):
    hire(norah, nils)
    deploy(house, order(**said), sender(), pack="orders")
    matter = house.run(lambda work: process_instances.start(work, "sender", {"respondents": ["norah"], "subject": "Told"}), ann)

    house.run(lambda work: user_tasks.complete(work, tasks(house, matter)["handle"], {}), nils)

    assert (finds(house, norah, begun(house)), finds(house, nils, begun(house))) == (seen, True)
