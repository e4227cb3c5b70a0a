"""Pages for people: accounts, one-time passwords, posts, and the work of those who leave."""

import re

import pytest

from engine.identity import accounts, posts, sessions
from tests.identity.conftest import PASSWORD
from tests.identity.test_leaving import desk  # noqa: F401


def person(town, login):
    with town.work() as work:
        return accounts.get(work, login)


def sign_in(town, login, password):
    with town.work() as work:
        return sessions.sign_in(work, login, password)


def shown_password(browser):
    return re.search(r"<code style[^>]*>([^<]+)</code>", browser.text)[1]


def test_people_are_found_by_name_unit_role_and_state(browser):
    ann = browser("ann")
    for query, found in (
        ("q=Pam", {"pam"}),
        ("unit=HQ", {"ann", "bob"}),
        ("role=planner", {"pam", "eve"}),
        ("state=locked", set()),
    ):
        ann.get(f"/admin/people?{query}")

        assert set(re.findall(r'data-href="/admin/people/(\w+)"', ann.text)) == found


def test_a_new_person_gets_a_post_and_a_password_that_is_shown_once(browser, town):
    ann = browser("ann")
    ann.get("/admin/people/new?unit=PLAN")
    assert ann.post("/admin/people/new", name="Zoe", login="Zoe", title="科员", unit="PLAN", role="city|planner") == 200

    password = shown_password(ann)
    assert ann.answer.headers["Cache-Control"] == "no-store"
    assert sign_in(town, "zoe", password).must_change
    ann.get("/admin/people/zoe")
    assert password not in ann.text


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "Ann", "login": "ann"}, "login"),
        ({"name": "Zoe", "login": "9"}, "login"),
        ({"name": "", "login": "zoe"}, "name"),
        ({"name": "Zoe", "login": "zoe", "unit": "PLAN"}, ""),
        (
            {"name": "Zoe", "login": "zoe", "unit": "PLAN", "role": "city|planner", "from_": "2022-08-02", "to": "2022-08-01"},
            "to",
        ),
    ],
)
def test_what_is_wrong_with_a_person_stands_at_its_field_and_nobody_is_added(browser, town, values, field):
    ann = browser("ann")
    ann.get("/admin/people/new")

    assert ann.post("/admin/people/new", **values) == 422
    assert not field or f'id="f-{field}-error"' in ann.text
    with town.work() as work:
        assert work.people.find("zoe") is None


def test_a_person_is_changed(browser, town):
    ann = browser("ann")
    ann.get("/admin/people/pam")
    ann.post("/admin/people/pam", name="Pamela", title="科长", phone="13804120002")

    assert (person(town, "pam").name, person(town, "pam").title) == ("Pamela", "科长")


def test_a_reset_password_replaces_the_old_one(browser, town):
    ann = browser("ann")
    ann.get("/admin/people/pam")
    ann.post("/admin/people/pam/password")

    assert sign_in(town, "pam", shown_password(ann)).must_change
    assert sign_in(town, "pam", PASSWORD).refusal


def test_whoever_has_a_one_time_password_chooses_another_first(browser, town):
    ann = browser("ann")
    ann.get("/admin/people/pam")
    ann.post("/admin/people/pam/password")
    password = shown_password(ann)

    pam = browser("ann")
    pam.client.get("/sign-in")
    pam.get("/")
    pam.post("/sign-out")
    pam.get("/sign-in")
    pam.post("/sign-in", login="pam", password=password)

    assert pam.answer.request.path == "/password"


@pytest.mark.parametrize(("action", "undo", "open_after"), [("lock", "unlock", False), ("close", "open", False)])
def test_an_account_is_locked_or_closed_and_opened_again(browser, town, action, undo, open_after):
    ann = browser("ann")
    ann.get("/admin/people/pam")
    ann.post("/admin/people/pam/account", action=action)
    assert bool(sign_in(town, "pam", PASSWORD).token) is open_after

    ann.post("/admin/people/pam/account", action=undo)
    assert sign_in(town, "pam", PASSWORD).token


def test_nobody_locks_the_own_account(browser, town):
    ann = browser("ann")
    ann.get("/admin/people/ann")

    assert ann.post("/admin/people/ann/account", action="lock") == 422
    assert sign_in(town, "ann", PASSWORD).token


def test_a_post_is_given_and_ended(browser, town):
    ann = browser("ann")
    ann.get("/admin/people/eve")
    ann.post("/admin/people/eve/posts", unit="HQ", role="city|manager", from_="2022-07-01", post_title="代主任")
    with town.work() as work:
        given = posts.current(work, "eve")[1]
    assert (given.unit, given.title) == ("HQ", "代主任")

    ann.post(f"/admin/posts/{given.id}/end", login="eve")
    with town.work() as work:
        assert [post.unit for post in posts.current(work, "eve")] == ["OUT"]


@pytest.mark.parametrize("values", [{"unit": "HQ"}, {"role": "city|planner"}, {"unit": "OUT", "role": "city|planner"}])
def test_a_post_needs_a_unit_and_a_role_and_is_not_given_twice(browser, values):
    ann = browser("ann")
    ann.get("/admin/people/eve")

    assert ann.post("/admin/people/eve/posts", **values) == 422


def test_a_district_gives_no_role_above_its_own(browser):
    dan = browser("dan")
    dan.get("/admin/people/new")
    assert "city|manager" not in dan.text

    assert dan.post("/admin/people/eve/posts", unit="DIST", role="city|manager") == 403


def test_the_work_of_whoever_leaves_is_given_to_a_colleague(browser, town, desk):  # noqa: F811
    ann = browser("ann")
    ann.get("/admin/people/pam")
    assert "/admin/people/pam/work" in ann.text
    ann.get("/admin/people/pam/work")
    tasks = re.findall(r'name="task" value="([^"]+)"', ann.text)
    assert len(tasks) == 2

    assert ann.post("/admin/people/pam/work", to="eve", reason="调离", task=tasks) == 200

    with town.work() as work:
        assert [task.name for task in work.user_tasks.open_of_assignee("eve")] == ["task 1"]
        assert [task.name for task in work.user_tasks.open_of_assignee("pam")] == ["task 2"]


@pytest.mark.parametrize("values", [{"to": "bob", "reason": ""}, {"to": "", "reason": "调离"}])
def test_work_is_given_only_with_a_successor_and_a_reason(browser, town, desk, values):  # noqa: F811
    ann = browser("ann")
    ann.get("/admin/people/pam/work")
    tasks = re.findall(r'name="task" value="([^"]+)"', ann.text)

    assert ann.post("/admin/people/pam/work", task=tasks, **values) == 422
    with town.work() as work:
        assert len(work.user_tasks.open_of_assignee("pam")) == 2
