"""From the files of a pack to a checked ``Pack``: all problems at once, each with its place."""

import tomllib
from collections.abc import Mapping
from datetime import time
from typing import Any, cast

from engine.packs import deadlines, indicators, model, naming, pages, portal
from engine.packs.checking import check
from engine.packs.model import Pack, PackProblem, PackRefused
from engine.packs.reading import Table
from engine.packs.reference import read_table

RIGHTS = (
    "administer_identity", "watch_instances", "watch_campaign", "edit_process", "publish_process", "manage_incidents",
    "export_data", "urge", "audit", "unmask", "grant_posts",
)  # fmt: skip

READ = (".toml", ".csv", ".txt")  # of other files a pack only has the names


def parse(files: Mapping[str, bytes]) -> Pack:
    """Read a pack from its files; ``PackRefused`` lists everything that is wrong with it."""
    problems: list[PackProblem] = []
    root = Table(_toml(files), "", problems)
    if not problems:
        pack = _pack(root, _tables(files, problems), _texts(files), problems)
        root.close()
        check(pack, files.keys(), problems)
    if problems:
        raise PackRefused(problems)
    return pack


def _toml(files: Mapping[str, bytes]) -> Mapping[str, object]:
    if "pack.toml" not in files:
        raise PackRefused([PackProblem("pack.toml", "", "is missing: every pack needs one")])
    try:
        return tomllib.loads(files["pack.toml"].decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackRefused([PackProblem("pack.toml", "", "cannot be read: {reason}", {"reason": str(error)})]) from error


def _tables(files: Mapping[str, bytes], problems: list[PackProblem]) -> dict[str, tuple[model.Row, ...]]:
    names = sorted(name for name in files if name.startswith("reference/") and name.endswith(".csv"))
    return {name[len("reference/") : -len(".csv")]: read_table(name, files[name], problems) for name in names}


def _texts(files: Mapping[str, bytes]) -> dict[str, str]:
    names = (name for name in files if name.startswith("forms/messages/") and name.endswith(".txt"))
    return {name: files[name].decode("utf-8-sig", errors="replace") for name in names}


def _pack(root: Table, tables: dict[str, tuple[model.Row, ...]], texts: dict[str, str], problems: list[PackProblem]) -> Pack:
    head = root.table("pack") or Table({}, "pack", problems)
    pack = Pack(
        key=head.text("key", pattern=r"[a-z][a-z0-9-]*", hint="lower case letters, digits and hyphens"),
        name=head.text("name"),
        version=head.text("version"),
        issuer=head.text("issuer", ""),
        main_process=head.text("main_process", ""),
        demo=head.flag("demo"),
        demo_clock=head.moment("demo_clock"),
        notice=head.text("notice", ""),
        help=head.text("help", ""),
        contact=head.text("contact", ""),
        ladder_time=head.hour("ladder_time", time(8, 30)),
        lights=deadlines.lights(root.table("lights")),
        holidays=tuple(deadlines.holiday_year(table) for table in root.tables("calendar", "year")),
        roles=tuple(_role(table) for table in root.tables("roles", "code")),
        identity=_identity(root.table("identity"), head.flag("demo")),
        slas=tuple(deadlines.sla(table) for table in root.tables("sla", "code")),
        numbering=tuple(deadlines.series(table) for table in root.tables("numbering", "series")),
        stages=tuple(deadlines.stage(table) for table in root.tables("stages", "code")),
        milestones=tuple(deadlines.milestone(table) for table in root.tables("milestones", "code")),
        board=pages.board(root.table("board")),
        indicators=tuple(indicators.indicator(table) for table in root.tables("indicators", "code")),
        menus=tuple(pages.menu(table) for table in root.tables("menus", "name")),
        phrases=tuple(pages.phrase(table) for table in root.tables("phrases", "text")),
        tables=tables,
        texts=texts,
        pools=tuple(_pool(table) for table in root.tables("pools", "code")),
        portal=portal.portal(root.table("portal"), texts),
        dates=deadlines.dates(root.table("dates")),
        names=naming.names(root.table("names"), tables),
        cited=pages.cited(root.table("cited")),
    )
    head.choice("timezone", ("Asia/Shanghai",), "Asia/Shanghai")
    head.close()
    return pack


def _role(table: Table) -> model.Role:
    rights = frozenset(table.texts("rights"))
    for right in sorted(rights - set(RIGHTS)):
        table.problem("rights", "{value!r} is not one of {choices}", value=right, choices=", ".join(RIGHTS))
    return model.Role(
        code=table.text("code", pattern=r"[a-z][a-z0-9_]*", hint="lower case letters, digits, underscores"),
        name=table.text("name"),
        scope=cast(Any, table.choice("scope", ("own", "territory", "line", "all", "accounts"))),
        rights=rights,
        source=table.text("source", ""),
    )


def _pool(table: Table) -> model.Pool:
    roles = frozenset(table.texts("roles"))
    if not roles:
        table.problem("roles", "a pool needs at least one role that sees it")
    code = table.text("code", pattern=r"[a-z][a-z0-9_]*", hint="lower case letters, digits, underscores")
    return model.Pool(code, table.text("name"), roles, table.text("source", ""))


def _identity(table: Table | None, demo: bool) -> model.Identity | None:
    if table is None:
        return None
    accounts = tuple(
        model.DemoAccount(account.text("login"), account.text("note", "")) for account in table.tables("demo_accounts", "login")
    )
    password = table.text("demo_password", "", pattern=".{10,}", hint="at least ten characters")
    if bool(password) != demo:
        table.problem("demo_password", "a pack with demo = true needs one, any other must not have one")
    identity = model.Identity(
        units=_table_name(table, "units"),
        people=_table_name(table, "people"),
        posts=_table_name(table, "posts"),
        demo_password=password,
        demo_accounts=accounts,
    )
    table.close()
    return identity


def _table_name(table: Table, key: str) -> str:
    path = table.text(key, pattern=r"reference/[^/]+\.csv", hint="reference/<name>.csv")
    return path.removeprefix("reference/").removesuffix(".csv")
