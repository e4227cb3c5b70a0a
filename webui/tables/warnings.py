"""What an evaluation warns of, in the reader's language: the engine's English words are taken apart and said again."""

import re
from functools import cache

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

SENTENCES = (
    _l("The rules {rules} all match, but the hit policy allows only one"),
    _l("The rules {rules} all match, but with different outputs"),
    _l("The input {label} has a value that the table does not allow"),
    _l("The output {name} is not among the values of its column"),
    _l("{what} does not have the type that is declared for it"),
    _l("There is no variable named {name}"),
    _l("A {kind} has no {name}"),
    _l("{name} is not a function"),
    _l("{a} and {b} cannot be compared"),
    _l("{a} {operator} {b} has no value"),
    _l("A list of {count} items has none at {place}"),
)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    templates = [sentence._args[0] for sentence in SENTENCES]
    return tuple((re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(template))), template) for template in templates)


def told(warning: str) -> str:
    """Say a warning; one that is not known stays in the engine's words."""
    for pattern, template in _patterns():
        if found := pattern.fullmatch(warning):
            return gettext(template).format(**found.groupdict())
    return warning
