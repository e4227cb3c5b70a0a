"""Every way somebody may look for a matter, each giving whatever it finds; kept out, one finds nothing."""

from collections.abc import Callable
from datetime import date
from typing import Any

from engine import attachments, incidents, ledgers, notifications, process_instances, snapshots, urging, user_tasks
from engine.errors import EngineError
from engine.identity import leaving
from engine.persistence.repositories.inbox import TABS, InboxFilters
from engine.process_instances import InstanceFilters
from engine.urging import WaitingFilters

Look = Callable[[Any, Any], Any]


def attempt(look: Callable[[], Any]) -> Any:
    """Nothing, where one is refused."""
    try:
        return look()
    except EngineError as error:
        return str(error) if "Secret" in str(error) else None


def everything(work: Any, instance: Any, tasks: dict[str, Any]) -> dict[str, Any]:
    """What the one who acts finds of a matter, by way of looking."""
    found: dict[str, Any] = {f"inbox {tab}": user_tasks.inbox(work, tab, InboxFilters()).rows for tab in (*TABS, "today")}
    found |= {f"count {tab}": count for tab, count in user_tasks.counts(work).items()}
    found |= _instances(work, instance)
    found |= _tasks(work, tasks)
    found |= _ledger(work)
    found |= _others(work, instance)
    found |= _acts(work, instance, tasks)
    return {way: what for way, what in found.items() if what}


def _instances(work: Any, instance: Any) -> dict[str, Any]:
    by = {"all": {}, "text": {"text": "Secret"}, "unit": {"unit": "NORTH"}, "number": {"text": instance.business_key},
          "process": {"process_id": "matter"}, "called": {"parent_id": instance.id}, "family": {"root_id": instance.id},
          "step": {"active_element": "handle"}, "variable": {"variables": {"number": instance.business_key}}}  # fmt: skip
    found = {f"search {name}": process_instances.search(work, InstanceFilters(**how)).rows for name, how in by.items()}
    return found | {
        "get": attempt(lambda: process_instances.get(work, instance.id)),
        "visible": attempt(lambda: process_instances.visible(work, instance.id)),
        "latest": work.process_instances.latest("matter", "NORTH"),
        "facts": work.process_instances.facts("matter"),
        "several": work.process_instances.find_all([instance.id]),
        "grouped": work.process_instances.count_by("state", scope=process_instances.scope(work)),
    }


def _tasks(work: Any, tasks: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, key in tasks.items():
        found[f"task {name}: view"] = attempt(lambda key=key: user_tasks.view(work, key))
        found[f"task {name}: return"] = attempt(lambda key=key: user_tasks.return_targets(work, key))
        found[f"task {name}: next"] = attempt(lambda key=key: user_tasks.next_steps(work, key))
    keys = list(tasks.values())
    chosen = user_tasks.choose(work, keys)
    found |= {"bulk": [*chosen.ready, *chosen.titles], "kinds": user_tasks.kinds(work, keys)}
    found["desk"] = attempt(lambda: leaving.open_tasks(work, "nils"))
    return found | {"waiting": attempt(lambda: urging.waiting(work, WaitingFilters()).rows)}


def _acts(work: Any, instance: Any, tasks: dict[str, Any]) -> dict[str, Any]:
    """Try to do something, which tells as much as looking."""
    found: dict[str, Any] = {"signed": user_tasks.sign_for(work, list(tasks.values()))}
    for name, key in tasks.items():
        acts = {
            "draft": lambda key=key: user_tasks.save_draft(work, key, {"_raw": {}}),
            "urge": lambda key=key: urging.urge(work, [key], "now"),
            "claim": lambda key=key: user_tasks.claim(work, key),
            "hand over": lambda key=key: user_tasks.hand_over(work, key, "nils", "x"),
            "complete": lambda key=key: user_tasks.complete(work, key, {}),
        }
        found |= {f"task {name}: {way}": attempt(lambda act=act: (act(), True)) for way, act in acts.items()}
    matter = {"circulate": lambda: user_tasks.circulate(work, instance.id, []),
              "suspend": lambda: process_instances.suspend(work, instance.id, "x"),
              "resume": lambda: process_instances.resume(work, instance.id, "x"),
              "move": lambda: process_instances.modify(work, instance.id, [], ["handle"], "x"),
              "cancel": lambda: process_instances.cancel(work, instance.id, "x")}  # fmt: skip
    return found | {way: attempt(lambda act=act: (act(), True)) for way, act in matter.items()}


def _ledger(work: Any) -> dict[str, Any]:
    rows = ledgers.rows(work, "matters")
    return {
        "rows": rows.rows, "row total": rows.total, "row": ledgers.get(work, "matters", "M-1"),
        "row search": ledgers.rows(work, "matters", search="Secret").rows, "tally": ledgers.tally(work, "matters", "unit"),
        "count": ledgers.count(work, "matters"), "total": work.ledger_rows.total("matters", None, "seq", ()),
        "figure": work.indicators.of_rows("matters", None, (), ()).whole,
        "units with rows": [row for row in work.indicators.of_units((), None, "matters", ()) if row.fits],
        "milestones": work.milestones.reached(["handled"]), "milestone": work.milestones.of_code("handled"),
        "paper": snapshots.paper_of(snapshots.freeze(work, "matters")).rows,
    }  # fmt: skip


def _others(work: Any, instance: Any) -> dict[str, Any]:
    return {
        "files": attachments.of_instance(work, instance.id),
        "file": attempt(lambda: attachments.get(work, FILE[0])) if FILE else None,
        "messages": notifications.listed(work).rows,
        "unread": notifications.count_unread(work),
        "incidents": incidents.unresolved(work).rows,
        "incidents by process": incidents.processes(work),
        "overdue": work.clocks.overdue(date(2099, 1, 1)),
        "copies": work.read_copies.of_instance(instance.id),
    }


FILE: list[Any] = []
