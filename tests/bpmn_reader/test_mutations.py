"""Whatever is fed to the reader, it answers with a reading and never breaks."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from engine.bpmn import Known, read

MODELS = sorted((Path(__file__).parent.parent / "bpmn").glob("*.bpmn"))
WORDS = st.sampled_from(["", "x", "start", "it", "=", "=a +", "true", "-1", "R/", "P1D", "=1", "None", "é 意", "a" * 300])


@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.stem)
def test_every_model_of_the_profile_is_read_without_a_word(model):
    reading = read({model.name: model.read_bytes()}, Known(frozenset({"f"}), frozenset({"d"}), frozenset({"q"})))

    assert [str(problem) for problem in reading.problems + reading.warnings] == []


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(MODELS), st.data())
def test_a_damaged_model_is_read_or_refused_but_never_breaks_the_reader(model, data):
    tree = etree.fromstring(model.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        node = data.draw(st.sampled_from(list(tree.iter("{*}*"))))
        damage(node, data)

    reading = read({"p.bpmn": etree.tostring(tree)}, Known())

    assert reading.processes or reading.problems


def damage(node: etree._Element, data: st.DataObject) -> None:
    """Remove, double, rename or reword one element."""
    what = data.draw(st.sampled_from(["remove", "double", "attribute", "drop", "text", "rename"]))
    parent = node.getparent()
    if what == "remove" and parent is not None:
        parent.remove(node)
    elif what == "double" and parent is not None:
        parent.append(etree.fromstring(etree.tostring(node)))
    elif what in ("attribute", "drop") and node.attrib:
        name = data.draw(st.sampled_from(sorted(node.attrib)))
        node.attrib.pop(name) if what == "drop" else node.set(name, data.draw(WORDS))
    elif what == "text":
        node.text = data.draw(WORDS)
    elif what == "rename" and parent is not None:
        node.tag = parent.tag


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_bytes_that_are_no_xml_are_refused(content):
    assert read({"p.bpmn": content}).problems
