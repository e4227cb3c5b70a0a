"""The outbox: what people are told outside the app, by mail and text message, and how each of them wants it."""

from engine.outbox.channels import Message, NotDelivered
from engine.outbox.delivering import Line, deliver, settle
from engine.outbox.queueing import PersonalData, Sealed, open_channels, queue, tell_outside
from engine.outbox.wishes import KINDS, NotAnAddress, NotANumber, Wishes, keep_wishes, wishes_of

__all__ = [
    "KINDS", "Line", "Message", "NotANumber", "NotAnAddress", "NotDelivered", "PersonalData", "Sealed", "Wishes", "deliver",
    "keep_wishes", "open_channels", "queue", "settle", "tell_outside", "wishes_of",
]  # fmt: skip
