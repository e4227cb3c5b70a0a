"""What can be wrong with a submitted form: each message says what is wrong and how to mend it.

The docstrings are the keys in the catalogues; a pack's own wording comes as ``Stated``.
"""

from engine.errors import EngineError


class FormError(EngineError):
    """This entry cannot be accepted."""


class Stated(FormError):
    """{text}"""


class Undeclared(FormError):
    """The form has no field “{name}”. Reload the page and submit again."""


class Missing(FormError):
    """Please fill in “{label}”."""


class NotChosen(FormError):
    """Please choose “{label}”."""


class NotTicked(FormError):
    """Please tick “{label}” to go on."""


class NoFile(FormError):
    """Please attach a file for “{label}”."""


class NoRows(FormError):
    """“{label}” needs at least {least} row(s)."""


class TooManyRows(FormError):
    """“{label}” takes at most {most} row(s)."""


class SeveralValues(FormError):
    """“{label}” takes one value only."""


class NotANumber(FormError):
    """“{raw}” is not a number. Use digits only, for example 12 or 12.5."""


class TooManyDecimals(FormError):
    """At most {digits} decimal place(s), please."""


class TooSmall(FormError):
    """Must be at least {least}."""


class TooLarge(FormError):
    """Must be at most {most}."""


class TooShort(FormError):
    """Please write at least {least} characters (now {length})."""


class TooLong(FormError):
    """Please write at most {most} characters (now {length})."""


class NotADate(FormError):
    """“{raw}” is not a date. Write it like 2022-07-31."""


class NotATime(FormError):
    """“{raw}” is not a time. Write it like 09:30."""


class NotAMoment(FormError):
    """“{raw}” is not a date with time. Write it like 2022-07-31 09:30."""


class TooEarly(FormError):
    """The date must not be before {least}."""


class TooLate(FormError):
    """The date must not be after {most}."""


class NotAnOption(FormError):
    """“{raw}” is not among the choices of “{label}”. Choose one of the list."""


class NotYesOrNo(FormError):
    """“{raw}” is neither yes nor no."""


class WrongPattern(FormError):
    """“{raw}” does not have the form that “{label}” needs."""


class UnknownFile(FormError):
    """A file of “{label}” is no longer there. Attach it again."""


class WrongFileType(FormError):
    """“{name}” has the wrong type; allowed are {accept}."""


class RuleBroken(FormError):
    """The entry in “{label}” does not fit the other entries."""


class NotAPersonName(FormError):
    """Enter the name as 2 to 30 Chinese characters (· is allowed)."""


class NotAMobile(FormError):
    """Enter a mobile number of 11 digits that begins with 1."""


class NotAPhone(FormError):
    """Enter a mobile number, or a landline with its area code such as 0412-1234567."""


class NotAMailAddress(FormError):
    """Enter a mail address such as name@example.com."""


class NotAPostcode(FormError):
    """Enter a postcode of 6 digits."""


class NotAnIdCard(FormError):
    """Enter the 18 characters of the identity card; the last one may be X."""


class IdCardMistyped(FormError):
    """The identity card number does not agree with its check character. Compare it with the card."""


class NotACreditCode(FormError):
    """Enter the 18 characters of the unified social credit code (letters I, O, S, V, Z do not occur)."""


class CreditCodeMistyped(FormError):
    """The credit code does not agree with its check character. Compare it with the licence."""


class NotADocNumber(FormError):
    """Enter the document number as issued, with 〔〕 around the year and no leading zero, for example 函〔2022〕1号."""


class NotAnAmount(FormError):
    """Enter an amount of 0 or more with at most {digits} decimal places."""


class SaysNothing(FormError):
    """Please describe it in words, at least {least} characters; “无”, “同上” or signs alone are not enough."""
