"""The vault: the keys that sensitive values are sealed with, in a file beside the database and never in it.

A sealed value names its key, so that keys can be changed while old values wait for their turn. What a value belongs to is
sealed along with it: moved to another field or another record, it cannot be opened.
"""

import base64
import hashlib
import hmac
import json
import os
import re
import tempfile
import threading
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine.clock import real_now
from engine.errors import EngineError

Algorithm = Literal["aes-256-gcm", "sm4-gcm"]
BYTES: Mapping[str, int] = {"aes-256-gcm": 32, "sm4-gcm": 16}
FILE = "keys.json"
_BETWEEN = re.compile(r"[\s\-‐–—·•]")


class NoSuchCipher(EngineError):
    """There is no cipher {name}; ZHENGGAI_CIPHER is {known}."""


class KeyLost(EngineError):
    """The key {key} is not in {file}. Put the key file of this database back; without it sealed values stay sealed."""


class NotGenuine(EngineError):
    """A sealed value does not belong where it was found, or was changed. Nothing of it is shown."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key: what seals, and what makes the marks by which sealed values are found."""

    id: str
    algorithm: str
    secret: bytes
    index: bytes
    made_at: str

    def seal(self, clear: str, bound: str) -> bytes:
        """Seal a text to what it belongs to."""
        from engine import ciphers  # slow to import, and a server that rests needs none

        return ciphers.sealed(self.algorithm, self.secret, clear.encode(), bound.encode())

    def open(self, box: bytes, bound: str) -> str:
        """Open what was sealed to *bound*."""
        from engine import ciphers  # slow to import, and a server that rests needs none

        try:
            return ciphers.opened(self.algorithm, self.secret, box, bound.encode()).decode()
        except ciphers.Changed as error:
            raise NotGenuine from error

    def mark(self, text: str) -> str:
        """Give the mark of a text: equal texts have equal marks, and nobody without the key can make one."""
        return hmac.new(self.index, normal(text).encode(), hashlib.sha256).hexdigest()


class Vault:
    """The keys of one data folder, read again when the file has changed."""

    def __init__(self, folder: Path, algorithm: str = "aes-256-gcm") -> None:
        if algorithm not in BYTES:
            raise NoSuchCipher(name=algorithm, known=", ".join(BYTES))
        self.file = folder / FILE
        self._algorithm = algorithm
        self._lock = threading.RLock()
        self._keys: dict[str, Key] = {}
        self._current = ""
        self._stamp: tuple[int, int] | None = None

    @property
    def exists(self) -> bool:
        """Tell whether there are keys."""
        return self.file.exists()

    @property
    def current(self) -> Key:
        """Give the key that seals now, made when there is none."""
        with self._lock:
            self._read()
            if not self._current:
                self._add(self._made(), first=True)
            return self._keys[self._current]

    @property
    def keys(self) -> list[Key]:
        """Give every key, the oldest first."""
        with self._lock:
            self._read()
            return list(self._keys.values())

    def key(self, key_id: str) -> Key:
        """Give the key a value was sealed with."""
        with self._lock:
            self._read()
            if key_id not in self._keys:
                raise KeyLost(key=key_id, file=str(self.file))
            return self._keys[key_id]

    def renew(self) -> Key:
        """Make a new key that seals from now on; the old ones still open what they sealed."""
        with self._lock:
            self._read()
            return self._add(self._made(), first=False)

    def marks(self, text: str) -> list[str]:
        """Give the marks a text may have, one for each key."""
        return [key.mark(text) for key in self.keys] if normal(text) else []

    def token(self, clear: str, bound: str) -> str:
        """Seal a text into one word that can stand inside other values."""
        key = self.current
        return f"{key.id}.{base64.b64encode(key.seal(clear, bound)).decode()}"

    def read(self, token: str, bound: str) -> str:
        """Open a token."""
        key_id, _, box = token.partition(".")
        return self.key(key_id).open(base64.b64decode(box), bound)

    def _made(self) -> Key:
        key_id, made_at = f"k{os.urandom(4).hex()}", real_now().isoformat(timespec="seconds")
        return Key(key_id, self._algorithm, os.urandom(BYTES[self._algorithm]), os.urandom(32), made_at)

    def _add(self, key: Key, first: bool) -> Key:
        keys = {**self._keys, key.id: key}
        said = {"current": key.id, "keys": [_written(known) for known in keys.values()]}
        self.file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.file.parent, prefix=".keys")
        with os.fdopen(handle, "w") as file:
            json.dump(said, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        try:
            # the first one does not replace a file that another process made at this very moment
            os.link(name, self.file) if first else os.replace(name, self.file)
        except FileExistsError:
            self._read()
            return self._keys[self._current]
        finally:
            Path(name).unlink(missing_ok=True)
        self._read()
        return key

    def _read(self) -> None:
        try:
            found = self.file.stat()
        except FileNotFoundError:
            self._keys, self._current, self._stamp = {}, "", None
            return
        stamp = (found.st_mtime_ns, found.st_ino)
        if stamp != self._stamp:
            said = json.loads(self.file.read_text())
            self._keys = {entry["id"]: _key(entry) for entry in said["keys"]}
            self._current, self._stamp = said["current"], stamp


def normal(text: str) -> str:
    """Write a text the way it is looked for: half-width, without gaps and hyphens, in small letters."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _written(key: Key) -> dict[str, str]:
    secret, index = (base64.b64encode(part).decode() for part in (key.secret, key.index))
    return {"id": key.id, "algorithm": key.algorithm, "secret": secret, "index": index, "made_at": key.made_at}


def _key(entry: Mapping[str, str]) -> Key:
    secret, index = base64.b64decode(entry["secret"]), base64.b64decode(entry["index"])
    return Key(entry["id"], entry["algorithm"], secret, index, entry["made_at"])
