"""Recusal: whoever has a stake in a matter is kept out of it, by the engine and not by memory."""

from collections.abc import Collection

from engine.errors import EngineError
from engine.identity.actor import Actor


class Recused(EngineError):
    """{name} may not work on this: the rules on recusal keep this person out."""

    kind = "forbidden"


def excluded_by(properties: object) -> frozenset[str]:
    """Read the logins that ``bpm:excludedUsers`` came to: a list, or names separated by commas."""
    if isinstance(properties, str):
        properties = properties.split(",")
    if not isinstance(properties, list | tuple | set | frozenset):
        return frozenset()
    return frozenset(login.strip() for login in properties if isinstance(login, str) and login.strip())


def check(actor: Actor, excluded: Collection[str]) -> None:
    """Refuse somebody who is kept out, or who acts on behalf of one who is."""
    check_person(actor.login, actor.name, excluded)
    if actor.on_behalf_of:
        check_person(actor.on_behalf_of, actor.on_behalf_name, excluded)


def check_person(login: str, name: str, excluded: Collection[str]) -> None:
    """Refuse to give work to somebody who is kept out of it."""
    if login in excluded:
        raise Recused(name=name or login)
