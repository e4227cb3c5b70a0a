"""The shell: the door, the language, what every answer says about itself, and errors as sentences."""

import pytest

from webui.security import HEADERS


def test_without_signing_in_every_page_leads_to_the_door_and_back(leave_app):
    answer = leave_app.test_client().get("/matters/?q=2022")

    assert answer.status_code == 302
    assert "/sign-in?next=/matters/?q%3D2022" in answer.location


def test_a_wrong_password_is_refused(desk):
    browser = desk("ann", password="wrong")

    assert browser.answer.status_code == 422
    assert "密码不正确" in browser.text


def test_whoever_has_several_posts_chooses_one(desk):
    assert "请选择本次办理的岗位" in desk("ann").text
    assert '<span class="role">部门负责人</span>' in desk("ann", "部门负责人").text


@pytest.mark.parametrize("next_page", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_elsewhere(desk, next_page):
    eve = desk("eve")
    eve.get(f"/posts?next={next_page}")

    answer = eve.client.post("/posts", data={"csrf_token": eve.token, "next": next_page})

    assert answer.location == "/"


def test_a_form_without_its_token_is_not_taken(desk):
    eve = desk("eve")

    answer = eve.client.post("/sign-out")

    assert answer.status_code == 400
    assert "未能提交" in answer.text


def test_every_answer_carries_the_headers(leave_app):
    answer = leave_app.test_client().get("/sign-in")

    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_face_speaks_english_too(desk):
    eve = desk("eve")

    eve.get("/language/en")
    eve.get("/inbox/todo")

    assert "Nothing waits for you." in eve.text


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/start/nothing", 404), ("/admin/", 403), ("/campaign/", 403)])
def test_what_cannot_be_shown_is_said_in_a_sentence(desk, path, status):
    eve = desk("eve")

    assert eve.get(path) in (status, 404)
    assert "未作任何改动" in eve.text


def test_a_fault_is_admitted_without_its_trace(desk, leave_app, caplog):
    def fail():
        raise RuntimeError("secret detail")

    leave_app.view_functions["help.index"] = fail
    eve = desk("eve")

    assert eve.get("/help/") == 500
    assert "系统出现故障" in eve.text
    assert "secret" not in eve.text


def test_a_password_is_changed_by_whoever_knows_the_old_one(desk):
    eve = desk("eve")
    eve.get("/password")

    assert eve.post("/password", old="wrong", new="Xinde@2022mima", again="Xinde@2022mima") == 422
    assert eve.post("/password", old="Qjia@2022demo", new="Xinde@2022mima", again="Xinde@2022mimi") == 422
    assert eve.post("/password", old="Qjia@2022demo", new="Xinde@2022mima", again="Xinde@2022mima") == 200
    assert "密码已修改" in eve.text


@pytest.mark.parametrize("page", ["liaison", "leader", "office", "keys", "machines"])
def test_help_is_written_for_people_at_work(desk, page):
    eve = desk("eve")

    assert eve.get(f"/help/{page}") == 200
    assert "BPMN" not in eve.text.split("<main")[1]


@pytest.mark.parametrize("path", ["/sign-in", "/inbox/todo", "/nowhere"])
def test_the_line_about_secrets_stands_on_every_page(desk, leave_app, path):
    browser = desk("eve")

    answer = leave_app.test_client().get(path) if path == "/sign-in" else browser.client.get(path)

    assert "严禁处理涉密信息" in answer.get_data(as_text=True).split("<footer")[1]


def test_an_address_cannot_order_a_link_to_leave_the_site(desk):
    ann = desk("ann", "部门负责人")

    ann.get("/matters/?_external=1&_scheme=https&_anchor=x&q=2022&page=2")

    assert "https://" not in ann.text.split("<main")[1]
