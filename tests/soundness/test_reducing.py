from engine.soundness.reducing import reduce
from engine.soundness.skeleton import Skeleton


def reduced(*flows, **kinds):
    skeleton = Skeleton({"start": "start", "end": "end"} | kinds, list(flows))
    reduce(skeleton)
    return skeleton.nodes, sorted(skeleton.flows)


def test_what_is_well_nested_disappears():
    flows = [("start", "f"), ("f", "a"), ("f", "b"), ("a", "j"), ("b", "j"), ("j", "end")]

    assert reduced(*flows, f="fork", j="fork", a="step", b="step") == ({"start": "start", "end": "end"}, [("start", "end")])


def test_a_choice_between_two_ways_into_a_join_stays():
    flows = [("start", "c"), ("c", "a"), ("c", "j"), ("a", "j"), ("j", "end")]
    nodes, left = reduced(*flows, c="choice", a="step", j="fork")

    assert (nodes, left) == (
        {"start": "start", "end": "end", "c": "choice", "j": "fork"},
        [("c", "j"), ("c", "j"), ("j", "end"), ("start", "c")],
    )


def test_a_way_back_is_left_out_but_not_the_only_way():
    assert reduced(("start", "c"), ("c", "a"), ("a", "c"), ("c", "end"), c="choice", a="step")[1] == [("start", "end")]
    assert ("c", "c") in reduced(("start", "c"), ("c", "a"), ("a", "c"), c="choice", a="step")[1]
