"""What the properties panel offers: the pack's own roles, deadlines, milestones and ledgers, and the words for its fields."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from flask_babel import lazy_gettext as _l

from engine import definitions, ledgers
from engine.packs import Pack
from engine.persistence.work import UnitOfWork

Choice = dict[str, str]

WORDS = {
    "none": _l("(none)"),
    "by expression": _l("By expression"),
    "role": _l("Done by (role)"),
    "group who": _l("Who does it"),
    "group handling": _l("Handling"),
    "group progress": _l("State and milestone"),
    "group ledger": _l("Ledger"),
    "group papers": _l("Papers of the step"),
    "group basis": _l("Basis"),
    "group start": _l("Start and title"),
    "group thrown": _l("The message thrown"),
    "group kept out": _l("Kept out of the whole matter"),
    "group others": _l("Further properties"),
    "bpm:startableBy": _l("Who may begin it"),
    "bpm:title": _l("Title of the matter"),
    "bpm:businessKey": _l("Number of the matter"),
    "bpm:unit": _l("Unit it belongs to"),
    "bpm:sla": _l("Deadline"),
    "bpm:ledgerRow": _l("Ledger it is kept in"),
    "bpm:ledgerKey": _l("Number of its row"),
    "bpm:source": _l("Basis of this step"),
    "bpm:excludedUsers": _l("People who are kept out"),
    "bpm:excludedUnits": _l("Units that are kept out"),
    "bpm:pool": _l("Restricted pool"),
    "bpm:notDoneBy": _l("Not by whoever did these steps"),
    "bpm:recusalTo": _l("Who names somebody after a recusal"),
    "bpm:actions.return": _l("May be sent back"),
    "bpm:actions.hand_over": _l("May be handed over"),
    "bpm:actions.withdraw": _l("May be taken back"),
    "bpm:actions.claim": _l("Must be claimed first"),
    "bpm:signFor": _l("Must be signed for first"),
    "bpm:opinionRequired": _l("An opinion is required"),
    "bpm:bulk": _l("May be done in bulk"),
    "bpm:state": _l("State of the matter"),
    "bpm:milestone": _l("Milestone it reaches"),
    "bpm:ledger": _l("Ledger shown in the task"),
    "bpm:ledgerView": _l("View of the ledger"),
    "bpm:ledgerFilter": _l("Rows of the ledger"),
    "bpm:ledgerMode": _l("What may be done with them"),
    "bpm:fieldAccess": _l("Fields hidden or read-only"),
    "bpm:document": _l("Papers offered"),
    "bpm:issuer": _l("Issuer of the papers"),
    "bpm:correlationKey": _l("Whom it reaches (key)"),
    "bpm:timeToLive": _l("How long it is kept"),
    "bpm:payload": _l("What it carries"),
    "help bpm:state": _l("The matter has this state from here on; its ledger row too."),
    "help bpm:milestone": _l("Counted on the board when this step is done."),
    "help bpm:signFor": _l("The receiver signs for it before any work is done on it."),
    "help role": _l("For anything else use the candidate groups below."),
    "help bpm:excludedUsers": _l("An expression that gives login names."),
    "help bpm:excludedUnits": _l("An expression that gives codes of units."),
    "help bpm:notDoneBy": _l("Ids of steps, separated by commas: whoever did one of them in this matter is kept out here."),
    "help bpm:recusalTo": _l("A group such as leader@unit that gets the step when nobody else is left."),
    "help bpm:pool": _l("Only the roles of the pool see the matter; who looks at it is recorded."),
    "help bpm:document": _l("Ids of papers, separated by commas."),
    "help bpm:timeToLive": _l("For example P30D."),
    "help bpm:source": _l("Where this step is laid down, for example a paragraph of the plan."),
}
MODES = {"edit": _l("edit"), "select": _l("select"), "read": _l("read only")}


def vocabulary(work: UnitOfWork, pack_key: str) -> dict[str, object]:
    """Give the choices and words for a pack."""
    pack = definitions.pack(work, pack_key)
    return {
        "roles": [{"value": role.code, "label": role.name} for role in pack.roles],
        "groups": list(_groups(pack)),
        "slas": [{"value": sla.code, "label": f"{sla.name} ({sla.code})"} for sla in pack.slas],
        "milestones": [{"value": one.code, "label": f"{one.name} ({one.code})"} for one in pack.milestones],
        "ledgers": [{"value": ledger.id, "label": ledger.name} for ledger in ledgers.all_of(work, pack_key)],
        "pools": [{"value": pool.code, "label": pool.name} for pool in pack.pools],
        "ledgerModes": [{"value": mode, "label": str(word)} for mode, word in MODES.items()],
        "words": {key: str(word) for key, word in WORDS.items()},
    }


def units_of_roles(pack: Pack) -> Mapping[str, set[str]]:
    """Give the units in which each role is held."""
    units: Mapping[str, set[str]] = defaultdict(set)
    for row in pack.reference(pack.identity.posts) if pack.identity else ():
        units[row["role"]].add(row["unit"])
    return units


def _groups(pack: Pack) -> Iterable[Choice]:
    """Give each role as a candidate group: of the unit that has it where only one does, else of the matter's unit."""
    units = units_of_roles(pack)
    for role in pack.roles:
        [*held] = units.get(role.code, ())
        group = f"{role.code}@{held[0]}" if len(held) == 1 else f'=["{role.code}@" + unit]'
        yield {"value": group, "label": role.name}
