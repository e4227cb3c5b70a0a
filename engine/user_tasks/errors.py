"""Why a user task cannot be worked on like this."""

from engine.errors import EngineError


class TaskNotFound(EngineError):
    """There is no such task, or it is not yours to see."""

    kind = "missing"


class TaskGone(EngineError):
    """{who} finished this at {when}. Nothing of what you typed is lost: your draft is kept."""

    kind = "conflict"


class TaskCancelled(TaskGone):
    """The process took this task back at {when}. Nothing of what you typed is lost: your draft is kept."""


class AlreadyClaimed(EngineError):
    """{assignee} is already working on this task."""

    kind = "conflict"


class NotAssigned(EngineError):
    """This task is with {assignee}."""

    kind = "forbidden"


class NotOffered(NotAssigned):
    """This task is not offered to the post you act in."""


class NotSignedFor(EngineError):
    """Sign for this task before you work on it."""


class OpinionRequired(EngineError):
    """Write your opinion before you hand this in."""


class NotInBulk(EngineError):
    """This step is handled one matter at a time."""


class NotOfOneKind(EngineError):
    """This is another step. Only matters at the same step can be handled together."""


class TooManyAtOnce(EngineError):
    """Choose at most {limit} matters at once."""


class ReasonRequired(EngineError):
    """Write the reason; it stays in the trail."""


class NotAllowedHere(EngineError):
    """This step does not allow that."""

    kind = "forbidden"


class PersonNotFound(EngineError):
    """There is no active account {login}."""


class NobodyElse(EngineError):
    """Nobody else could take this on. Ask your leader to name somebody; then it can be given away."""

    kind = "conflict"


class CannotReturn(EngineError):
    """This cannot be sent back to {step}."""


class CannotWithdraw(EngineError):
    """This can no longer be taken back."""

    kind = "conflict"


class SomebodyBegan(CannotWithdraw):
    """This can no longer be taken back: {who} has already begun on what came of it."""


class NothingWaits(CannotWithdraw):
    """This can no longer be taken back: what came of it does not wait for a person."""


class SetOthersGoing(CannotWithdraw):
    """This can no longer be taken back: it has set other processes going."""
