"""Units: a tree in official order that remembers former names."""

import pytest

from engine.identity import posts, units
from engine.identity.rights import Forbidden, OutsideYourUnits


def codes(work):
    return [unit.code for unit in work.units.all()]


def test_the_tree_reads_from_above_to_below_in_official_order(acting):
    with acting("ann") as work:
        assert [(unit.code, unit.depth) for unit in units.tree(work)] == [
            ("HQ", 0),
            ("PLAN", 1),
            ("DIST", 1),
            ("DPLAN", 2),
            ("OUT", 0),
        ]


def test_a_new_unit_stands_at_the_end(acting):
    with acting("ann") as work:
        made = units.create(work, "NEW", units.Details("新局", parent="DIST", line_parent="PLAN"))

        assert (made.path, made.line_path, codes(work)[-1]) == ("/HQ/DIST/NEW/", "/PLAN/NEW/", "NEW")


@pytest.mark.parametrize(
    ("code", "details", "reason"),
    [
        ("HQ", units.Details("又一个"), units.UnitCodeTaken),
        ("new", units.Details("新局"), units.UnitCodeMalformed),
        ("NEW", units.Details(" "), units.UnitNameMissing),
        ("NEW", units.Details("新局", parent="XX"), units.NoSuchUnit),
    ],
)
def test_a_unit_needs_a_proper_code_name_and_place(acting, code, details, reason):
    with acting("ann") as work, pytest.raises(reason):
        units.create(work, code, details)


def test_a_renamed_unit_keeps_its_old_name_in_history(acting):
    with acting("ann") as work:
        units.edit(work, "PLAN", units.Details("市发展局", parent="HQ"), "机构改革")

        [former] = units.former_names(work, "PLAN")

    assert (former.name, former.reason, former.changed_by) == ("市计划局", "机构改革", "ann")


def test_moving_a_unit_below_another_moves_everything_below_it(acting):
    with acting("ann") as work:
        units.edit(work, "DIST", units.Details("东区政府", "东区", parent="OUT"))

        assert units.get(work, "DPLAN").path == "/OUT/DIST/DPLAN/"


def test_a_unit_never_stands_below_itself(acting):
    with acting("ann") as work, pytest.raises(units.UnitInCircle):
        units.edit(work, "HQ", units.Details("市总部", parent="DPLAN"))


@pytest.mark.parametrize(
    ("code", "before", "order"),
    [
        ("DIST", "PLAN", ["HQ", "DIST", "PLAN", "OUT", "DPLAN"]),
        ("HQ", None, ["PLAN", "OUT", "DIST", "DPLAN", "HQ"]),
        ("HQ", "HQ", ["HQ", "PLAN", "OUT", "DIST", "DPLAN"]),
    ],
)
def test_the_official_order_is_changed_one_unit_at_a_time(acting, code, before, order):
    with acting("ann") as work:
        units.move(work, code, before)

        assert codes(work) == order


def test_a_unit_with_people_or_units_below_stays_in_use(acting):
    with acting("ann") as work:
        with pytest.raises(units.UnitInUse):
            units.set_active(work, "DIST", False)

        units.set_active(work, "DPLAN", False)

        assert not units.get(work, "DPLAN").active


def test_a_district_looks_after_its_own_units(acting):
    with acting("dan") as work:
        assert [unit.code for unit in units.tree(work)] == ["DIST", "DPLAN"]
        units.edit(work, "DPLAN", units.Details("东区规划局", parent="DIST", line_parent="PLAN"))

        with pytest.raises(OutsideYourUnits):
            units.edit(work, "PLAN", units.Details("我的局"))
        with pytest.raises(OutsideYourUnits):
            units.edit(work, "DPLAN", units.Details("东区规划局", parent="HQ"))


def test_units_are_changed_only_with_the_right(acting):
    with acting("pam") as work, pytest.raises(Forbidden):
        units.create(work, "NEW", units.Details("新局", parent="PLAN"))


def test_a_new_place_changes_who_sees_a_unit(acting, town):
    with acting("ann") as work:
        units.edit(work, "PLAN", units.Details("市计划局", parent="DIST"))
    with town.work() as work:
        assert posts.actor_for(work, "dan").scope.units == {"DIST", "DPLAN", "PLAN"}


@pytest.mark.parametrize(
    ("code", "steps", "order"),
    [("DIST", -1, ["HQ", "DIST", "PLAN", "OUT", "DPLAN"]), ("HQ", 1, ["PLAN", "OUT", "HQ", "DIST", "DPLAN"]),
     ("HQ", -1, ["HQ", "PLAN", "OUT", "DIST", "DPLAN"])],
)  # fmt: skip
def test_a_unit_moves_among_those_beside_it(acting, code, steps, order):
    with acting("ann") as work:
        units.shift(work, code, steps)

        assert codes(work) == order
