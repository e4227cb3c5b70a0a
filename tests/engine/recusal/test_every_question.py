"""No question about matters gets past the one condition that keeps them from people: new ones are found here."""

import ast
from pathlib import Path

import pytest

REPOSITORIES = Path(__file__).parents[3] / "engine" / "persistence" / "repositories"
GUARDED = {"ProcessInstance", "ElementInstance", "UserTask", "ReadCopy", "LedgerRow", "Attachment", "Notification", "SlaClock",
           "Milestone", "Incident", "Snapshot", "SnapshotScan", "Variable", "AuditRecord"}  # fmt: skip
CONDITIONS = {"open_to", "hidden", "_open", "open", "narrow", "_mine", "_tasks"}
ENGINE_ITSELF = "the engine moves on what it must, whoever set it going"
LOOKED_AT = "asked by key of a matter, task or snapshot that was checked against whoever asks"
ALLOWED = {
    "process_instances": {
        "child": ENGINE_ITSELF, "running_children": ENGINE_ITSELF, "excluded": ENGINE_ITSELF, "running_of_pack": ENGINE_ITSELF,
        "family": LOOKED_AT, "visits": LOOKED_AT, "active_visits": LOOKED_AT, "takes_part": LOOKED_AT,
        "<module>": "find, for the engine; process_instances.get guards it",
    },
    "user_tasks": {
        "who_did": ENGINE_ITSELF,
        "find_open": ENGINE_ITSELF, "open_of_element": LOOKED_AT,
        "<module>": "by key: guards.found looks at the matter that comes along",
        "offered_to": "a condition beside that of the change it narrows",
        "find_for_step": "one's own drafts of a task that was looked at",
        "drop_finished": ENGINE_ITSELF, "reschedule": ENGINE_ITSELF,
    },
    "ledgers": {
        "known_keys": "whether a key is free; says nothing of its row", "last_numbers": "running numbers, for new rows",
    },
    "clocks": {
        "_put": ENGINE_ITSELF, "<module>": ENGINE_ITSELF, "find": ENGINE_ITSELF, "running": LOOKED_AT, "of_elements": LOOKED_AT,
        "of_instance": LOOKED_AT,
    },
    "runtime": {"waiting": ENGINE_ITSELF, "of_instance": LOOKED_AT},
    "snapshots": {"get": LOOKED_AT, "find": LOOKED_AT, "newest": LOOKED_AT, "of_instance": LOOKED_AT, "scan": LOOKED_AT},
    "files": {"in_use": "whether bytes are still needed"},
    "ledger_terms": {"_mention": "narrows what a question has guarded", "<module>": "the place of a row's unit, to sort by"},
    "inbox": {"_mine": "one of the conditions of a list that has this one too"},
    "audit": {
        "of_instance": LOOKED_AT, "noted": "one's own readings", "sealed_hashes": ENGINE_ITSELF, "any_unsealed": ENGINE_ITSELF,
        "everything": "the whole chain, for its proof", "heads": "the whole chain, for its proof",
    },
    "candidates": {"<module>": ENGINE_ITSELF},
    "definitions": {"under_way": "which versions are in use; says nothing of any matter"},
    "kept_out": {"clear_desks": ENGINE_ITSELF},
    "cleaning": {"ended": ENGINE_ITSELF, "forget": ENGINE_ITSELF},
    "successions": {
        "<module>": "what another unit takes over", "matters": "how many, for whoever looks after the unit", "rows": "how many",
        "offers": "whose work is offered to another unit; shown as a number", "move": ENGINE_ITSELF,
    },
    "state_parts": {"<module>": "the rest of the state of a matter that was found"},
}  # fmt: skip


def questions(path):
    """Give the functions of a repository that ask guarded tables, and those of them without the condition."""
    tree = ast.parse(path.read_text())
    tables = _tables(tree)
    for name, node in _parts(tree):
        names = {found.id for found in ast.walk(node) if isinstance(found, ast.Name)}
        called = {
            getattr(call.func, "id", getattr(call.func, "attr", "")) for call in ast.walk(node) if isinstance(call, ast.Call)
        }
        if "select" in called and names & tables:
            yield name, bool(called & CONDITIONS)


def _tables(tree):
    """Give the names under which a module knows guarded tables."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            targets = node.targets[0].elts if isinstance(node.targets[0], ast.Tuple) else node.targets
            values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            for target, value in zip(targets, values, strict=False):
                of = value.args[1] if isinstance(value, ast.Call) and len(value.args) > 1 else getattr(value, "value", None)
                model = getattr(of, "id", "")
                found |= {target.id} if isinstance(target, ast.Name) and model in GUARDED else set()
    return found


def _parts(tree):
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    yield from ((node.name, node) for node in functions)
    rest = [node for node in tree.body if isinstance(node, ast.Assign)]
    yield "<module>", ast.Module(rest, [])


@pytest.mark.parametrize("path", sorted(REPOSITORIES.glob("*.py")), ids=lambda path: path.stem)
def test_a_question_about_matters_is_guarded_or_says_why_not(path):
    bare = {name for name, guarded in questions(path) if not guarded}

    assert bare - ALLOWED.get(path.stem, {}).keys() == set()


def test_the_list_of_exceptions_has_no_more_than_there_are():
    asked = {path.stem: dict(questions(path)) for path in REPOSITORIES.glob("*.py")}

    assert {
        (module, name) for module, names in ALLOWED.items() for name in names if asked.get(module, {}).get(name, True)
    } == set()
