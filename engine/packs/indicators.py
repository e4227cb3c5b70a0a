"""Reading ``[[indicators]]``: each figure with what its kind needs, and nothing that its kind does not know."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from engine.feel import FeelSyntaxError, compile_expression
from engine.packs.figures import KINDS, OF_ROWS, OF_UNITS, Figure, Indicator, RowFilter, Wanted
from engine.packs.reading import Table

OPERATORS = frozenset({"not", "min", "max", "empty", "contains"})


def indicator(table: Table) -> Indicator:
    """Read an indicator with its figures."""
    name = table.text("name")
    figures = tuple(_figure(entry, name) for entry in table.tables("figures", "name"))
    if not figures:
        table.problem("figures", "an indicator needs at least one figure")
    return Indicator(
        code=table.text("code", pattern=r"[A-Z][A-Z0-9]*", hint="capitals and digits"),
        name=name,
        definition=table.text("definition"),
        group=table.text("group", ""),
        figures=figures,
        roles=frozenset(table.texts("roles")),
        source=table.text("source"),
        tile=table.flag("tile"),
        suppress_below=int(table.amount("suppress_below") or 0),
    )


def _figure(table: Table, name: str) -> Figure:
    figure = Figure(
        name=table.text("name", name),
        kind=cast(Any, table.choice("kind", KINDS)),
        ledger=table.text("ledger", ""),
        filter=_rows(table, "filter"),
        of=_rows(table, "of"),
        column=table.text("column", ""),
        at=table.integer("at", 50),
        view=table.text("view", ""),
        milestones=table.texts("milestones"),
        unit_types=table.texts("unit_types"),
        unit=table.text("unit", ""),
        target=table.amount("target"),
        better=cast(Any, table.choice("better", ("high", "low"), "high")),
        near=table.amount("near"),
        over=table.amount("over"),
        nothing=table.text("nothing", ""),
    )
    for key, template in _amiss(figure):
        table.problem(key, template, kind=figure.kind)
    return figure


def _amiss(figure: Figure) -> Iterator[tuple[str, str]]:
    """Name what a kind lacks, and in which order lights must stand."""
    if figure.kind in OF_ROWS + OF_UNITS and not figure.ledger:
        yield "ledger", "a figure of kind {kind} counts rows: name their ledger"
    if figure.kind == "on_time" and figure.ledger:
        yield "ledger", "a figure of kind on_time counts milestones, not rows"
    if (figure.kind in ("average", "percentile", "oldest")) != bool(figure.column):
        yield "column", "average, percentile and oldest need a column, no other kind has one"
    if not 0 < figure.at < 100:
        yield "at", "a percentile lies between 1 and 99"
    if figure.of and figure.kind != "share":
        yield "of", "only a share has a whole"
    if figure.near is not None and figure.over is not None:
        worse = figure.over > figure.near if figure.better == "high" else figure.over < figure.near
        if worse:
            yield "over", "is reached before near: look at better"


def _rows(table: Table, key: str) -> RowFilter:
    """Read which rows are meant: as in ledgers; a text that begins with = is an expression, evaluated when counting."""
    return {name: _wanted(table, f"{key}.{name}", value) for name, value in table.mapping(key).items()}


def _wanted(table: Table, place: str, value: object) -> Wanted:
    if isinstance(value, Mapping):
        for name in sorted(value.keys() - OPERATORS):
            table.problem(place, "{value!r} is not one of {choices}", value=name, choices=", ".join(sorted(OPERATORS)))
        return {name: _wanted(table, place, inner) for name, inner in value.items()}
    if isinstance(value, list):
        return tuple(_wanted(table, place, inner) for inner in value)
    if isinstance(value, str) and value.startswith("="):
        try:
            return compile_expression(value[1:])
        except FeelSyntaxError as error:
            table.problem(place, "the expression cannot be read: {reason}", reason=error)
            return ""
    if isinstance(value, str | int | float | bool):
        return value
    table.problem(place, "must be a text, a number, true or false")
    return ""
