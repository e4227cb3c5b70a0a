"""Units: organisations in official order, above and below one another, with the names they bore before."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from engine import audit
from engine.errors import EngineError
from engine.identity import rights
from engine.persistence.identity_records import UnitNameRow, UnitRow
from engine.persistence.keys import new_key
from engine.persistence.work import UnitOfWork

CODE = re.compile(r"[A-Z][A-Z0-9]{0,19}")


class NoSuchUnit(EngineError):
    """There is no unit with the code {code}."""

    kind = "missing"


class UnitCodeTaken(EngineError):
    """The code {code} already belongs to {name}."""


class UnitCodeMalformed(EngineError):
    """A unit code begins with a capital letter and has at most 20 capital letters and digits."""


class UnitNameMissing(EngineError):
    """A unit needs a name."""


class UnitInCircle(EngineError):
    """{name} cannot stand below itself."""


class UnitInUse(EngineError):
    """{name} still has {people} people in posts and {units} units below it. End or move them first."""


@dataclass(frozen=True, slots=True)
class Details:
    """What is kept about a unit besides its place in the order."""

    name: str
    short_name: str = ""
    type: str = ""
    level: str = ""
    parent: str | None = None
    line_parent: str | None = None
    is_vertical: bool = False
    domains: tuple[str, ...] = ()


def get(work: UnitOfWork, code: str) -> UnitRow:
    """Give a unit."""
    unit = work.units.find(code)
    if unit is None:
        raise NoSuchUnit(code=code)
    return unit


def tree(work: UnitOfWork) -> list[UnitRow]:
    """Give the units the person looks after, each below the one above it, in official order."""
    within = rights.looked_after(work.actor)
    return [unit for unit in _preorder(work.units.all()) if within is None or unit.code in within]


def create(work: UnitOfWork, code: str, details: Details) -> UnitRow:
    """Add a unit at the end of the official order."""
    rights.require(work.actor, rights.ADMINISTER_IDENTITY)
    rights.require_unit(work.actor, details.parent)
    if not CODE.fullmatch(code):
        raise UnitCodeMalformed
    units = {unit.code: unit for unit in work.units.all()}
    if code in units:
        raise UnitCodeTaken(code=code, name=units[code].name)

    blank = UnitRow(code, "", "", "", "", None, None, False, [], work.units.last_position() + 1, "", "", True, None, True)
    new = _described(blank, details, units)
    [placed] = with_paths([*units.values(), new])[-1:]
    work.units.add([placed])
    audit.record(work, "unit.created", code, {"name": placed.name})
    return placed


def edit(work: UnitOfWork, code: str, details: Details, reason: str = "") -> UnitRow:
    """Change a unit; a name that is given up is kept with its last day and the reason."""
    rights.require(work.actor, rights.ADMINISTER_IDENTITY)
    rights.require_unit(work.actor, code)
    units = {unit.code: unit for unit in work.units.all()}
    if code not in units:
        raise NoSuchUnit(code=code)
    before = units[code]
    if details.parent != before.parent:
        rights.require_unit(work.actor, details.parent)
    units[code] = _described(before, details, units)
    placed = {unit.code: unit for unit in with_paths(units.values())}

    if (before.name, before.short_name) != (placed[code].name, placed[code].short_name):
        keep_name(work, before, reason)
    work.units.save(placed[code])
    moved = [unit for unit in placed.values() if unit != units[unit.code] and unit.code != code]
    if moved:
        work.units.place(moved)
    audit.record(work, "unit.edited", code, {"before": before.name, "after": placed[code].name, "reason": reason})
    return placed[code]


def keep_name(work: UnitOfWork, unit: UnitRow, reason: str) -> None:
    """Keep the name a unit bears now as one it bore until today."""
    work.units.add_name(UnitNameRow(new_key(), unit.code, unit.name, unit.short_name, work.now, work.actor.login, reason))


def former_names(work: UnitOfWork, code: str) -> list[UnitNameRow]:
    """Give the names a unit bore before, the latest first."""
    return work.units.former_names(code)


def move(work: UnitOfWork, code: str, before: str | None) -> None:
    """Put a unit just before another one in the official order, or at its end; the rest keeps its order."""
    rights.require(work.actor, rights.ADMINISTER_IDENTITY)
    rights.require_unit(work.actor, code)
    units = work.units.all()
    unit = next((unit for unit in units if unit.code == code), None)
    if unit is None or (before is not None and before not in {other.code for other in units}):
        raise NoSuchUnit(code=code if unit is None else before)
    if before == code:
        return
    order = [other for other in units if other.code != code]
    place = next((number for number, other in enumerate(order) if other.code == before), len(order))
    order.insert(place, unit)

    work.units.place([replace(other, position=number) for number, other in enumerate(order, 1) if other.position != number])
    work.units.save(replace(unit, position=place + 1, edited=True))
    audit.record(work, "unit.moved", code, {"before": before})


def shift(work: UnitOfWork, code: str, steps: int) -> None:
    """Move a unit up or down among those that stand below the same unit."""
    unit = get(work, code)
    order = work.units.all()
    siblings = [other.code for other in order if other.parent == unit.parent]
    place = siblings.index(code)
    wanted = min(max(0, place + steps), len(siblings) - 1)
    if wanted < place:
        move(work, code, siblings[wanted])
    elif wanted > place:
        rest = [other.code for other in order if other.code != code]
        after = rest[rest.index(siblings[wanted]) + 1 :]
        move(work, code, after[0] if after else None)


def set_active(work: UnitOfWork, code: str, active: bool) -> None:
    """Take a unit out of use once nobody works there, or back into use; its history stays."""
    rights.require(work.actor, rights.ADMINISTER_IDENTITY)
    rights.require_unit(work.actor, code)
    unit = get(work, code)
    if not active:
        people = work.people.count_by_unit(work.now.date()).get(code, 0)
        below = sum(other.parent == code and other.active for other in work.units.all())
        if people or below:
            raise UnitInUse(name=unit.name, people=people, units=below)
    work.units.save(replace(unit, active=active, edited=True))
    audit.record(work, "unit.activated" if active else "unit.deactivated", code, {})


def with_paths(units: Iterable[UnitRow]) -> list[UnitRow]:
    """Give the units with the paths that follow from who stands above whom."""
    units = list(units)
    parents = {unit.code: unit.parent for unit in units}
    lines = {unit.code: unit.line_parent for unit in units}
    names = {unit.code: unit.name for unit in units}
    return [replace(unit, path=_path(unit.code, parents, names), line_path=_path(unit.code, lines, names)) for unit in units]


def _path(code: str, above: Mapping[str, str | None], names: Mapping[str, str]) -> str:
    steps = [code]
    while parent := above.get(steps[0]):
        if parent in steps:
            raise UnitInCircle(name=names[code])
        steps.insert(0, parent)
    return f"/{'/'.join(steps)}/"


def _preorder(units: list[UnitRow]) -> list[UnitRow]:
    known = {unit.code for unit in units}
    below: dict[str | None, list[UnitRow]] = {}
    for unit in units:
        below.setdefault(unit.parent if unit.parent in known else None, []).append(unit)
    found: list[UnitRow] = []

    def add(parent: str | None) -> None:
        for unit in below.get(parent, ()):
            found.append(unit)
            add(unit.code)

    add(None)
    return found


def _described(unit: UnitRow, details: Details, units: Mapping[str, UnitRow]) -> UnitRow:
    if not details.name.strip():
        raise UnitNameMissing
    for above in (details.parent, details.line_parent):
        if above and above not in units:
            raise NoSuchUnit(code=above)
    return replace(
        unit,
        name=details.name.strip(),
        short_name=details.short_name.strip() or details.name.strip(),
        type=details.type.strip(),
        level=details.level.strip(),
        parent=details.parent or None,
        line_parent=details.line_parent or None,
        is_vertical=details.is_vertical,
        domains=list(details.domains),
        edited=True,
    )
