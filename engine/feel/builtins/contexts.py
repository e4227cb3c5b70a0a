"""Context functions."""

from engine.feel.builtins.registry import builtin
from engine.feel.errors import Undefined
from engine.feel.functions import Evaluation
from engine.feel.limits import DATA_DEPTH
from engine.feel.properties import has_property, property_of

Context = dict[str, object]


@builtin("get value(m: context|date|moment|time|days|months|range?, key: string?)")
def get_value(context: object, key: str | None) -> object:
    """Give an entry of a context or a property of a value."""
    if context is None or key is None:
        return None
    if isinstance(context, dict):
        return context.get(key)
    return property_of(context, key) if has_property(context, key) else None


@builtin("get entries(m: context)")
def get_entries(run: Evaluation, context: Context) -> list[Context]:
    """List the entries of a context as keys and values."""
    run.meter.spend(len(context))
    return [{"key": key, "value": value} for key, value in context.items()]


@builtin("context(entries: list)")
def context_of(entries: list[object]) -> Context:
    """Build a context of keys and values."""
    result: Context = {}
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("key"), str) or "value" not in entry:
            raise Undefined("context: every entry needs a key and a value")
        if entry["key"] in result:
            raise Undefined(f"context: there are two entries {entry['key']}")
        result[entry["key"]] = entry["value"]
    return result


@builtin("context put(context: context, key: string, value: Any)")
def context_put(run: Evaluation, context: Context, key: str, value: object) -> Context:
    """Give a context with one more or another entry."""
    run.meter.spend(len(context) // 8)
    return {**context, key: value}


@builtin("context put(context: context, keys: list, value: Any)")
def context_put_deep(run: Evaluation, context: Context, keys: list[object], value: object) -> Context:
    """Give a context with an entry changed in contexts inside it."""
    run.meter.spend(len(context) // 8)
    if not keys or len(keys) > DATA_DEPTH or not all(isinstance(key, str) for key in keys):
        raise Undefined("context put: keys must be a list of texts")
    key, *more = (str(key) for key in keys)
    if not more:
        return {**context, key: value}
    inner = context.get(key, {})
    if not isinstance(inner, dict):
        raise Undefined(f"context put: {key} is not a context")
    return {**context, key: context_put_deep(run, inner, list(more), value)}


@builtin("context merge(contexts: list)")
def context_merge(run: Evaluation, contexts: list[object]) -> Context:
    """Join contexts; later entries replace earlier ones."""
    result: Context = {}
    for context in contexts:
        if not isinstance(context, dict):
            raise Undefined("context merge: every item must be a context")
        run.meter.spend(1 + len(context) // 8)
        result.update(context)
    return result
