"""What a pack may not say about its indicators."""

import pytest

from engine import forms, indicators, ledgers, packs
from tests.indicators.conftest import BOARD, INDICATORS
from tests.ledgers.conftest import FILES, PACK


def files(old="", new=""):
    assert old in INDICATORS
    return {**FILES, "pack.toml": (PACK + BOARD + INDICATORS.replace(old, new, 1)).encode()}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('ledger = "defects"', 'ledger = "repairs"', "there is no forms/ledgers/repairs.toml"),
        ('milestones = ["LIST"]', 'milestones = ["NONE"]', "NONE is not in [[milestones]]"),
        ('roles = ["office"]', 'roles = ["king"]', "role king is not in [[roles]]"),
        ('code = "COST"', 'code = "DONE"', "DONE is there twice"),
        ("at = 90", "at = 100", "a percentile lies between 1 and 99"),
        (', column = "cost"', "", "average, percentile and oldest need a column"),
        ("near = 90, over = 40", "near = 40, over = 90", "is reached before near"),
        ('kind = "on_time"', 'kind = "on_time", ledger = "defects"', "counts milestones, not rows"),
        ('kind = "coverage", ledger = "defects"', 'kind = "coverage"', "name their ledger"),
        ("today() -", "today( -", "the expression cannot be read"),
        ("{ max = ", "{ most = ", "'most' is not one of"),
        ('kind = "average"', 'kind = "mean"', "'mean' is not one of"),
    ],
)
def test_the_pack_says_what_is_wrong_with_an_indicator(old, new, said):
    with pytest.raises(packs.PackRefused) as refused:
        packs.parse(files(old, new))

    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('column = "cost"', 'column = "price"', "price is no column of the ledger."),
        ("due = { max", "late = { max", "late is computed; it cannot be counted by."),
        ('column = "cost"', 'column = "cost", view = "nice"', "The ledger defects has no view nice."),
    ],
)
def test_a_deployment_says_what_the_ledger_does_not_have(old, new, said):
    found = files(old, new)
    known = ledgers.read_ledgers(found, forms.read(found).forms, "housing").ledgers

    assert said in [str(problem).rpartition(": ")[2] for problem in indicators.check(found, known)]
