"""Whoever looks after accounts alone has a menu of that, and none of the business they do not see."""

import pytest

from engine.persistence.identity_records import RoleRow

BUSINESS = ("/inbox/todo", "/inbox/drafts", "/papers/", "/start/")


@pytest.fixture
def guard(town, browser):
    """Eve, who gives posts that others ask for."""
    with town.work() as work:
        roles = [role for role in work.roles.all() if role.pack == "city"]
        work.roles.replace("city", [*roles, RoleRow("city", "guard", "安全保密管理员", "accounts", ["grant_posts"], 99)])
        [post] = work.posts.of(["eve"])
        work.posts.change(post.id, role="guard")
    return browser("eve")


def linked(page):
    return [path for path in BUSINESS if f'href="{path}"' in page.text]


def test_they_see_no_empty_lists_of_work_papers_and_beginnings(guard, browser):
    assert 'href="/admin/posts/asked"' in guard.text
    assert linked(guard) == []
    assert linked(browser("ann")) == list(BUSINESS)


def test_the_name_of_the_app_leads_them_to_what_they_look_after(guard):
    guard.get("/admin/people")
    assert '<a class="brand" href="/">' in guard.text

    guard.get("/")
    assert guard.answer.request.path == "/admin/posts/asked"
