"""Broken variants of a good file: each must be caught, or the gates are not gates."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

Break = Callable[[pikepdf.Pdf], None]


def broken(data: bytes, change: Break) -> bytes:
    """The file with one defect; pikepdf is told not to mend anything."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out, fix_metadata_version=False)
    return out.getvalue()


def _elements(pdf: pikepdf.Pdf, role: str) -> list[Any]:
    found = [
        thing
        for thing in pdf.objects
        if isinstance(thing, Dictionary) and thing.get("/S") == role and "/P" in thing
    ]
    if not found:
        raise LookupError(f"the sample has no {role}")
    return found


def _content(pdf: pikepdf.Pdf, pattern: bytes, replacement: bytes, page: int = 0) -> None:
    stream = pdf.pages[page].obj.Contents
    changed, count = re.subn(pattern, replacement, stream.read_bytes(), count=1, flags=re.S)
    if not count:
        raise LookupError(f"the content stream has no {pattern!r}")
    stream.write(changed)


def _metadata(pdf: pikepdf.Pdf, pattern: bytes) -> None:
    changed, count = re.subn(pattern, b"", pdf.Root.Metadata.read_bytes(), flags=re.S)
    if not count:
        raise LookupError(f"the metadata has no {pattern!r}")
    pdf.Root.Metadata.write(changed)


def figure_without_alt(pdf: pikepdf.Pdf) -> None:
    """A picture nobody can hear."""
    del _elements(pdf, "/Figure")[0]["/Alt"]


def untagged_text(pdf: pikepdf.Pdf) -> None:
    """Text outside of any mark."""
    _content(pdf, rb"/P<</MCID \d+>>BDC(.*?)EMC", rb"\1")


def no_language(pdf: pikepdf.Pdf) -> None:
    """Nobody knows how to pronounce it."""
    del pdf.Root["/Lang"]


def no_title_shown(pdf: pikepdf.Pdf) -> None:
    """The window shows the file's name."""
    del pdf.Root["/ViewerPreferences"]


def no_ua_claim(pdf: pikepdf.Pdf) -> None:
    """Metadata does not say PDF/UA."""
    _metadata(pdf, rb"<pdfuaid:part>1</pdfuaid:part>")


def undescribed_namespace(pdf: pikepdf.Pdf) -> None:
    """Our own properties without an extension schema."""
    _metadata(pdf, rb"<pdfaExtension:schemas>.*</pdfaExtension:schemas>")


def no_output_intent(pdf: pikepdf.Pdf) -> None:
    """Device colours that mean nothing."""
    del pdf.Root["/OutputIntents"]


def font_not_embedded(pdf: pikepdf.Pdf) -> None:
    """Another font on another machine."""
    for thing in pdf.objects:
        if isinstance(thing, Dictionary) and "/FontFile2" in thing:
            del thing["/FontFile2"]


def no_to_unicode(pdf: pikepdf.Pdf) -> None:
    """Shapes without text."""
    for font in pdf.pages[0].obj.Resources.Font.values():
        del font["/ToUnicode"]


def wrong_widths(pdf: pikepdf.Pdf) -> None:
    """Widths that are not the font's."""
    for font in pdf.pages[0].obj.Resources.Font.values():
        font.DescendantFonts[0].W = Array([1, Array([100, 100, 100])])


def link_without_contents(pdf: pikepdf.Pdf) -> None:
    """A link that says nothing."""
    del pdf.pages[0].obj.Annots[0]["/Contents"]


def link_not_printed(pdf: pikepdf.Pdf) -> None:
    """An annotation without the Print flag."""
    pdf.pages[0].obj.Annots[0].F = 0


def link_not_in_tree(pdf: pikepdf.Pdf) -> None:
    """An annotation that hangs in no element."""
    for link in _elements(pdf, "/Link"):
        link.K = next(kid for kid in link.K if not isinstance(kid, Dictionary))


def parent_tree_swapped(pdf: pikepdf.Pdf) -> None:
    """The way back leads to another element."""
    rows = pdf.Root.StructTreeRoot.ParentTree.Nums
    row = next(row for row in rows if isinstance(row, Array))
    row[0], row[1] = row[1], row[0]


def content_claimed_twice(pdf: pikepdf.Pdf) -> None:
    """Read aloud two times."""
    heading, paragraph = _elements(pdf, "/H1")[0], _elements(pdf, "/P")[0]
    paragraph.K = Array([*paragraph.K, heading.K])


def element_lost(pdf: pikepdf.Pdf) -> None:
    """Painted, but in no element that hangs in the tree."""
    document = _elements(pdf, "/Document")[0]
    document.K = Array(list(document.K)[1:])


def table_without_header(pdf: pikepdf.Pdf) -> None:
    """Cells nobody can place."""
    for cell in _elements(pdf, "/TH"):
        cell.S = Name.TD
        if "/A" in cell:
            del cell["/A"]


def skipped_heading(pdf: pikepdf.Pdf) -> None:
    """H1 followed by H3."""
    _elements(pdf, "/H2")[0].S = Name.H3


def list_item_outside(pdf: pikepdf.Pdf) -> None:
    """A list item that is in no list."""
    _elements(pdf, "/L")[0].S = Name.Div


def page_without_tab_order(pdf: pikepdf.Pdf) -> None:
    """Links are reached in any order."""
    del pdf.pages[0].obj["/Tabs"]


def javascript(pdf: pikepdf.Pdf) -> None:
    """A file that runs something."""
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def unknown_role(pdf: pikepdf.Pdf) -> None:
    """A structure type nobody knows."""
    _elements(pdf, "/P")[0].S = Name.Paragraph


MUTANTS: tuple[Break, ...] = (
    figure_without_alt,
    untagged_text,
    no_language,
    no_title_shown,
    no_ua_claim,
    undescribed_namespace,
    no_output_intent,
    font_not_embedded,
    no_to_unicode,
    wrong_widths,
    link_without_contents,
    link_not_printed,
    link_not_in_tree,
    parent_tree_swapped,
    content_claimed_twice,
    element_lost,
    table_without_header,
    skipped_heading,
    list_item_outside,
    page_without_tab_order,
    javascript,
    unknown_role,
)


def reordered(pdf: pikepdf.Pdf) -> None:
    """Paragraphs in the wrong order: only the transcript hears it."""
    document = _elements(pdf, "/Document")[0]
    logo, *rest = (kid for kid in document.K if kid.S != Name.H1)
    document.K = Array([document.K[0], *rest, logo])


def wrong_role(pdf: pikepdf.Pdf) -> None:
    """A heading that is a paragraph: only the transcript hears it."""
    _elements(pdf, "/H2")[0].S = Name.P


MISHEARD: tuple[Break, ...] = (reordered, wrong_role)
"""Valid for every validator, wrong for every listener."""
