"""``zhenggai keys``: the keys that sensitive values are sealed with, for whoever runs the server."""

from collections.abc import Callable

import typer

from engine import bootstrap, sealing


def commands(opened: Callable[[], bootstrap.Engine]) -> typer.Typer:
    """Give the commands, working on the engine that *opened* gives."""
    keys = typer.Typer(help="Keys of sensitive values: list them, change to a new one.", no_args_is_help=True)

    @keys.command("list")
    def list_keys() -> None:
        """List the keys, the algorithm of each, and how many values each has sealed."""
        engine = opened()
        with engine.work() as work:
            vault, count = sealing.vault(work), work.sealed.tally()
            for key in vault.keys:
                now = "current" if key.id == vault.current.id else ""
                print(f"{key.id}  {key.algorithm:<11}  {key.made_at}  {count.get(key.id, 0):>8}  {now}".rstrip())
        engine.close()

    @keys.command("rotate")
    def rotate() -> None:
        """Make a new key and seal everything with it again, in small steps; interrupted, it goes on where it was."""
        engine, done = opened(), 0
        try:
            for done in sealing.rotate(engine):
                print(f"\r{done} ...", end="", flush=True)
        finally:
            engine.close()
        print(f"\r{done} values are sealed with the new key. Old keys stay in the file for old backups.")

    return keys
