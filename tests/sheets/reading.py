"""What a sheet says, derived from the document alone: nothing here has seen a PDF."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.model.document import (
    Box,
    Columns,
    Document,
    Node,
    Row,
    Section,
    Span,
    Stack,
    Table,
    Text,
)

Rows = list[tuple[str, str]]
MARKS = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x2066, 0x206A)))


def plain(text: str) -> str:
    """The text without the marks that are never drawn."""
    return text.translate(MARKS)


def said(text: Text) -> str:
    """A paragraph's words."""
    return plain("".join(span.text for span in text.spans))


def content(section: Section) -> tuple[Box, ...]:
    """The parts of a section that are content, in reading order."""
    masthead = (section.masthead,) if section.masthead else ()
    sidebar = (section.sidebar.box,) if section.sidebar else ()
    return (*masthead, section.body, *sidebar)


def running(section: Section) -> tuple[Box, ...]:
    return tuple(region.box for region in (*section.header, *section.footer))


def walk(box: Box, dropped: frozenset[str] = frozenset()) -> Iterator[Box]:
    """A box and all in it, without the optional ones that are dropped."""
    if box.optional in dropped:
        return
    yield box
    if isinstance(box, Stack | Row | Columns):
        for child in box.children:
            yield from walk(child, dropped)
    elif isinstance(box, Table):
        for row in (*box.head, *box.rows):
            for cell in row.cells:
                yield from walk(cell, dropped)


def texts(section: Section, dropped: frozenset[str]) -> list[Text]:
    """All paragraphs that are content."""
    boxes = [box for part in content(section) for box in walk(part, dropped)]
    return [box for box in boxes if isinstance(box, Text)]


class Misheard(AssertionError):
    """The file does not say what the document says."""


def heard(document: Document, rows: Rows) -> list[frozenset[str]]:
    """What each section dropped, so that `rows` are the document's words in order.

    A section may lack the optional parts that its fit steps drop, in the order they drop them.

    Raises:
        Misheard: when there is no such reading.
    """
    at, out = 0, []
    for section in document.sections:
        choices = {gone: transcript(document, section, gone) for gone in _droppings(document)}
        found = next((g for g, one in choices.items() if rows[at : at + len(one)] == one), None)
        if found is None:
            pairs = zip(choices[frozenset()], rows[at:], strict=False)
            odd = next((pair for pair in pairs if pair[0] != pair[1]), ("the end", "more"))
            raise Misheard(f"section {section.name or 1}: expected {odd[0]}, heard {odd[1]}")
        at += len(choices[found])
        out.append(found)
    if rows[at:]:
        raise Misheard(f"more than the document says: {rows[at]}")
    return out


def _droppings(document: Document) -> list[frozenset[str]]:
    """Nothing, then what each fit step adds."""
    out = [frozenset[str]()]
    for step in document.fit:
        if step.drop:
            out.append(out[-1] | set(step.drop))
    return out


def transcript(document: Document, section: Section, dropped: frozenset[str]) -> Rows:
    """(role path, text) in reading order; alternative and actual text in brackets."""
    owned: dict[int, tuple[Span, ...] | None] = {}
    for part in content(section):
        for box in walk(part, dropped):
            if box.node is None:
                continue
            assert box.node not in owned, f"two boxes own node {box.node}"
            owned[box.node] = box.spans if isinstance(box, Text) else None
    children: dict[int, list[Node]] = {}
    for node in document.nodes[1:]:
        assert node.parent is not None
        children.setdefault(node.parent, []).append(node)
    out: Rows = []
    _read(document.nodes[0], (), document, children, owned, out)
    return out


def _read(
    node: Node,
    path: tuple[str, ...],
    document: Document,
    children: dict[int, list[Node]],
    owned: dict[int, tuple[Span, ...] | None],
    out: Rows,
) -> None:
    path = (*path, node.role.value)
    where = ">".join(path)
    instead = node.actual if node.actual is not None else node.alt
    if instead is not None:
        if node.id in owned:
            out.append((where, f"[{instead}]"))
        return
    spans = owned.get(node.id)
    if spans is None:
        for child in children.get(node.id, []):
            _read(child, path, document, children, owned, out)
        return
    roles = {one.id: one.role.value for one in document.nodes}
    heard = ""
    for span in spans:
        assert span.field is None, "a page number in content"
        if span.node is None:
            heard += plain(span.text)
            continue
        if heard:
            out.append((where, heard))
            heard = ""
        out.append((f"{where}>{roles[span.node]}", plain(span.text)))
    if heard:
        out.append((where, heard))
    mine = {span.node for span in spans}
    for child in children.get(node.id, []):
        if child.id not in mine:  # a cell's words in the sheet's other language
            _read(child, path, document, children, owned, out)
