"""``zhenggai users``: accounts from the command line, for whoever runs the server."""

from collections.abc import Callable
from typing import Annotated, TypeVar

import typer

from engine import bootstrap
from engine.identity import accounts
from engine.identity.accounts import PeopleFilters
from engine.persistence.work import UnitOfWork

users = typer.Typer(help="Accounts: list them, reset a password, lock or unlock one.", no_args_is_help=True)
Login = Annotated[str, typer.Argument(metavar="LOGIN", help="The user name.")]
T = TypeVar("T")


def _with(opened: Callable[[], bootstrap.Engine], action: Callable[[UnitOfWork], T]) -> T:
    engine = opened()
    try:
        return engine.run(action)
    finally:
        engine.close()


def commands(opened: Callable[[], bootstrap.Engine]) -> typer.Typer:
    """Give the commands, working on the engine that *opened* gives."""

    @users.command("list")
    def list_accounts(text: Annotated[str, typer.Argument(help="Part of a name or user name.")] = "") -> None:
        """List accounts with their state."""
        found = _with(opened, lambda work: accounts.search(work, PeopleFilters(text=text), size=1000))
        for person in found.rows:
            state = "closed" if not person.active else "locked" if accounts.is_locked(person) else ""
            print(f"{person.login:<20} {person.name}  {person.title or ''}  {state}".rstrip())

    @users.command("reset-password")
    def reset_password(login: Login) -> None:
        """Give a one-time password, to be changed at the next sign-in."""
        print(_with(opened, lambda work: accounts.reset_password(work, login)))

    @users.command("lock")
    def lock(login: Login) -> None:
        """Keep somebody from signing in."""
        _with(opened, lambda work: accounts.lock(work, login))

    @users.command("unlock")
    def unlock(login: Login) -> None:
        """Let somebody sign in again."""
        _with(opened, lambda work: accounts.unlock(work, login))

    return users
