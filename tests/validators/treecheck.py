"""What no validator looks at: does the tree hold all content once, and what does a reader hear.

`problems` checks integrity: every marked-content sequence hangs in exactly one element, the
parent tree agrees, no text stands outside of marks. `transcript` reads the text out in tree
order, as assistive technology would.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

Transcript = list[tuple[str, str]]
_SILENT = "\u034f"
_SHOWING = ("Tj", "TJ", "'", '"')


@dataclass
class PageText:
    """What stands on a page: text by MCID, MCIDs in order, and text outside of any mark."""

    text: dict[int, str] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)
    bare: str = ""
    nested: list[int] = field(default_factory=list)


@dataclass
class _Mark:
    """An open marked-content sequence."""

    artifact: bool
    mcid: int | None
    actual: str | None
    backwards: bool
    parts: list[str] = field(default_factory=list)

    def said(self) -> str:
        """What the sequence says: its ActualText, or its glyphs in reading order."""
        if self.actual is not None:
            return self.actual
        return "".join(reversed(self.parts)) if self.backwards else "".join(self.parts)


class Tree:
    """The structure tree of a file with the content it claims."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.pages = [page_text(page) for page in pdf.pages]
        self.numbers = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        self.marks: list[tuple[tuple[int, int], Any]] = []
        self.annotations: list[tuple[tuple[int, int], Any]] = []
        self.rows: Transcript = []
        root = pdf.Root.get("/StructTreeRoot")
        for kid in _kids(root) if root is not None else []:
            self._walk(kid, (), None, False)

    def _walk(self, element: Any, path: tuple[str, ...], page: Any, hidden: bool) -> None:
        page = element.get("/Pg", page)
        path = (*path, str(element.S).lstrip("/"))
        instead = element.get("/ActualText", element.get("/Alt"))
        if instead is not None and not hidden:
            self.rows.append((">".join(path), f"[{instead}]"))
        hidden = hidden or instead is not None
        heard = ""
        for kid in _kids(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                self._say(path, heard)
                heard = ""
                self._walk(kid, path, page, hidden)
            else:
                text = self._claim(kid, element, page)
                heard += "" if hidden else text
        self._say(path, heard)

    def _say(self, path: tuple[str, ...], text: str) -> None:
        if text:
            self.rows.append((">".join(path), text))

    def _claim(self, kid: Any, element: Any, page: Any) -> str:
        if isinstance(kid, pikepdf.Dictionary):
            if kid.get("/Type") == "/OBJR":
                self.annotations.append((kid.Obj.objgen, element))
                return ""
            page, kid = kid.get("/Pg", page), kid.MCID
        at = self.numbers[page.objgen]
        self.marks.append(((at, int(kid)), element))
        return self.pages[at].text.get(int(kid), "")


def transcript(data: bytes) -> Transcript:
    """(role path, text) in tree order; text in brackets is alternative or actual text."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return Tree(pdf).rows


def problems(data: bytes) -> list[str]:
    """Everything wrong with the way tree and content hang together."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if "/StructTreeRoot" not in pdf.Root:
            return ["no structure tree"]
        tree = Tree(pdf)
        return [
            *_claimed_twice(tree),
            *_dangling(tree),
            *(found for at in range(len(tree.pages)) for found in _page_problems(tree, at)),
            *_tables(pdf),
        ]


def _claimed_twice(tree: Tree) -> Iterator[str]:
    for claims in (tree.marks, tree.annotations):
        for what, count in Counter(key for key, _ in claims).items():
            if count > 1:
                yield f"{what} is claimed by {count} elements"


def _dangling(tree: Tree) -> Iterator[str]:
    for (page, mcid), element in tree.marks:
        if mcid not in tree.pages[page].text:
            yield f"{element.S} claims MCID {mcid}, which page {page + 1} does not have"


def _page_problems(tree: Tree, at: int) -> Iterator[str]:
    content, where = tree.pages[at], f"page {at + 1}"
    owner = {mcid: element for (page, mcid), element in tree.marks if page == at}
    listed = _parent_row(tree.pdf, at)
    for mcid, count in Counter(content.order).items():
        if count > 1:
            yield f"{where}: MCID {mcid} is opened {count} times"
        if mcid not in owner:
            yield f"{where}: MCID {mcid} hangs in no element: {content.text[mcid][:30]!r}"
        elif mcid >= len(listed) or listed[mcid].objgen != owner[mcid].objgen:
            yield f"{where}: the parent tree disagrees about MCID {mcid}"
    if content.bare.strip():
        yield f"{where}: text outside of any mark: {content.bare[:30]!r}"
    if content.nested:
        yield f"{where}: MCIDs {content.nested} stand inside other marks"
    held = {key for key, _ in tree.annotations}
    for annotation in tree.pdf.pages[at].obj.get("/Annots", []):
        if annotation.objgen not in held:
            yield f"{where}: {annotation.Subtype} annotation hangs in no element"


def _parent_row(pdf: pikepdf.Pdf, at: int) -> list[Any]:
    key = pdf.pages[at].obj.get("/StructParents")
    tree = _number_tree(pdf.Root.StructTreeRoot.get("/ParentTree", pikepdf.Dictionary()))
    return list(tree.get(int(key), [])) if key is not None else []


def _tables(pdf: pikepdf.Pdf) -> Iterator[str]:
    """A table without any header cell passes both validators, and no reader can follow it."""
    for thing in pdf.objects:
        table = isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Table"
        if table and "/TH" not in set(_roles(thing)):
            yield "a table has no header cell"


def _roles(element: Any) -> Iterator[str]:
    yield str(element.S)
    for kid in _kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _roles(kid)


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _number_tree(node: Any) -> dict[int, Any]:
    rows = list(node.get("/Nums", []))
    found = {int(rows[at]): rows[at + 1] for at in range(0, len(rows), 2)}
    for kid in node.get("/Kids", []):
        found |= _number_tree(kid)
    return found


def page_text(page: pikepdf.Page) -> PageText:
    """Reads a page's content stream."""
    fonts = {key: to_unicode(font) for key, font in _resources(page, "/Font").items()}
    found, stack, font = PageText(), [_Mark(False, None, None, False)], dict[int, str]()
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = instruction.operands, str(instruction.operator)
        if operator == "Tf":
            font = fonts[str(operands[0])]
        elif operator in ("BDC", "BMC"):
            stack.append(_opened(operands, stack, found))
        elif operator == "EMC":
            mark = stack.pop()
            if mark.mcid is not None:
                found.text[mark.mcid] = found.text.get(mark.mcid, "") + mark.said()
            elif not mark.artifact:
                stack[-1].parts.append(mark.said())
        elif operator in _SHOWING:
            stack[-1].parts.extend(_characters(operands, font))
    found.bare = stack[0].said()
    return found


def _opened(operands: Any, stack: list[_Mark], found: PageText) -> _Mark:
    tag = str(operands[0])
    properties = operands[1] if len(operands) > 1 else pikepdf.Dictionary()
    mcid = int(properties.MCID) if "/MCID" in properties else None
    if mcid is not None:
        found.order.append(mcid)
        found.text.setdefault(mcid, "")
        if len(stack) > 1:
            found.nested.append(mcid)
    actual = str(properties.ActualText) if "/ActualText" in properties else None
    return _Mark(tag == "/Artifact", mcid, actual, tag == "/ReversedChars")


def _characters(operands: Any, font: dict[int, str]) -> Iterator[str]:
    strings = operands[-1] if isinstance(operands[-1], pikepdf.Array) else [operands[-1]]
    for piece in strings:
        if isinstance(piece, pikepdf.String):
            raw = bytes(piece)
            for at in range(0, len(raw), 2):
                text = font.get(int.from_bytes(raw[at : at + 2], "big"), "\ufffd")
                yield text.replace(_SILENT, "")


def to_unicode(font: Any) -> dict[int, str]:
    """CID to text, of a Type 0 font's ToUnicode map."""
    if "/ToUnicode" not in font:
        return {}
    source = font.ToUnicode.read_bytes().decode("latin-1")
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", source, re.S):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    return found


def _resources(page: pikepdf.Page, kind: str) -> dict[str, Any]:
    resources = page.obj.get("/Resources", pikepdf.Dictionary())
    return dict(resources.get(kind, pikepdf.Dictionary()))
