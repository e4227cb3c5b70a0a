"""The smallest decision model around a few elements, so that a test shows only what it is about."""

from collections.abc import Mapping

from engine.dmn import Decision, read
from engine.feel import Environment

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def xml(body: str, namespace: str = "urn:t") -> bytes:
    """A whole file."""
    return f'<definitions xmlns="{DMN}" id="definitions" name="m" namespace="{namespace}">\n{body}\n</definitions>'.encode()


def literal(text: str) -> str:
    """A literal expression."""
    return f"<literalExpression><text>{text}</text></literalExpression>"


def variable(name: str, kind: str = "") -> str:
    """A variable, typed or not."""
    return f'<variable name="{name}"' + (f' typeRef="{kind}"/>' if kind else "/>")


def decision(box: str, identifier: str = "d", kind: str = "", requires: str = "") -> str:
    """A decision with the boxed expression *box*."""
    return f'<decision id="{identifier}" name="{identifier}">{variable(identifier, kind)}{requires}{box}</decision>'


def requires(*references: str) -> str:
    """Requirements: ``input:x``, ``decision:x`` or ``knowledge:x``."""
    lines = []
    for reference in references:
        kind, _, target = reference.partition(":")
        outer = "knowledgeRequirement" if kind == "knowledge" else "informationRequirement"
        href = target if "#" in target else f"#{target}"
        lines.append(f'<{outer}><required{kind.capitalize()} href="{href}"/></{outer}>')
    return "".join(lines)


def decided(body: str, identifier: str = "d") -> Decision:
    """Read a model without problems and give one of its decisions."""
    reading = read({"m.dmn": xml(body)})
    assert [str(problem) for problem in reading.problems] == []
    return reading.decisions[identifier]


def evaluate(body: str, context: Mapping[str, object] | None = None, identifier: str = "d") -> object:
    """Read a model and evaluate one of its decisions."""
    return decided(body, identifier).evaluate(context or {})


def warnings(body: str, context: Mapping[str, object] | None = None) -> list[str]:
    """Evaluate the decision to null and give the warnings."""
    told: list[str] = []
    assert decided(body).evaluate(context or {}, Environment(warn=told.append)) is None
    return told


def complaints(body: str) -> list[str]:
    """Read a model and give what is refused, as sentences."""
    return [problem.message for problem in read({"m.dmn": xml(body)}).problems]


def table(
    rules: list[tuple[str, ...]], policy: str = "UNIQUE", outputs: str = '<output id="o"/>', inputs: tuple[str, ...] = ("x",)
) -> str:
    """A decision table; each rule lists its input cells, then its output cells."""
    columns = "".join(f"<input><inputExpression><text>{one}</text></inputExpression></input>" for one in inputs)
    rows = []
    for rule in rules:
        cells = "".join(f"<inputEntry><text>{cell}</text></inputEntry>" for cell in rule[: len(inputs)])
        cells += "".join(f"<outputEntry><text>{cell}</text></outputEntry>" for cell in rule[len(inputs) :])
        rows.append(f"<rule>{cells}</rule>")
    name, _, aggregation = policy.partition("+")
    attributes = f'hitPolicy="{name}"' + (f' aggregation="{aggregation}"' if aggregation else "")
    return f"<decisionTable {attributes}>{columns}{outputs}{''.join(rows)}</decisionTable>"
