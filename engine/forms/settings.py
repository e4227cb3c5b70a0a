"""The settings of one component: literals and expressions, limits, choices and the ``bpm:`` properties."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from engine.feel import Expression, FeelSyntaxError, compile_expression
from engine.forms.model import CHOICE, Limits, Rule, Setting
from engine.forms.secrets import MASKS, Mask
from engine.forms.validators import VALIDATORS

if TYPE_CHECKING:
    from engine.forms.components import Reader

SEALED = ("textfield", "textarea")
CALENDAR_FUNCTIONS = ("add workdays", "count workdays", "roll to workday")
_LIMITS = frozenset({"required", "minLength", "maxLength", "min", "max", "pattern", "patternErrorMessage", "validationType"})
_PROPERTIES = frozenset(
    {
        "bpm:validator", "bpm:help", "bpm:message", "bpm:rule", "bpm:ruleMessage", "bpm:requiredWhen", "bpm:unit",
        "bpm:sensitive", "bpm:mask", "bpm:default", "bpm:example", "bpm:source", "bpm:folded", "bpm:accept", "bpm:rows",
        "bpm:checkScan", "bpm:visibleTo",
    }
)  # fmt: skip
_NESTED_QUANTIFIER = re.compile(r"\([^()]*[+*][^()]*\)[+*{]")


@dataclass(slots=True)
class Settings:
    """What one component of the file says, read with its faults noted at its *name*."""

    reader: "Reader"
    name: str
    part: Mapping[str, Any]

    def fault(self, template: str, **facts: object) -> None:
        """Note a fault of this component."""
        self.reader.fault(self.name, template, **facts)

    def text(self, name: str) -> str:
        """Give a literal text, empty when it is not there."""
        value = self.part.get(name)
        return "" if value is None else str(value)

    def compiled(self, text: str) -> Expression | None:
        """Compile an expression; a syntax error is a fault of the component."""
        try:
            return compile_expression(text, CALENDAR_FUNCTIONS)
        except FeelSyntaxError as error:
            self.fault("The expression “{text}” cannot be read: {reason}.", text=text, reason=error)
            return None

    def setting(self, name: str) -> Setting:
        """Read a value that may be FEEL."""
        return self._setting(self.part.get(name))

    def _setting(self, value: object) -> Setting:
        if isinstance(value, str) and value.startswith("="):
            return Setting(expression=self.compiled(value[1:]))
        return Setting(value)

    def feel(self, name: str) -> Expression | None:
        """Read a value that must be FEEL, with or without its sign."""
        text = self.text(name).removeprefix("=")
        if not text.strip():
            self.fault("{name} is empty; write an expression.", name=name)
            return None
        return self.compiled(text)

    def property(self, name: str) -> str:
        """Read one ``bpm:`` property as text."""
        found = self._properties().get(name)
        if isinstance(found, bool):
            return "true" if found else "false"
        return "" if found is None else str(found)

    def _properties(self) -> Mapping[str, object]:
        found = self.part.get("properties")
        return found if isinstance(found, Mapping) else {}

    def condition(self, name: str) -> Expression | None:
        """Read a ``bpm:`` property that is an expression."""
        text = self.property(name)
        if text and not text.startswith("="):
            self.fault("{name} must begin with = and be an expression.", name=name)
        return self.compiled(text[1:]) if text.startswith("=") else None

    def label(self, key: str) -> str:
        """Give the label; dates carry theirs under a name of their own."""
        names = ("label", "timeLabel", "dateLabel") if self.part.get("subtype") == "time" else ("label", "dateLabel")
        found = next((self.text(name) for name in names if self.text(name)), "")
        if not found:
            self.fault("The field has no label; say what it asks for.")
        return found or key

    def hide(self) -> Expression | None:
        """Read the condition that hides the component."""
        found = self.part.get("conditional")
        text = found.get("hide") if isinstance(found, Mapping) else None
        if text in (None, ""):
            return None
        if not str(text).startswith("="):
            self.fault("The condition “{text}” must begin with = and be an expression.", text=text)
        return self.compiled(str(text).removeprefix("="))

    def readonly(self) -> Setting:
        """Read whether people cannot change the field."""
        return Setting(True) if self.part.get("disabled") is True else self.setting("readonly")

    def default(self) -> Setting:
        """Read the first value shown."""
        expression = self.condition("bpm:default")
        return Setting(expression=expression) if expression else Setting(self.part.get("defaultValue"))

    def choices(self, kind: str) -> Setting | None:
        """Read where the choices come from."""
        given = [name for name in ("values", "valuesExpression", "valuesKey") if self.part.get(name)]
        if kind not in CHOICE:
            return None
        if len(given) != 1:
            self.fault("Give the choices in one way: values, valuesExpression or valuesKey.")
        if "valuesKey" in given:
            return Setting(expression=self.compiled(self.text("valuesKey")))
        return Setting(expression=self.feel("valuesExpression")) if "valuesExpression" in given else self.setting("values")

    def limits(self) -> Limits:
        """Read the bounds; a bound that nothing honours is a fault."""
        found = self.part.get("validate")
        given: Mapping[str, object] = found if isinstance(found, Mapping) else {}
        for name in given.keys() - _LIMITS:
            self.fault("The validation “{name}” is not known here.", name=name)
        bounds = {
            name: self._setting(given[name])
            for name in ("minLength", "maxLength", "min", "max")
            if given.get(name) not in (None, "")
        }
        return Limits(
            given.get("required") is True, bounds.get("minLength"), bounds.get("maxLength"), bounds.get("min"), bounds.get("max"),
            self._pattern(given.get("pattern")),
        )  # fmt: skip

    def _pattern(self, text: object) -> re.Pattern[str] | None:
        if not text:
            return None
        if _NESTED_QUANTIFIER.search(str(text)):
            self.fault("The pattern “{text}” repeats a repetition, which can stall the server.", text=text)
            return None
        try:
            return re.compile(str(text))
        except re.error as error:
            self.fault("The pattern “{text}” cannot be read: {reason}.", text=text, reason=str(error))
            return None

    def accept(self) -> tuple[str, ...]:
        """Read the kinds of files taken, as endings without the dot."""
        words = re.split(r"[,\s]+", self.property("bpm:accept") or self.text("accept"))
        return tuple(word.strip().removeprefix(".").lower() for word in words if word and "/" not in word)

    def rules(self) -> tuple[Rule, ...]:
        """Read the rule over several fields."""
        condition = self.condition("bpm:rule")
        return (Rule(condition, self.property("bpm:ruleMessage")),) if condition else ()

    def _sensitive(self) -> bool:
        """Read whether what is typed here is sealed; only texts are."""
        found = self.property("bpm:sensitive") == "true"
        if found and self.part.get("type") not in SEALED:
            self.fault("Only a text can be sensitive; make it a text field, or mark the fields inside it.")
        return found

    def _mask(self) -> Mask:
        """Read how much of what is sealed may be read."""
        found = self.property("bpm:mask") or "all"
        if found not in MASKS:
            self.fault("There is no mask {mask}; there are {known}.", mask=found, known=", ".join(MASKS))
        return cast(Mask, found)

    def _visible_to(self) -> Setting | None:
        """Read which roles alone may read what is answered here: their codes, or an expression that gives them."""
        found = self.property("bpm:visibleTo")
        return self._setting(found) if found else None

    def properties(self) -> dict[str, Any]:
        """Read the ``bpm:`` properties that are plain facts of a field."""
        for name in self._properties():
            if name.startswith("bpm:") and name not in _PROPERTIES:
                self.fault("The property {name} is not known here.", name=name)
        validator = self.property("bpm:validator") or None
        if validator and validator not in VALIDATORS:
            self.fault("There is no validator {name}; there are {known}.", name=validator, known=", ".join(VALIDATORS))
            validator = None
        found = self.part.get("appearance")
        appearance: Mapping[str, object] = found if isinstance(found, Mapping) else {}
        lines = self.property("bpm:rows")
        return {
            "help": self.property("bpm:help") or self.text("description"),
            "example": self.property("bpm:example"),
            "source": self.property("bpm:source"),
            "sensitive": self._sensitive(),
            "mask": self._mask(),
            "visible_to": self._visible_to(),
            "unit": self.property("bpm:unit") or str(appearance.get("suffixAdorner") or ""),
            "prefix": str(appearance.get("prefixAdorner") or ""),
            "required_when": self.condition("bpm:requiredWhen"),
            "validator": validator,
            "rows": int(lines) if lines.isdecimal() else 0,
        }
