"""Forms: previewed as the server shows them, with the engine's faults."""

import json

PATH = "forms/leave_request.form"


def test_the_preview_is_what_the_page_of_a_task_shows(editor):
    schema = editor.client.get(f"/tables/file/{PATH}").get_data(as_text=True)
    editor.get(f"/tables/forms/{PATH}")

    editor.post(f"/tables/preview/{PATH}", content=schema)

    assert '<select class="form-select " id="f-leave_type" name="leave_type"' in editor.text
    assert "csrf_token" not in editor.text


def test_a_component_the_engine_does_not_take_is_named(editor):
    schema = json.loads(editor.client.get(f"/tables/file/{PATH}").data)
    schema["components"].append({"type": "iframe", "id": "elsewhere", "url": "https://example.org"})
    editor.get(f"/tables/forms/{PATH}")

    assert editor.post(f"/tables/preview/{PATH}", content=json.dumps(schema)) == 422
    editor.post(f"/tables/check/{PATH}", content=json.dumps(schema))

    assert 'data-element="elsewhere"' in editor.text


def test_the_list_names_a_form_by_the_steps_that_show_it(editor):
    editor.get("/tables/")

    assert "填写请假单" in editor.words or "请假" in editor.words
    assert "forms/leave_decision.form" in editor.words
    assert "审批请假" in editor.words
