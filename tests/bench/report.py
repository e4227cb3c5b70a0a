"""What was measured: a line for people as it comes, and a row for machines in a file."""

import json
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.browsing import Answer
from tests.bench.stores import Place

NAIVE, OURS = "naive", "zhenggai"


@dataclass(frozen=True)
class Run:
    """One run of a workload. The CPU time is that of our process and of the database's server."""

    workload: str
    database: str
    engine: str
    n: int
    cpu_ms_per_instance: float
    throughput: float
    p50_ms: float
    p99_ms: float


class Meter:
    """CPU and wall time of the steps that are measured; what is done between them is left out, apart from a server's CPU time."""

    def __init__(self, place: Place) -> None:
        self._place, self._server = place, place.server_seconds()
        self.cpu, self.latencies = 0.0, []

    @contextmanager
    def step(self, times: int = 1) -> Iterator[None]:
        """Measure what is done inside; it stands for *times* steps."""
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.cpu += time.process_time() - cpu
        self.latencies += [(time.perf_counter() - wall) / times] * times

    def run(self, workload: str, engine: str, n: int) -> Run:
        """Give what came of *n* instances."""
        cpu = self.cpu + self._place.server_seconds() - self._server
        found = sorted(self.latencies)
        middle, last = (found[min(int(len(found) * part), len(found) - 1)] * 1000 for part in (0.5, 0.99))
        rate = n / sum(found)
        row = (cpu / n * 1000, rate, middle, last)
        return Run(workload, self._place.name, engine, n, *(round(value, 3) for value in row))


class Report:
    """The figures, printed as they come and kept as rows."""

    def __init__(self, target: Path | None = None) -> None:
        self._target = target
        if target is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text("")

    def keep(self, *runs: Run) -> None:
        """Write rows."""
        if self._target is not None:
            with self._target.open("a") as rows:
                rows.writelines(json.dumps(asdict(run)) + "\n" for run in runs)

    def line(self, what: str, bar: str, found: str) -> None:
        """Print one figure beside its bar."""
        print(f"{what:<46} {found:<90} {bar}", flush=True)

    def race(self, what: str, bar: float, naive: Sequence[Run], ours: Sequence[Run]) -> None:
        """Print how we stand to the naive way."""
        ratio = statistics.median(run.cpu_ms_per_instance for run in ours)
        ratio /= statistics.median(run.cpu_ms_per_instance for run in naive)
        said = f"{ratio:.3f} of naive: {spread(ours)} against {spread(naive)} ms CPU"
        last = statistics.median(run.p99_ms for run in ours)
        rate = statistics.median(run.throughput for run in ours)
        self.line(what, f"<= {bar:.3f}{_verdict(ratio, bar)}", f"{said}; {rate:.0f}/s, p99 {last:.1f} ms a step")

    def least(self, what: str, value: float, bar: float, unit: str, said: str = "") -> None:
        """Print a figure that must not be above its bar."""
        self.line(what, f"<= {bar:g}{_verdict(value, bar)}", f"{value:.2f} {unit}{said}")

    def clicks(self, what: str, bar: str, answers: Sequence[Answer]) -> None:
        """Print the median cost of some clicks and the most SQL any of them took."""
        if not answers:
            self.line(what, bar, "none was possible")
            return
        spent, sql = [answer.cpu for answer in answers], [answer.statements for answer in answers]
        cost = f"{statistics.median(spent):.1f} ms CPU (best {min(spent):.1f})"
        most = f"{statistics.median_low(sql)} SQL (most {max(sql)}), {max(answer.commits for answer in answers)} commits"
        self.line(what, bar, f"{cost}, {most}, {len(answers)} times")
        waited = sorted(answer.seconds * 1000 for answer in answers)
        figures = statistics.fmean(spent), len(waited) / sum(waited) * 1000, statistics.median(waited), waited[-1]
        self.keep(Run(f"http: {what}", "sqlite", OURS, len(answers), *(round(value, 3) for value in figures)))


def spread(runs: Sequence[Run]) -> str:
    """Give the median of some runs between their least and their most."""
    found = [run.cpu_ms_per_instance for run in runs]
    middle = f"{statistics.median(found):.2f}"
    return middle if len(found) == 1 else f"{middle} ({min(found):.2f}-{max(found):.2f})"


def _verdict(value: float, bar: float) -> str:
    return "" if value <= bar else "  ABOVE"
