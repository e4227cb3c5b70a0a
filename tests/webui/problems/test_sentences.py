"""Everything the engine says about files and incidents is there in Chinese, with the same facts in it."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po
from flask import Flask

import engine
from engine.bpmn.timers import NotADuration
from engine.errors import Problem
from engine.feel import FeelSyntaxError, compile_expression, tokens
from webui import i18n, problems
from webui.problems import said

ENGINE = Path(engine.__file__).parent
PARTS = ("bpmn", "dmn", "forms", "kernel", "ledgers", "documents", "soundness")
SENTENCE = re.compile(r"[A-Za-z{].* .*\.( \{\w+\})?", re.DOTALL)


def sentences(module: Path) -> set[str]:
    """Find the sentences in a module: text constants with a full stop that are no docstrings."""
    tree = ast.parse(module.read_text())
    blocks = [node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body]
    docstrings = {node.body[0].value for node in blocks if isinstance(node.body[0], ast.Expr)}
    pieces = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in docstrings | pieces]
    return {text.value for text in texts if isinstance(text.value, str) and SENTENCE.fullmatch(text.value)}


@pytest.fixture(scope="module")
def chinese():
    place = Path(problems.__file__).parent / "translations/zh_CN/LC_MESSAGES/messages.po"
    with place.open("rb") as source:
        return {message.id: message.string for message in read_po(source) if message.id}


def test_every_sentence_of_the_readers_and_the_kernel_has_its_chinese(chinese):
    modules = [ENGINE / "source.py", *(module for part in PARTS for module in (ENGINE / part).rglob("*.py"))]
    said_in_english = set().union(*map(sentences, modules))

    assert sorted(said_in_english - chinese.keys()) == []


def faults_of_expressions() -> set[str]:
    """Find what the reader of expressions says: the words for what is expected, and what its error calls are given."""
    modules = [ENGINE / "feel" / f"{name}.py" for name in ("tokens", "parser", "boxed_parser", "type_parser", "expression")]
    calls = [node for module in modules for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, ast.Call)]
    raising = {"error", "error_at", "FeelSyntaxError"}
    given = [
        part for call in calls if {getattr(call.func, "attr", ""), getattr(call.func, "id", "")} & raising for part in call.args
    ]
    told = {part.value for part in given if isinstance(part, ast.Constant) and isinstance(part.value, str)}
    return told | {tokens._WRITE} | {text for pair in tokens._EXPECTED.values() for text in pair}


def test_every_fault_of_an_expression_has_its_chinese(chinese):
    assert sorted(faults_of_expressions() - chinese.keys()) == []


def test_a_fault_of_an_expression_is_said_in_the_reader_s_language_with_its_place():
    app = Flask(__name__)
    i18n.init_app(app)
    with pytest.raises(FeelSyntaxError) as fault:
        compile_expression("1 +")
    problem = Problem(
        "p.form", "it", 3, "The expression “{text}” cannot be read: {reason}.", {"text": "1 +", "reason": fault.value}
    )

    with app.test_request_context():
        assert "末尾缺少一个值（第 1 行第 4 个字）" in said(problem)
    assert problem.message == "The expression “1 +” cannot be read: A value is missing at the end (line 1, column 4)."


def test_a_translation_has_the_facts_of_its_sentence(chinese):
    def facts(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    assert [english for english, text in chinese.items() if facts(english) != facts(text)] == []


def test_a_problem_is_said_with_its_facts_and_their_reasons():
    app = Flask(__name__)
    i18n.init_app(app)
    facts = {"kind": "duration", "text": "x", "reason": NotADuration(text="x")}
    problem = Problem("p.bpmn", "it", 3, 'The {kind} "{text}" cannot be read: {reason}.', facts)

    with app.test_request_context():
        assert said(problem) == "时长“x”无法识别:请写 P1D 或 PT1H30M 这样的 ISO 8601 时长,不要写 x。"


def told(module: Path) -> set[str]:
    """Find what a module of the pack reader says of a pack, in whatever way it is handed on."""
    tree = ast.parse(module.read_text())
    calls = [node.args for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_telling(node.func)]
    found = [node.value.elts for node in ast.walk(tree) if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple)]
    named = [[node.value] for node in ast.walk(tree) if isinstance(node, ast.Assign) and _is_named(node.targets[0])]
    words = [text.value for texts in (*calls, *found, *named) for text in texts if isinstance(text, ast.Constant)]
    return {text for text in words if isinstance(text, str) and " " in text and not re.fullmatch(r"row \d", text)}


def _is_telling(called: ast.expr) -> bool:
    return getattr(called, "attr", getattr(called, "id", "")) in ("problem", "PackProblem")


def _is_named(target: ast.expr) -> bool:
    return getattr(target, "id", "") in ("template", "NO_ROLE", "NO_MILESTONE")


def test_every_word_about_a_pack_has_its_chinese(chinese):
    said_in_english = set().union(*map(told, (ENGINE / "packs").glob("*.py")))

    assert len(said_in_english) > 40
    assert sorted(said_in_english - chinese.keys()) == []
