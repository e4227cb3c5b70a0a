"""What can go wrong with FEEL: text that is not FEEL, and an evaluation that has to stop.

Every reason is an English template, the key in the catalogues, and the facts that fill it in.
"""


class FeelSyntaxError(Exception):
    """A text is not a FEEL expression; line and column (from 1) say where."""

    def __init__(self, template: str, line: int = 1, column: int = 1, **facts: object) -> None:
        self.template = template
        self.facts = facts
        self.message = template.format(**facts)
        self.line = line
        self.column = column
        super().__init__(f"{self.message} (line {line}, column {column})")


class FeelError(Exception):
    """An evaluation was stopped: a failed ``assert``, a limit, or a foreign function that broke."""

    def __init__(self, template: str, **facts: object) -> None:
        self.template = template
        self.facts = facts
        super().__init__(template.format(**facts) if facts else template)


class Undefined(Exception):
    """An operation has no value for its operands; the evaluation goes on with null."""
