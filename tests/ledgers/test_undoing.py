import pytest

from engine import ledgers
from engine.ledgers import RowChange
from tests.ledgers.conftest import ROW, saved

STEPS = {"steps.0.text": ["Turn off"], "steps.1.text": ["Replace"]}


def done(housing, actor, *changes):
    """Make changes, and give what would take them back."""
    with housing.work(actor) as work:
        ledger = ledgers.definition(work, "defects")
        known = ledgers.before(work, ledger, changes)
        return ledgers.inverse(work, ledger, changes, known, ledgers.save_rows(work, "defects", changes, partial=True))


def listed(housing, actor):
    with housing.work(actor) as work:
        return ledgers.rows(work, "defects").rows


@pytest.mark.parametrize(
    "typed", [{"cost": ["99"]}, {"tenant": ["Li Si"], "causes": [""]}, {"steps": [""]}, {"steps.0.text": ["Wait"]}]
)
def test_a_changed_row_becomes_what_it_was(housing, norah, typed):
    saved(housing, norah, {**STEPS, "causes": ["age"]})
    [before] = listed(housing, norah)

    back = done(housing, norah, RowChange(typed, before.id, before.revision))
    changed = listed(housing, norah)[0].values
    done(housing, norah, *back)

    assert (listed(housing, norah)[0].values, changed != before.values) == (before.values, True)


def test_a_new_row_goes_again(housing, norah):
    back = done(housing, norah, RowChange(ROW))
    done(housing, norah, *back)

    assert listed(housing, norah) == []


def test_what_was_not_saved_is_not_taken_back(housing, norah):
    assert done(housing, norah, RowChange({**ROW, "cost": ["much"]})) == []
