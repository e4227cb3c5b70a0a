"""``zhenggai channels``: the systems that may file over HTTP, for whoever runs the server."""

from collections.abc import Callable
from typing import Annotated, TypeVar

import typer

from engine import bootstrap, intake
from engine.persistence.work import UnitOfWork

T = TypeVar("T")
Name = Annotated[str, typer.Argument(metavar="NAME", help="The channel, as the start form knows it: 12345 for example.")]
Pack = Annotated[str, typer.Option(help="The pack it files in.")]
Address = Annotated[str, typer.Option("--callback", help="Where answers go.")]


def commands(opened: Callable[[], bootstrap.Engine]) -> typer.Typer:
    """Give the commands, working on the engine that *opened* gives."""
    channels = typer.Typer(help="Channels of other systems: open one, change its key, close it.", no_args_is_help=True)

    @channels.command("list")
    def list_channels() -> None:
        """List the channels with the end of their keys and where answers go."""
        for row in _do(opened, intake.channels):
            print(f"{row.name:<16} …{row.hint}  {'' if row.active else 'closed':<7} {row.pack:<16} {row.callback}".rstrip())

    @channels.command("open")
    def open_channel(name: Name, pack: Pack, callback: Address = "") -> None:
        """Let a system file; its key is printed once, with the key that answers are signed with."""
        print(_do(opened, lambda work: intake.open_channel(work, pack, name, callback).key))
        print(_do(opened, lambda work: intake.secret_of(work, name)))

    @channels.command("renew")
    def renew(name: Name) -> None:
        """Give a channel another key; the old one opens nothing any more."""
        print(_do(opened, lambda work: intake.renew(work, name).key))

    @channels.command("callback")
    def callback(name: Name, address: Annotated[str, typer.Argument(metavar="ADDRESS")] = "") -> None:
        """Say where answers go; nowhere without an address."""
        _do(opened, lambda work: intake.set_callback(work, name, address))

    @channels.command("close")
    def close(name: Name) -> None:
        """Let a system file no longer."""
        _do(opened, lambda work: intake.close(work, name))

    return channels


def _do(opened: Callable[[], bootstrap.Engine], action: Callable[[UnitOfWork], T]) -> T:
    engine = opened()
    try:
        return engine.run(action)
    finally:
        engine.close()
