"""Deployments and the versions of processes, decisions and forms in them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, case, func, insert, literal, or_, select, update

from engine.persistence.models.definitions import Content, Decision, Definition, Deployment, Form, Resource
from engine.persistence.models.identity import Unit
from engine.persistence.models.runtime import ProcessInstance
from engine.persistence.records import DefinitionRow, columns_of
from engine.persistence.repositories.base import Repository

_instance = ProcessInstance.__table__
_content, _resource, _deployment = Content.__table__, Resource.__table__, Deployment.__table__
_TABLES = {"definition": Definition.__table__, "decision": Decision.__table__, "form": Form.__table__}
_NAMES = {"definition": "process_id", "decision": "decision_id", "form": "form_id"}
_COLUMNS = columns_of(DefinitionRow, Definition)
_definition, _decision, _form = _TABLES["definition"], _TABLES["decision"], _TABLES["form"]


class Definitions(Repository):
    """What is deployed: files by path, versions by id, and which version is the active one."""

    # --- deployments and files

    def last_deployment(self, pack: str) -> Row[Any] | None:
        """Give the newest deployment of *pack*."""
        query = select(_deployment).where(_deployment.c.pack == pack).order_by(_deployment.c.number.desc()).limit(1)
        return self._connection.execute(query).first()

    def deployments(self) -> Sequence[Row[Any]]:
        """Give all deployments, newest first."""
        return self._connection.execute(
            select(_deployment).order_by(_deployment.c.deployed_at.desc(), _deployment.c.id.desc())
        ).all()

    def packs(self) -> list[str]:
        """Give the keys of the packs that have been deployed."""
        return list(self._connection.execute(select(_deployment.c.pack).distinct().order_by(_deployment.c.pack)).scalars())

    def add_deployment(self, deployment: Mapping[str, object], files: Mapping[str, tuple[UUID, str, bytes]]) -> None:
        """Write a deployment and its files (path -> key, hash, bytes); bytes already known are not written again."""
        self._connection.execute(insert(_deployment), deployment)
        hashes = {sha256 for _, sha256, _ in files.values()}
        known = set(self._connection.execute(select(_content.c.sha256).where(_content.c.sha256.in_(hashes))).scalars())
        fresh = {sha256: data for _, sha256, data in files.values() if sha256 not in known}
        if fresh:
            self._connection.execute(insert(_content), [{"sha256": sha256, "data": data} for sha256, data in fresh.items()])
        rows = [
            {"id": key, "deployment_id": deployment["id"], "path": path, "sha256": sha256}
            for path, (key, sha256, _) in files.items()
        ]
        if rows:
            self._connection.execute(insert(_resource), rows)

    def history(self, pack: str, path: str) -> Sequence[Any]:
        """Give a file's content in every deployment of its pack, oldest first."""
        columns = (_deployment.c.number, _deployment.c.deployed_at, _deployment.c.deployed_by, _deployment.c.change_id)
        query = (
            select(*columns, _resource.c.sha256)
            .join(_resource, _resource.c.deployment_id == _deployment.c.id)
            .where(_deployment.c.pack == pack, _resource.c.path == path)
            .order_by(_deployment.c.number)
        )
        return self._connection.execute(query).all()

    def paths(self, deployment_id: UUID) -> dict[str, str]:
        """Give the paths of a deployment's files with their hashes."""
        query = select(_resource.c.path, _resource.c.sha256).where(_resource.c.deployment_id == deployment_id)
        return {row.path: row.sha256 for row in self._connection.execute(query)}

    def files(self, deployment_id: UUID, suffix: str = "", read: Sequence[str] = ("",)) -> dict[str, bytes]:
        """Give the files of a deployment whose path ends with *suffix*; empty where it does not end as *read* says."""
        is_read = or_(*(_resource.c.path.endswith(end, autoescape=True) for end in read))
        query = (
            select(_resource.c.path, case((is_read, _content.c.data), else_=literal(b"")))
            .join(_content, _content.c.sha256 == _resource.c.sha256)
            .where(_resource.c.deployment_id == deployment_id, _resource.c.path.endswith(suffix, autoescape=True))
        )
        return {path: bytes(data) for path, data in self._connection.execute(query)}

    def content(self, sha256: str) -> bytes:
        """Give bytes by their hash."""
        return bytes(self._connection.execute(select(_content.c.data).where(_content.c.sha256 == sha256)).scalar_one())

    # --- versions

    def get(self, definition_id: UUID) -> DefinitionRow:
        """Give a version of a process by key."""
        return DefinitionRow(*self._connection.execute(select(*_COLUMNS).where(_definition.c.id == definition_id)).one())

    def find(self, process_id: str, version: int | None = None) -> DefinitionRow | None:
        """Give the active version of a process, or the numbered one."""
        which = _definition.c.active if version is None else _definition.c.version == version
        row = self._connection.execute(select(*_COLUMNS).where(_definition.c.process_id == process_id, which)).first()
        return None if row is None else DefinitionRow(*row)

    def deployed_with(self, kind: str, name: str, deployment_id: UUID) -> int | None:
        """Give the number of the version of a definition, decision or form whose file is part of a deployment."""
        table = _TABLES[kind]
        same = (_resource.c.path == table.c.path) & (_resource.c.sha256 == table.c.sha256)
        query = select(func.max(table.c.version)).join(_resource, same)
        where = table.c[_NAMES[kind]] == name, _resource.c.deployment_id == deployment_id
        return self._connection.execute(query.where(*where)).scalar()

    def all_versions(self, kind: str, name: str) -> Sequence[Row[Any]]:
        """Give every version of a definition, decision or form, newest first."""
        table = _TABLES[kind]
        query = select(table).where(table.c[_NAMES[kind]] == name).order_by(table.c.version.desc())
        return self._connection.execute(query).all()

    def active(self) -> list[DefinitionRow]:
        """Give the active version of every process."""
        query = select(*_COLUMNS).where(_definition.c.active).order_by(_definition.c.pack, _definition.c.process_id)
        return [DefinitionRow(*row) for row in self._connection.execute(query)]

    def versions(self, process_id: str) -> list[DefinitionRow]:
        """Give all versions of a process, newest first."""
        query = select(*_COLUMNS).where(_definition.c.process_id == process_id).order_by(_definition.c.version.desc())
        return [DefinitionRow(*row) for row in self._connection.execute(query)]

    def process_ids(self, pack: str) -> list[str]:
        """Give every process a pack has ever had."""
        return list(
            self._connection.execute(select(_definition.c.process_id).distinct().where(_definition.c.pack == pack)).scalars()
        )

    def last_version(self, kind: str, name: str) -> Row[Any] | None:
        """Give the newest version of a definition, decision or form, active or not."""
        table = _TABLES[kind]
        query = select(table).where(table.c[_NAMES[kind]] == name).order_by(table.c.version.desc()).limit(1)
        return self._connection.execute(query).first()

    def version_of(self, kind: str, name: str, pack: str, path: str, sha256: str) -> int | None:
        """Give the number of the version that was read from exactly this file."""
        table = _TABLES[kind]
        same = (table.c[_NAMES[kind]] == name, table.c.pack == pack, table.c.path == path, table.c.sha256 == sha256)
        return self._connection.execute(select(table.c.version).where(*same).order_by(table.c.version.desc())).scalar()

    def active_version(self, kind: str, name: str) -> int | None:
        """Give the number of the version that is the active one."""
        table = _TABLES[kind]
        return self._connection.execute(select(table.c.version).where(table.c[_NAMES[kind]] == name, table.c.active)).scalar()

    def running(self) -> dict[UUID, int]:
        """Count the instances that have not ended, by the version they run on."""
        query = select(_instance.c.definition_id, func.count())
        query = query.where(_instance.c.ended_at.is_(None), self._open(_instance.c.id))
        return {row[0]: row[1] for row in self._connection.execute(query.group_by(_instance.c.definition_id))}

    def under_way(self) -> list[UUID]:
        """Give every version that some instance still runs on, whoever may see that instance."""
        query = select(_instance.c.definition_id).distinct().where(_instance.c.ended_at.is_(None))
        return list(self._connection.execute(query).scalars())

    def add_version(self, kind: str, row: Mapping[str, object]) -> None:
        """Write a new version and make it the active one."""
        table, name = _TABLES[kind], _NAMES[kind]
        self._connection.execute(update(table).where(table.c[name] == row[name], table.c.active).values(active=False))
        self._connection.execute(insert(table), row)

    def activate(self, kind: str, name: str, version: int | None) -> None:
        """Make one version the active one; ``None`` withdraws them all."""
        table = _TABLES[kind]
        active = table.c.version == version if version is not None else table.c.version < 0
        self._connection.execute(update(table).where(table.c[_NAMES[kind]] == name).values(active=active))

    def active_names(self, kind: str, pack: str) -> set[str]:
        """Give the names of a pack's active definitions, decisions or forms."""
        table = _TABLES[kind]
        query = select(table.c[_NAMES[kind]]).where(table.c.pack == pack, table.c.active)
        return set(self._connection.execute(query).scalars())

    def form(self, form_id: str, version: int | None = None) -> Row[Any] | None:
        """Give a form's active version, or the numbered one."""
        which = _form.c.active if version is None else _form.c.version == version
        return self._connection.execute(select(_form).where(_form.c.form_id == form_id, which)).first()

    def form_versions(self) -> dict[str, int]:
        """Give the active version of every form."""
        query = select(_form.c.form_id, _form.c.version).where(_form.c.active)
        return {row.form_id: row.version for row in self._connection.execute(query)}

    def decision(self, decision_id: str) -> Row[Any] | None:
        """Give a decision's active version."""
        return self._connection.execute(
            select(_decision).where(_decision.c.decision_id == decision_id, _decision.c.active)
        ).first()

    def generation(self) -> str:
        """Name the state of everything deployed and of who carries on which unit: it changes with each of them."""
        carried_on = select(func.count(Unit.successor)).scalar_subquery()
        query = select(func.count(), func.max(_deployment.c.deployed_at), carried_on).select_from(_deployment)
        return str(tuple(self._connection.execute(query).one()))
