"""The drawings: people print them, so everything has its place and nothing lies on anything else."""

from itertools import combinations, pairwise

import pytest
from lxml import etree

from tests.packs.stage import of_kind

SPACES = {
    "b": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "di": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "dd": "http://www.omg.org/spec/DD/20100524/DI",
}
NODES = "//b:process//*[b:incoming or b:outgoing]"
FILES = sorted(of_kind(".bpmn"))


def tree(file):
    return etree.fromstring(of_kind(".bpmn")[file])


def boxes(root):
    """Give the bounds of every flow node, by id."""
    found = {}
    for shape in root.iterfind(".//di:BPMNShape", SPACES):
        bounds = shape.find("dc:Bounds", SPACES)
        found[shape.get("bpmnElement")] = tuple(float(bounds.get(name)) for name in ("x", "y", "width", "height"))
    return found


def overlap(one, other):
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )


@pytest.mark.parametrize("file", FILES)
def test_every_element_and_every_flow_is_drawn(file):
    root = tree(file)
    drawn = {shape.get("bpmnElement") for shape in root.iterfind(".//di:BPMNPlane/*", SPACES)}

    assert {node.get("id") for node in root.xpath(f"{NODES} | //b:sequenceFlow | //b:lane", namespaces=SPACES)} - drawn == set()


@pytest.mark.parametrize("file", FILES)
def test_no_two_elements_lie_on_each_other(file):
    root, placed = tree(file), boxes(tree(file))
    nodes = root.xpath(NODES, namespaces=SPACES)
    apart = [
        (one.get("id"), other.get("id"))
        for one, other in combinations(nodes, 2)
        if other.getparent() is not one and one.getparent() is not other
        if other.get("attachedToRef") != one.get("id") and one.get("attachedToRef") != other.get("id")
    ]

    assert [pair for pair in apart if overlap(placed[pair[0]], placed[pair[1]])] == []


@pytest.mark.parametrize("file", FILES)
def test_flows_run_upright_and_level(file):
    slanted = []
    for edge in tree(file).iterfind(".//di:BPMNEdge", SPACES):
        points = [(float(point.get("x")), float(point.get("y"))) for point in edge.iterfind("dd:waypoint", SPACES)]
        slanted += [edge.get("bpmnElement") for (x, y), (u, v) in pairwise(points) if abs(x - u) > 1 < abs(y - v)]

    assert slanted == []


@pytest.mark.parametrize("file", FILES)
def test_every_element_stands_in_the_lane_of_its_role(file):
    root, placed = tree(file), boxes(tree(file))
    outside = [
        reference.text
        for lane in root.iterfind(".//b:lane", SPACES)
        for reference in lane.iterfind("b:flowNodeRef", SPACES)
        if not overlap(placed[reference.text], placed[lane.get("id")])
    ]

    assert outside == []
