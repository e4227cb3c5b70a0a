"""Starting: a person begins a process of their own accord, with its start form filled in."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from engine import definitions, deployments, ledgers, process_instances
from engine.clock import ZONE
from engine.identity.actor import Actor
from engine.persistence.work import UnitOfWork
from engine.public_face.persons import public_actor
from engine.rehearsal.cast import Cast
from engine.rehearsal.filling import Filled
from engine.rehearsal.papers import file_maker
from engine.rehearsal.script import Opening
from engine.rehearsal.values import Teller


def starter_of(work: UnitOfWork, cast: Cast, process_id: str, login: str) -> Actor:
    """Give a person acting in the first post that may start the process; ``@public`` is somebody without an account."""
    row = deployments.definition(work, process_id)
    if login.startswith("@"):
        return public_actor(definitions.pack(work, row.pack).public(), row.pack)
    return cast.starter(work, login, row.startable_by)


def applies(work: UnitOfWork, opening: Opening) -> bool:
    """Say whether somebody starts the process at all in this play."""
    if opening.condition is None:
        return True
    loaded = definitions.loaded(work, deployments.definition(work, opening.process).id)
    return opening.condition.evaluate({"row": opening.row}, loaded.at(work.now)) is True


def each(work: UnitOfWork, opening: Opening) -> list[Opening]:
    """Give the openings that one stands for: itself, or one for each row of its table, at the row's moment, by its person."""
    if not opening.table:
        return [opening]
    loaded = definitions.loaded(work, deployments.definition(work, opening.process).id)
    environment, found = loaded.at(work.now), []
    for row in definitions.pack(work, loaded.row.pack).reference(opening.table):
        told = Teller("", {"row": row}, environment)
        found.append(replace(opening, login=str(told.of(opening.login)), on=_moment(told.of(opening.at)), row=row))
    return found


def _moment(text: object) -> datetime:
    found = datetime.fromisoformat(str(text))
    return found if found.tzinfo else found.replace(tzinfo=ZONE)


def start(work: UnitOfWork, opening: Opening, key: str, actor: Mapping[str, object]) -> None:
    """Start the process with the opening's values (literals, FEEL, files) and plain ones in the fields they do not name."""
    row = deployments.definition(work, opening.process)
    loaded = definitions.loaded(work, row.id)
    environment = ledgers.form_environment(work, loaded)
    known: dict[str, object] = {"actor": dict(actor)} | process_instances.starter(work, loaded)
    told = Teller(key, known | {"row": opening.row}, environment, file_maker(work, {}, {}))
    found = {name: told.of(value, f"values.{name}") for name, value in opening.values.items()}
    if row.start_form_id:
        found = Filled(work, definitions.form(work, row.start_form_id), known, environment, {}).with_values(row.name, found)
    process_instances.start(work, opening.process, found)
