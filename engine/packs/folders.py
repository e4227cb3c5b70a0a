"""Where packs are found: the installed folders ``processes/<pack>`` and ``forms/<pack>``, or any path."""

from collections.abc import Iterator
from importlib.resources import files as resources
from importlib.resources.abc import Traversable
from pathlib import Path

from engine.packs.model import Pack, PackNotFound
from engine.packs.parsing import parse

SKIPPED = {"__pycache__", "__init__.py", ".DS_Store"}


def available() -> list[str]:
    """Name the packs that are installed."""
    return sorted(folder.name for folder in resources("processes").iterdir() if folder.joinpath("pack.toml").is_file())


def files(key_or_path: str | Path) -> dict[str, bytes]:
    """Give every file of a pack under its relative path, those of its forms below ``forms/``."""
    processes, forms = _folders(key_or_path)
    return dict(sorted([*_walk(processes, ""), *_walk(forms, "forms/")]))


def read(key_or_path: str | Path) -> Pack:
    """Read and check a pack."""
    return parse(files(key_or_path))


def _folders(key_or_path: str | Path) -> tuple[Traversable, Traversable]:
    path = Path(key_or_path)
    if len(path.parts) > 1 or path.is_dir():
        forms = path.resolve().parent.parent / "forms" / path.resolve().name
        processes: Traversable = path
    else:
        processes, forms = resources("processes") / str(key_or_path), resources("forms") / str(key_or_path)  # type: ignore[assignment]
    if not processes.joinpath("pack.toml").is_file():
        raise PackNotFound(name=key_or_path, found=", ".join(available()))
    return processes, forms


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    if not folder.is_dir():
        return
    for entry in folder.iterdir():
        if entry.name in SKIPPED or entry.name.startswith((".", "~$")):
            continue
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry.read_bytes()
