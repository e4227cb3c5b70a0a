"""Checking: what keeps the files of a pack from being deployed, all of it at once and nothing changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine import binding, bpmn, definitions, dmn, documents, forms, indicators, ledgers, packs
from engine.bpmn.model import Process
from engine.errors import Problem
from engine.kernel import refuse
from engine.persistence.work import UnitOfWork
from engine.sealing import agreeing


@dataclass(frozen=True, slots=True)
class Checked:
    """What the files say, what is wrong with them (*problems*), and what is kept without effect (*warnings*)."""

    problems: Sequence[Problem]
    warnings: Sequence[Problem]
    processes: Sequence[Process]
    decisions: Mapping[str, dmn.Decision]
    forms: Mapping[str, forms.Form]


def check(work: UnitOfWork, pack: str, files: Mapping[str, bytes]) -> Checked:
    """Read all files of a pack together, exactly as a deployment does."""
    problems = list(_of_the_pack(pack, files))
    read_forms = forms.read(of_kind(files, ".form"))
    read_decisions = dmn.read(of_kind(files, ".dmn"))
    elsewhere = {kind: _names_elsewhere(work, kind, pack) for kind in ("definition", "decision", "form")}
    known = bpmn.Known(
        frozenset(read_forms.forms) | elsewhere["form"],
        frozenset(read_decisions.decisions) | frozenset(read_decisions.services) | elsewhere["decision"],
        elsewhere["definition"], definitions.known_names(files),
    )  # fmt: skip
    read = bpmn.read(of_kind(files, ".bpmn"), known)
    problems += [*read_forms.problems, *read_decisions.problems, *read.problems]
    if not read.problems:
        problems += [problem for process in read.processes for problem in refuse(process)]
        problems += _tags(work, read.processes, read_decisions.decisions, read_forms.forms)
    if not problems:
        read_ledgers = ledgers.read_ledgers(dict(files), read_forms.forms, pack)
        named = {process.id for process in read.processes}
        papers = documents.read_documents(files, read_ledgers.ledgers, pack, named, _series(files))
        problems += [*read_ledgers.problems, *papers.problems]
        problems += indicators.check(files, read_ledgers.ledgers)
        kept = {ledger.id: ledger.form for ledger in read_ledgers.ledgers.values()}
        problems += _pools(files, read.processes)
        problems += agreeing.check(read.processes, read_forms.forms, kept)
    warnings = [*read.warnings, *read_decisions.warnings]
    return Checked(problems, warnings, read.processes, read_decisions.decisions, read_forms.forms)


def _tags(
    work: UnitOfWork,
    processes: Sequence[Process],
    decisions: Mapping[str, dmn.Decision],
    forms_here: Mapping[str, forms.Form],
) -> Iterator[Problem]:
    """Name what is bound to a version tag that no version has, neither among these files nor among those before."""
    here = {("definition", one.id, one.version_tag) for one in processes}
    here |= {("decision", one.id, one.version_tag) for one in decisions.values()}
    here |= {("form", one.id, one.version_tag) for one in forms_here.values()}
    for process in processes:
        for element in process.elements.values():
            for kind, value in (
                ("definition", element.called_process), ("decision", element.called_decision), ("form", element.form_id),
            ):  # fmt: skip
                if element.binding != "versionTag" or value is None or value.expression is not None:
                    continue
                name, tag = value.text, element.version_tag
                if (kind, name, tag) in here or binding.is_tagged(work, kind, name, tag):
                    continue
                facts = {"name": name, "tag": tag}
                yield Problem(process.file, element.id, element.line, binding.NoSuchVersion.__doc__ or "", facts)


def of_kind(files: Mapping[str, bytes], suffix: str) -> dict[str, bytes]:
    """Give the files whose path ends with *suffix*."""
    return {path: data for path, data in files.items() if path.endswith(suffix)}


def _of_the_pack(pack: str, files: Mapping[str, bytes]) -> Iterator[Problem]:
    if "pack.toml" not in files:
        return
    try:
        declared = packs.parse(dict(files))
    except packs.PackRefused as refused:
        for found in refused.problems:
            yield Problem(found.file, found.place, 1, found.template, found.facts)
        return
    if declared.key != pack:
        yield Problem(
            "pack.toml", "pack.key", 1, "The key is {key}, but the folder is {folder}.", {"key": declared.key, "folder": pack}
        )


def _series(files: Mapping[str, bytes]) -> frozenset[str]:
    if "pack.toml" not in files:
        return frozenset()
    return frozenset(series.series for series in packs.parse(dict(files)).numbering)


def _pools(files: Mapping[str, bytes], processes: Sequence[Process]) -> Iterator[Problem]:
    known = {pool.code for pool in packs.parse(dict(files)).pools} if "pack.toml" in files else set()
    for process in processes:
        pool = process.properties.get("bpm:pool")
        if pool is not None and pool.expression is None and pool.text not in known:
            template = "The process {process} belongs to the pool {pool}, which is not in [[pools]]."
            yield Problem("pack.toml", "pools", 1, template, {"process": process.id, "pool": pool.text})


def _names_elsewhere(work: UnitOfWork, kind: str, pack: str) -> frozenset[str]:
    others = (work.definitions.active_names(kind, other) for other in work.definitions.packs() if other != pack)
    return frozenset[str]().union(*others)
