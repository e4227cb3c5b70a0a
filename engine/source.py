"""Source files: XML that came from outside, read without following anything it points at, and the faults found in it."""

from dataclasses import dataclass, field

from lxml import etree

from engine.errors import Problem

LARGEST_FILE = 5 * 1024 * 1024


@dataclass(slots=True)
class Findings:
    """What was found wrong (*problems*) or without effect (*warnings*) in one file."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    _warned: set[str] = field(default_factory=set)

    def refuse(self, node: etree._Element | None, template: str, **facts: object) -> None:
        """Say why the file cannot be deployed, and what to do instead."""
        self.problems.append(self._problem(node, template, facts))

    def refuse_line(self, node: etree._Element, offset: int, template: str, **facts: object) -> None:
        """Refuse something that stands *offset* lines further down in the text of *node*."""
        problem = self._problem(node, template, facts)
        self.problems.append(Problem(problem.file, problem.element, problem.line + offset, template, facts))

    def warn(self, node: etree._Element | None, template: str, **facts: object) -> None:
        """Say what is kept without effect."""
        self.warnings.append(self._problem(node, template, facts))

    def warn_once(self, node: etree._Element | None, template: str, **facts: object) -> None:
        """Say it for the first such place of the file only."""
        problem = self._problem(node, template, facts)
        if problem.message not in self._warned:
            self._warned.add(problem.message)
            self.warnings.append(problem)

    def _problem(self, node: etree._Element | None, template: str, facts: dict[str, object]) -> Problem:
        return Problem(self.file, element_id(node), line_of(node), template, facts)


def parse(findings: Findings, content: bytes) -> etree._Element | None:
    """Read XML as data alone: no document type, no entities, no network, at most 5 MB."""
    if len(content) > LARGEST_FILE:
        findings.refuse(None, "The file is larger than 5 MB. Split it into several files.")
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        _refuse_xml(findings, error)
        return None
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        findings.refuse(None, "The file has a DOCTYPE. Remove it, entities are never read.")
        return None
    return root


def _refuse_xml(findings: Findings, error: Exception) -> None:
    line = getattr(error, "lineno", None) or 1
    template = "The file is not well-formed XML: {reason}. Mend it at this line or export it again."
    reason = str(getattr(error, "msg", None) or error).split(", line ")[0].rstrip(".")
    findings.problems.append(Problem(findings.file, None, line, template, {"reason": reason}))


def local_name(node: etree._Element) -> str:
    """Give an element's name without its namespace."""
    return str(node.tag).rpartition("}")[2]


def namespace(node: etree._Element) -> str:
    """Give an element's namespace."""
    return str(node.tag).rpartition("}")[0][1:]


def elements(node: etree._Element, *names: str) -> list[etree._Element]:
    """Give the child elements (not comments) with one of the local *names*, all of them when none is named."""
    children = [child for child in node if isinstance(child.tag, str)]
    return [child for child in children if not names or local_name(child) in names]


def text_of(node: etree._Element | None) -> str:
    """Give an element's text, trimmed."""
    return "" if node is None else "".join(str(part) for part in node.itertext()).strip()


def element_id(node: etree._Element | None) -> str | None:
    """Give the id of *node* or of the nearest element around it."""
    while node is not None:
        if found := node.get("id"):
            return found
        node = node.getparent()
    return None


def line_of(node: etree._Element | None) -> int:
    """Give the line *node* starts on."""
    line = node.sourceline if node is not None else None
    return line if isinstance(line, int) else 1
