"""Decision tables: checked and tried out by the engine."""


def test_a_trial_says_the_result_and_the_rules_that_match(editor, route):
    editor.get("/tables/decisions/route.dmn")

    values = {"v.leave_type": "年休假", "go": "1"}
    editor.post("/tables/try/route.dmn", content=route, decision="route", **values)

    assert "直接登记" in editor.words
    assert "第 1、2 条规则命中" in editor.words
    assert 'data-hits="r1 r2"' in editor.text


def test_the_panel_asks_for_what_the_table_reads(editor, route):
    editor.get("/tables/decisions/route.dmn")

    editor.post("/tables/try/route.dmn", content=route, decision="route")

    assert 'name="v.leave_type"' in editor.text
    assert '<option value="年休假">' in editor.text


def test_a_cell_that_is_not_feel_is_named_by_its_rule(editor, route):
    editor.get("/tables/decisions/route.dmn")

    editor.post("/tables/check/route.dmn", content=route.replace('"直接登记"', '"直接登记'))

    assert 'data-element="r1"' in editor.text
    assert "文本缺少结尾的引号" in editor.words


def test_what_is_on_the_screen_is_kept_with_its_faults(editor, route, draft):
    editor.get("/tables/decisions/route.dmn")

    status = editor.post("/tables/save/route.dmn", content=route.replace("直接登记", "登记"), revision="1")

    assert status == 200
    assert '"登记"' in draft("route.dmn")
    assert editor.answer.headers["X-Revision"] == "2"


def test_a_value_that_cannot_be_read_is_said_and_not_guessed(editor, route):
    editor.get("/tables/decisions/route.dmn")

    values = {"v.leave_type": "[1, ", "go": "1"}
    editor.post("/tables/try/route.dmn", content=route, decision="route", **values)
    assert "部门审批" in editor.words

    editor.post("/tables/try/route.dmn", content=route, decision="route", **(values | {"v.leave_type": "[1, ]"}))
    assert "不能作为“leave_type”的值" in editor.words
