"""One's own phrases: the page that keeps them, and where they are offered."""

import re

from tests.webui.conftest import first_task


def test_a_phrase_that_is_kept_is_offered_after_those_of_the_pack(ask, desk):
    ask()
    ann = desk("ann", "部门负责人")
    ann.get("/phrases/")
    ann.post("/phrases/", text="同意，注意交接工作。")

    ann.get(first_task(ann))

    offered = re.findall(r'data-phrase="opinion">(.*?)</button>', ann.text)
    assert offered[-1] == "同意，注意交接工作。"
    assert len(offered) > 1


def test_an_opinion_is_kept_as_a_phrase_without_leaving_its_page(ask, desk):
    ask()
    ann = desk("ann", "部门负责人")
    ann.get(first_task(ann))

    assert ann.post("/phrases/from-opinion", text="同意，按期返岗。") == 200

    ann.get("/phrases/")
    assert 'value="同意，按期返岗。"' in ann.text


def test_what_cannot_be_kept_is_said_at_the_field(desk):
    ann = desk("ann", "部门负责人")
    ann.get("/phrases/")

    assert ann.post("/phrases/", text="") == 422
    assert "请先填写常用语。" in ann.text


def test_phrases_are_changed_moved_and_deleted(desk):
    ann = desk("ann", "部门负责人")
    ann.get("/phrases/")
    for text in ("甲", "乙"):
        ann.post("/phrases/", text=text)
    first, second = re.findall(r'action="(/phrases/[0-9a-f-]{36})"', ann.text)

    ann.post(second, do="up", text="乙")
    ann.post(first, do="change", text="丙")
    ann.post(second, do="delete", text="乙")

    assert re.findall(r'name="text" value="(.+?)"', ann.text) == ["丙"]
