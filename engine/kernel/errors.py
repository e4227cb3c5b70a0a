"""Why the kernel declines a command, and what makes an element fail while it runs."""

from engine.errors import EngineError

STUCK = "stuck"  # the mark of a visit that raised an incident without having failed itself


class NotWaiting(EngineError):
    """Nothing in this process instance waits under {element_key} for that any more."""

    kind = "conflict"


class InstanceOver(EngineError):
    """This process instance has already ended."""

    kind = "conflict"


class NotCaught(EngineError):
    """Nothing catches the error {code} here."""


class NoSuchStart(EngineError):
    """The process {process_id} has no start event {element_id} to begin with."""


class CannotModify(EngineError):
    """The element {element_id} cannot be started here."""


class NoSuchElement(CannotModify):
    """The process has no element {element_id} to start."""


class OnlyByEvent(CannotModify):
    """The element {element_id} only begins when its event happens."""


class RunsSeveralTimes(CannotModify):
    """The sub-process around {element_id} is running several times. Choose an open task inside the one that is meant."""


class NotInThere(CannotModify):
    """The element {element_id} does not lie in the part of the process it was to be started in, or that is not running."""


class LoopNotRunning(CannotModify):
    """The element {element_id} is inside a loop that is not running."""


class KernelLimit(EngineError):
    """The process takes more than {limit} steps without waiting, the last at {element_id}. Look for a loop without an end."""


class StateTooLarge(EngineError):
    """The variables of this process instance need {size} bytes, more than the {limit} allowed."""


class StateUnreadable(EngineError):
    """The stored state of this process instance is damaged or was written by another version."""


class NotStorable(EngineError):
    """A value of the kind {kind} cannot be kept in a variable."""


class TooDeep(NotStorable):
    """A value nested more than {limit} levels deep cannot be kept in a variable."""


class NoText(NotStorable):
    """A text with characters that are none cannot be kept in a variable."""


class Failure(Exception):
    """An element cannot go on; *kind* sorts it, *template* and *facts* say why."""

    def __init__(self, kind: str, template: str, detail: str = "", /, **facts: object) -> None:
        super().__init__(template.format(**facts))
        self.kind = kind
        self.template = template
        self.facts = facts
        self.detail = detail
