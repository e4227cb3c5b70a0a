"""Reference tables of a pack: CSV files read as text, and the checks on those that say who takes part."""

import csv
import io
import re
from collections.abc import Iterable, Mapping

from engine.packs.model import APART, Identity, PackProblem, Role, Row
from engine.packs.reading import parse_day

UNIT_COLUMNS = ("code", "name", "short_name", "type", "level", "parent", "line_parent", "is_vertical", "domains")
PERSON_COLUMNS = ("login", "name", "phone", "title")
POST_COLUMNS = ("login", "unit", "role", "from", "to")
TRUTHS = {"是": True, "true": True, "1": True, "否": False, "false": False, "0": False, "": False}
LOGIN = r"[a-z][a-z0-9._-]{1,39}"
UNIT_CODE = r"[A-Z][A-Z0-9]{0,19}"

Tables = Mapping[str, tuple[Row, ...]]


def read_table(file: str, content: bytes, problems: list[PackProblem]) -> tuple[Row, ...]:
    """Read one CSV file; a row that does not fit its header is a problem with its number."""
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except UnicodeDecodeError:
        problems.append(PackProblem(file, "", "is not UTF-8: save it as 'CSV UTF-8'"))
        return ()
    except csv.Error as error:
        problems.append(PackProblem(file, "", "cannot be read as CSV: {reason}", {"reason": str(error)}))
        return ()
    if not lines:
        problems.append(PackProblem(file, "row 1", "the header row is missing"))
        return ()
    header = _header(file, lines[0], problems)
    rows, known = [], dict[str, str]()  # equal cells are kept once
    for number, line in enumerate(lines[1:], start=2):
        if not line:
            continue
        if len(line) != len(header):
            facts = {"cells": len(line), "header": len(header)}
            problems.append(PackProblem(file, f"row {number}", "has {cells} cells, the header has {header}", facts))
            continue
        cells = (cell.strip() for cell in line)
        rows.append(dict(zip(header, (known.setdefault(cell, cell) for cell in cells), strict=True)))
    return tuple(rows)


def _header(file: str, cells: list[str], problems: list[PackProblem]) -> list[str]:
    header = [cell.strip() for cell in cells]
    wrong = sorted({name for name in header if header.count(name) > 1 or not name})
    template = "column {name!r} is twice or without a name"
    problems.extend(PackProblem(file, "row 1", template, {"name": name}, name) for name in wrong)
    return header


def check_identity(identity: Identity, roles: Iterable[Role], tables: Tables, problems: list[PackProblem]) -> None:
    """Check units, people and posts against each other and against the roles."""
    checks = _Checks(tables, problems)
    units = checks.table(identity.units, UNIT_COLUMNS)
    people = checks.table(identity.people, PERSON_COLUMNS)
    posts = checks.table(identity.posts, POST_COLUMNS)
    unit_codes = checks.unique(identity.units, units, "code", UNIT_CODE)
    logins = checks.unique(identity.people, people, "login", LOGIN)
    checks.units(identity.units, units, unit_codes)
    for number, person in enumerate(people, start=2):
        if not person["name"]:
            checks.problem(identity.people, number, "name", "{column} must not be empty")
    roles = list(roles)
    checks.posts(identity.posts, posts, logins, unit_codes, {role.code for role in roles})
    checks.apart(identity.posts, posts, roles)
    strangers = [account.login for account in identity.demo_accounts if account.login not in logins]
    place = "identity.demo_accounts"
    for login in strangers:
        facts = {"login": login, "table": identity.people}
        problems.append(PackProblem("pack.toml", place, "{login} is not in {table}.csv", facts))


class _Checks:
    def __init__(self, tables: Tables, problems: list[PackProblem]) -> None:
        self.tables = tables
        self.problems = problems

    def problem(self, table: str, number: int, column: str, template: str, **facts: object) -> None:
        place, facts = f"row {number}", {"column": column, **facts}
        self.problems.append(PackProblem(f"reference/{table}.csv", place, template, facts, column))

    def table(self, name: str, columns: tuple[str, ...]) -> tuple[Row, ...]:
        if name not in self.tables:
            facts = {"path": f"reference/{name}.csv"}
            self.problems.append(PackProblem("pack.toml", "identity", "{path} is not in the pack", facts))
            return ()
        rows = self.tables[name]
        missing = [column for column in columns if rows and column not in rows[0]]
        if missing:
            self.problem(name, 1, "", "columns missing: {columns}", columns=", ".join(missing))
            return ()
        return rows

    def unique(self, table: str, rows: tuple[Row, ...], column: str, pattern: str) -> set[str]:
        known: set[str] = set()
        for number, row in enumerate(rows, start=2):
            if not re.fullmatch(pattern, row[column]):
                template = "{column} {value!r} does not look like {pattern}"
                self.problem(table, number, column, template, value=row[column], pattern=pattern)
            if row[column] in known:
                self.problem(table, number, column, "{column} {value} is there twice", value=row[column])
            known.add(row[column])
        return known

    def units(self, table: str, rows: tuple[Row, ...], codes: set[str]) -> None:
        for number, row in enumerate(rows, start=2):
            if not row["name"]:
                self.problem(table, number, "name", "{column} must not be empty")
            if row["is_vertical"].lower() not in TRUTHS:
                self.problem(table, number, "is_vertical", "{column} {value!r} must be 是 or 否", value=row["is_vertical"])
            for column in ("parent", "line_parent"):
                if row[column] and row[column] not in codes:
                    self.problem(table, number, column, "{column} {value} is not a unit of this table", value=row[column])
        for column in ("parent", "line_parent"):
            above = {row["code"]: row[column] for row in rows}
            for number, row in enumerate(rows, start=2):
                if in_circle(row["code"], above):
                    self.problem(table, number, column, "{column} leads back to {code} itself", code=row["code"])

    def posts(self, table: str, rows: tuple[Row, ...], logins: set[str], units: set[str], roles: set[str]) -> None:
        known = {"login": (logins, "people"), "unit": (units, "units"), "role": (roles, "[[roles]]")}
        for number, row in enumerate(rows, start=2):
            for column, (values, where) in known.items():
                if row[column] not in values:
                    self.problem(table, number, column, "{column} {value!r} is not in {where}", value=row[column], where=where)
            days = [parse_day(row[column]) for column in ("from", "to")]
            for column, day in zip(("from", "to"), days, strict=True):
                if row[column] and day is None:
                    template = "{column} {value!r} must be a date like 2022-07-25, or empty"
                    self.problem(table, number, column, template, value=row[column])
            if days[0] and days[1] and days[1] < days[0]:
                self.problem(table, number, "to", "to lies before from")

    def apart(self, table: str, rows: tuple[Row, ...], roles: Iterable[Role]) -> None:
        powers = {role.code: role.rights & APART for role in roles}
        held: dict[str, frozenset[str]] = {}
        for number, row in enumerate(rows, start=2):
            before, here = held.get(row["login"], frozenset()), powers.get(row["role"], frozenset())
            if len(before | here) > 1:
                template = "{login} may hold only one of the rights {rights}"
                self.problem(table, number, "role", template, login=row["login"], rights=", ".join(sorted(before | here)))
            held[row["login"]] = before | here


def in_circle(code: str, above: Mapping[str, str]) -> bool:
    """Say whether following *above* from a code comes back to it."""
    seen = {code}
    current = above.get(code, "")
    while current and current not in seen:
        seen.add(current)
        current = above.get(current, "")
    return current == code
