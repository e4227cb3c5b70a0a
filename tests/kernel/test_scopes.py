"""Variables: scopes, mappings, and how results merge upward."""

from datetime import date
from decimal import Decimal

import pytest

from engine.kernel import errors, port, scopes
from tests.kernel.models import draw, each, job, process, script, sub, user
from tests.kernel.player import Player


def only(task, variables=None, **options):
    """Run a process of one element."""
    return Player(process("start > it > end", it=task), variables, **options)


def test_a_result_is_written_to_the_process_when_no_scope_has_its_name():
    inner = sub("start2 > x > end2", x=script("n", "1"))

    assert Player(process("start > s > end", s=inner)).variables == {"n": 1}


def test_a_result_is_written_to_the_nearest_scope_that_has_its_name():
    inner = sub("start2 > x > end2", facts={"inputs": {"n": "=0"}}, x=script("n", "1"))

    assert Player(process("start > s > end", s=inner), {"n": 5}).variables == {"n": 5}


def test_an_output_mapping_lets_only_what_it_names_out():
    player = only(user(outputs={"opinion": "=upper case(text)"}))

    player.do("it", text="fine", secret=1)

    assert player.variables == {"opinion": "FINE"}


def test_an_input_mapping_is_seen_inside_only():
    player = only(job(inputs={"a": "=x + 1", "b": "=a + 1"}), {"x": 1})
    assert player.tell(port.JobCreated)[0].variables == {"x": 1, "a": 2, "b": 3}

    player.do("it")

    assert player.variables == {"x": 1}


def test_dotted_inputs_make_contexts():
    player = only(job(inputs={"o.a": "=1", "o.b.c": "=2"}), {"o": {"old": 1}})

    assert player.tell(port.JobCreated)[0].variables == {"o": {"a": 1, "b": {"c": 2}}}


def test_dotted_outputs_keep_the_other_entries():
    player = only(job(outputs={"o.a": "=r"}), {"o": {"old": 1}})

    player.do("it", r=2)

    assert player.variables == {"o": {"old": 1, "a": 2}}


def test_a_sub_process_gives_out_what_its_output_mappings_name():
    inner = sub("start2 > x > end2", facts={"inputs": {"n": "=0"}, "outputs": {"m": "=n"}}, x=script("n", "7"))

    assert Player(process("start > s > end", s=inner)).variables == {"m": 7}


def test_a_loops_children_merge_upward_like_any_task():
    player = Player(process("start > a > end", a=script("n", "loopCounter", loop=each(cardinality="=3"))))

    assert player.variables == {"n": 3}


def test_a_failed_input_mapping_is_an_incident_before_the_work_is_offered():
    player = only(user(inputs={"a": "=assert(x, x != null)"}))
    assert not player.tell(port.UserTaskCreated)

    player.resolve("it", x=1)

    assert player.tell(port.UserTaskCreated)[0].local == {"a": 1}


def test_a_failed_output_mapping_keeps_what_was_handed_in():
    player = only(user(outputs={"a": "=assert(x, limit > 1)"}), {"limit": 1})
    player.do("it", x=5)
    assert player.tell(port.IncidentRaised)[0].variables == {"limit": 1}

    player.resolve("it", limit=2)

    assert player.variables == {"limit": 2, "a": 5}


def test_every_change_of_variables_is_told_with_its_scope():
    inner = sub("start2 > x > end2", facts={"inputs": {"n": "=0"}}, x=script("n", "1"))
    player = Player(process("start > s > end", s=inner), {"n": 5})

    told = [(effect.scope_key, effect.variables) for effect in player.tell(port.VariablesSet)]

    assert told == [(None, {"n": 5}), ("2", {"n": 0}), ("2", {"n": 1})]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (1.5, Decimal("1.5")),
        (2.0, 2),
        (Decimal("3.00"), 3),
        (Decimal("NaN"), None),
        (date(2022, 8, 10), "2022-08-10"),
        ((1, [2]), [1, [2]]),
        ({1: True}, {"1": True}),
    ],
)
def test_values_are_kept_as_json_with_exact_numbers(value, kept):
    found = scopes.stored(value)

    assert (found, type(found)) == (kept, type(kept))


@pytest.mark.parametrize("value", ["\0", "\ud800", object(), lambda: 1])
def test_what_is_no_json_is_declined(value):
    with pytest.raises(errors.NotStorable):
        scopes.stored(value)


def test_a_value_nested_too_deep_is_declined():
    value: list[object] = []
    for _ in range(1000):
        value = [value]

    with pytest.raises(errors.NotStorable):
        only(user(), {"deep": value})


def test_a_script_that_gives_a_function_is_an_incident():
    assert only(script("f", "function(x) x")).tell(port.IncidentRaised)[0].kind == "data"


def test_a_variable_called_typename_is_a_variable_like_any():
    player = only(user(), {"typename": "x", "data": {"typename": 1}}, reload=True)

    player.do("it")

    assert player.variables["data"] == {"typename": 1}


def test_an_element_called_like_a_part_of_the_engine_is_no_matter():
    drawn = process("Start > End > Root", Start=draw("startEvent"), End=user(), Root=draw("endEvent"))
    player = Player(drawn, reload=True)

    player.do("End")

    assert player.ended == "completed"
