"""The packs this server carries: deployed when they changed, and the clock that a demonstration runs on."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache

from engine import definitions, packs, reconciling
from engine.bootstrap import Engine
from engine.identity.importing import import_pack
from engine.packs import Pack
from engine.persistence.work import UnitOfWork
from engine.reconciling import Taken
from engine.settings import Settings

CLOCK_FILE = "demonstration-clock"


def deploy(work: UnitOfWork, place: str, replace: bool = False) -> Taken:
    """Deploy what changed in a pack's folder, with its units, people and roles, in one transaction."""
    files = packs.files(place)
    pack = packs.parse(files)
    taken = reconciling.take_in(work, pack.key, files, replace)
    import_pack(work, definitions.pack(work, pack.key))
    return taken


def deploy_changed(engine: Engine) -> None:
    """Deploy every pack found here; what has not changed makes no new version, what was published in the browser stays."""
    for key in packs.available():
        with engine.work() as work:
            known = reconciling.is_known(work, key, packs.files(key))
        if not known:
            taken = engine.run(lambda work, key=key: deploy(work, key))  # type: ignore[misc]
            print(kept(taken), end="", file=sys.stderr)


def kept(taken: Taken, _: Callable[[str], str] = str) -> str:
    """Say which files stayed as they were published in the browser, although the folder has another state of them."""
    lines = [
        _("{file}: changed in the folder and published in the browser. What was published stays.").format(
            file=f"{taken.deployment.pack}/{path}"
        )
        for path in taken.kept
    ]
    hint = _("Download it into the folder, or take the folder's with: zhenggai deploy --replace {pack}")
    return "".join(f"{line}\n" for line in [*lines, hint.format(pack=taken.deployment.pack)]) if lines else ""


@cache
def found() -> tuple[Pack, ...]:
    """Give the packs found here."""
    return tuple(packs.read(key) for key in packs.available())


def demonstrations() -> tuple[Pack, ...]:
    """Give the packs that are shown with accounts to try."""
    return tuple(pack for pack in found() if pack.demo and pack.identity)


def notice() -> str:
    """Give the line that stands on every page, for those who have not signed in yet."""
    return next((pack.notice for pack in found() if pack.notice), "")


def with_demo_clock(settings: Settings) -> Settings:
    """Show the time of the demonstration where no other was chosen: where it stood when the server was last stopped."""
    starts = [pack.demo_clock for pack in demonstrations() if pack.demo_clock]
    if settings.clock_start or not starts:
        return settings
    stopped = settings.data / CLOCK_FILE
    last = datetime.fromisoformat(stopped.read_text()) if stopped.exists() else None
    return replace(settings, clock_start=max(starts) if last is None else max(last, max(starts)))


def remember_clock(engine: Engine) -> None:
    """Note where the demonstration's time stands, so that it goes on from there."""
    if engine.clock.shifted:
        (engine.settings.data / CLOCK_FILE).write_text(engine.clock.now().isoformat())
