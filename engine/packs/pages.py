"""The parts of ``pack.toml`` that pages are made from: the board, the menu and ready sentences."""

from typing import Any, cast

from engine.packs import model
from engine.packs.reading import Table


def board(table: Table | None) -> model.Board | None:
    """Read the campaign page, if the pack has one."""
    if table is None:
        return None
    found = model.Board(
        title=table.text("title"),
        process=table.text("process", ""),
        unit_types=table.texts("unit_types"),
        columns=tuple(_column(entry) for entry in table.tables("columns", "name")),
        tiles=tuple(_tile(entry) for entry in table.tables("tiles", "name")),
    )
    table.close()
    return found


def _column(table: Table) -> model.Column:
    if table.has("milestone") == table.has("ledger"):
        table.problem("milestone", "a column shows a milestone or a ledger: name one of the two")
    return model.Column(
        name=table.text("name"),
        milestone=table.text("milestone", ""),
        ledger=table.text("ledger", ""),
        filter=table.filter("filter"),
        of=table.filter("of"),
        milestone_light=table.text("milestone_light", ""),
    )


def _tile(table: Table) -> model.Tile:
    return model.Tile(
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
