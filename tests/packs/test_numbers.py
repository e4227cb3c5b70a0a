"""Numbers of problems: one series, whether a list's row or a late registration takes the next one."""

from engine import deployments, ledgers
from engine.ledgers.editing import number_rows
from engine.persistence.keys import new_key
from engine.persistence.repositories.ledgers import LedgerRecord
from engine.workers import number
from tests.packs.stage import KEY, files, pack

CELLS = {"unit": "SCJG", "domain_code": "D01", "round_no": 1}


def test_a_problem_registered_late_is_numbered_after_those_of_the_list(work):
    deployments.deploy(work, KEY, files())
    row = LedgerRecord(
        new_key(), KEY, "problems", "SCJG", "SCJG/D01/1", "", 0, "", dict(CELLS), 1, None, work.now, "ann", work.now, "ann"
    )
    number_rows(work, ledgers.definition(work, "problems"), [row])

    late = number.take(work, pack().series("problem"), CELLS | {"year": work.now.year})

    assert (row.business_key[-4:], late[-4:]) == ("-001", "-002")
