"""Secrets in files of the data folder: made once, whole or not at all, whichever of several processes comes first."""

import os
import secrets
import tempfile
from pathlib import Path


def once(place: Path) -> str:
    """Give the secret kept at *place*, made when there is none."""
    try:
        return place.read_text()
    except FileNotFoundError:
        make(place, secrets.token_hex(32).encode())
        return place.read_text()


def make(place: Path, content: bytes) -> bool:
    """Write a file that only its owner reads, unless another process was faster; say whether it is ours."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(name, place)
    except FileExistsError:
        return False
    finally:
        Path(name).unlink(missing_ok=True)
    return True
