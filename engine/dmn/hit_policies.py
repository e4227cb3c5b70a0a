"""Hit policies: what a decision table answers when several of its rules match, or none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.feel import DEFAULT, Environment, compile_expression

Output = object
Policy = Callable[[Sequence["Hit"], Environment], Output]

_SAME = compile_expression("a = b")
_AGGREGATIONS = {name: compile_expression(f"{name.lower()}(hits)") for name in ("SUM", "MIN", "MAX")}


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that matched: its number from 1, what it gives, and the rank of that among the output values."""

    rule: int
    output: Output
    rank: tuple[int, ...] = ()


def _warn(environment: Environment, message: str) -> None:
    if environment.warn is not None:
        environment.warn(message)


def _rules(hits: Sequence[Hit]) -> str:
    return ", ".join(str(hit.rule) for hit in hits)


def unique(hits: Sequence[Hit], environment: Environment) -> Output:
    """Give the only match; several are an error of the table."""
    if len(hits) > 1:
        _warn(environment, f"The rules {_rules(hits)} all match, but the hit policy allows only one")
        return None
    return hits[0].output


def any_of(hits: Sequence[Hit], environment: Environment) -> Output:
    """Give the output that all matches agree on."""
    for hit in hits[1:]:
        if _SAME.evaluate({"a": hits[0].output, "b": hit.output}, DEFAULT) is not True:
            _warn(environment, f"The rules {_rules(hits)} all match, but with different outputs")
            return None
    return hits[0].output


def first(hits: Sequence[Hit], environment: Environment) -> Output:
    """Give the match that stands first."""
    return hits[0].output


def priority(hits: Sequence[Hit], environment: Environment) -> Output:
    """Give the output that stands first among the output values."""
    return min(hits, key=lambda hit: hit.rank).output


def rule_order(hits: Sequence[Hit], environment: Environment) -> Output:
    """Give all outputs as the rules stand."""
    return [hit.output for hit in hits]


def output_order(hits: Sequence[Hit], environment: Environment) -> Output:
    """Give all outputs as they stand among the output values."""
    return [hit.output for hit in sorted(hits, key=lambda hit: hit.rank)]


def count(hits: Sequence[Hit], environment: Environment) -> Output:
    """Give how many rules match."""
    return len(hits)


def aggregation(name: str) -> Policy:
    """Give the sum, the least or the greatest of the outputs."""
    expression = _AGGREGATIONS[name]
    return lambda hits, environment: expression.evaluate({"hits": [hit.output for hit in hits]}, environment)


POLICIES: dict[tuple[str, str], Policy] = {
    ("UNIQUE", ""): unique,
    ("ANY", ""): any_of,
    ("FIRST", ""): first,
    ("PRIORITY", ""): priority,
    ("RULE ORDER", ""): rule_order,
    ("OUTPUT ORDER", ""): output_order,
    ("COLLECT", ""): rule_order,
    ("COLLECT", "COUNT"): count,
    **{("COLLECT", name): aggregation(name) for name in _AGGREGATIONS},
}
NO_MATCH: dict[Policy, Callable[[], Output]] = {rule_order: list, output_order: list, count: int}
RANKED = (priority, output_order)
