"""The built-in workers by the type a service task names."""

from engine.workers import Worker
from engine.workers.clocks import clock
from engine.workers.dates import move_dates
from engine.workers.evidence import draw, find_in_text, handed_in
from engine.workers.letters import issue_letter
from engine.workers.notify import notify
from engine.workers.number import number
from engine.workers.outside import notify_outside
from engine.workers.papers import check_scan, snapshot
from engine.workers.tables import count_rows, late_units, ledger, ledger_rows, ledger_tables, ledger_write, milestones, reference

WORKERS: dict[str, Worker] = {
    "clock": clock,
    "notify": notify,
    "notify_outside": notify_outside,
    "number": number,
    "move_dates": move_dates,
    "issue_letter": issue_letter,
    "snapshot": snapshot,
    "check_scan": check_scan,
    "ledger": ledger,
    "ledger_rows": ledger_rows,
    "ledger_tables": ledger_tables,
    "ledger_count": count_rows,
    "ledger_write": ledger_write,
    "late_units": late_units,
    "milestones": milestones,
    "reference": reference,
    "draw": draw,
    "find_in_text": find_in_text,
    "handed_in": handed_in,
}
