"""Who acts: a person in one of their posts, or the engine itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DataScope:
    """Which units' data a person sees in the post acted in; ``None`` is every unit."""

    kind: str = "own"
    units: frozenset[str] | None = frozenset()

    def includes(self, unit: str | None) -> bool:
        """Say whether data of a unit may be seen; what belongs to no unit is seen only by those who see all."""
        return self.units is None or unit in self.units


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
    on_behalf_name: str = ""
    rights: frozenset[str] = frozenset()
    unit_name: str = ""
    role_name: str = ""
    campaign: str = ""

    @property
    def is_system(self) -> bool:
        """Whether the engine itself acts."""
        return self.login == SYSTEM.login

    def may(self, right: str) -> bool:
        """Say whether the post acted in carries a right; the engine itself may do everything."""
        return right in self.rights or self.is_system


SYSTEM = Actor(login="system", name="", scope=DataScope("all", None))
