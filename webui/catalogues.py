"""Keeps the message catalogues: finds every text in code and templates, notes those without a Chinese sentence, compiles.

Run it with ``python -m webui.catalogues`` after adding a text.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
ENGINE = HERE.parent / "engine"
LOCALE = "zh_CN"
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "_l": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "_n": (1, 2),
    "lazy_ngettext": (1, 2),
}
Key = str | tuple[str, ...]


def folders() -> list[Path]:
    """List the homes of catalogues: the shell's, and one per face."""
    return [HERE, *sorted(path.parent for path in HERE.glob("*/views.py"))]


def texts(folder: Path) -> set[Key]:
    """Find every text that the code of a face, or of the shell with the engine's reasons, shows to people."""
    if folder != HERE:
        return _extract(folder) | {reason for reason in _reasons(folder) if reason}
    found = _extract(HERE / "templates") | {reason for reason in (*_reasons(ENGINE), *_failures()) if reason}
    for module in HERE.glob("*.py"):
        found |= _extract(HERE, only=module.name)
    return found


def catalogue(folder: Path) -> Catalog:
    """Read a face's catalogue."""
    place = path(folder)
    if not place.exists():
        return Catalog(locale=LOCALE)
    with place.open("rb") as source:
        return read_po(source, locale=LOCALE)


def path(folder: Path) -> Path:
    """Give the place of a face's catalogue."""
    return folder / "translations" / LOCALE / "LC_MESSAGES" / "messages.po"


def missing(folder: Path) -> list[Key]:
    """List the texts of a face that have no Chinese sentence."""
    known = catalogue(folder)
    return sorted((key for key in texts(folder) if not _said(known.get(_id(key)))), key=str)


def refresh(folder: Path) -> None:
    """Bring a face's catalogue in line with its code: new texts empty, old ones gone, the rest as it was."""
    before, after = catalogue(folder), Catalog(locale=LOCALE)
    for key in sorted(texts(folder), key=str):
        known = before.get(_id(key))
        after.add(key, known.string if known else None)
    path(folder).parent.mkdir(parents=True, exist_ok=True)
    with path(folder).open("wb") as target:
        write_po(target, after, width=0, omit_header=True)
    with path(folder).with_suffix(".mo").open("wb") as target:
        write_mo(target, after)


def _extract(folder: Path, only: str = "") -> set[Key]:
    def wanted(directory: str | Path) -> bool:
        return not only and Path(directory).name not in ("node_modules", "static", "__pycache__")

    found = extract_from_dir(folder, METHODS, keywords=KEYWORDS, directory_filter=wanted)
    return {message for file, _line, message, _comments, _context in found if message and (not only or file == only)}


def _reasons(folder: Path) -> Iterator[str]:
    """Find the reasons that the engine, or a face, gives for declining: the docstrings of its error classes."""
    trees = [ast.parse(module.read_text()) for module in folder.rglob("*.py")]
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    known, found = {"EngineError"}, 0
    while found != len(known):
        found = len(known)
        known |= {one.name for one in classes if known & {getattr(base, "id", getattr(base, "attr", "")) for base in one.bases}}
    yield from ((ast.get_docstring(one, clean=False) or "").strip() for one in classes if one.name in known and one.bases)


def _failures() -> Iterator[str]:
    """Find what the kernel says of an element that cannot go on: incidents show it to administrators."""
    for module in (ENGINE / "kernel").glob("*.py"):
        if module.name == "refusal.py":
            continue
        for node in ast.walk(ast.parse(module.read_text())):
            told = None
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Failure" and len(node.args) > 1:
                told = node.args[1]
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "template":
                told = node.value
            if isinstance(told, ast.Constant) and isinstance(told.value, str):
                yield told.value


def _id(key: Key) -> str:
    return key if isinstance(key, str) else key[0]


def _said(message: Message | None) -> bool:
    if message is None or not message.string:
        return False
    return isinstance(message.string, str) or all(message.string)


def main() -> None:
    """Refresh every catalogue and list what is still to be said in Chinese."""
    left = 0
    for folder in folders():
        refresh(folder)
        for key in missing(folder):
            left += 1
            print(f"{path(folder).relative_to(HERE)}: {key}")
    sys.exit(1 if left else 0)


if __name__ == "__main__":
    main()
