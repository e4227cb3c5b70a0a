"""The command line: serve the pages, deploy a pack, look after accounts, examine the data."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace as with_
from pathlib import Path
from typing import Annotated

import typer

from engine import audit, bootstrap, deployments, documents, outbox
from engine import packs as pack_files
from engine.settings import Settings
from webui import cli_backup, cli_channels, cli_keys, i18n, problems, server
from webui import packs as shown_packs
from webui.cli_users import commands

app = typer.Typer(help="整改通: runs processes, and shows them to the people who work in them.", no_args_is_help=True)
PackName = Annotated[str, typer.Argument(metavar="PACK", help="The pack's key, or the path of its folder.")]


def opened(workers: bool | None = None) -> bootstrap.Engine:
    """Give an engine on this deployment's database, up to date; *workers* says whether processes of their own do jobs."""
    chosen = server.settings() if workers is None else with_(server.settings(), workers=workers)
    server.check_folder(chosen.data)
    bootstrap.migrate(chosen)
    return bootstrap.build(chosen)


app.add_typer(commands(opened), name="users")
app.add_typer(cli_keys.commands(opened), name="keys")
app.add_typer(cli_channels.commands(opened), name="channels")
cli_backup.add_to(app, opened, lambda: Settings.from_environment(os.environ))


@app.command()
def serve() -> None:
    """Serve the pages on this machine until Ctrl-C."""
    server.until_stopped()


@app.command()
def worker(
    concurrency: Annotated[int, typer.Option(min=1, max=64, help="How many jobs at once.")] = 4,
    until_idle: Annotated[bool, typer.Option(help="Stop when nothing is left to do.")] = False,
) -> None:
    """Do the jobs of a PostgreSQL database until Ctrl-C; any number of these may run, on any machine."""
    from engine.scheduler import workers  # brings its queue along, which no other command needs

    engine = opened(workers=True)
    workers.prepare(engine)
    with contextlib.suppress(KeyboardInterrupt):
        workers.run(engine, concurrency, until_idle)
    engine.close()


@app.command()
def deploy(
    pack: PackName,
    replace: Annotated[bool, typer.Option(help="Take the folder's files even where the browser published others.")] = False,
) -> None:
    """Deploy a pack: all of it, or nothing and every error listed; what was published in the browser stays."""
    engine, _ = opened(), i18n.spoken(os.environ)
    try:
        with engine.work() as work:
            taken = shown_packs.deploy(work, pack, replace)
        done = _("{pack}: version {number} is deployed.")
        print(done.format(pack=taken.deployment.pack, number=taken.deployment.number))
        print(shown_packs.kept(taken, _), end="", file=sys.stderr)
    except deployments.DeploymentRefused as refused:
        for problem in refused.problems:
            print(problems.located(problem, _), file=sys.stderr)
        sys.exit(1)
    except pack_files.PackRefused as refused:
        for problem in refused.problems:
            print(problem, file=sys.stderr)
        sys.exit(1)
    finally:
        engine.close()


@app.command()
def rehearse(
    pack: PackName,
    units: Annotated[int | None, typer.Option(help="Only so many units take part.")] = None,
    problems: Annotated[int | None, typer.Option(help="So many problems in all.")] = None,
    complaints: Annotated[int | None, typer.Option(help="So many complaints in all.")] = None,
    seed: Annotated[int | None, typer.Option(help="Another number lets chance fall another way.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="The last day, e.g. 2022-08-10.")] = None,
    late: Annotated[int, typer.Option(metavar="PERCENT", min=0, max=100, help="So many units in a hundred dawdle.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object as the last line.")] = False,
    keep: Annotated[Path | None, typer.Option(metavar="FILE", help="Keep the database in this file.")] = None,
) -> None:
    """Play a pack on a simulated clock, with the actors its rehearsal.toml describes."""
    from webui import rehearsing

    asked = {"units": units, "problems": problems, "complaints": complaints}
    cuts = {name: number for name, number in asked.items() if number is not None}
    report = rehearsing.play(rehearsing.Wish(pack, cuts, seed, rehearsing.day(until) if until else None, as_json, keep, late))
    sys.exit(0 if report.clean else 1)


def ways(chosen: Settings, _: Callable[[str], str]) -> Iterator[str]:
    """Say which ways out of the house there are, never by which word they are entered."""
    open_ways = outbox.open_channels(chosen)
    yield _("E-mail is set up.") if "email" in open_ways else _("E-mail is not set up (ZHENGGAI_SMTP): messages stay in the app.")
    yield _("Text messages are set up.") if "sms" in open_ways else _("Text messages are not set up (ZHENGGAI_SMS_HOOK).")


@app.command()
def doctor() -> None:
    """Examine the data: the database's shape, the chain of the history, issued letters, and what waits for help."""
    engine, _ = opened(), i18n.spoken(os.environ)
    with engine.work() as work:
        breaks, damages = audit.verify(work), list(documents.verify(work))
    engine.close()
    for found in breaks:
        print(found, file=sys.stderr)
    for damage in damages:
        gone, changed = _("{title} {number}: the frozen file is gone."), _("{title} {number}: the frozen file was changed.")
        said = gone if damage.gone else changed
        print(said.format(title=damage.title, number=damage.number), file=sys.stderr)
    whole, broken = _("The history is complete and unchanged."), _("The history is broken in {count} place(s).")
    print(broken.format(count=len(breaks)) if breaks else whole)
    if not damages:
        print(_("Every issued letter is as it was issued."))
    for way in ways(engine.settings, _):
        print(way)
    sys.exit(1 if breaks or damages else 0)
