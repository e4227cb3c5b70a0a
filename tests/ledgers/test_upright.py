"""A record on paper with one line for each of its figures."""

import pytest

from engine import snapshots
from tests.ledgers.conftest import FILES, LEDGER, deploy, saved, unit

VIEW = """
[[views]]
id = "figures"
name = "Figures"
columns = ["number", "cost", "cost_in_cents"]
[views.sheet]
title = "Figures of {unit_name}"
upright = ["Part", "Figure", "Measure", "Value"]
groups = [ { label = "Money", columns = ["cost", "cost_in_cents"] } ]

[[columns]]
id = "cost_in_cents"
label = "Cents"
value = "=cost * 100"
"""


@pytest.fixture
def standing(engine):
    """The housing pack with a view whose records stand upright."""
    with engine.work() as work:
        deploy(work, FILES | {"forms/ledgers/defects.toml": (LEDGER + VIEW).encode()})
        work.units.add([unit("NORTH", 1)])
    return engine


def figures(standing, norah, *rows):
    """Give the paper of these rows as its cells."""
    if rows:
        saved(standing, norah, *rows)
    with standing.work(norah) as work:
        paper = snapshots.paper_of(snapshots.freeze(work, "defects", "figures"))
    return paper, [tuple(row.cells.values()) for row in paper.rows]


def test_each_figure_of_a_record_has_a_line_under_its_heading(standing, norah):
    paper, lines = figures(standing, norah, {"cost": ["12.5"]})

    assert [column.label for column in paper.columns] == ["序号", "Part", "Figure", "Measure", "Value"]
    assert [line[:3] + line[4:] for line in lines[1:]] == [("2", "Money", "Cost", "12.5"), ("3", "Money", "Cents", "1250.0")]


def test_several_records_are_added_up_and_rates_computed_from_the_sums(standing, norah):
    _, lines = figures(standing, norah, {"cost": ["12.5"]}, {"cost": ["7.5"]})

    assert [line[4] for line in lines] == ["", "20", "2000"]


def test_without_a_record_there_is_no_line(standing, norah):
    assert figures(standing, norah)[1] == []


def test_a_figure_that_changed_is_named_since_the_paper_was_frozen(standing, norah):
    figures(standing, norah, {"cost": ["10"]})
    with standing.work(norah) as work:
        record = snapshots.freeze(work, "defects", "figures")
    saved(standing, norah, {"cost": ["5"]})

    with standing.work(norah) as work:
        assert not snapshots.is_current(work, record)
