"""Lines with ``{expressions}`` in them, as titles and foot lines of papers are written."""

import re

from engine.feel import compile_expression
from engine.forms.model import Setting
from engine.ledgers.model import Wording

_PLACE = re.compile(r"\{([^{}]*)\}")


def wording(text: str) -> Wording:
    """Read a line; raises FeelSyntaxError when an expression in it cannot be read."""
    pieces = _PLACE.split(text)
    return Wording(
        tuple(
            Setting(expression=compile_expression(piece)) if number % 2 else Setting(piece) for number, piece in enumerate(pieces)
        )
    )
