"""What can go wrong with FEEL: text that is not FEEL, and an evaluation that has to stop."""


class FeelSyntaxError(Exception):
    """A text is not a FEEL expression; line and column (from 1) say where."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(f"{message} (line {line}, column {column})")
        self.message = message
        self.line = line
        self.column = column


class FeelError(Exception):
    """An evaluation was stopped: a failed ``assert``, a limit, or a foreign function that broke."""


class Undefined(Exception):
    """An operation has no value for its operands; the evaluation goes on with null."""
