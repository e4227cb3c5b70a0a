"""``zhenggai backup`` and ``zhenggai restore``: everything into one file while work goes on, and back where nothing is yet."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from engine import backups, bootstrap
from engine.settings import Settings
from webui import i18n, server

File = Annotated[Path, typer.Argument(metavar="FILE", help="The file of the backup.")]


def add_to(app: typer.Typer, opened: Callable[[], bootstrap.Engine], settings: Callable[[], Settings]) -> None:
    """Add the commands; *opened* gives the engine that is kept, *settings* say where to put it back."""

    @app.command()
    def backup(
        file: File,
        with_keys: Annotated[bool, typer.Option(help="Put the keys of sealed values into it: guard the file like them.")] = False,
    ) -> None:
        """Write rows and files of one moment into FILE; everybody may go on working meanwhile."""
        engine, _ = opened(), i18n.spoken(os.environ)
        try:
            print(described(backups.write(engine, file, with_keys), file, _, with_keys))
        finally:
            engine.close()

    @app.command()
    def restore(file: File) -> None:
        """Put a backup where no data are yet; a damaged one is refused before anything is written."""
        chosen, _ = settings(), i18n.spoken(os.environ)
        server.check_folder(chosen.data)
        manifest, lacking = backups.restore(chosen, file)
        print(described(manifest, file, _, with_keys=True))
        if lacking:
            print(_("Put the keys {keys} beside it before you start: copy keys.json into {folder}.").format(
                keys=", ".join(lacking), folder=chosen.data.absolute()
            ))  # fmt: skip


def described(manifest: backups.Manifest, file: Path, _: Callable[[str], str], with_keys: bool) -> str:
    """Say what is in a backup; the check-sum is the same before and after."""
    facts = {"file": file, "made_at": manifest.made_at, "rows": sum(manifest.rows.values()), "files": len(manifest.files)}
    lines = [
        _("{file}: {rows} rows and {files} files of {made_at}.").format(**facts),
        _("Check-sum of the tables: {check_sum}").format(check_sum=manifest.check_sum),
    ]
    if manifest.missing:
        lines.append(_("{count} files are named in the tables but were not found.").format(count=len(manifest.missing)))
    if not with_keys:
        lines.append(_("The keys of sealed values (keys.json, keys/public) are not in it. Keep them elsewhere: both are needed."))
    return "\n".join(lines)
