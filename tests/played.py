"""A pack played from its beginning in a database of its own."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from engine import bootstrap, deployments, packs
from engine.clock import SimulatedClock
from engine.identity.importing import import_pack
from engine.rehearsal import Report, Script, rehearse
from engine.settings import Settings


def play(
    folder: Path, files: Mapping[str, bytes], script: Script, until: datetime, late: int = 0
) -> tuple[bootstrap.Engine, Report]:
    """Deploy *files*, play *script* on them, and give the engine, to be closed by the caller, with what came of it."""
    settings, pack = Settings(data=folder), packs.parse(dict(files))
    bootstrap.migrate(settings)
    engine = bootstrap.build(settings, SimulatedClock(script.start))
    engine.run(lambda work: deployments.deploy(work, pack.key, files))
    engine.run(lambda work: import_pack(work, pack))
    return engine, rehearse(engine, pack.key, script, until, late=late)
