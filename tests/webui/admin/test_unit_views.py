"""Pages for units: in official order, changed by those with the right, every refusal at its field."""

import pytest

from engine.identity import units
from engine.persistence.identity_records import RoleRow


def stored(town):
    with town.work() as work:
        return {unit.code: unit for unit in work.units.all()}


def test_units_are_listed_in_official_order(browser):
    ann = browser("ann")

    assert ann.get("/admin/units") == 200
    places = [ann.text.index(f'id="unit-{code}"') for code in ("HQ", "PLAN", "DIST", "DPLAN", "OUT")]
    assert places == sorted(places)


@pytest.mark.parametrize("path", ["/admin/units", "/admin/units/HQ", "/admin/units/new", "/admin/people", "/admin/people/ann"])
def test_nobody_without_the_right_sees_a_page(browser, path):
    assert browser("pam").get(path) == 403


@pytest.mark.parametrize(("path", "values"), [("/admin/units/HQ", {"name": "我"}), ("/admin/people/ann/password", {}),
                                              ("/admin/units/PLAN/place", {"steps": "1"})])  # fmt: skip
def test_nobody_without_the_right_changes_anything(browser, town, path, values):
    pam = browser("pam")
    pam.get("/")

    assert pam.post(path, **values) == 403
    assert stored(town)["HQ"].name == "市总部"


def test_a_form_without_its_token_changes_nothing(browser, town):
    ann = browser("ann")
    ann.token = ""

    assert ann.post("/admin/units/PLAN", name="新名") == 400
    assert stored(town)["PLAN"].name == "市计划局"


def test_a_unit_is_added(browser, town):
    ann = browser("ann")
    ann.get("/admin/units/new?parent=DIST")

    assert (
        ann.post("/admin/units/new", code="dnew", name="东区新局", parent="DIST", line_parent="PLAN", domains="D01、D02") == 200
    )
    made = stored(town)["DNEW"]
    assert (made.name, made.path, made.domains) == ("东区新局", "/HQ/DIST/DNEW/", ["D01", "D02"])


@pytest.mark.parametrize(("values", "field"), [({"code": "HQ", "name": "又"}, "code"), ({"code": "9", "name": "又"}, "code"),
                                               ({"code": "NEW", "name": " "}, "name")])  # fmt: skip
def test_what_is_wrong_with_a_unit_stands_at_its_field(browser, values, field):
    ann = browser("ann")
    ann.get("/admin/units/new")

    assert ann.post("/admin/units/new", **values) == 422
    assert f'id="f-{field}-error"' in ann.text
    assert values["name"] in ann.text


def test_a_renamed_unit_shows_its_former_name_and_why(browser, town):
    ann = browser("ann")
    ann.get("/admin/units/PLAN")
    ann.post("/admin/units/PLAN", name="市发展局", parent="HQ", reason="机构改革")

    assert "市计划局" in ann.words
    assert "机构改革" in ann.words
    assert stored(town)["PLAN"].name == "市发展局"


def test_a_unit_cannot_stand_below_itself(browser):
    ann = browser("ann")
    ann.get("/admin/units/HQ")

    assert ann.post("/admin/units/HQ", name="市总部", parent="DIST") == 422


def test_the_order_is_changed_by_steps_and_by_place(browser, town):
    ann = browser("ann")
    ann.get("/admin/units")
    ann.post("/admin/units/DIST/place", steps="-1")
    assert list(stored(town)) == ["HQ", "DIST", "PLAN", "OUT", "DPLAN"]

    ann.post("/admin/units/OUT/place", before="HQ")
    assert list(stored(town)) == ["OUT", "HQ", "DIST", "PLAN", "DPLAN"]


def test_a_unit_is_taken_out_of_use_when_nobody_is_left(browser, town):
    ann = browser("ann")
    ann.get("/admin/units/DIST")
    assert ann.post("/admin/units/DIST/use", active="false") == 422

    assert ann.post("/admin/units/DPLAN/use", active="false") == 200
    assert not stored(town)["DPLAN"].active
    ann.get("/admin/units")
    assert 'id="unit-DPLAN"' not in ann.text
    ann.get("/admin/units?state=inactive")
    assert 'id="unit-DPLAN"' in ann.text


def test_a_district_sees_and_changes_its_own_units_only(browser, town):
    dan = browser("dan")
    dan.get("/admin/units")
    assert 'id="unit-PLAN"' not in dan.text
    assert 'id="unit-DPLAN"' in dan.text

    assert dan.post("/admin/units/PLAN", name="我的局") == 403
    assert stored(town)["PLAN"].name == "市计划局"


def test_a_unit_that_is_not_there_is_not_found(browser):
    assert browser("ann").get("/admin/units/NOWHERE") == 404
    assert units.NoSuchUnit.kind == "missing"


def test_what_would_go_over_is_shown_before_a_unit_is_handed_over(browser, town):
    ann = browser("ann")
    ann.get("/admin/units/PLAN/succession?heir=OUT")

    assert "将移交给" in ann.text and "任职" in ann.text
    assert stored(town)["PLAN"].active


def test_a_unit_is_handed_over_with_a_reason_and_both_pages_say_so(browser, town):
    ann = browser("ann")
    ann.get("/admin/units/PLAN/succession?heir=OUT")

    assert ann.post("/admin/units/PLAN/succession", heir="OUT", reason=" ") == 422
    assert ann.post("/admin/units/PLAN/succession", heir="OUT", reason="机构改革") == 200
    assert "承继自" in ann.text
    assert (stored(town)["PLAN"].active, stored(town)["PLAN"].successor) == (False, "OUT")


GRANTER = [RoleRow("city", "guard", "安全保密管理员", "accounts", ["grant_posts"], 99)]


def test_the_page_says_which_posts_another_administrator_gives_first(browser, town):
    with town.work() as work:
        work.roles.replace("city", [role for role in work.roles.all() if role.pack == "city"] + GRANTER)
    ann = browser("ann")
    ann.get("/admin/units/PLAN/succession?heir=OUT")
    assert "核准前原任职仍有效" in ann.words

    assert ann.post("/admin/units/PLAN/succession", heir="OUT", reason="机构改革") == 200
    assert "由另一管理员核准后生效" in ann.words

    ann.get("/admin/posts/asked")
    assert "原任职：计划局" in ann.words
