"""Starting: a person begins a process of their own accord, with its start form filled in."""

from collections.abc import Mapping

from engine import definitions, deployments, ledgers, process_instances
from engine.identity.actor import Actor
from engine.persistence.work import UnitOfWork
from engine.rehearsal.cast import Cast
from engine.rehearsal.filling import Filled
from engine.rehearsal.papers import file_maker
from engine.rehearsal.script import Opening
from engine.rehearsal.values import Teller


def starter_of(work: UnitOfWork, cast: Cast, process_id: str, login: str) -> Actor:
    """Give a person acting in the first post that may start the process."""
    return cast.starter(work, login, deployments.definition(work, process_id).startable_by)


def applies(work: UnitOfWork, opening: Opening) -> bool:
    """Say whether somebody starts the process at all in this play."""
    if opening.condition is None:
        return True
    loaded = definitions.loaded(work, deployments.definition(work, opening.process).id)
    return opening.condition.evaluate({}, loaded.at(work.now)) is True


def start(work: UnitOfWork, process_id: str, values: Mapping[str, object], key: str, actor: Mapping[str, object]) -> None:
    """Start the process with *values* (literals, FEEL, files) and plain values in the fields they do not name."""
    row = deployments.definition(work, process_id)
    environment = ledgers.form_environment(work, definitions.loaded(work, row.id))
    known = {"actor": dict(actor)}
    told = Teller(key, known, environment, file_maker(work, {}, {}))
    found = {name: told.of(value, f"values.{name}") for name, value in values.items()}
    if row.start_form_id:
        found = Filled(work, definitions.form(work, row.start_form_id), known, environment, {}).with_values(row.name, found)
    process_instances.start(work, process_id, found)
