"""``zhenggai rehearse``: plays a pack in a database of its own, shows how far it is, and tells what came of it."""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from datetime import time as daytime
from pathlib import Path

from flask_babel import force_locale
from flask_babel import gettext as _
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from engine import bootstrap, deployments, packs
from engine.clock import ZONE, SimulatedClock
from engine.identity.importing import import_pack
from engine.rehearsal import Report, Script, rehearse
from engine.rehearsal.cutting import cut
from engine.rehearsal.script import parse
from engine.settings import Settings, SettingWrong
from webui import create_app

MOST = 5


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for on the command line; *keep* is the database file that stays afterwards."""

    pack: str
    cuts: dict[str, int]
    seed: int | None = None
    until: datetime | None = None
    as_json: bool = False
    keep: Path | None = None
    late: int = 0


def play(wish: Wish) -> Report:
    """Rehearse, and print the report."""
    began = time.monotonic()
    files = packs.files(wish.pack)
    script = parse(files)
    files = cut(files, script, wish.cuts)
    until = wish.until or script.until
    with _stage(wish.keep, script) as engine:
        report = _played(engine, files, script, until, wish.seed, wish.late)
        report.seconds = round(time.monotonic() - began, 1)
        app = create_app(engine)
        with app.app_context(), force_locale("zh_CN"):
            print(summary(report))
    if wish.as_json:
        print(json.dumps(report.as_dict(), ensure_ascii=False))
    return report


def prepare(settings: Settings, pack: packs.Pack) -> None:
    """Fill a new database with a demonstration: the pack, played up to the moment its clock shows.

    What is interrupted leaves no database behind, so that the next start begins anew.
    """
    files, target = packs.files(pack.key), settings.data / "zhenggai.db"
    script, unfinished = parse(files), settings.data / "unfinished.db"
    for left in settings.data.glob("unfinished.db*"):
        left.unlink()
    staged = replace(settings, database=f"sqlite:///{unfinished.absolute()}", smtp=None, sms_hook=None)
    bootstrap.migrate(staged)
    engine = bootstrap.build(staged, SimulatedClock(script.start))
    try:
        _played(engine, files, script, pack.demo_clock or script.until, None)
    finally:
        engine.close()
    unfinished.rename(target)


def _played(
    engine: bootstrap.Engine, files: dict[str, bytes], script: Script, until: datetime, seed: int | None, late: int = 0
) -> Report:
    pack = packs.parse(files)
    engine.run(lambda work: deployments.deploy(work, pack.key, files))
    engine.run(lambda work: import_pack(work, pack))
    with _progress(script.start, until) as on_step:
        return rehearse(engine, pack.key, script, until, seed, on_step, late)


def day(text: str) -> datetime:
    """Read ``--until``: the end of a day, or a moment."""
    try:
        if len(text) == len("2022-08-10"):
            return datetime.combine(date.fromisoformat(text), daytime(23, 59, 59), ZONE)
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise SettingWrong(name="--until", value=text, example="2022-08-10") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


@contextmanager
def _stage(keep: Path | None, script: Script) -> Iterator[bootstrap.Engine]:
    """Give an engine on a fresh database, which goes away afterwards unless it is to be kept."""
    with tempfile.TemporaryDirectory(prefix="rehearsal-") as folder:
        data = Path(folder) if keep is None else keep.absolute().parent
        if keep is not None and keep.exists():
            raise FileExistsError(f"{keep} is there already: name another file, or remove it first.")
        settings = Settings(data=data)
        if keep is not None:
            settings = replace(settings, database=f"sqlite:///{keep.absolute()}")
        data.mkdir(parents=True, exist_ok=True)
        bootstrap.migrate(settings)
        engine = bootstrap.build(settings, SimulatedClock(script.start))
        try:
            yield engine
        finally:
            engine.close()


@contextmanager
def _progress(start: datetime, until: datetime) -> Iterator[Callable[[datetime, int], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"), TimeElapsedColumn())
    with Progress(*columns, console=Console(file=sys.stderr), transient=True, disable=not sys.stderr.isatty()) as bar:
        shown = bar.add_task("", total=(until - start).total_seconds())

        def on_step(moment: datetime, done: int) -> None:
            bar.update(shown, completed=(moment - start).total_seconds(), description=f"{moment:%Y-%m-%d %H:%M}  {done}")

        yield on_step


def summary(report: Report) -> str:
    """Word the report for a director."""
    lines = [_("Dates")]
    lines += [
        _(
            "  %(date)s  %(name)s  on time %(on_time)s  late %(late)s",
            **{key: row[key] for key in ("date", "name", "on_time", "late")},
        )
        for row in report.milestones
    ]
    lines += [
        "",
        _("Problems: %(found)s, struck off %(closed)s, carried over into next year %(carried_over)s", **report.problems),
    ]
    lines += [f"{name}: " + "  ".join(f"{value} {count}" for value, count in found.items()) for name, found in _tallies(report)]
    lines.append(
        _(
            "Matters %(matters)s, tasks done %(done)s (late %(late)s), dates that came %(timers)s",
            matters=report.instances,
            done=report.tasks_completed,
            late=report.late_tasks,
            timers=report.timers_fired,
        )
    )
    lines.append(
        _(
            "Still open %(open)s, incidents %(incidents)s, %(seconds)s seconds",
            open=report.open_at_end,
            incidents=report.incidents,
            seconds=report.seconds,
        )
    )
    for heading, found in _parts(report):
        lines += ["", heading, *(f"  {line}" for line in found)] if found else []
    return "\n".join(lines)


def _busy(role: str, weeks: dict[str, int]) -> str:
    week, most = max(weeks.items(), key=lambda item: item[1])
    monday = date.fromisocalendar(int(week[:4]), int(week[-2:]), 1)
    return f"{role}  {sum(weeks.values())}; {most} " + _("(week of %(day)s)", day=monday.isoformat())


def _tallies(report: Report) -> list[tuple[str, dict[str, int]]]:
    """Give what was counted besides, as far as there is any."""
    return [(name, found) for name, found in report.tallies.items() if found]


def _parts(report: Report) -> list[tuple[str, list[str]]]:
    roles = sorted(report.busiest.items(), key=lambda item: -sum(item[1].values()))[:MOST]
    return [
        (_("Units with most late tasks"), [f"{unit}  {count}" for unit, count in list(report.late_by_unit.items())[:MOST]]),
        (_("Waited longest (days)"), [f"{wait['days']:.1f}  {wait['task']}  {wait['title']}" for wait in report.longest_waits]),
        (
            _("Busiest roles (tasks in all; most in one week)"),
            [_busy(role, weeks) for role, weeks in roles],
        ),
        (_("Incidents"), report.incident_messages),
        (_("Declined by the engine"), report.refusals[:20]),
        (_("Open without a reason"), report.unexplained[:20]),
    ]
