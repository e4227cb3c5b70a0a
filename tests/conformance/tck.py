"""The DMN half of the conformance cases: every test case of the TCK, run against ``engine.dmn``."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree

from engine import dmn
from engine.feel import Environment, FeelError
from tests.conformance.cases import Case
from tests.conformance.tck_values import child, same, value


def run(folder: Path) -> Iterator[Case]:
    """Run every test case below *folder*."""
    for tests in sorted(folder.glob("*/*/*-test-*.xml")):
        yield from run_file(tests)


def run_file(tests: Path) -> Iterator[Case]:
    """Run the cases of one file against the models beside it."""
    reading = dmn.read({model.name: model.read_bytes() for model in sorted(tests.parent.glob("*.dmn"))})
    for node in etree.parse(tests).getroot().iterchildren("{*}testCase"):
        yield Case(f"{tests.parent.name}/{tests.stem[-2:]}/{node.get('id')}", _fault(reading, node))


def _fault(reading: dmn.Reading, node: etree._Element) -> str:
    inputs = {part.get("name", ""): value(part) for part in node.iterchildren("{*}inputNode")}
    for result in node.iterchildren("{*}resultNode"):
        expected = child(result, "expected")
        wanted = None if expected is None else value(expected)
        try:
            found = _decide(reading, node, result.get("name", ""), inputs)
        except (FeelError, LookupError) as error:
            return f"{type(error).__name__}: {error}"
        if not same(found, wanted):
            return f"{result.get('name')}: {found!r} instead of {wanted!r}"
    return ""


def _decide(reading: dmn.Reading, node: etree._Element, name: str, inputs: dict[str, object]) -> object:
    environment = Environment(now=lambda: datetime.now(UTC))
    if node.get("type") == "decisionService":
        service = next(service for service in reading.services.values() if service.name == node.get("invocableName"))
        found = service.evaluate(inputs, environment)
        return found[name] if isinstance(found, dict) and len(service.outputs) > 1 else found
    for decision in reading.decisions.values():
        if decision.name == name:
            return decision.evaluate(inputs, environment)
    raise LookupError(f"no decision {name}")
