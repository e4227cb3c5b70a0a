"""Who acts: a person in one of their posts, or the engine itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DataScope:
    """Which units' data a person sees in the post acted in; ``None`` is every unit."""

    kind: str = "own"
    units: frozenset[str] | None = frozenset()


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting in a post; *groups* are the candidate groups of that post, e.g. ``unit_liaison@SCJG``."""

    login: str
    name: str
    post_id: str | None = None
    unit: str | None = None
    role: str | None = None
    groups: frozenset[str] = frozenset()
    scope: DataScope = DataScope()
    on_behalf_of: str | None = None


SYSTEM = Actor(login="system", name="", scope=DataScope("all", None))
