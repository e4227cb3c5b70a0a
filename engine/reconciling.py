"""Reconciling: a pack's folder on disk and what was published in the browser, file by file.

What only one side has changed since they were last alike is taken from that side. What both changed stays as published,
and is named each time until somebody settles it: nothing that was published is overwritten without a word.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine import deployments
from engine.deployments import Deployment
from engine.persistence.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a folder: the deployment, and the files that both sides changed, which stayed as published."""

    deployment: Deployment
    kept: tuple[str, ...] = ()


def is_known(work: UnitOfWork, pack: str, folder: Mapping[str, bytes]) -> bool:
    """Say whether the folder is as it was when it was last taken in; nothing is parsed for it."""
    last = work.definitions.last_deployment(pack)
    return last is not None and last.folder == deployments.hashes(folder)


def take_in(work: UnitOfWork, pack: str, folder: Mapping[str, bytes], replace: bool = False) -> Taken:
    """Deploy what changed in a pack's folder; *replace* takes the folder even where the browser published something else."""
    last = work.definitions.last_deployment(pack)
    if last is None or replace:
        return Taken(deployments.deploy(work, pack, folder))
    here, now, base = deployments.hashes(folder), work.definitions.paths(last.id), last.folder
    sides = {path: _side(here.get(path), now.get(path), base.get(path)) for path in {*here, *now, *base}}
    published = work.definitions.files(last.id)
    wanted = dict(_chosen(sides, folder, published))
    noted = {path: here.get(path) if side == "folder" else base.get(path) for path, side in sides.items()}
    known = {path: digest for path, digest in noted.items() if digest is not None}
    return Taken(
        deployments.deploy(work, pack, wanted, folder=known), tuple(sorted(path for path in sides if sides[path] == "both"))
    )


def _side(here: str | None, now: str | None, base: str | None) -> str:
    """Say whose content holds: the folder's, the published one, or the published one for now because both changed."""
    if here == now or now == base:
        return "folder"
    return "published" if here == base else "both"


def _chosen(sides: Mapping[str, str], folder: Mapping[str, bytes], published: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for path, side in sorted(sides.items()):
        files = folder if side == "folder" else published
        if path in files:
            yield path, files[path]
