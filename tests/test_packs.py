"""Packs: everything a pack says is checked at once, and every complaint names its place."""

from datetime import date, datetime, time

import pytest

from engine import packs
from engine.feel import Environment, compile_expression

HEAD = """
[pack]
key = "leave"
name = "请假"
version = "1"
"""

FULL = (
    HEAD
    + """
issuer = "人事科"
main_process = "leave_request"
demo = true
demo_clock = 2022-08-10T09:00:00+08:00
ladder_time = 09:00:00

[lights]
normal_above = 2

[[calendar]]
year = 2031
holidays = ["2031-01-01/2031-01-03"]
workdays = ["2031-01-04"]

[[roles]]
code = "manager"
name = "经理"
scope = "territory"
rights = ["administer_identity"]

[identity]
units = "reference/units.csv"
people = "reference/people.csv"
posts = "reference/posts.csv"
demo_password = "Leave@2022demo"
[[identity.demo_accounts]]
login = "ann"
note = "经理"

[[sla]]
code = "ANSWER"
name = "答复"
amount = 7
unit = "natural_days"
roll = true
source = "practice"
[[sla.ladder]]
offset = -3
kind = "remind"
to = ["assignee", "manager@HQ"]
title = "{subject}还剩 3 个工作日"
body = "forms/messages/remind.txt"
[[sla.ladder]]
offset = 1
kind = "order"
message = "order_due"
title = "督办"
enabled = false

[[numbering]]
series = "leave"
pattern = "QJ-{unit}-{year}-{n:03}"
per = ["unit", "year"]

[[stages]]
code = "S1"
name = "第一阶段"
start = 2022-07-18
end = "2022-07-31"

[[milestones]]
code = "M1"
date = 2022-07-25
name = "报送"
stage = "S1"

[board]
title = "进度"
[[board.columns]]
name = "报送"
milestone = "M1"
[[board.tiles]]
name = "已办"
ledger = "leave"
filter = { state = ["done"], "kind!" = "sick" }

[[menus]]
name = "请假台账"
kind = "ledger"
target = "leave"
roles = ["manager"]

[[phrases]]
text = "同意。"

[names]
columns = { code = "代码" }
[[names.tables]]
table = "units"
name = "单位"
columns = { name = "单位名称" }
"""
)

FILES = {
    "pack.toml": FULL.encode(),
    "reference/units.csv": (
        "\ufeffcode,name,short_name,type,level,parent,line_parent,is_vertical,domains\n"
        "HQ,总部,总部,机关,市,,,否,\nSHOP,门店,门店,门店,县,HQ,HQ,是,D01;D02\n"
    ).encode(),
    "reference/people.csv": b"login,name,phone,title\nann,Ann,,\nbob,Bob,13804120001,clerk\n",
    "reference/posts.csv": b"login,unit,role,from,to\nann,HQ,manager,,\nann,SHOP,manager,2022-08-01,2022-12-31\n",
    "forms/messages/remind.txt": b"{subject}",
    "forms/ledgers/leave.toml": b"",
}


def changed(file="pack.toml", old="", new=""):
    content = FILES[file].decode()
    assert old in content
    return FILES | {file: content.replace(old, new, 1).encode()}


def problems(files):
    with pytest.raises(packs.PackRefused) as refused:
        packs.parse(files)
    return [str(problem) for problem in refused.value.problems]


def test_a_pack_becomes_frozen_values():
    pack = packs.parse(FILES)

    assert (pack.key, pack.demo, pack.ladder_time) == ("leave", True, time(9))
    assert pack.demo_clock == datetime.fromisoformat("2022-08-10T09:00:00+08:00")
    assert pack.lights.word("near") == "临期"
    assert pack.sla("ANSWER").ladder[0].to == ("assignee", "manager@HQ")
    assert pack.stages[0].end == date(2022, 7, 31)
    assert pack.board.tiles[0].filter == {"state": ("done",), "kind!": "sick"}
    assert pack.texts["forms/messages/remind.txt"] == "{subject}"


def test_a_step_that_is_switched_off_is_not_there():
    assert [step.offset for step in packs.parse(FILES).sla("ANSWER").ladder] == [-3]


def test_a_pack_needs_little():
    pack = packs.parse({"pack.toml": HEAD.encode()})

    assert (pack.roles, pack.slas, pack.board, pack.identity) == ((), (), None, None)


def test_reference_tables_are_rows_of_text_in_their_order():
    pack = packs.parse(FILES)

    assert [row["code"] for row in pack.reference("units")] == ["HQ", "SHOP"]
    environment = Environment(None, pack.functions())
    assert compile_expression('reference("units")[2].domains').evaluate({}, environment) == "D01;D02"
    assert compile_expression('reference("nothing")').evaluate({}, environment) is None


def test_tables_and_columns_are_called_as_the_pack_calls_them():
    names = packs.parse(FILES).names

    assert [names.table(name) for name in ("units", "people")] == ["单位", "people"]
    assert [names.column("units", name) for name in ("name", "code", "level")] == ["单位名称", "代码", ""]


def test_a_table_without_rows_leaves_it_open_which_columns_are_there():
    toml = FILES["pack.toml"].replace(b"{ code =", '{ seen = "到访时间", code ='.encode())

    names = packs.parse({**FILES, "pack.toml": toml, "reference/visits.csv": b"code,seen\n"}).names

    assert names.column("visits", "seen") == "到访时间"


def test_the_calendar_of_a_pack_knows_its_years():
    assert packs.parse(FILES).calendar().is_workday(date(2031, 1, 4))


def test_menus_and_phrases_depend_on_the_role():
    pack = packs.parse(FILES)

    assert [menu.name for menu in pack.menus_for("manager")] == ["请假台账"]
    assert pack.menus_for("clerk") == ()
    assert pack.phrases_for("clerk") == ("同意。",)


def test_what_a_pack_lacks_is_said():
    with pytest.raises(packs.PackLacks, match="no sla called NONE"):
        packs.parse(FILES).sla("NONE")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('key = "leave"', 'key = "Leave 1"', "pack.toml: pack.key: 'Leave 1' is not allowed"),
        ('version = "1"', "version = 1", "pack.toml: pack.version: must be text"),
        ('name = "请假"\n', "", "pack.toml: pack.name: is missing"),
        ("demo = true", 'colour = "red"\ndemo = true', "pack.toml: pack.colour: is not known here"),
        ("demo = true", "demo = false", "identity.demo_password: a pack with demo = true needs one"),
        ("09:00:00+08:00", "09:00:00", "pack.demo_clock: must be a moment with a zone"),
        ('scope = "territory"', 'scope = "city"', "roles[manager].scope: 'city' is not one of own"),
        ('["administer_identity"]', '["fly"]', "roles[manager].rights: 'fly' is not one of"),
        ('["2031-01-04"]', '["2030-01-04"]', "calendar[2031].workdays: '2030-01-04' must be a date of 2031"),
        ("amount = 7", "amount = 0", "sla[ANSWER].amount: must be at least 1"),
        ("amount = 7\n", "", "sla[ANSWER].amount: is missing"),
        ('"natural_days"', '"fixed"', "sla[ANSWER].amount: a fixed date has neither"),
        ('"manager@HQ"', '"manager@XX"', "sla[ANSWER].ladder[-3].to: unit XX is not in the units table"),
        ('"manager@HQ"', '"nobody"', "sla[ANSWER].ladder[-3].to: role nobody is not in [[roles]]"),
        ("{subject}还剩", "{colour}还剩", "ladder[-3].title: {colour} is not a fact"),
        ("messages/remind.txt", "messages/urge.txt", "ladder[-3].body: forms/messages/urge.txt is not a file"),
        ('kind = "order"', 'kind = "urge"', "ladder[1].message: a step of kind order names the message"),
        ("-{n:03}", "", "numbering[leave].pattern: has no {n}"),
        ('["unit", "year"]', '["unit", "month"]', "numbering[leave].per: month is not in the pattern"),
        ('"2022-07-31"', '"2022-07-01"', "stages[S1].end: lies before start"),
        ('stage = "S1"', 'stage = "S9"', "milestones[M1].stage: S9 is not in [[stages]]"),
        ('milestone = "M1"', 'milestone = "M9"', "board.columns[报送].milestone: M9 is not in [[milestones]]"),
        ('target = "leave"', 'target = "sick"', "menus[请假台账].target: there is no forms/ledgers/sick.toml"),
        ('login = "ann"', 'login = "eve"', "identity.demo_accounts: eve is not in people.csv"),
        ("{ code =", "{ cod =", "names.columns.cod: no reference table has this column"),
        ('table = "units"', 'table = "unit"', "names.tables[unit].table: there is no reference/unit.csv"),
        ("{ name = ", "{ nam = ", "names.tables[units].columns.nam: reference/units.csv has no such column"),
        ("[board]", "[bord]", "pack.toml: bord: is not known here"),
        ("[[stages]]", "[[stages]", "pack.toml: cannot be read"),
    ],
)
def test_a_mistake_in_pack_toml_is_named(old, new, complaint):
    assert complaint in "\n".join(problems(changed("pack.toml", old, new)))


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("units", "SHOP,门店", "shop,门店", "reference/units.csv: row 3: code 'shop' does not look like"),
        ("units", "县,HQ", "县,XX", "reference/units.csv: row 3: parent XX is not a unit"),
        ("units", "市,,", "市,SHOP,", "reference/units.csv: row 2: parent leads back to HQ itself"),
        ("units", "是,", "maybe,", "row 3: is_vertical 'maybe' must be 是 or 否"),
        ("units", ",domains", ",name", "reference/units.csv: row 1: column 'name' is twice"),
        ("units", "is_vertical,", "", "reference/units.csv: row 2: has 9 cells, the header has 8"),
        ("people", "bob,", "ann,", "reference/people.csv: row 3: login ann is there twice"),
        ("people", "ann,Ann", "ann,", "reference/people.csv: row 2: name must not be empty"),
        ("posts", "ann,HQ", "zoe,HQ", "reference/posts.csv: row 2: login 'zoe' is not in people"),
        ("posts", "SHOP,manager", "SHOP,king", "reference/posts.csv: row 3: role 'king' is not in [[roles]]"),
        ("posts", "2022-12-31", "2022-02-31", "row 3: to '2022-02-31' must be a date"),
        ("posts", "2022-12-31", "2022-02-01", "row 3: to lies before from"),
    ],
)
def test_a_mistake_in_a_reference_table_is_named_with_its_row(file, old, new, complaint):
    assert complaint in "\n".join(problems(changed(f"reference/{file}.csv", old, new)))


def test_all_mistakes_come_at_once():
    files = changed("reference/people.csv", "bob,", "ann,")
    files["pack.toml"] = files["pack.toml"].replace(b"amount = 7", b"amount = 0").replace(b'"territory"', b'"city"')

    assert len(problems(files)) == 3


def test_a_table_that_is_not_utf8_is_refused():
    files = FILES | {"reference/people.csv": "login,name,phone,title\nann,安,,\n".encode("gb18030")}

    assert "reference/people.csv: is not UTF-8: save it as 'CSV UTF-8'" in problems(files)


def test_a_pack_is_read_from_its_two_folders(tmp_path):
    for name, content in FILES.items():
        folder, _, rest = name.partition("/") if name.startswith("forms/") else ("processes", "", name)
        file = tmp_path / folder / "leave" / rest
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)

    assert packs.files(tmp_path / "processes" / "leave") == FILES
    assert packs.read(tmp_path / "processes" / "leave").name == "请假"


def test_a_pack_that_is_not_there_is_said():
    with pytest.raises(packs.PackNotFound, match="no pack called nowhere"):
        packs.read("nowhere")
