"""The house rules that a machine can check: who imports whom, how long things are, what nothing is called."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HOME = Path(__file__).parent.parent
CODE = sorted([*(HOME / "engine").rglob("*.py"), *(HOME / "webui").rglob("*.py")])
CODE = [path for path in CODE if "node_modules" not in path.parts and "versions" not in path.parts]
TESTS = sorted((HOME / "tests").rglob("*.py"))
TEMPLATES = sorted(path for path in (HOME / "webui").rglob("*.html") if "node_modules" not in path.parts)

ONLY = {
    "SpiffWorkflow": "engine/kernel",
    "apscheduler": "engine/scheduler",
    "procrastinate": "engine/scheduler",
    "sqlalchemy": "engine/persistence",
    "alembic": "engine/persistence",
    "flask": "webui",
    "cryptography": "engine",
}
LOW_MAY = {
    "engine/feel": set(),
    "engine/dmn": {"engine.feel"},
    "engine/bpmn": {"engine.feel"},
    "engine/forms": {"engine.feel"},
    "engine/kernel": {"engine.feel", "engine.bpmn"},
}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def at(path: Path) -> str:
    return path.relative_to(HOME).as_posix()


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{at(path)}:{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno + 1


@pytest.mark.parametrize(("library", "home"), ONLY.items())
def test_a_library_is_known_in_one_place(library, home):
    others = [
        at(path) for path in CODE if not at(path).startswith(home) and library in {name.split(".")[0] for name in imports(path)}
    ]

    assert others == []


def test_the_engine_knows_no_web_face():
    strays = [
        at(path) for path in CODE if at(path).startswith("engine") and any(name.startswith("webui") for name in imports(path))
    ]

    assert strays == []


@pytest.mark.parametrize(("folder", "allowed"), LOW_MAY.items())
def test_the_lower_floors_do_not_look_up(folder, allowed):
    common = {"engine.errors", "engine.source", folder.replace("/", "."), *allowed}
    strays = [
        f"{at(path)} imports {name}"
        for path in CODE
        if at(path).startswith(folder)
        for name in imports(path)
        if name.startswith("engine.") and not any(name == known or name.startswith(known + ".") for known in common)
    ]

    assert strays == []


def test_modules_fit_in_the_head():
    lengths = {at(path): sum(bool(line.strip()) for line in path.read_text().splitlines()) for path in [*CODE, *TESTS]}

    assert {name: length for name, length in lengths.items() if length > 250} == {}


def test_functions_fit_on_a_screen():
    long = [f"{name}: {length}" for path in CODE for name, length in functions(path) if length > 40]
    long += [f"{name}: {length}" for path in TESTS for name, length in functions(path) if length > 25]

    assert long == []


def test_nothing_is_called_after_nothing():
    names = [at(path) for path in CODE if path.stem in ("utils", "helpers", "common", "misc")]
    classes = [
        f"{at(path)} {node.name}"
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef) and re.search(r"(Manager|Helper|Impl|Util)$", node.name)
    ]

    assert names + classes == []


def test_no_campaign_lives_in_the_code():
    named = [at(path) for path in [*CODE, *TEMPLATES] if re.search("鞍山|anshan", path.read_text(), re.IGNORECASE)]

    assert named == []
