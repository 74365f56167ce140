"""XLIFF 2.1: what agencies' programs work with. Written and read with lxml.

A unit is a string; its one segment carries the state, and a sub-state where XLIFF has none of
its own. Room is said by the size restriction module; who and when, and what the string was when
it went out, by the metadata module. Nothing is fetched and no entity is resolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from lxml import etree

from handouts.diagnostics import Diagnostic, Place, problem
from handouts.model.locale import SOURCE_LANGUAGE
from handouts.translate import limits
from handouts.translate.inline import CORE, Codes, tag, text_of
from handouts.translate.returned import Returned, Row, error, warning
from handouts.translate.unit import META, State, Table, Unit, readable

MDA = "urn:oasis:names:tc:xliff:metadata:2.0"
SLR = "urn:oasis:names:tc:xliff:sizerestriction:2.0"
XML = "http://www.w3.org/XML/1998/namespace"
PREFIX = "handouts"
_STATES: dict[State, tuple[str, str]] = {
    "missing": ("initial", ""),
    "stale": ("initial", "stale"),
    "machine": ("initial", "machine"),
    "draft": ("translated", ""),
    "reviewed": ("reviewed", ""),
    "approved": ("final", ""),
}
_RANKS = ("initial", "translated", "reviewed", "final")
_BACK = {"translated": "draft", "reviewed": "reviewed", "final": "approved"}
_STRUCTURE = frozenset(("xliff", "file", "group", "unit", "segment", "notes", "originalData"))
_STRUCTURE |= {"metadata", "metaGroup"}
_TOKEN = re.compile(r"[\w.:-]+", re.ASCII)


def write(table: Table) -> bytes:
    """The table as an XLIFF file; the same table gives the same bytes."""
    names: Any = {None: CORE, "mda": MDA, "slr": SLR}
    said = {"version": "2.1", "srcLang": SOURCE_LANGUAGE, "trgLang": table.language}
    root = etree.Element(tag("xliff"), said, nsmap=names)
    attributes = {"id": "strings", "original": "locales/en.yaml", "canResegment": "no"}
    attributes |= {"srcDir": "ltr", "trgDir": table.direction}
    file = etree.SubElement(root, tag("file"), {**attributes, f"{{{XML}}}space": "preserve"})
    etree.SubElement(file, f"{{{SLR}}}profiles", {"generalProfile": "xliff:codepoints"})
    _metadata(file, {"edition": table.edition, "date": table.date})
    _notes(file, (f"Into {table.name}. Room is counted in characters.", *table.notes), "general")
    for number, (group, units) in enumerate(groupby(table.units, lambda unit: unit.group), 1):
        element = etree.SubElement(file, tag("group"), {"id": f"g{number}"})
        if group:
            element.set("name", group)
        for unit in units:
            _unit(element, unit)
    _indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def read(content: bytes, path: str) -> Returned:
    """An XLIFF file's rows.

    Raises:
        HandoutsError: when it is no XLIFF 2, declares entities, or has a merge conflict in it.
    """
    place = Place(path)
    text = limits.text(content, place)
    limits.refuse_conflicts(text, path)
    limits.refuse_document_type(text, place)
    root = _parsed(content, path)
    version = root.get("version", "")
    if etree.QName(root).localname != "xliff" or not version.startswith("2."):
        known = f"XLIFF {version}" if version else "no XLIFF"
        message = f"this is {known}, and XLIFF 2.1 (or 2.0, 2.2) is needed"
        raise problem("xliff-version", message, "export it as XLIFF 2.1", place)
    found: list[Diagnostic] = []
    if root.get("srcLang", "").partition("-")[0].lower() != SOURCE_LANGUAGE:
        message = f"its source language is '{root.get('srcLang', '')}', not {SOURCE_LANGUAGE}"
        found.append(error("wrong-language", message, "translate from the export", place))
    lines = text.splitlines()
    rows = [row for unit in root.iter(tag("unit")) for row in _row(unit, path, lines, found)]
    return Returned(root.get("trgLang", ""), tuple(rows), found=tuple(found))


def _parsed(content: bytes, path: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        line, column = getattr(wrong, "position", (0, 0)) or (0, 0)
        reason = str(wrong).partition(", line")[0]
        raise problem(
            "xml-syntax",
            f"this is no XML: {reason}",
            "save it again from your program, or export it again",
            Place(path, line, column),
        ) from None


def _unit(parent: etree._Element, unit: Unit) -> None:
    attributes = {"id": unit.id if _TOKEN.fullmatch(unit.id) else f"_{unit.id.lstrip('@')}"}
    attributes |= {"name": unit.id, "canResegment": "no"}
    if unit.room is not None:
        attributes[f"{{{SLR}}}sizeRestriction"] = str(unit.room)
    element = etree.SubElement(parent, tag("unit"), attributes)
    facts = {"source": unit.hash, "was": unit.was, "by": unit.by, "on": unit.on}
    _metadata(element, facts | {"earlier-english": unit.previous})
    changed = (f"The English has changed. It was: {unit.previous}",) if unit.previous else ()
    _notes(element, (*unit.remarks, *changed), "description")
    codes = Codes()
    state, more = _STATES[unit.state]
    said = {"id": "s1", "state": state} | ({"subState": f"{PREFIX}:{more}"} if more else {})
    segment = etree.Element(tag("segment"), said)
    codes.fill(etree.SubElement(segment, tag("source")), unit.source)
    if unit.target:
        codes.fill(etree.SubElement(segment, tag("target")), unit.target)
    if codes.data:
        original = etree.SubElement(element, tag("originalData"))
        for text, number in codes.data.items():
            etree.SubElement(original, tag("data"), {"id": number}).text = text
    element.append(segment)


def _metadata(parent: etree._Element, facts: dict[str, str]) -> None:
    metadata = etree.SubElement(parent, f"{{{MDA}}}metadata")
    group = etree.SubElement(metadata, f"{{{MDA}}}metaGroup", {"category": PREFIX})
    for key, value in facts.items():
        if value:
            etree.SubElement(group, f"{{{MDA}}}meta", {"type": key}).text = readable(value)


def _notes(parent: etree._Element, remarks: tuple[str, ...], category: str) -> None:
    if remarks:
        notes = etree.SubElement(parent, tag("notes"))
        for number, remark in enumerate(remarks, 1):
            attributes = {"id": f"n{number}", "category": category}
            etree.SubElement(notes, tag("note"), attributes).text = readable(remark)


def _row(
    unit: etree._Element, path: str, lines: list[str], found: list[Diagnostic]
) -> Iterator[Row]:
    data = {d.get("id", ""): d.text or "" for d in unit.iterfind(f"{tag('originalData')}/*")}
    facts = {m.get("type", ""): m.text or "" for m in unit.iter(f"{{{MDA}}}meta")}
    parts = [one for one in unit if one.tag in (tag("segment"), tag("ignorable"))]
    segments = [one for one in parts if one.tag == tag("segment")]
    name = str(unit.get("name") or re.sub("^_", META, unit.get("id", "")))
    line = _line(unit)
    if not segments:
        where = Place(path, line, 1)
        found.append(warning("no-segment", f"'{name}' has no segment", "export it again", where))
        return
    targets = [one.find(tag("target")) for one in segments]
    if any(target is not None for target in targets):
        line = next(_line(target) for target in targets if target is not None)
    whole = all(target is not None for target in targets)
    text = "".join(_part(one, data, "target") for one in parts) if whole else ""
    yield Row(
        id=name,
        target=text,
        place=Place(path, line, 1, lines[line - 1] if 0 < line <= len(lines) else ""),
        source="".join(_part(one, data, "source") for one in parts),
        state=_state(segments) if text else "",
        by=facts.get("by", ""),
        on=facts.get("on", ""),
        hash=facts.get("source", ""),
        was=facts.get("was", ""),
    )


def _line(element: etree._Element) -> int:
    line: Any = element.sourceline
    return int(line or 0)


def _part(part: etree._Element, data: dict[str, str], name: str) -> str:
    """The text of a segment; an ignorable without a target is the same in both languages."""
    found = part.find(tag(name))
    if found is None and name == "target":
        found = part.find(tag("source"))
    return text_of(found, data)


def _state(segments: list[etree._Element]) -> str:
    """The state of the segment that is least far; our sub-states count for `initial` only."""
    least = min(segments, key=lambda one: _rank(one.get("state", "initial")))
    state, more = least.get("state", "initial"), least.get("subState", "")
    if state in _BACK:
        return _BACK[state]
    prefix, _, name = more.partition(":")
    return name if prefix == PREFIX and name in ("stale", "machine") else ""


def _rank(state: str) -> int:
    return _RANKS.index(state) if state in _RANKS else 0


def _indent(root: etree._Element) -> None:
    """A line for each element down to the segments; what is inside texts is left alone."""
    for element in list(root.iter()):
        depth = sum(1 for _ in element.iterancestors())
        if len(element) and etree.QName(element).localname in _STRUCTURE:
            element.text = "\n" + "  " * (depth + 1)
            for child in element:
                child.tail = "\n" + "  " * (depth + 1)
            element[-1].tail = "\n" + "  " * depth
    root.tail = "\n"
