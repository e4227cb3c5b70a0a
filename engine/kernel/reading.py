"""Reading a stored state for pages: what waits, and which variables are seen where. Nothing is changed."""

from dataclasses import dataclass

from engine.kernel import scopes, state
from engine.kernel.errors import STUCK, NotWaiting
from engine.kernel.net import net_of
from engine.kernel.port import Definition
from engine.kernel.tokens import ERROR, Token


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something an instance waits with: a visit, or (*is_armed*) an event armed beside one or for a whole scope."""

    element_key: str
    element_id: str
    type: str
    parent_key: str | None
    loop_counter: int | None
    is_armed: bool
    has_failed: bool


def waiting(definition: Definition, stored: bytes) -> list[Waiting]:
    """List what is live, oldest first."""
    instance = state.decode(net_of(definition), stored)
    if instance.has_ended:
        return []
    return [_described(token) for token in instance.tasks.values() if token is not instance.root and "got" not in token.memo]


def _described(token: Token) -> Waiting:
    failed = token.state == ERROR or STUCK in token.memo
    kind = token.node.kind
    return Waiting(token.id, token.node.element_id, kind, token.scope_key, token.memo.get("i"), token.watch, failed)


def variables(definition: Definition, stored: bytes, element_key: str | None = None) -> dict[str, object]:
    """Give the variables that a visit sees, those of the instance when none is named."""
    instance = state.decode(net_of(definition), stored)
    token = instance.root if element_key is None else instance.tasks.get(element_key)
    if token is None:
        raise NotWaiting(element_key=element_key)
    return dict(scopes.visible(token))
