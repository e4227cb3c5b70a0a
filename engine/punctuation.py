"""Chinese punctuation: official papers have full-width signs between Chinese words, whatever was typed."""

import re

_FULL = str.maketrans({",": "，", ";": "；", ":": "：", "?": "？", "!": "！"})
_WIDE = r"[\u2014\u2018-\u201d\u3000-\u303f\u3400-\u9fff\uff00-\uffef]"
_SIGN = re.compile(rf"(?<={_WIDE})[,;:?!]|[,;:?!](?={_WIDE})")
_BRACKETS = re.compile(r"\(([^()]*)\)")


def full_width(text: str) -> str:
    """Widen the signs that stand beside Chinese; numbers, times and addresses stay as they are."""
    text = _BRACKETS.sub(lambda found: f"（{found[1]}）" if _chinese(found) else found[0], text)
    return _SIGN.sub(lambda found: found[0].translate(_FULL), text)


def _chinese(found: re.Match[str]) -> bool:
    around = found.string[max(found.start() - 1, 0) : found.start()] + found[1]
    return re.search(_WIDE, around) is not None
