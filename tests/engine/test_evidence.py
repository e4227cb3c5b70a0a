"""Judgements that can be checked: a draw to repeat, words found in a text, and scores nobody reads before all are in."""

import hashlib

import pytest

from engine import jobs, process_instances, user_tasks
from engine.workers import InputMissing
from engine.workers.evidence import draw, find_in_text
from tests.engine.models import deploy, flow, process, user_task

CASES = [{"key": f"C-{number}", "unit": unit} for number in range(1, 8) for unit in ("PLAN", "HQ")]
SCORE = {"score": 71, "remarks": "certificates not shown"}
OPENED = (
    '<serviceTask id="open"><extensionElements><zeebe:taskDefinition type="handed_in"/><zeebe:taskHeaders>'
    '<zeebe:header key="steps" value="one,two"/></zeebe:taskHeaders><zeebe:ioMapping>'
    '<zeebe:output source="=handed_in" target="handed_in"/><zeebe:output source="=true" target="both_in"/>'
    "</zeebe:ioMapping></extensionElements></serviceTask>"
)
GATES = '<startEvent id="start"/><parallelGateway id="split"/><parallelGateway id="join"/><endEvent id="end"/>'
NOTHING = '<zeebe:ioMapping><zeebe:output source="=true" target="scored"/></zeebe:ioMapping>'


def drawn(seed, count=2, rows=CASES):
    """Draw with a seed and give the keys."""
    facts = {"draw_from": rows, "draw_by": "unit", "draw_count": count, "draw_seed": seed}
    return [row["key"] for row in draw(None, None, {}, facts)["drawn"]]


def test_a_draw_takes_as_many_of_each_group_and_the_same_again_from_a_list_in_another_order():
    assert len(drawn("73 21")) == 4
    assert sorted(drawn("73 21")) == sorted(drawn("73 21", rows=CASES[::-1]))
    assert drawn("73 21") != drawn("73 22")


def test_a_draw_can_be_repeated_with_nothing_but_the_seed_and_the_list():
    keys = [row["key"] for row in CASES if row["unit"] == "HQ"]
    by_hand = sorted(keys, key=lambda key: hashlib.sha256(f"5|{key}".encode()).hexdigest())

    assert drawn("5", 3, [row for row in CASES if row["unit"] == "HQ"]) == by_hand[:3]


def test_what_must_not_stay_in_a_text_is_found_once_with_its_place_and_surroundings():
    look_for = [{"kind": "mobile", "pattern": r"1[3-9]\d{9}"}, {"kind": "name", "words": ["Smith", "Jones"]}]
    texts = {"facts": "Smith called 13804120001; Smith again.", "meaning": "Nobody."}

    found = find_in_text(None, None, {}, {"texts": texts, "look_for": look_for})["found"]
    assert [(line["where"], line["kind"], line["text"]) for line in found] == [
        ("facts", "mobile", "13804120001"), ("facts", "name", "Smith"),
    ]  # fmt: skip
    assert find_in_text(None, None, {}, {"texts": texts, "look_for": look_for, "allowed": ["Smith"]})["found"] == found[:1]


@pytest.mark.parametrize("missing", ["draw_from", "draw_seed"])
def test_a_draw_says_what_it_lacks(missing):
    facts = {"draw_from": CASES, "draw_count": 1, "draw_seed": "1"}

    with pytest.raises(InputMissing, match=missing):
        draw(None, None, {}, {name: value for name, value in facts.items() if name != missing})


@pytest.fixture
def scoring(engine, start):
    """Two people score one matter without knowing of each other."""
    blind = [
        user_task(name, assignee=who, blindUntil="both_in").replace("<zeebe:properties>", f"{NOTHING}<zeebe:properties>")
        for name, who in (("one", "ann"), ("two", "bob"))
    ]
    paths = flow("start", "split") + flow("split", "one", "join") + flow("split", "two", "join") + flow("join", "open", "end")
    deploy(engine, process(GATES + "".join(blind) + OPENED + paths))
    return start()


def read(engine, reader, instance):
    """Give what a reader sees of each finished step, and whether any variable tells it."""
    with engine.work(reader) as work:
        found = process_instances.get(work, instance.id)
        steps = {task.element_id: task.submitted for task in user_tasks.of_instance(work, found) if not task.is_open}
        pages = {task.element_id: user_tasks.view(work, task.id).variables.get("score") for task in work.user_tasks.of_instance(
            instance.id) if not task.is_open}  # fmt: skip
        return steps, pages, "score" in found.variables


def test_nobody_reads_a_score_before_both_are_in(engine, scoring, complete, ann, bob):
    complete(ann, "One", "Seventy-one", **SCORE)

    assert read(engine, bob, scoring) == ({"one": None}, {"one": None}, False)
    assert read(engine, ann, scoring) == ({"one": SCORE}, {"one": 71}, False)


def test_both_scores_come_out_together(engine, scoring, complete, ann, bob):
    complete(ann, "One", **SCORE)
    complete(bob, "Two", score=84)
    jobs.run_due(engine)

    steps, pages, _told = read(engine, bob, scoring)
    assert (steps, pages) == ({"one": SCORE, "two": {"score": 84}}, {"one": 71, "two": 84})
    with engine.work() as work:
        opened = process_instances.get(work, scoring.id).variables["handed_in"]
    assert {name: (held["score"], held["by"]) for name, held in opened.items()} == {"one": (71, "ann"), "two": (84, "bob")}
