"""The values of ``bpm:`` properties that are not free text, checked when they are literal."""

import json
from collections.abc import Mapping

from lxml import etree

from engine.bpmn.document import Document
from engine.bpmn.model import Value
from engine.bpmn.vocabulary import words

CHOICES = {
    "bpm:actions": words("return hand_over withdraw claim"),
    "bpm:bulk": words("true false"),
    "bpm:ledgerMode": words("edit read"),
    "bpm:opinionRequired": words("true false"),
    "bpm:signFor": words("true false"),
}
_EXPRESSIONS = words("bpm:lacks bpm:ledgerFilter bpm:ledgerKey bpm:payload")
_ACCESS = words("hidden readonly editable")


def check(document: Document, node: etree._Element, properties: Mapping[str, Value]) -> None:
    """Refuse a literal that its property cannot mean."""
    for name, value in properties.items():
        if value.text.startswith("="):
            continue
        if name in _EXPRESSIONS:
            document.feel(node, value.text, name)
        elif name == "bpm:fieldAccess" and not _is_field_access(value.text):
            template = 'bpm:fieldAccess is not {{"field": "hidden|readonly|editable"}}: {text}. Write it as JSON or =expression.'
            document.refuse(node, template, text=value.text)
        for word in value.text.split(",") if name in CHOICES else ():
            _check_choice(document, node, name, word.strip())


def _check_choice(document: Document, node: etree._Element, name: str, word: str) -> None:
    if word not in CHOICES[name]:
        template = '{attribute} is "{value}". Write one of: {choices}.'
        document.refuse(node, template, attribute=name, value=word, choices=", ".join(sorted(CHOICES[name])))


def _is_field_access(text: str) -> bool:
    try:
        found = json.loads(text)
    except ValueError:
        return False
    return isinstance(found, dict) and all(isinstance(access, str) and access in _ACCESS for access in found.values())
