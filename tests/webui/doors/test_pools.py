"""Somebody outside a restricted pool, at every address there is: one clue more changes nothing that he reads."""

import pytest

from tests.engine.recusal.conftest import INNER, outer
from tests.webui.doors.conftest import KEYS, begin, opened, pack_files, sweep, telling
from tests.webui.doors.test_kept_out import pressed, state

SEEN = {"campaign.indicator", "campaign.save_indicator", "cockpit.show", "files.open", "inbox.index", "ledgers.row",
        "ledgers.show", "notifications.index", "papers.open", "papers.print_again", "papers.workbook"}  # fmt: skip


@pytest.fixture
def pooled(engine):
    """The office where matters are clues, one of which is there already."""
    told = pack_files('pool = "clues"', counts="", shown="suppress_below = 3")
    app = opened(engine, told, outer(excludedUsers="", pool="clues"), INNER)
    begin(engine, "gus", number="M-0")
    return app


def test_whoever_is_outside_a_pool_reads_nothing_of_what_is_in_it_whatever_else_the_post_allows(pooled, desk):
    ada, gus = desk(pooled, "ada"), desk(pooled, "gus")
    before = sweep(ada, KEYS)

    found = begin(pooled.extensions["engine"], "gus")
    after = sweep(ada, found)

    assert [what for what in after if after[what] != before[what]] == []
    assert (telling(after), [what for what, (status, _text) in after.items() if status >= 500]) == (set(), [])
    untouched = state(pooled, found)
    assert [address for address, told in pressed(ada, found) if told] == []
    assert state(pooled, found) == untouched
    assert telling(sweep(gus, found, narrowed=False)) >= SEEN
