"""What an expression asks of its surroundings: the variables it reads, with the entries it takes of them."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

from engine.feel.compiler import Compiler
from engine.feel.expression import parsed
from engine.feel.syntax import Name, Node, Path


def paths(text: str, names: Iterable[str] = ()) -> tuple[str, ...]:
    """Give the dotted paths of the variables an expression reads, each once, in the order it names them."""
    names = tuple(names)
    node = parsed(text, names)
    compiler = Compiler(names)
    compiler.compile(node)
    found = (path for path in _paths(node) if path.partition(".")[0] in compiler.free)
    return tuple(dict.fromkeys(found))


def _paths(node: object) -> Iterator[str]:
    steps, base = [], node
    while isinstance(base, Path):
        steps.append(base.name)
        base = base.base
    if isinstance(base, Name):
        yield ".".join([base.text, *reversed(steps)])
    elif isinstance(node, Path):
        yield from _paths(base)
    else:
        yield from (path for part in _parts(node) for path in _paths(part))


def _parts(node: object) -> Iterator[object]:
    """Give what stands inside a node, of whatever kind it is."""
    if isinstance(node, tuple):
        yield from node
    elif isinstance(node, Node) or is_dataclass(node):
        yield from (getattr(node, field.name) for field in fields(node))  # type: ignore[arg-type]
