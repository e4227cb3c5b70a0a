"""A pack brings its units and people; what administrators did afterwards is kept."""

from dataclasses import replace

import pytest

from engine import packs
from engine.identity import accounts, importing, passwords, posts, units

from .conftest import FILES, PASSWORD


def again(engine, **changes):
    files = dict(FILES)
    for name, (old, new) in changes.items():
        file = "pack.toml" if name == "pack" else f"reference/{name}.csv"
        assert old in files[file].decode()
        files[file] = files[file].decode().replace(old, new).encode()
    with engine.work() as work:
        return importing.import_pack(work, packs.parse(files))


def test_units_stand_in_official_order_with_their_paths(town):
    with town.work() as work:
        found = {unit.code: unit for unit in work.units.all()}

    assert list(found) == ["HQ", "PLAN", "OUT", "DIST", "DPLAN"]
    assert found["DPLAN"].path == "/HQ/DIST/DPLAN/"
    assert found["DPLAN"].line_path == "/PLAN/DPLAN/"
    assert found["PLAN"].domains == ["D01", "D02"]
    assert found["OUT"].is_vertical


def test_a_demonstration_gives_its_people_a_password(town):
    with town.work() as work:
        assert passwords.matches(work.people.find("ann").password_hash, PASSWORD)


def test_outside_a_demonstration_nobody_has_a_password(engine):
    files = FILES | {
        "pack.toml": FILES["pack.toml"].replace(b"demo = true\n", b"").replace(b'demo_password = "City@2022demo"\n', b"")
    }
    with engine.work() as work:
        importing.import_pack(work, packs.parse(files))

        assert {work.people.find(login).password_hash for login in ("ann", "pam")} == {None}


def test_importing_again_brings_nothing_new(town):
    assert again(town) == importing.Imported(0, 0, 0)


def test_what_changed_in_the_pack_arrives(town):
    again(town, units=("市计划局", "市规划局"), people=("Bob,,", "Bob,,副主任"))

    with town.work() as work:
        assert work.units.find("PLAN").name == "市规划局"
        assert [former.name for former in work.units.former_names("PLAN")] == ["市计划局"]
        assert work.people.find("bob").title == "副主任"


def test_a_new_unit_takes_its_place_in_the_order(town):
    again(town, units=("OUT,外部", "NEW,新局,新局,市直,市,HQ,,否,\nOUT,外部"))

    with town.work() as work:
        assert [unit.code for unit in work.units.all()] == ["HQ", "PLAN", "NEW", "OUT", "DIST", "DPLAN"]


def test_what_an_administrator_changed_is_kept(town, acting):
    with acting("ann") as work:
        units.edit(work, "PLAN", units.Details("市发展局"))
        accounts.edit(work, "bob", accounts.Details("Robert"))

    again(town, units=("市计划局", "市规划局"), people=("Bob,,", "Bobby,,"))

    with town.work() as work:
        assert work.units.find("PLAN").name == "市发展局"
        assert work.people.find("bob").name == "Robert"


def test_a_post_that_left_the_pack_ends(town):
    again(town, posts=("eve,OUT,planner,,\n", ""))

    with town.work() as work, pytest.raises(posts.NoPost):
        posts.actor_for(work, "eve")


def test_a_unit_of_another_pack_is_left_alone(town, city):
    other = replace(city, key="other")

    with town.work() as work:
        importing.import_pack(work, other)

        assert {unit.pack for unit in work.units.all()} == {"city"}
