"""Forms built from their components, and an environment with a clock and one reference table."""

import json
from datetime import datetime

import pytest

from engine.clock import ZONE
from engine.feel import Environment
from engine.forms import read

FRUITS = [{"code": "a", "name": "Apple", "season": "autumn"}, {"code": "s", "name": "Strawberry", "season": "spring"}]


def form_file(*components, form_id="order"):
    return json.dumps(
        {"type": "default", "id": form_id, "schemaVersion": 18, "components": list(components)}, ensure_ascii=False
    ).encode()


def form_of(*components):
    reading = read({"forms/order.form": form_file(*components)})
    assert not reading.problems, [str(problem) for problem in reading.problems]
    return reading.forms["order"]


def part(kind, key, label=None, **more):
    return {"type": kind, "key": key, "id": f"Field_{key}", "label": label or key.title(), **more}


@pytest.fixture
def environment():
    now = datetime(2022, 8, 10, 9, tzinfo=ZONE)
    return Environment(lambda: now, {"reference": lambda table: FRUITS if table == "fruits" else None})
