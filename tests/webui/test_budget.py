"""What a click may cost the database over HTTP, signing in included: few statements, one commit, no work of others read."""

import pytest

from engine.persistence.counting import counting
from tests.webui.conftest import REQUEST, first_task


@pytest.fixture
def cost(leave_app):
    """Count what one request of a browser costs, once everything that is read once has been read."""

    def cost(browser, method, path, **values):
        with counting() as count:
            answer = browser.client.open(path, method=method, data=values | {"csrf_token": browser.token})
        assert answer.status_code in (200, 302), answer.get_data(as_text=True)
        return count

    return cost


def test_starting_takes_twelve_statements_and_one_commit(ask, cost):
    browser = ask()
    browser.get("/start/leave")

    count = cost(browser, "POST", "/start/leave", **REQUEST)

    assert (len(count.texts) <= 12, count.commits) == (True, 1), count.texts


def test_completing_takes_ten_statements_and_one_commit(ask, desk, cost):
    for _ in range(2):
        ask()
    ann = desk("ann", "部门负责人")
    for _ in range(2):  # the first one reads what is read once
        task = first_task(ann)
        ann.get(task)
        count = cost(ann, "POST", f"{task}/complete", decision="同意", _opinion="同意。")

    assert (len(count.texts) <= 10, count.commits) == (True, 1), count.texts


@pytest.mark.parametrize(("path", "statements"), [("/inbox/todo", 7), ("/inbox/done", 7), ("{task}", 13)])
def test_a_page_reads_in_few_statements_and_commits_nothing(ask, desk, cost, path, statements):
    ask()
    ann = desk("ann", "部门负责人")
    path = path.format(task=first_task(ann))
    ann.get(path)

    count = cost(ann, "GET", path)

    assert (len(count.texts) <= statements, count.commits) == (True, 0), count.texts


def test_the_inbox_never_reads_the_work_of_others(ask, desk, leave_app):
    ask()
    ann = desk("ann", "部门负责人")
    with counting() as count:
        ann.client.get("/inbox/todo")

    with leave_app.extensions["engine"].database.connect() as connection:
        for statement in count.texts:
            marks = tuple("x" for mark in statement if mark == "?")
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", marks)]
            assert not [step for step in plan if "SCAN user_task" in step or "SCAN process_instance" in step], (statement, plan)
