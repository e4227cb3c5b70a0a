"""Why a change of a pack's files is declined."""

from engine.errors import EngineError


class NoSuchChange(EngineError):
    """This change is not there any more."""

    kind = "missing"


class NoSuchDraft(EngineError):
    """There is no draft of {path} here."""

    kind = "missing"


class FileNotEditable(EngineError):
    """{path} cannot be changed here: it is no file of this pack, or larger than 5 MB."""


class DraftChanged(EngineError):
    """Your draft of {path} was saved from another window meanwhile. Nothing was overwritten: look at the newer state first."""

    kind = "conflict"


class UnfitKey(EngineError):
    """“{key}” cannot be the key of a new file. Write 3 to 60 letters a to z, digits and _, a letter first, and a name."""


class KeyTaken(EngineError):
    """The key “{key}” is taken. Choose another one."""


class NoSuchOriginal(EngineError):
    """“{path}” cannot be copied: it is no file of this pack of the same kind, or cannot be read."""


class PublishedMeanwhile(EngineError):
    """Somebody else's change was published since you began: {paths}. Your draft is kept. Compare the two and say which holds."""

    kind = "conflict"


class ChangeNotOpen(EngineError):
    """This change has moved on meanwhile: it was submitted, withdrawn, returned or published. Look at it again."""

    kind = "conflict"


class NothingToSubmit(EngineError):
    """There is no draft to submit. Change something first."""


class OwnChange(EngineError):
    """You made this change yourself. Another person who may publish has to look at it and publish it."""

    kind = "forbidden"


class StillRunning(EngineError):
    """{path} stays: matters of “{process}” are still under way. It can go when they have ended, or were migrated or cancelled."""


class StillUsed(EngineError):
    """{path} stays: “{step}” of “{process}” uses it, version {version}, which is in force or has matters under way."""


class StillNamed(EngineError):
    """{path} stays, for the rest could not do without it: {first}"""


class StillSent(EngineError):
    """{path} stays: it begins by the message {message}, which “{step}” of “{process}” sends and nobody else would receive."""


class Unsound(EngineError):
    """The process may not always come to its end ({count} findings). Mend it, or say that it is meant so. The first is {first}"""
