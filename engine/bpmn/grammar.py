"""Whether a process file uses only words this engine honours, each where BPMN allows it."""

from lxml import etree

from engine.bpmn import extensions as zeebe
from engine.bpmn import vocabulary as bpmn
from engine.source import Findings, elements, local_name, namespace


def check(findings: Findings, root: etree._Element) -> None:
    """Refuse every element and attribute that would be ignored, and warn of what is kept without effect."""
    _check_ids(findings, root)
    _check_attributes(findings, root)
    _check_children(findings, root)


def _check_ids(findings: Findings, root: etree._Element) -> None:
    known = {bpmn.BPMN} | bpmn.DRAWING
    first: dict[str, etree._Element] = {}
    for node in root.iter("{*}*"):
        identifier = node.get("id")
        if identifier is None or namespace(node) not in known:
            continue
        if identifier in first:
            template = "The id {id} is already used in line {first}. Give this element an id of its own."
            findings.refuse(node, template, id=identifier, first=first[identifier].sourceline)
        else:
            first[identifier] = node


def _check_children(findings: Findings, parent: etree._Element) -> None:
    allowed = bpmn.CHILDREN.get(local_name(parent), frozenset())
    for child in elements(parent):
        name = local_name(child)
        if namespace(child) != bpmn.BPMN:
            _check_foreign(findings, child)
        elif name not in allowed:
            _refuse_element(findings, child, parent)
        elif name == "extensionElements":
            _check_extensions(findings, child, local_name(parent))
        elif name in bpmn.QUIET:
            _warn_of_quiet(findings, child)
        else:
            _check_attributes(findings, child)
            _check_children(findings, child)


def _refuse_element(findings: Findings, node: etree._Element, parent: etree._Element) -> None:
    template = "{element} is not supported inside {parent}. {advice}"
    advice = zeebe.ADVICE.get(local_name(node), "Remove it, or draw it with an element of the profile.")
    findings.refuse(node, template, element=local_name(node), parent=local_name(parent), advice=advice)


def _check_foreign(findings: Findings, node: etree._Element) -> None:
    if namespace(node) == bpmn.ZEEBE:
        findings.refuse(node, "zeebe:{element} stands outside extensionElements. Move it inside.", element=local_name(node))
    elif namespace(node) not in bpmn.DRAWING:
        _warn_of_namespace(findings, node, namespace(node))


def _warn_of_namespace(findings: Findings, node: etree._Element, uri: str) -> None:
    findings.warn_once(node, "What belongs to {namespace} is kept, but has no effect.", namespace=uri or "no namespace")


def _warn_of_quiet(findings: Findings, node: etree._Element) -> None:
    name = local_name(node)
    if name in ("collaboration", "interface", "itemDefinition"):
        findings.warn_once(node, "{element} is kept, but has no effect on how the process runs.", element=name)


def _check_attributes(findings: Findings, node: etree._Element) -> None:
    name = local_name(node)
    allowed = bpmn.ATTRIBUTES.get(name, frozenset())
    for key, value in node.attrib.items():
        attribute = etree.QName(key)
        if attribute.namespace:
            _check_foreign_attribute(findings, node, attribute)
        elif attribute.localname not in allowed:
            template = "{element} has no attribute {attribute} here. {advice}"
            advice = zeebe.ADVICE.get(attribute.localname, "Remove it.")
            findings.refuse(node, template, element=name, attribute=attribute.localname, advice=advice)
        else:
            _check_value(findings, node, attribute.localname, str(value))


def _check_foreign_attribute(findings: Findings, node: etree._Element, attribute: etree.QName) -> None:
    if attribute.namespace == bpmn.XML_SCHEMA_INSTANCE:
        return
    if attribute.namespace == bpmn.ZEEBE and not attribute.localname.startswith("modelerTemplate"):
        advice = zeebe.ADVICE.get(attribute.localname, "Remove it.")
        template = "{element} has no attribute {attribute} here. {advice}"
        findings.refuse(node, template, element=local_name(node), attribute="zeebe:" + attribute.localname, advice=advice)
    else:
        _warn_of_namespace(findings, node, attribute.namespace or "")


def _check_value(findings: Findings, node: etree._Element, attribute: str, value: str) -> None:
    choices = bpmn.CHOICES.get(attribute)
    if attribute in bpmn.BOOLEANS and value not in ("true", "false", "1", "0"):
        findings.refuse(node, '{attribute} is "{value}". Write true or false.', attribute=attribute, value=value)
    elif attribute in bpmn.QUANTITIES and not (value.isascii() and value.isdigit() and int(value) > 0):
        findings.refuse(node, '{attribute} is "{value}". Write a whole number from 1.', attribute=attribute, value=value)
    elif choices and value not in choices:
        template = '{attribute} is "{value}". Write one of: {choices}.'
        findings.refuse(node, template, attribute=attribute, value=value, choices=", ".join(sorted(choices)))
    elif attribute in bpmn.WITHOUT_EFFECT:
        findings.warn_once(node, "{element} is kept, but has no effect on how the process runs.", element=attribute)


def _check_extensions(findings: Findings, holder: etree._Element, owner: str) -> None:
    allowed = zeebe.ALLOWED.get(owner, frozenset())
    seen: set[str] = set()
    for child in elements(holder):
        name = local_name(child)
        if namespace(child) != bpmn.ZEEBE:
            _warn_of_namespace(findings, child, namespace(child))
            continue
        if name not in allowed:
            advice = zeebe.ADVICE.get(name, "Remove it.")
            template = "zeebe:{extension} has no meaning on {element}. {advice}"
            findings.refuse(child, template, extension=name, element=owner, advice=advice)
            continue
        if name in seen:
            findings.refuse(child, "zeebe:{extension} is written twice. Keep one.", extension=name)
        seen.add(name)
        _check_extension(findings, child)
        if name == "properties":
            _check_properties(findings, child, owner)


def _check_extension(findings: Findings, node: etree._Element) -> None:
    name = local_name(node)
    for key, value in node.attrib.items():
        _check_extension_attribute(findings, node, etree.QName(key).localname, str(value))
    for required in sorted(zeebe.REQUIRED.get(name, frozenset())):
        if not (node.get(required) or "").strip():
            findings.refuse(node, "zeebe:{extension} needs {attribute}. Write it.", extension=name, attribute=required)
    for child in elements(node):
        inner = local_name(child)
        if namespace(child) != bpmn.ZEEBE or inner not in zeebe.INNER.get(name, frozenset()):
            template = "{element} is not supported inside {parent}. {advice}"
            findings.refuse(child, template, element=inner, parent=f"zeebe:{name}", advice="Remove it.")
        else:
            _check_extension(findings, child)


def _check_extension_attribute(findings: Findings, node: etree._Element, attribute: str, value: str) -> None:
    name = local_name(node)
    choices = zeebe.CHOICES.get((name, attribute))
    if attribute not in zeebe.ATTRIBUTES[name]:
        template = "{element} has no attribute {attribute} here. {advice}"
        advice = zeebe.ADVICE.get(attribute, "Remove it.")
        findings.refuse(node, template, element=f"zeebe:{name}", attribute=attribute, advice=advice)
    elif choices and value not in choices:
        template = '{attribute} is "{value}". Write one of: {choices}.'
        findings.refuse(node, template, attribute=attribute, value=value, choices=", ".join(sorted(choices)))
    elif attribute == "bindingType" and value == "versionTag" and not node.get("versionTag"):
        findings.refuse(node, "zeebe:{extension} needs {attribute}. Write it.", extension=name, attribute="versionTag")


def _check_properties(findings: Findings, node: etree._Element, owner: str) -> None:
    allowed = zeebe.PROPERTIES.get(owner, frozenset())
    seen: set[str] = set()
    for child in elements(node):
        name = child.get("name") or ""
        if name.startswith("bpm:") and name not in allowed:
            template = "The property {name} has no meaning on {element}. Write one of: {choices}."
            findings.refuse(child, template, name=name, element=owner, choices=", ".join(sorted(allowed)) or "-")
        elif not name.startswith("bpm:"):
            findings.warn_once(child, "The property {name} is kept, but has no effect: only bpm: properties do.", name=name)
        if name in seen:
            findings.refuse(child, "The property {name} is written twice. Keep one.", name=name)
        seen.add(name)
