"""What the parts of a pack say about each other: every name that is used must exist, every code only once."""

from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from engine.packs.deadlines import SUBJECT_FACTS, places
from engine.packs.figures import Figure
from engine.packs.model import Pack, PackProblem
from engine.packs.reference import check_identity


def check(pack: Pack, files: Collection[str], problems: list[PackProblem]) -> None:
    """Add a problem for every name that leads nowhere and every code that is there twice."""
    for place, message in chain(_doubles(pack), _roles(pack), _milestones(pack), _files(pack, files), _ladders(pack)):
        problems.append(PackProblem("pack.toml", place, message))
    if pack.identity:
        check_identity(pack.identity, pack.roles, pack.tables, problems)


def _doubles(pack: Pack) -> Iterator[tuple[str, str]]:
    lists: dict[str, Iterable[object]] = {
        "roles.code": [role.code for role in pack.roles],
        "sla.code": [sla.code for sla in pack.slas],
        "numbering.series": [series.series for series in pack.numbering],
        "stages.code": [stage.code for stage in pack.stages],
        "milestones.code": [milestone.code for milestone in pack.milestones],
        "indicators.code": [indicator.code for indicator in pack.indicators],
        "calendar.year": [year.year for year in pack.holidays],
    }
    for place, values in lists.items():
        found = list(values)
        yield from ((place, f"{value} is there twice") for value in sorted({str(v) for v in found if found.count(v) > 1}))


def _roles(pack: Pack) -> Iterator[tuple[str, str]]:
    known = {role.code for role in pack.roles}
    used = chain(
        ((f"menus[{menu.name}]", menu.roles) for menu in pack.menus),
        ((f"phrases[{phrase.text}]", phrase.roles) for phrase in pack.phrases),
        ((f"indicators[{indicator.code}]", indicator.roles) for indicator in pack.indicators),
        ((f"board.columns[{column.name}]", column.roles) for column in (pack.board.columns if pack.board else ())),
    )
    for place, roles in used:
        yield from ((f"{place}.roles", f"role {role} is not in [[roles]]") for role in sorted(roles - known))


def _ladders(pack: Pack) -> Iterator[tuple[str, str]]:
    roles = {role.code for role in pack.roles}
    table = pack.identity.units if pack.identity else ""
    units = {row.get("code", "") for row in pack.tables.get(table, ())} | {"parent", ""}
    for sla in pack.slas:
        for step in sla.ladder:
            for recipient in step.to:
                role, _, unit = recipient.partition("@")
                place = f"sla[{sla.code}].ladder[{step.offset}].to"
                if role != "assignee" and role not in roles:
                    yield place, f"role {role} is not in [[roles]]"
                if unit not in units:
                    yield place, f"unit {unit} is not in the units table"


def _milestones(pack: Pack) -> Iterator[tuple[str, str]]:
    stages = {stage.code for stage in pack.stages}
    slas = {sla.code for sla in pack.slas}
    milestones = {milestone.code for milestone in pack.milestones} | {""}
    for milestone in pack.milestones:
        if milestone.stage not in stages:
            yield f"milestones[{milestone.code}].stage", f"{milestone.stage} is not in [[stages]]"
        if milestone.sla and milestone.sla not in slas:
            yield f"milestones[{milestone.code}].sla", f"{milestone.sla} is not in [[sla]]"
    for column in pack.board.columns if pack.board else ():
        for key, code in (("milestone", column.milestone), ("milestone_light", column.milestone_light)):
            if code not in milestones:
                yield f"board.columns[{column.name}].{key}", f"{code} is not in [[milestones]]"
    for place, figure in _figures(pack):
        yield from ((f"{place}.milestones", f"{code} is not in [[milestones]]") for code in set(figure.milestones) - milestones)


def _figures(pack: Pack) -> Iterator[tuple[str, Figure]]:
    for indicator in pack.indicators:
        yield from ((f"indicators[{indicator.code}].figures[{figure.name}]", figure) for figure in indicator.figures)


def _files(pack: Pack, files: Collection[str]) -> Iterator[tuple[str, str]]:
    ledgers = {name.removeprefix("forms/ledgers/").removesuffix(".toml") for name in files if name.startswith("forms/ledgers/")}
    for sla in pack.slas:
        for step in sla.ladder:
            if step.body and step.body not in files:
                yield f"sla[{sla.code}].ladder[{step.offset}].body", f"{step.body} is not a file of the pack"
            elif strange := set(places(pack.texts.get(step.body, ""))) - set(SUBJECT_FACTS):
                yield f"sla[{sla.code}].ladder[{step.offset}].body", f"{step.body}: not a fact: {', '.join(sorted(strange))}"
    tiles = pack.board.tiles if pack.board else ()
    columns = pack.board.columns if pack.board else ()
    used = chain(
        ((f"board.tiles[{tile.name}].ledger", tile.ledger) for tile in tiles),
        ((f"board.columns[{column.name}].ledger", column.ledger) for column in columns),
        ((f"board.charts[{chart.name}].ledger", chart.ledger) for chart in (pack.board.charts if pack.board else ())),
        ((f"menus[{menu.name}].target", menu.target) for menu in pack.menus if menu.kind == "ledger"),
        ((f"{place}.ledger", figure.ledger) for place, figure in _figures(pack)),
    )
    for place, ledger in used:
        if ledger and ledger not in ledgers:
            yield place, f"there is no forms/ledgers/{ledger}.toml"
