"""Restricted pools: seen by the posts with a role in them and by nobody else, not even by administrators; reading is recorded."""

import json
from dataclasses import replace

import pytest

from engine import indicators, ledgers, process_instances
from engine.deployments import DeploymentRefused
from engine.identity.importing import import_pack
from engine.ledgers.errors import NoSuchLedger
from engine.packs import parse
from tests.conftest import EVERYTHING, person
from tests.engine.models import deploy
from tests.engine.recusal.conftest import INNER, files, outer
from tests.engine.recusal.test_kept_out import seen

INDICATOR = """
[[indicators]]
code = "N1"
name = "Clues"
definition = "How many there are."
source = "design"
suppress_below = 3
[[indicators.figures]]
name = "All"
kind = "count"
ledger = "matters"
"""
RIGHTS = frozenset({"administer_identity", "watch_instances", "manage_incidents", "urge", "audit"})


@pytest.fixture
def guard():
    """Somebody in the pool."""
    return replace(person("gus", "guard", "HQ", EVERYTHING), rights=RIGHTS | {"pool:pack/clues"})


@pytest.fixture
def admin():
    """Somebody who may administer everything, and is not in the pool."""
    return replace(person("ada", "liaison", "HQ", EVERYTHING), rights=RIGHTS)


@pytest.fixture
def pooled(engine, guard, admin, hire):
    """The office where matters are clues."""
    hire(guard, admin)
    told = files('pool = "clues"', INDICATOR)
    deploy(engine, outer(excludedUsers="", pool="clues"), INNER, **told)
    pack = parse({name: text for name, text in told.items() if "__" not in name})
    engine.run(lambda work: import_pack(work, pack))
    return engine


@pytest.fixture
def clue(pooled):
    """Let an outsider's step bring a clue about."""

    def clue(number="M-1", actor=None):
        values = {"subject": f"Secret {number}", "unit": "NORTH", "number": number}
        return pooled.run(lambda work: process_instances.start(work, "matter", values), actor or person("eve", "visitor", "OUT"))

    return clue


def test_nobody_outside_a_pool_finds_anything_in_it_whatever_they_may_administer(pooled, clue, admin, guard):
    instance = clue(actor=admin)

    assert looks_but_tables(pooled, admin, instance) == {}
    assert {"visible", "search process", "task handle: view", "files"} - {"files"} <= looks_but_tables(
        pooled, guard, instance
    ).keys()


def looks_but_tables(engine, actor, instance):
    """The list itself is refused as a whole, which another test shows."""
    try:
        return seen(engine, actor, instance)
    except NoSuchLedger:
        with engine.work(actor) as work:
            found = process_instances.search(work, process_instances.InstanceFilters(process_id="matter")).rows
            rows = work.ledger_rows.page("matters", None, (), ())[0]
        return {name: what for name, what in {"search": found, "rows": rows}.items() if what}


def test_the_ledger_of_a_pool_is_as_if_it_were_not_there(pooled, clue, admin, guard):
    clue()

    with pooled.work(admin) as work:
        assert ledgers.all_of(work, "pack") == []
        for ask in (ledgers.rows, ledgers.count, ledgers.tally, lambda work, name: ledgers.get(work, name, "M-1")):
            with pytest.raises(NoSuchLedger):
                ask(work, "matters")
    with pooled.work(guard) as work:
        assert ledgers.rows(work, "matters").total == 1


def test_a_search_that_does_not_name_the_process_finds_no_clue_even_inside_the_pool(pooled, clue, guard):
    clue()

    with pooled.work(guard) as work:
        by = {"text": "Secret"}, {"process_id": "matter"}
        assert [process_instances.search(work, process_instances.InstanceFilters(**how)).total for how in by] == [0, 1]


def test_looking_at_a_clue_or_at_the_list_is_recorded_once_in_a_while(pooled, clue, guard, clock):
    instance = clue()

    for _ in range(2):
        with pooled.work(guard) as work:
            process_instances.visible(work, instance.id)
            ledgers.rows(work, "matters")

    with pooled.work() as work:
        lines = work.audit.search(action="pool.read").rows
    assert sorted((line.actor, line.facts["pool"], line.facts["record"]) for line in lines) == [
        ("gus", "pack/clues", "M-1"), ("gus", "pack/clues", "Matters")
    ]  # fmt: skip


@pytest.mark.parametrize(("clues", "number", "withheld"), [(0, 0, False), (2, None, True), (3, 3, False)])
def test_a_small_number_is_withheld_from_whoever_is_not_in_the_pool(pooled, clue, admin, guard, clues, number, withheld):
    for place in range(clues):
        clue(f"M-{place}")

    with pooled.work(admin) as work:
        [reading] = indicators.all_of(work, "pack")[0].readings
    with pooled.work(guard) as work:
        [inside] = indicators.all_of(work, "pack")[0].readings

    assert (reading.number, reading.withheld, inside.number) == (number, withheld, clues)


def test_an_indicator_over_a_pool_must_say_from_where_on_it_shows(engine):
    told = files('pool = "clues"', INDICATOR.replace("suppress_below = 3", ""))

    with pytest.raises(DeploymentRefused, match="suppress_below"):
        deploy(engine, outer(), INNER, **told)


def test_a_counted_ledger_that_cannot_be_read_is_refused_with_its_own_fault(engine):
    told = files("[views.sheet]\ntitle = 3", INDICATOR)

    with pytest.raises(DeploymentRefused, match=r"matters\.toml"):
        deploy(engine, outer(), INNER, **told)


@pytest.mark.parametrize("said", [{"ledger": 'pool = "other"'}, {"pool": "other"}])
def test_a_pool_that_no_pack_declares_is_refused(engine, said):
    with pytest.raises(DeploymentRefused, match=r"not in \[\[pools\]\]"):
        deploy(engine, outer(pool=said.get("pool", "clues")), INNER, **files(said.get("ledger", "")))


def test_nothing_of_a_clue_goes_to_somebody_outside_the_pool(pooled, clue, guard, admin):
    from engine import notifications

    instance = clue()
    with pooled.work() as work:
        pools = work.process_instances.excluded(instance.id)
    told = pooled.run(lambda work: notifications.notify(work, ["ada"], "e", "Secret", "", f"instance:{instance.id}"))

    with pooled.work(admin) as work:
        assert (pools, notifications.listed(work).total) == (["pool:pack/clues"], 0), told
    assert "Secret" not in json.dumps([row.facts for row in _trail(pooled, admin)])


def _trail(engine, actor):
    with engine.work(actor) as work:
        return work.audit.search().rows


def test_a_figure_names_the_pool_that_is_shut_to_whoever_looks(pooled, clue, admin, guard):
    clue()

    with pooled.work(admin) as work:
        figure = indicators.all_of(work, "pack")[0].indicator.figures[0]
        outside = indicators.shut_by(work, figure)
    with pooled.work(guard) as work:
        inside = indicators.shut_by(work, figure)

    assert (outside, inside) == ("clues", "")
