"""Every address that answers with a file of rows: it says who took it away and when, and the trail keeps it."""

from io import BytesIO

import openpyxl
import pytest

from tests.webui.doors.conftest import EVERYBODY, begin, ways

ROWS = {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv"}
EMPTY = {"intake.template"}  # headings to fill in, for a process that comes in by a channel
OTHERWISE = {"papers.open", "papers.workbook"}  # their addresses do not say that they give a list


def taken(engine, client, found):
    """Take away whatever is a list; give where it was had, the line on its pages, and how many lines the trail has more."""
    for endpoint, address in ways(client.application, found, narrowed=False, elsewhere=set()):
        before = kept(engine)
        with client.get(address) as answer:
            if answer.mimetype in ROWS:
                assert answer.mimetype != "text/csv", f"{address}: a file of rows that cannot say who took it"
                yield (
                    endpoint,
                    openpyxl.load_workbook(BytesIO(answer.data)).worksheets[0].oddHeader.right.text,
                    kept(engine) - before,
                )


def kept(engine):
    with engine.work() as work:
        return work.audit.search(action="list.exported").total


@pytest.fixture
def lists(office, desk):
    """Take away every list as the one who looks after people, and as the one who looks after processes and the trail."""
    engine = office.extensions["engine"]
    found = begin(engine, *EVERYBODY[1:4])
    return {login: list(taken(engine, desk(office, login), found)) for login in ("ada", "cleo")}


def test_every_list_that_is_taken_away_says_by_whom_and_when_and_the_trail_keeps_it(lists, office):
    given = {rule.endpoint for rule in office.url_map.iter_rules() if rule.rule.endswith(".xlsx")} - EMPTY

    assert {endpoint for found in lists.values() for endpoint, *_told in found} == given | OTHERWISE
    for login, found in lists.items():
        mark = f"导出人 {login.title()}/HQ  2022-07-18 09:00"
        assert [(endpoint, head, lines) for endpoint, head, lines in found if (head, lines) != (mark, 1)] == []
