"""What a form shows of a field that nobody may change: what is known, or what its form makes of what is known."""

import json

import pytest

from engine.feel import Environment
from engine.forms import read
from webui import form_view

NUMBERS = {
    "id": "f", "type": "textfield", "key": "numbers", "label": "Numbers", "readonly": True,
    "properties": {"bpm:default": '=string join(problems, " ")'},
}  # fmt: skip
FORM = json.dumps({"type": "default", "id": "letter", "schemaVersion": 16, "components": [NUMBERS]}).encode()


@pytest.mark.parametrize(("known", "shown"), [({}, "A-1 A-2"), ({"numbers": "B-1"}, "B-1")])
def test_a_field_that_only_shows_shows_what_its_form_computes(known, shown):
    form = read({"letter.form": FORM}).forms["letter"]

    view = form_view.view(form, {"problems": ["A-1", "A-2"], **known}, Environment())

    assert view.part("numbers").reading == shown
