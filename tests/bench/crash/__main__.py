"""`python -m tests.bench.crash --help`: clients work while processes are killed, then everything is counted."""

import argparse
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from engine import bootstrap
from engine.settings import Settings
from tests.bench import pack
from tests.bench.crash import clients, load, verdict
from tests.bench.crash.processes import Cluster, postgresql, wait_for

CLIENTS, RECOVERY, PATIENCE, EARLY = 4, 150.0, 600.0, 0.1
_RUNNING = text("SELECT business_key FROM process_instance WHERE process_id = :process AND state = 'active'")


def run(database: str, kills: int, pause: float, minutes: float, seed: int, folder: Path) -> bool:
    """Run the harness on one database; say whether nothing was wrong."""
    server = postgresql(folder) if database == "postgresql" else None
    settings = _settings(folder, server)
    engine = bootstrap.build(settings)
    load.deploy(engine)
    cluster, told = Cluster(settings, *((2, 2) if server else (1, 0)), server), clients.Told()
    try:
        cluster.start()
        people = _arrive(cluster, told, engine)
        seconds = _work(people, seed, lambda: _shoot(cluster, kills, pause, minutes, random.Random(seed)))
        found = [] if wait_for(lambda: _recovered(cluster, engine, people), PATIENCE) else ["work does not go on"]
        found += verdict.faults(engine, told)
    finally:
        cluster.stop()
        engine.close()
        if server is not None:
            server.cleanup()
    _report(database, cluster, told, found, seconds)
    return not found


def _settings(folder: Path, server: Any) -> Settings:
    settings = Settings(data=folder / "data")
    settings.data.mkdir()
    if server is not None:
        settings = replace(settings, database=server.get_uri(), workers=True)
    bootstrap.migrate(settings)
    return settings


def _work(people: list[clients.Client], seed: int, meanwhile: Callable[[], None]) -> float:
    """Let everybody work while something happens to them."""
    stop, began = threading.Event(), time.monotonic()
    threads = [threading.Thread(target=clients.travel, args=(one, stop, seed + place)) for place, one in enumerate(people)]
    try:
        for thread in threads:
            thread.start()
        meanwhile()
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    return time.monotonic() - began


def _arrive(cluster: Cluster, told: clients.Told, engine: bootstrap.Engine) -> list[clients.Client]:
    found: list[clients.Client] = []

    def try_once() -> bool:
        with suppress(OSError, RuntimeError):
            login = pack.PEOPLE[len(found)]
            found.append(clients.Client(cluster.ports, login, told, engine.database, len(found)))
        return len(found) == CLIENTS

    if not wait_for(try_once, RECOVERY):
        logs = sorted(engine.settings.data.glob("*.log"))
        raise RuntimeError("the server does not start: " + "\n".join(log.read_text()[-600:] for log in logs))
    return found


def _shoot(cluster: Cluster, kills: int, pause: float, minutes: float, chance: random.Random) -> None:
    until = time.monotonic() + minutes * 60
    for number in range(kills):
        if time.monotonic() > until:
            break
        if chance.random() > EARLY:
            wait_for(cluster.is_ready, RECOVERY)
        time.sleep(chance.uniform(0.1, 1.9) * pause)
        cluster.look_after()
        cluster.kill(chance)
        if (number + 1) % 25 == 0:
            print(f"  {number + 1} kills", flush=True)


def _recovered(cluster: Cluster, engine: bootstrap.Engine, people: list[clients.Client]) -> bool:
    """Finish what is open; say whether all of it came to its end."""
    cluster.look_after()
    try:
        with engine.database.connect() as connection:
            left = list(connection.execute(_RUNNING, {"process": load.JOURNEY}).scalars())
    except SQLAlchemyError:
        return False
    with ThreadPoolExecutor(len(people)) as threads:
        for person in people:
            threads.submit(clients.finish, person, [subject for subject in left if subject.startswith(f"{person.login}-")])
    return not left


def _report(database: str, cluster: Cluster, told: clients.Told, found: list[str], seconds: float) -> None:
    print(f"\n{database}: {sum(cluster.kills.values())} kills ({', '.join(f'{who} {n}' for who, n in cluster.kills.items())})")
    for kind, subjects in told.acknowledged.items():
        print(f"  {kind:<10} acknowledged {len(subjects):>6}   without a certain answer {len(told.unsure[kind]):>5}")
    print(f"  longest wait for one hand-in {told.longest:.1f} s; {seconds:.0f} s; ended by themselves {cluster.restarts}")
    print("  lost 0, doubled 0, stuck 0, trail whole" if not found else f"  {len(found)} FAULTS")
    for fault in found[:40]:
        print(f"    {fault}")


def main() -> None:
    """Run the harness as asked."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    options.add_argument("--kills", type=int, default=300)
    options.add_argument("--pause", type=float, default=1.0, help="mean seconds between two kills")
    options.add_argument("--minutes", type=float, default=600, help="no kill after that")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    whole = True
    for database in ("sqlite", "postgresql") if chosen.database == "both" else (chosen.database,):
        with tempfile.TemporaryDirectory(prefix="crash-", ignore_cleanup_errors=True) as folder:
            whole &= run(database, chosen.kills, chosen.pause, chosen.minutes, chosen.seed, Path(folder))
    sys.exit(0 if whole else 1)


if __name__ == "__main__":
    main()
