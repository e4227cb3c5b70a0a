"""The unit that handles a complaint reads the summary, never the words and the name of whoever complained (DOMAIN 2.5, 3.7)."""

import json
from io import BytesIO

import pytest

from engine import attachments, documents, history, ledgers, process_instances, unmasking, user_tasks
from engine.persistence.repositories.inbox import TABS, InboxFilters
from engine.process_instances import InstanceFilters
from tests.packs.complaints import ASSIGNED, FILED, REVIEWED
from tests.packs.live import Town
from tests.packs.stage import day, files

TITLE, WORDS, DEMAND = "老槐树下的豆腐坊被查封", "三轮车和石磨都被拉走,门上贴了封条", "请把石磨还回来"
NAME, PHONE = "欧阳卓远", "19904127788"
GIVEN = {name: value for name, value in FILED.items() if name not in ("starter", "complaint_no")} | {
    "title": TITLE, "facts": WORDS, "demand": DEMAND, "complainant_name": NAME, "phone": PHONE, "is_anonymous": False,
}  # fmt: skip
SECRET = (TITLE, "石磨", "封条", NAME, "欧阳", PHONE, PHONE[-4:])
HANDLING = [(role, "SCJG") for role in ("unit_liaison", "case_handler", "unit_legal", "unit_deputy", "unit_leader")]


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    found = Town(tmp_path_factory.mktemp("words"), day("2022-08-03"))
    yield found
    found.engine.close()


def given_to_the_unit(town, **more):
    instance = town.start(town.holder("intake_clerk", "LDXZB"), "complaint_handle", **GIVEN | more)
    reviewer = town.holder("complaint_reviewer", "LDXZB")
    store = lambda work: attachments.store(work, BytesIO(b"%PDF-1.4 x"), "a.pdf", instance.id, field="evidence", unit="SCJG")  # noqa: E731
    town.engine.run(store, town.holder("intake_clerk", "LDXZB"))
    town.do(reviewer, "受理审查", **REVIEWED | {"review_result": "受理", "reviewed_by": "甲"})
    town.do(reviewer, "交办", **ASSIGNED | {"assign_title": "一处作坊被查封"})
    town.do(town.holder("unit_liaison", "SCJG"), "签收", decision="签收", resp_dept="稽查支队", resp_person="张伟")
    return instance


@pytest.fixture(scope="module")
def matter(town):
    return given_to_the_unit(town)


def seen_by(town, actor, instance):
    """Give whatever somebody of the unit sees of a complaint, in lists, on its pages, in its row, trail and papers."""
    with town.engine.work(actor) as work:
        seen = process_instances.visible(work, instance.id)
        desks = [user_tasks.view(work, task.id) for task in user_tasks.of_instance(work, seen)]
        key = seen.business_key
        return {
            "matter": (seen.title, seen.variables), "files": attachments.of_instance(work, seen.id),
            "desks": [(desk.task, desk.variables, desk.instance.variables) for desk in desks],
            "inbox": [user_tasks.inbox(work, tab, InboxFilters(), size=500).rows for tab in TABS],
            "trail": history.trail(work, seen.id), "spots": unmasking.spots(work, seen),
            "row": ledgers.get(work, "complaints", key), "rows": ledgers.rows(work, "complaints", size=None).rows,
            "expression": ledgers.lookup.look_up(work)("complaints"),
            "paper": documents.render(work, "acceptance_notice", seen.variables, seen.id).content,
        }  # fmt: skip


@pytest.mark.parametrize(("role", "unit"), HANDLING)
def test_nobody_of_the_handling_unit_reads_the_words_or_the_name(town, matter, role, unit):
    found = seen_by(town, town.holder(role, unit), matter)

    assert [(way, word) for way, what in found.items() for word in SECRET if word in repr(what)] == []
    assert (found["matter"][0], found["files"]) == ("TS-210300-20220803-0001 一处作坊被查封", [])
    assert found["matter"][1]["summary_redacted"] == ASSIGNED["summary_redacted"]
    assert (found["row"].cells["facts"], found["row"].unit, len(found["rows"])) == ("***", "SCJG", 1)


@pytest.mark.parametrize(("role", "unit"), HANDLING)
def test_no_search_of_the_handling_unit_finds_them(town, matter, role, unit):
    with town.engine.work(town.holder(role, unit)) as work:
        found = [ledgers.rows(work, "complaints", search=word).total for word in (*SECRET, "三轮车")]
        found += [process_instances.search(work, InstanceFilters(text=word)).total for word in SECRET]
        found += [ledgers.rows(work, "complaints", filter={"facts": {"contains": "石磨"}}).total]
    assert set(found) == {0}


@pytest.mark.parametrize("role", ["complaint_reviewer", "office_staff"])
def test_the_office_reads_the_words(town, matter, role):
    with town.engine.work(town.holder(role, "LDXZB")) as work:
        assert process_instances.visible(work, matter.id).variables["facts"] == WORDS
        assert "石磨" in repr(ledgers.rows(work, "complaints", search="石磨").rows)


def test_the_unit_may_telephone_whoever_agreed_to_it_and_wants_no_secrecy(town):
    instance = given_to_the_unit(town, agree_contact=True, identity_confidential=False)
    handler = town.holder("case_handler", "SCJG")

    with town.engine.work(handler) as work:
        seen = process_instances.visible(work, instance.id).variables
        assert (seen["phone"], "facts" in seen) == ("199****7788", False)


def test_every_form_of_a_complaint_that_shows_the_words_names_who_reads_them():
    """A form that forgot would be no leak, for one mark is enough; but whoever edits it should see the mark."""
    words = {"facts", "demand", "evidence", "supplement_text", "supplement_files", "original_title", "complainant_name", "phone"}
    forgot = [
        (name, part["key"])
        for name, content in files().items()
        if name.startswith("forms/complaint") and name.endswith(".form")
        for part in parts(json.loads(content)["components"])
        if part.get("key") in words and "bpm:visibleTo" not in part.get("properties", {})
    ]

    assert forgot == []


def parts(components):
    for part in components:
        yield part
        yield from parts(part.get("components", ()))


def test_a_title_that_nobody_wrote_says_nothing_of_the_words():
    from tests.packs import complaints

    walk = complaints.accepted()

    assert walk.variables["title"] == "反映市市场监督管理局(知识产权局)不作为(未处理举报)问题"
    assert walk.variables["original_title"] == FILED["title"]
