"""Serving: everything ready in the data folder, the scheduler awake, waitress in front; Ctrl-C ends it cleanly."""

import logging
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from waitress.server import create_server

from engine import bootstrap, sealing
from engine.errors import EngineError
from engine.settings import Settings, SettingWrong
from webui import create_app, packs

THREADS = 8


class FolderClosed(EngineError):
    """The folder {folder} cannot be written: give this user the right to it, or name another one with ZHENGGAI_DATA."""


class PortBusy(EngineError):
    """Port {port} on {host} is busy or not allowed: stop what uses it, or choose another with ZHENGGAI_PORT={other}."""


def settings() -> Settings:
    """Read the settings of this deployment."""
    return packs.with_demo_clock(Settings.from_environment(os.environ))


def until_stopped() -> None:
    """Serve on this machine until Ctrl-C."""
    host, port = address()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        serve(settings(), host, port)
    print("\nStopped.")


def serve(settings: Settings, host: str, port: int, announce: bool = True) -> None:
    """Serve until interrupted."""
    check_folder(settings.data)
    check_port(host, port)
    prepare_demonstration(settings)
    with running(settings) as engine:
        server = create_server(create_app(engine), host=host, port=port, threads=THREADS, ident=None)
        logging.getLogger("waitress").setLevel(logging.ERROR)
        if announce:
            print(greeting(engine, host, port), flush=True)
        try:
            server.run()
        finally:
            server.close()


def ready(settings: Settings) -> bootstrap.Engine:
    """Give an engine on an up-to-date database, with its packs deployed and jobs being done."""
    bootstrap.migrate(settings)
    engine = bootstrap.build(settings)
    try:
        engine.run(sealing.check_keys)
        packs.deploy_changed(engine)
        _wake(engine)
    except BaseException:
        engine.close()
        raise
    return engine


def prepare_demonstration(settings: Settings) -> None:
    """Play the demonstration of a pack into a database that is not there yet; without one it starts empty."""
    played = next((pack for pack in packs.demonstrations() if pack.demo_clock), None)
    if played is None or settings.database or (settings.data / "zhenggai.db").exists():
        return
    from webui import rehearsing

    print(f"{played.name}: {played.demo_clock:%Y-%m-%d} ...", flush=True)
    rehearsing.prepare(settings, played)


@contextmanager
def running(settings: Settings) -> Iterator[bootstrap.Engine]:
    """Give an engine with its packs deployed and its scheduler awake, and put it to rest afterwards."""
    engine = ready(settings)
    try:
        yield engine
    finally:
        engine.scheduler.stop()
        packs.remember_clock(engine)
        engine.close()


def _wake(engine: bootstrap.Engine) -> None:
    """Wake jobs in this process, unless processes of their own do them."""
    if not engine.settings.workers:
        engine.scheduler.start()
        return
    from engine.scheduler import workers

    workers.prepare(engine)


def check_folder(data: Path) -> None:
    """Make sure that data can be kept."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        probe = data / ".probe"
        probe.touch()
        probe.unlink()
    except OSError:
        raise FolderClosed(folder=data.absolute()) from None


def check_port(host: str, port: int) -> None:
    """Make sure that nobody else listens there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise PortBusy(port=port, host=host, other=port + 1) from None


def greeting(engine: bootstrap.Engine, host: str, port: int) -> str:
    """Say where it listens and who can sign in."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 only compared
    lines = [f"整改通 listens at http://{shown}:{port}/   (Ctrl-C stops it)", f"Data: {Path(engine.settings.data).absolute()}"]
    if engine.clock.shifted:
        lines.append(f"Demonstration clock: {engine.clock.now():%Y-%m-%d %H:%M}")
    for pack in packs.demonstrations():
        lines += ["", f"{pack.name}  (password: {pack.identity.demo_password})"]
        lines += [f"  {account.login:<12} {account.note}" for account in pack.identity.demo_accounts]
    return "\n".join(lines)


def address() -> tuple[str, int]:
    """Read where to listen: this machine only, port 8000, unless the environment says otherwise."""
    host, port = os.environ.get("ZHENGGAI_HOST") or "127.0.0.1", os.environ.get("ZHENGGAI_PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise SettingWrong(name="ZHENGGAI_PORT", value=port, example="8000")
    return host, int(port)
