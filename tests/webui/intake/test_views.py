import io

import pytest
from openpyxl import Workbook, load_workbook

from tests.intake.conftest import SENT

LIST = "/intake/report/list"


def workbook(*rows):
    book, stream = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(stream)
    stream.seek(0)
    return stream


def bring(ann, *rows):
    ann.get(LIST)
    return ann.post(LIST, file=(workbook(("坏了什么 *", "地点 *", "手机号"), *rows), "list.xlsx"))


def test_a_channel_files_without_a_page(hand_in):
    status, answer = hand_in(**SENT)

    assert (status, answer["number"], len(answer["query_code"])) == (201, "BX-20220718-0001", 8)
    assert hand_in(**SENT) == (200, answer)


def test_faults_are_named_in_the_callers_language(hand_in):
    status, chinese = hand_in(**SENT | {"place": ""})
    _, english = hand_in(language="en", **SENT | {"place": ""})

    assert (status, list(chinese["errors"])) == (422, ["place"])
    assert ("请" in chinese["errors"]["place"], english["message"]) == (True, "Some fields need attention.")


@pytest.mark.parametrize(("facts", "status"), [
    ({"used": "zgk_wrong"}, 401), ({"used": ""}, 401), ({"process": "repair"}, 404), ({"place": "别处"}, 409),
])  # fmt: skip
def test_what_is_refused_says_why(hand_in, facts, status):
    hand_in(**SENT)

    assert hand_in(**SENT | facts)[0] == status


def test_guessing_keys_is_stopped(hand_in):
    statuses = [hand_in(used=f"zgk_{number}", **SENT)[0] for number in range(32)]

    assert (statuses[:30], statuses[30:]) == ([401] * 30, [429] * 2)


def test_what_is_no_object_is_refused(app, key):
    answer = app.test_client().post("/api/intake/report", data="[1]", headers={"Authorization": f"Bearer {key}"})

    assert answer.status_code == 400


def test_the_interface_describes_itself(app):
    described = app.test_client().get("/api/intake/town/openapi.json").get_json()
    page = app.test_client().get("/api/intake/town/").get_data(as_text=True)

    shape = described["paths"]["/api/intake/report"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert shape["required"] == ["external_no", "damage", "place"]
    assert "路灯不亮" in page
    assert app.test_client().get("/api/intake/demo-leave/").status_code == 404


def test_an_administrator_opens_renews_and_closes_a_channel(ann, hand_in):
    ann.get("/admin/channels")
    ann.post("/admin/channels", name="信访", callback="")
    [key] = {word for word in ann.words.split() if word.startswith("zgk_")}
    assert hand_in(used=key, **SENT)[0] == 201

    ann.post("/admin/channels/信访/renew")
    assert hand_in(used=key, **SENT)[0] == 401
    ann.post("/admin/channels/信访/callback", callback="ftp://x")
    assert "回传地址以 https:// 或 http:// 开头" in ann.words
    ann.get("/admin/channels")
    assert key not in ann.text


def test_rows_in_order_are_filed_and_rows_with_faults_stay_behind(ann, app):
    bring(ann, ("路灯不亮", "铁东路 1 号", 13804120001), ("月亮", "铁西", None), ("路面破损", "立山", None))
    assert "共 3 行，2 行可以登记" in ann.words
    assert "坏了什么" in ann.words

    kept = ann.text.split('name="kept" value="')[1].split('"')[0]
    ann.post(LIST, kept=kept, confirmed="1")
    assert "已登记 2 件" in ann.words
    with app.extensions["engine"].work() as work:
        found = work.ledger_rows.page("reports", None, (), ())[0]
    assert sorted(row.values["place"] for row in found) == ["立山", "铁东路 1 号"]


def test_the_same_list_again_files_nothing_twice(ann):
    for _ in range(2):
        bring(ann, ("路灯不亮", "铁东路 1 号", 13804120001))
        if 'name="kept"' in ann.text:
            kept = ann.text.split('name="kept" value="')[1].split('"')[0]
            ann.post(LIST, kept=kept, confirmed="1")

    assert "此前已登记：BX-20220718-0001" in ann.words


@pytest.mark.parametrize("content", [b"no workbook", None])
def test_what_is_no_list_is_refused(ann, content):
    ann.get(LIST)
    stream = io.BytesIO(content) if content else workbook(("别的列",), ("x",))

    assert ann.post(LIST, file=(stream, "list.xlsx")) == 422


def test_the_template_names_the_columns_that_are_read(ann):
    ann.get("/start/report")
    assert "批量导入" in ann.words
    content = ann.client.get("/intake/report/list.xlsx").data
    head = [cell.value for cell in next(load_workbook(io.BytesIO(content)).active.iter_rows())]

    assert head == ["坏了什么 *", "地点 *", "说一说", "手机号"]


def test_nobody_else_brings_lists_in(app, desk):
    assert desk("wangfang").get(LIST) in (403, 404)


@pytest.fixture
def ask(app, key):
    """Ask how far something has come and give status and answer."""

    def ask(number, used=key, process="report"):
        headers = {"Authorization": f"Bearer {used}"}
        answer = app.test_client().get(f"/api/intake/{process}/{number}", headers=headers)
        return answer.status_code, answer.get_json()

    return ask


def test_a_channel_asks_how_far_something_has_come_by_its_own_number(hand_in, ask):
    _, filed = hand_in(**SENT)

    status, answer = ask("W-1")
    assert (status, answer["number"], answer["external_no"], answer["step"]) == (200, filed["number"], "W-1", "已收到")
    assert answer["dates"] == [{"name": "修复", "due": "2022-07-25", "done": None}]
    assert ask("W-1")[1] == answer


def test_what_another_channel_filed_is_not_to_be_asked_for(app, ann, hand_in, ask):
    hand_in(**SENT)
    ann.get("/admin/channels")
    ann.post("/admin/channels", name="信访", callback="")
    [other] = {word for word in ann.words.split() if word.startswith("zgk_")}

    assert [ask(number, used)[0] for number, used in (("W-1", other), ("W-2", other), ("W-1", "zgk_wrong"))] == [404, 404, 401]
    assert ask("W-1", process="repair")[0] == 404


def test_the_question_is_described_with_what_it_is_answered(app):
    paths = app.test_client().get("/api/intake/town/openapi.json").get_json()["paths"]

    known = paths["/api/intake/report/{external_no}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert {"number", "state", "step", "dates", "unit"} <= known["properties"].keys()
