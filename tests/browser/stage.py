"""A stage: the campaign of a pack, cut to a few units, played up to a moment and then served with its clock standing there."""

import csv
import io
import shutil
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from waitress.server import create_server

from engine import bootstrap, packs
from engine.clock import ZONE, SimulatedClock
from engine.rehearsal import parse
from engine.scheduler import run_until
from engine.settings import Settings
from tests import played
from webui import create_app

PACK = "anshan-2022"
PASSWORD = "Zgt@2022demo"
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Stage:
    """A served campaign whose clock is moved by hand."""

    url: str
    engine: bootstrap.Engine
    clock: SimulatedClock

    def move_to(self, moment: str) -> None:
        """Let time pass, and everything happen that was to happen meanwhile, each thing when it was due."""
        run_until(self.engine, datetime.fromisoformat(moment).replace(tzinfo=ZONE))


def idle(condition: str) -> str:
    """Write the case that a task is left where a condition holds."""
    return f"if = '={condition}'\ndo = \"leave\"\n"


def play(data: Path, until: datetime, units: Collection[str], cases: Mapping[str, str]) -> None:
    """Rehearse the pack with *units* only; *cases* come before the other cases of the tasks they are named by."""
    files = cut_to(units)
    files["reference/demo_problems.csv"] = _cut(
        files["reference/demo_problems.csv"], lambda row: row if row["unit"] in units else None
    )
    script = parse({**files, "rehearsal.toml": _with_cases(files["rehearsal.toml"], cases)})
    engine, _ = played.play(data, files, script, until)
    engine.close()


def cut_to(units: Collection[str]) -> dict[str, bytes]:
    """Give the pack's files, with *units* only taking part."""
    files = packs.files(PACK)
    files["reference/units.csv"] = _cut(files["reference/units.csv"], lambda row: _only(row, units))
    return files


def _only(row: Row, units: Collection[str]) -> Row:
    return row if row["code"] in units else {**row, "participates": "否"}


def _cut(table: bytes, change: Callable[[Row], Row | None]) -> bytes:
    reader = csv.DictReader(io.StringIO(table.decode("utf-8-sig")))
    target = io.StringIO()
    writer = csv.DictWriter(target, list(reader.fieldnames or ()), lineterminator="\n")
    writer.writeheader()
    writer.writerows(kept for row in reader if (kept := change(row)) is not None)
    return target.getvalue().encode()


def _with_cases(script: bytes, cases: Mapping[str, str]) -> bytes:
    text = script.decode()
    for task, case in cases.items():
        head, found, rest = text.partition(f'task = "{task}"\n')
        entry, mark, others = rest.partition("\n[[tasks]]\n")
        plain, when, further = entry.partition("\n[[tasks.when]]\n")
        text = head + found + plain + "\n[[tasks.when]]\n" + case + when + further + mark + others
    return text.encode()


@contextmanager
def serving(data: Path, moment: datetime) -> Iterator[Stage]:
    """Serve what was played, with the clock standing at *moment*."""
    clock = SimulatedClock(moment)
    engine = bootstrap.build(Settings(data=data), clock)
    server = create_server(create_app(engine), host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    engine.scheduler.start()
    yield Stage(f"http://127.0.0.1:{server.effective_port}", engine, clock)
    engine.scheduler.stop()
    server.close()
    engine.close()


def copy_of(played: Path, target: Path) -> Path:
    """Give a copy of what was played, so that one module of tests does not see what another did."""
    return Path(shutil.copytree(played, target, dirs_exist_ok=True))
