"""The officer a matter is about, and the people of a unit it is about, at every address there is: as if it were not there."""

import pytest

from tests.webui.doors.conftest import EVERYBODY, KEYS, MARK, PLAIN, begin, fillings, name_them, sweep, telling

SEEN = {"campaign.cell", "campaign.index", "campaign.indicator", "campaign.save_indicator", "cockpit.index", "cockpit.move",
        "cockpit.save", "cockpit.show", "files.open", "inbox.index", "inbox.save", "ledgers.row", "ledgers.show",
        "notifications.index", "notifications.save", "papers.open", "papers.print_again", "papers.show",
        "papers.workbook", "tasks.hand_over", "tasks.show", "urging.index", "urging.save"}  # fmt: skip

ABOUT_SEVERAL = {"urging.press", "inbox.sign", "bulk.hand_in", "bulk.look", "cockpit.retry_many"}


@pytest.fixture
def named(office, desk):
    """Begin the matter and let it name Norah and Ulla's unit; what there was before, what Norah saw, and who looks."""
    engine, norah, ulla = office.extensions["engine"], desk(office, "norah"), desk(office, "ulla")
    before = sweep(norah, KEYS), sweep(ulla, KEYS, narrowed=False)
    found = begin(engine, *EVERYBODY[1:4])
    seen = sweep(norah, found, narrowed=False)
    name_them(engine, found, respondents=["norah"], respondent_units=["EAST"])
    return found, before, seen, (norah, ulla)


def test_whom_a_matter_is_about_reads_everywhere_what_would_be_there_without_it_and_can_do_nothing_to_it(named, office):
    found, before, seen, (norah, ulla) = named
    assert telling(seen) >= SEEN

    after = sweep(norah, found), sweep(ulla, found, narrowed=False)

    for was, said in zip(before, after, strict=True):
        assert [what for what in said if said[what] != was[what]] == []
        assert (telling(said), [what for what, (status, _text) in said.items() if status >= 500]) == (set(), [])
    untouched = state(office, found)
    assert [address for address, told in pressed(norah, found) if told] == []
    assert state(office, found) == untouched


def pressed(client, found):
    """Try to do everything that can be done; give what told of the matter or fell over."""
    adapter = client.application.url_map.bind("localhost")
    told = {"task": str(found["task_id"]), "row": str(found["row_id"]), "reason": "x", "login": "norah", "to": "norah"}
    for rule in client.application.url_map.iter_rules():
        if ("POST" in rule.methods and rule.arguments & (KEYS.keys() | {"ledger_id", "tab"})) or rule.endpoint in ABOUT_SEVERAL:
            for values in fillings(rule, PLAIN | found):
                address = adapter.build(rule.endpoint, values, method="POST", append_unknown=False)
                with client.post(address, data=told) as answer:
                    yield address, MARK in answer.get_data(as_text=True) or answer.status_code >= 500


def state(office, found):
    """Give the matter as it is kept, past every guard."""
    with office.extensions["engine"].work() as work:
        matter, task = work.process_instances.find(found["instance_id"]), work.user_tasks.find(found["task_id"])
        row = work.ledger_rows.find("matters", "M-1")
        return matter, task, row, len(work.attachments.of_instance(matter.id))
