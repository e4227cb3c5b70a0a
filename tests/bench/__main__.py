"""`python -m tests.bench`: everything that is measured, in one go; rows go to var/bench.jsonl.

The CPU time per instance is the figure to trust where others work on the same machine. It is given as the median of some
runs between their least and their most.
"""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.bench import deciding, http, scale, workloads
from tests.bench.report import Report
from tests.bench.stores import POSTGRESQL, SQLITE, Place, places

TARGET = Path("var/bench.jsonl")
SIZES = workloads.Sizes()
EACH: dict[str, Callable[[Report, Place], None]] = {
    "w1": partial(workloads.w1, sizes=SIZES),
    "w2": partial(workloads.w2, sizes=SIZES),
    "w3": partial(workloads.w3, sizes=SIZES),
    "w4": partial(workloads.w4, sizes=SIZES),
    "w5": scale.inbox,
    "parallel": scale.parallel,
    "loop": scale.loop,
    "growth": scale.growth,
}
ONCE: dict[str, Callable[[Report], None]] = {
    "condition": deciding.conditions,
    "table": deciding.tables,
    "http": http.measure,
}


def main() -> None:
    """Measure what is asked for, everything by default."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("only", nargs="*", metavar="WORKLOAD", help=", ".join([*EACH, *ONCE]))
    options.add_argument("--database", action="append", choices=[SQLITE, POSTGRESQL], help="both by default")
    chosen = options.parse_args()
    asked, report = set(chosen.only) or {*EACH, *ONCE}, Report(TARGET)
    for name in [name for name in ONCE if name in asked and name != "http"]:
        ONCE[name](report)
    with places(*(chosen.database or (SQLITE, POSTGRESQL))) as opened:
        for name, place in [(name, place) for name in EACH for place in opened if name in asked]:
            EACH[name](report, place)
    if "http" in asked:
        http.measure(report)


if __name__ == "__main__":
    main()
