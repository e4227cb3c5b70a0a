"""Forms: form-js files become checked forms that say what they ask for, and check what was answered.

``read`` names every fault of a pack's forms, ``bind`` turns what was submitted into values or messages.
"""

from engine.forms.binder import Bound, bind, named_files
from engine.forms.convert import shown, submission, write_text
from engine.forms.errors import FormError
from engine.forms.model import Component, Field, Form, Group, Option, Passage, Table
from engine.forms.reader import Reading, read
from engine.forms.validators import VALIDATORS

__all__ = [
    "VALIDATORS", "Bound", "Component", "Field", "Form", "FormError", "Group", "Option", "Passage", "Reading", "Table",
    "bind", "named_files", "read", "shown", "submission", "write_text",
]  # fmt: skip
