"""Named checks of a text: what a Chinese office means by a mobile number, an identity card, a document number.

Each takes the text as typed and the date of today, and gives the text as it is stored (half-width, upper case),
or raises the reason with its remedy.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from engine.forms import errors

Validator = Callable[[str, date], str]

_ID_CARD = re.compile(r"[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]", re.ASCII)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PROVINCES = frozenset(
    str(code)
    for codes in (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66), (71, 81, 82, 83))
    for code in codes
)
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_CODE = re.compile(f"[{_CREDIT_ALPHABET}]{{18}}")
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}(?:-\d{1,6})?", re.ASCII)
_HOTLINE = re.compile(r"\d{5}", re.ASCII)
MAIL_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_POSTCODE = re.compile(r"\d{6}", re.ASCII)
_DOC_NUMBER = re.compile(r".{2,20}〔(?:19|20)\d{2}〕[1-9]\d{0,4}号", re.ASCII)
_PERSON_NAME = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af·]{2,30}")
_EMPTY_WORDS = frozenset({"无", "没有", "同上", "略", "暂无", "不涉及"})
_FREE_TEXT_LEAST = 10
_AMOUNT_DIGITS = 2


def person_name(text: str, today: date) -> str:
    """Accept 2 to 30 Chinese characters; other middle dots become ·."""
    name = re.sub(r"[•・‧∙.·]", "·", re.sub(r"\s+", "", text))
    if not _PERSON_NAME.fullmatch(name) or name.startswith("·") or name.endswith("·"):
        raise errors.NotAPersonName
    return name


def mobile(text: str, today: date) -> str:
    """Accept a mobile number; spaces and hyphens in it are dropped."""
    number = re.sub(r"[\s-]", "", narrow(text)).removeprefix("+86")
    if not _MOBILE.fullmatch(number):
        raise errors.NotAMobile
    return number


def phone(text: str, today: date) -> str:
    """Accept a mobile number, a landline with area code, or a five-digit hotline."""
    number = re.sub(r"[‐–—−]", "-", re.sub(r"[\s()]", "", narrow(text)))
    if any(kind.fullmatch(number) for kind in (_MOBILE, _LANDLINE, _HOTLINE)):
        return number
    raise errors.NotAPhone


def email(text: str, today: date) -> str:
    """Accept a mail address."""
    address = narrow(text).strip()
    if not MAIL_ADDRESS.fullmatch(address):
        raise errors.NotAMailAddress
    return address


def postcode(text: str, today: date) -> str:
    """Accept a postcode of six digits."""
    code = narrow(text).strip()
    if not _POSTCODE.fullmatch(code):
        raise errors.NotAPostcode
    return code


def id_card(text: str, today: date) -> str:
    """Accept an identity card number: province, a birth date that was, and the check character of GB 11643."""
    number = re.sub(r"\s", "", narrow(text)).upper()
    if not _ID_CARD.fullmatch(number) or number[:2] not in _PROVINCES or not _born(number[6:14], today):
        raise errors.NotAnIdCard
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    if "10X98765432"[total % 11] != number[17]:
        raise errors.IdCardMistyped
    return number


def _born(digits: str, today: date) -> bool:
    try:
        return date.fromisoformat(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}") <= today
    except ValueError:
        return False


def credit_code(text: str, today: date) -> str:
    """Accept a unified social credit code with the check character of GB 32100-2015."""
    code = re.sub(r"[\s-]", "", narrow(text)).upper()
    if not _CREDIT_CODE.fullmatch(code):
        raise errors.NotACreditCode
    total = sum(_CREDIT_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(code[:17]))
    if _CREDIT_ALPHABET[-total % 31] != code[17]:
        raise errors.CreditCodeMistyped
    return code


def doc_number(text: str, today: date) -> str:
    """Accept the number of an official document: 〔year〕 in its own brackets, no leading zero."""
    number = text.strip()
    if not _DOC_NUMBER.fullmatch(number):
        raise errors.NotADocNumber
    return number


def amount(text: str, today: date) -> str:
    """Accept an amount of money that is not negative, with at most two decimal places."""
    plain = narrow(text).replace(",", "").strip()
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise errors.NotAnAmount(digits=_AMOUNT_DIGITS) from None
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or value < 0 or -exponent > _AMOUNT_DIGITS:
        raise errors.NotAnAmount(digits=_AMOUNT_DIGITS)
    return plain


def free_text(text: str, today: date) -> str:
    """Accept a description that says something: ten characters, not only signs, not 无 or 同上."""
    words = re.sub(r"[\W_]+", "", text)
    if len(text.strip()) < _FREE_TEXT_LEAST or not words or words in _EMPTY_WORDS:
        raise errors.SaysNothing(least=_FREE_TEXT_LEAST)
    return text.strip()


def narrow(text: str) -> str:
    """Turn full-width digits, letters and signs into the half-width ones that people meant."""
    return unicodedata.normalize("NFKC", text)


_CHECKS = (person_name, mobile, phone, email, postcode, id_card, credit_code, doc_number, amount, free_text)
VALIDATORS: Mapping[str, Validator] = {check.__name__: check for check in _CHECKS}
