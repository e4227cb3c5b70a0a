"""What the parts of a pack say about each other: every name that is used must exist, every code only once."""

from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from engine.packs import portal
from engine.packs.deadlines import SUBJECT_FACTS, places
from engine.packs.figures import Figure
from engine.packs.model import APART, Pack, PackProblem
from engine.packs.reference import check_identity

Found = tuple[str, str, dict[str, str]]
"""Where, what in English, and the facts in it."""

NO_ROLE = "role {role} is not in [[roles]]"
NO_MILESTONE = "{value} is not in [[milestones]]"


def check(pack: Pack, files: Collection[str], problems: list[PackProblem]) -> None:
    """Add a problem for every name that leads nowhere and every code that is there twice."""
    for place, template, facts in chain(_doubles(pack), _roles(pack), _milestones(pack), _files(pack, files), _ladders(pack)):
        problems.append(PackProblem("pack.toml", place, template, facts, place.rpartition(".")[2]))
    if pack.identity:
        check_identity(pack.identity, pack.roles, pack.tables, problems)


def _doubles(pack: Pack) -> Iterator[Found]:
    lists: dict[str, Iterable[object]] = {
        "roles.code": [role.code for role in pack.roles],
        "sla.code": [sla.code for sla in pack.slas],
        "numbering.series": [series.series for series in pack.numbering],
        "stages.code": [stage.code for stage in pack.stages],
        "milestones.code": [milestone.code for milestone in pack.milestones],
        "indicators.code": [indicator.code for indicator in pack.indicators],
        "calendar.year": [year.year for year in pack.holidays],
        "pools.code": [pool.code for pool in pack.pools],
    }
    for place, values in lists.items():
        found = list(values)
        twice = sorted({str(value) for value in found if found.count(value) > 1})
        yield from ((place, "{value} is there twice", {"value": value}) for value in twice)


def _roles(pack: Pack) -> Iterator[Found]:
    known = {role.code for role in pack.roles}
    for role in pack.roles:
        if len(both := sorted(role.rights & APART)) > 1:
            place = f"roles[{role.code}].rights"
            yield place, "{one} and {other} must lie with different people", {"one": both[0], "other": both[1]}
    used = chain(
        ((f"menus[{menu.name}]", menu.roles) for menu in pack.menus),
        ((f"phrases[{phrase.text}]", phrase.roles) for phrase in pack.phrases),
        ((f"indicators[{indicator.code}]", indicator.roles) for indicator in pack.indicators),
        ((f"pools[{pool.code}]", pool.roles) for pool in pack.pools),
        ((f"board.columns[{column.name}]", column.roles) for column in (pack.board.columns if pack.board else ())),
    )
    for place, roles in used:
        yield from ((f"{place}.roles", NO_ROLE, {"role": role}) for role in sorted(roles - known))


def _ladders(pack: Pack) -> Iterator[Found]:
    roles = {role.code for role in pack.roles}
    table = pack.identity.units if pack.identity else ""
    units = {row.get("code", "") for row in pack.tables.get(table, ())} | {"parent", ""}
    for sla in pack.slas:
        for step in sla.ladder:
            for recipient in step.to:
                role, _, unit = recipient.partition("@")
                place = f"sla[{sla.code}].ladder[{step.offset}].to"
                if role != "assignee" and role not in roles:
                    yield place, NO_ROLE, {"role": role}
                if unit not in units:
                    yield place, "unit {unit} is not in the units table", {"unit": unit}


def _milestones(pack: Pack) -> Iterator[Found]:
    stages = {stage.code for stage in pack.stages}
    slas = {sla.code for sla in pack.slas}
    milestones = {milestone.code for milestone in pack.milestones} | {""}
    for table in pack.dates.tables:
        if table not in pack.tables:
            yield "dates.tables", "{path} is not a file of the pack", {"path": f"reference/{table}.csv"}
    for milestone in pack.milestones:
        if milestone.stage not in stages:
            yield f"milestones[{milestone.code}].stage", "{value} is not in [[stages]]", {"value": milestone.stage}
        if milestone.sla and milestone.sla not in slas:
            yield f"milestones[{milestone.code}].sla", "{value} is not in [[sla]]", {"value": milestone.sla}
    for column in pack.board.columns if pack.board else ():
        for key, code in (("milestone", column.milestone), ("milestone_light", column.milestone_light)):
            if code not in milestones:
                yield f"board.columns[{column.name}].{key}", NO_MILESTONE, {"value": code}
    for place, figure in _figures(pack):
        strange = sorted(set(figure.milestones) - milestones)
        yield from ((f"{place}.milestones", NO_MILESTONE, {"value": code}) for code in strange)


def _figures(pack: Pack) -> Iterator[tuple[str, Figure]]:
    for indicator in pack.indicators:
        yield from ((f"indicators[{indicator.code}].figures[{figure.name}]", figure) for figure in indicator.figures)


def _files(pack: Pack, files: Collection[str]) -> Iterator[Found]:
    ledgers = {name.removeprefix("forms/ledgers/").removesuffix(".toml") for name in files if name.startswith("forms/ledgers/")}
    for sla in pack.slas:
        for step in sla.ladder:
            if step.body and step.body not in files:
                yield f"sla[{sla.code}].ladder[{step.offset}].body", "{path} is not a file of the pack", {"path": step.body}
            elif strange := set(places(pack.texts.get(step.body, ""))) - set(SUBJECT_FACTS):
                facts = {"path": step.body, "facts": ", ".join(sorted(strange))}
                yield f"sla[{sla.code}].ladder[{step.offset}].body", "{path}: not a fact: {facts}", facts
    tiles = pack.board.tiles if pack.board else ()
    columns = pack.board.columns if pack.board else ()
    used = chain(
        ((f"board.tiles[{tile.name}].ledger", tile.ledger) for tile in tiles),
        ((f"board.columns[{column.name}].ledger", column.ledger) for column in columns),
        ((f"board.charts[{chart.name}].ledger", chart.ledger) for chart in (pack.board.charts if pack.board else ())),
        ((f"menus[{menu.name}].target", menu.target) for menu in pack.menus if menu.kind == "ledger"),
        ((f"{place}.ledger", figure.ledger) for place, figure in _figures(pack)),
        [("cited.ledger", pack.cited.ledger if pack.cited else "")],
    )
    yield from portal.check(pack, ledgers)
    for place, ledger in used:
        if ledger and ledger not in ledgers:
            yield place, "there is no forms/ledgers/{ledger}.toml", {"ledger": ledger}
