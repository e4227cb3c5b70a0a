"""Reasons for declining: one class per reason, its docstring is the message a person reads.

The docstring is an English template and the key in the catalogues; ``facts`` fill it in.
"""


class EngineError(Exception):
    """The engine understood the request and declined it."""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.template().format(**facts))

    @classmethod
    def template(cls) -> str:
        """Give the message with its placeholders, the key under which catalogues translate it."""
        return (cls.__doc__ or "").strip()
