"""The question for people, in words: a screen reader reads it, nobody has to decipher a picture."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from webui.i18n import language

DIGITS = "零一二三四五六七八九十"


def worded(kept: Mapping[str, Any]) -> str:
    """Say what is asked."""
    names = [spelled(number) for number in kept["numbers"]]
    if kept["kind"] == "plus":
        return _("What is %(first)s plus %(second)s?", first=names[0], second=names[1])
    if kept["kind"] == "minus":
        return _("What is %(first)s minus %(second)s?", first=names[0], second=names[1])
    if kept["kind"] == "after":
        return _("Which number comes after %(first)s?", first=names[0])
    return _("Which of these is the largest: %(numbers)s?", numbers="、".join(names))


def spelled(number: int) -> str:
    """Write a number below a hundred in characters; in other languages in digits."""
    if language() != "zh_CN":
        return str(number)
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else DIGITS[tens]) + "十" if tens else "") + (DIGITS[ones] if ones or not tens else "")
