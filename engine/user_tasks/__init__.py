"""User tasks: the work a process instance hands to people.

A task is offered to a candidate group, claimed by one member of it, and completed by that assignee. Completing it
moves the instance on until it needs a person again.
"""

from engine.user_tasks.ahead import NextStep, following, next_steps
from engine.user_tasks.assigning import claim, hand_over, release, sign_for
from engine.user_tasks.blind import of_instance
from engine.user_tasks.bulk import Bulk, Chosen, choose, complete_many, kinds
from engine.user_tasks.completing import complete, complete_at_hand
from engine.user_tasks.desk import (
    MOST,
    TaskView,
    counts,
    draft,
    get,
    inbox,
    lacks,
    processes,
    save_draft,
    save_start_draft,
    start_draft,
    view,
)
from engine.user_tasks.errors import (
    AlreadyClaimed,
    CannotReturn,
    CannotWithdraw,
    NotAllowedHere,
    NotAssigned,
    NotInBulk,
    NotOfOneKind,
    NotSignedFor,
    OpinionRequired,
    PersonNotFound,
    ReasonRequired,
    TaskGone,
    TaskNotFound,
    TooManyAtOnce,
)
from engine.user_tasks.guards import at_hand
from engine.user_tasks.reading import circulate, mark_read
from engine.user_tasks.recusing import recuse
from engine.user_tasks.returning import ReturnTarget, return_targets, send_back
from engine.user_tasks.withdrawing import may_withdraw, withdraw

__all__ = [
    "MOST", "AlreadyClaimed", "Bulk", "CannotReturn", "CannotWithdraw", "Chosen", "NextStep", "NotAllowedHere",
    "NotAssigned", "NotInBulk", "NotOfOneKind", "NotSignedFor", "OpinionRequired", "PersonNotFound",
    "ReasonRequired", "ReturnTarget", "TaskGone", "TaskNotFound", "TaskView", "TooManyAtOnce", "at_hand",
    "choose", "circulate", "claim", "complete", "complete_at_hand", "complete_many", "counts", "draft",
    "following", "get", "hand_over", "inbox", "kinds", "lacks", "mark_read", "may_withdraw", "next_steps", "of_instance",
    "processes", "recuse", "release", "return_targets", "save_draft", "save_start_draft", "send_back", "sign_for", "start_draft",
    "view", "withdraw",
]  # fmt: skip
