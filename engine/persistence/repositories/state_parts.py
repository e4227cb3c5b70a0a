"""The parts of large states: read when an instance is not in memory, written as far as a step changed them."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from engine.kernel.parts import SIGN, Parted
from engine.persistence.models.runtime import ProcessInstance, StatePart
from engine.persistence.prepared import Prepared
from engine.persistence.races import Raced
from engine.persistence.records import Instance
from engine.persistence.repositories.base import Repository, upserts

_part, _instance = StatePart.__table__, ProcessInstance.__table__
_PUT = Prepared(upserts(_part, ("data",)))
_DROP = Prepared(delete(_part).where(_part.c.instance_id == bindparam("b_instance"), _part.c.number == bindparam("b_number")))
_DROP_ALL = Prepared(delete(_part).where(_part.c.instance_id == bindparam("b_instance")))
_READ = (
    select(_part.c.number, _part.c.data, _instance.c.revision)
    .join(_instance, _instance.c.id == _part.c.instance_id)
    .where(_part.c.instance_id == bindparam("b_instance"))
)


class StateParts(Repository):
    """What of an instance's state is not on its row."""

    def instance(self, row: Sequence[Any]) -> Instance:
        """Make an instance of its row; parts of its state are read when they are asked for."""
        instance = Instance(*row)
        if instance.kernel_state[:2] == SIGN:
            instance.kernel_state = Parted.of(instance.kernel_state, partial(_stored, self._connection, instance))
        return instance

    def put(self, instances: Sequence[Instance], new: Sequence[Instance]) -> None:
        """Write what changed, once the rows of the instances are written."""
        for instance in instances:
            state = instance.kernel_state
            if not isinstance(state, Parted):
                continue
            if state.anew and instance not in new:
                _DROP_ALL.write(self._connection, [{"b_instance": instance.id}])
            named = [{"instance_id": instance.id, "number": number, "data": part} for number, part in state.changed.items()]
            gone = [] if state.anew else [row for row in named if not row["data"]]
            written = [row for row in named if row["data"]]
            if written:
                _PUT.write(self._connection, written)
            if gone:
                _DROP.write(self._connection, [{"b_instance": row["instance_id"], "b_number": row["number"]} for row in gone])
            instance.kernel_state = self._kept(instance, state)

    def _kept(self, instance: Instance, state: Parted) -> bytes:
        head = bytes(state)
        return Parted.of(head, partial(_stored, self._connection, instance)) if head[:2] == SIGN else head


def _stored(connection: Connection, instance: Instance) -> Mapping[int, bytes]:
    """Read the parts of an instance as it was read; whoever changed it meanwhile has won."""
    rows = connection.execute(_READ, {"b_instance": instance.id}).all()
    if any(row.revision != instance.revision for row in rows):
        raise Raced()
    return {row.number: row.data for row in rows}
