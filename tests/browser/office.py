"""The people behind the desks, where a story is about somebody else: they hand in what waits for them."""

import time
from typing import Any

from engine import user_tasks
from engine.bootstrap import Engine
from engine.identity import posts
from engine.identity.actor import Actor
from engine.persistence.repositories.inbox import InboxFilters, InboxRow

PATIENCE = 20.0


def at_desk(engine: Engine, login: str) -> Actor:
    """Give somebody in their first post."""
    with engine.work() as work:
        return posts.as_actor(work, login, login, posts.current(work, login)[0])


def hand_in(engine: Engine, login: str, step: str, **values: Any) -> None:
    """Let somebody hand in the step that waits for them, as soon as it does."""
    actor, until = at_desk(engine, login), time.monotonic() + PATIENCE
    while not (found := _waiting(engine, actor, step)):
        assert time.monotonic() < until, f"{step} does not come to {login}"
        time.sleep(0.1)
    engine.run(lambda work: user_tasks.complete(work, found[0].id, values, "同意。"), actor)


def _waiting(engine: Engine, actor: Actor, step: str) -> list[InboxRow]:
    with engine.work(actor) as work:
        return [row for row in user_tasks.inbox(work, "todo", InboxFilters()).rows if row.name == step]
