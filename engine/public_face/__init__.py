"""The public face: what people without an account may begin, follow, do and read, each as far as a pack declares it public.

Limits here go by the real time, whatever the engine's clock shows. Nobody behind the public face is somebody of the house:
they act as ``public``, who has no post, no data scope and no rights.
"""

from engine.packs.public import PublicStart
from engine.public_face import drafts, limits, questions
from engine.public_face.acting import Acted, NotNow, act, form_of, possible
from engine.public_face.drafts import Draft, draft, drop, keep, new_token, sweep
from engine.public_face.filing import Filed, Receipt, attach, detach, file, start_form, take_down
from engine.public_face.limits import TooOften
from engine.public_face.opening import Opened, open_record
from engine.public_face.persons import face, is_public, public_actor
from engine.public_face.progress import Progress, paper, progress
from engine.public_face.published import Entry, entries, look_up
from engine.public_face.questions import Question, ask, is_right

__all__ = [
    "Acted", "Draft", "Entry", "Filed", "NotNow", "Opened", "Progress", "PublicStart", "Question", "Receipt", "TooOften", "act",
    "ask", "attach", "detach", "draft", "drafts", "drop", "entries", "face", "file", "form_of", "is_public", "is_right", "keep",
    "limits", "look_up", "new_token", "open_record", "paper", "possible", "progress", "public_actor", "questions", "start_form",
    "sweep", "take_down",
]  # fmt: skip
