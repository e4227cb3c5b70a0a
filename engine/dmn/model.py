"""One decision file while it is being read: its inputs, decisions, knowledge and services by id."""

from dataclasses import dataclass, field

from lxml import etree

from engine.dmn.decisions import Decision, InputData, Knowledge, Service
from engine.dmn.language import name_of
from engine.dmn.types import ItemDefinitions
from engine.feel.types import Type
from engine.source import Findings, elements, local_name

Part = InputData | Decision | Knowledge
_WITH_INNER_NAMES = ("itemComponent", "column", "output", "decision", "inputData", "variable")


@dataclass(eq=False, slots=True)
class Model:
    """The tree of a file and what it defines; *imports* maps the namespace of another model to its name here."""

    findings: Findings
    root: etree._Element
    items: ItemDefinitions | None = None
    imports: dict[str, str] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    nodes: dict[str, etree._Element] = field(default_factory=dict)
    inner_names: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for node in self.root.iter("{*}*"):
            if local_name(node) in _WITH_INNER_NAMES:
                self.inner_names.add(name_of(node))
        self.inner_names.discard("")

    @property
    def namespace(self) -> str:
        """Give the namespace by which other models refer to this one."""
        return self.root.get("namespace", "")

    def create_parts(self) -> None:
        """Make an object for everything the file defines, without logic and requirements yet."""
        for node in elements(self.root, "inputData", "decision", "businessKnowledgeModel", "decisionService"):
            identifier, name = self._named(node)
            if not name or identifier in self.parts:
                continue
            self.nodes[identifier] = node
            declared = self._type(node)
            if local_name(node) == "inputData":
                self.parts[identifier] = InputData(identifier, name, declared)
            elif local_name(node) == "decision":
                file, title, tag = self.findings.file, name_of(node), _tag(node)
                self.parts[identifier] = Decision(identifier, name, declared, file=file, title=title, version_tag=tag)
            else:
                self.parts[identifier] = Knowledge(identifier, name)

    def _named(self, node: etree._Element) -> tuple[str, str]:
        """Give the id and the name of a part; DMN leaves out the id, then the name stands for it."""
        variable = next(iter(elements(node, "variable")), None)
        name = name_of(variable) or name_of(node)
        if not name:
            template = "The {element} has no {attribute}. Give it one."
            self.findings.refuse(node, template, element=local_name(node), attribute="name")
        return node.get("id") or name, name

    def _type(self, node: etree._Element) -> Type | None:
        variable = next(iter(elements(node, "variable")), None)
        return self.items.named(variable.get("typeRef"), variable) if self.items and variable is not None else None


def _tag(node: etree._Element) -> str | None:
    """Give the version tag a modeler wrote beside a decision."""
    tags = [child for holder in elements(node, "extensionElements") for child in elements(holder, "versionTag")]
    return tags[0].get("value") if tags else None
