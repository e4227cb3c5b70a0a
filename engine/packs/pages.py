"""The parts of ``pack.toml`` that pages are made from: the board, the menu and ready sentences."""

from typing import Any, cast

from engine.packs import model
from engine.packs.board import CELL_LIGHTS, Board, Chart, Column, Tile
from engine.packs.kept import Cited
from engine.packs.reading import Table


def board(table: Table | None) -> Board | None:
    """Read the campaign page, if the pack has one."""
    if table is None:
        return None
    found = Board(
        title=table.text("title"),
        process=table.text("process", ""),
        unit_types=table.texts("unit_types"),
        columns=tuple(_column(entry) for entry in table.tables("columns", "name")),
        tiles=tuple(_tile(entry) for entry in table.tables("tiles", "name")),
        charts=tuple(_chart(entry) for entry in table.tables("charts", "name")),
    )
    table.close()
    return found


def _column(table: Table) -> Column:
    if table.has("milestone") == table.has("ledger"):
        table.problem("milestone", "a column shows a milestone or a ledger: name one of the two")
    if table.has("value") and not table.has("ledger"):
        table.problem("value", "is a column of the ledger: name that too")
    lights = {word: str(light) for word, light in table.mapping("lights").items()}
    for light in sorted(set(lights.values()) - set(CELL_LIGHTS)):
        table.problem("lights", "{value!r} is not one of {choices}", value=light, choices=", ".join(CELL_LIGHTS))
    return Column(
        name=table.text("name"),
        milestone=table.text("milestone", ""),
        ledger=table.text("ledger", ""),
        filter=table.filter("filter"),
        of=table.filter("of"),
        milestone_light=table.text("milestone_light", ""),
        value=table.text("value", ""),
        lights=lights,
        roles=frozenset(table.texts("roles")),
    )


def _chart(table: Table) -> Chart:
    return Chart(
        name=table.text("name"),
        ledger=table.text("ledger"),
        by=table.text("by"),
        split=table.text("split", ""),
        filter=table.filter("filter"),
        sort=cast(Any, table.choice("sort", ("given", "longest"), "given")),
        span=cast(Any, table.choice("span", ("", "day", "week"), "")),
    )


def _tile(table: Table) -> Tile:
    return Tile(
        name=table.text("name"),
        ledger=table.text("ledger"),
        filter=table.filter("filter"),
        of=table.filter("of") if table.has("of") else None,
        note=table.text("note", ""),
        scope=table.choice("scope", ("", "own", "territory", "line", "all"), ""),
    )


def menu(table: Table) -> model.Menu:
    """Read an entry of the left menu."""
    return model.Menu(
        group=table.text("group", ""),
        name=table.text("name"),
        kind=cast(Any, table.choice("kind", ("ledger", "documents", "process", "instances", "page"))),
        target=table.text("target"),
        view=table.text("view", ""),
        filter=table.filter("filter"),
        roles=frozenset(table.texts("roles")),
    )


def phrase(table: Table) -> model.Phrase:
    """Read a ready sentence for an opinion."""
    return model.Phrase(text=table.text("text"), roles=frozenset(table.texts("roles")))


def cited(table: Table | None) -> Cited | None:
    """Read which ledger lists what the pack is based on."""
    if table is None:
        return None
    found = Cited(table.text("ledger"), table.text("column"), table.text("before", ""), table.text("between", ", "))
    table.close()
    return found
