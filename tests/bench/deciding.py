"""Conditions and decision tables by themselves, no database."""

import statistics
import time
from collections.abc import Callable
from decimal import Decimal

from engine import dmn, feel
from tests.bench.report import OURS, Report, Run
from tests.dmn.models import decision, table, xml

TIMES, RUNS = 2_000, 5


def conditions(report: Report, times: int = TIMES) -> None:
    """Evaluate a gateway's condition that was compiled before."""
    expression = feel.compile_expression('amount > 5000 and kind = "举报"')
    variables = {"amount": Decimal(6000), "kind": "举报", "unit": "HQ"}
    assert expression.evaluate(variables) is True
    _measured(report, "FEEL condition", 10, times, lambda: expression.evaluate(variables))


def tables(report: Report, times: int = TIMES) -> None:
    """Decide by a table of twenty rows and two columns; the last row holds."""
    rules = [(f"[{row * 100}..{row * 100 + 99}]", f'"kind{row % 4}"', f'"result{row}"') for row in range(20)]
    [twenty] = dmn.read({"m.dmn": xml(decision(table(rules, inputs=("amount", "kind"))))}).decisions.values()
    variables = {"amount": Decimal(1950), "kind": "kind3"}
    assert twenty.evaluate(variables) == "result19"
    _measured(report, "decision table, 20 rows", 200, times, lambda: twenty.evaluate(variables))


def _measured(report: Report, what: str, bar: float, times: int, evaluate: Callable[[], object]) -> None:
    runs = []
    for _ in range(RUNS):
        wall, cpu = time.perf_counter(), time.process_time()
        for _ in range(times):
            evaluate()
        cpu, wall = (time.process_time() - cpu) / times, (time.perf_counter() - wall) / times
        runs.append(Run(what, "none", OURS, times, round(cpu * 1000, 6), round(1 / wall), wall * 1000, wall * 1000))
    report.keep(*runs)
    spent = [run.cpu_ms_per_instance * 1000 for run in runs]
    report.least(what, statistics.median(spent), bar, "µs", f" ({min(spent):.2f}-{max(spent):.2f})")
