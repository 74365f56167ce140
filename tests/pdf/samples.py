"""Sample pages with every kind of thing the PDF stage can be given."""

from __future__ import annotations

from handouts.model.document import Role
from handouts.model.drawing import Close, Curve, Line, Move, Outline, Picture
from handouts.model.pages import Artifact, Bookmark, Pages, Shape
from tests.pdf.builder import ARABIC, BOLD, CHINESE, HEIGHT, WIDTH, Builder, rectangle

LOGO = Picture(
    width=2,
    height=2,
    components=3,
    encoding="raw",
    data=bytes((200, 30, 30, 30, 200, 30, 30, 30, 200, 90, 90, 90)),
    alpha=bytes((255, 128, 64, 0)),
    digest="logo",
)
LEAF = (
    Outline(
        (Move(0, 12), Curve(0, 4, 8, 0, 24, 0), Curve(24, 16, 16, 24, 0, 12), Close()),
        fill="primary",
    ),
    Outline((Move(2, 12), Line(20, 3)), stroke="tint", stroke_width=1.5, cap="round", dash=(2, 1)),
)

TRANSCRIPT = [
    ("Document>H1", "Touch & care: fi \U00010783"),
    ("Document>Figure", "[Logo of the clinic]"),
    ("Document>P", "Ask your midwife or see "),
    ("Document>P>Link", "our pages"),
    ("Document>P", " before you begin, ¿sí? again."),
    ("Document>L>LI>Lbl", "[•]"),
    ("Document>L>LI>LBody", "warm hands"),
    ("Document>L>LI>Lbl", "2."),
    ("Document>L>LI>LBody", "a quiet room"),
    ("Document>L>LI>LBody>L>LI>LBody", "no draught"),
    ("Document>Figure", "[A leaf]"),
    ("Document>Table>THead>TR>TH", "Day"),
    ("Document>Table>THead>TR>TH", "Time"),
    ("Document>Table>TBody>TR>TH", "Mon"),
    ("Document>Sect>H2", "السلام عليكم"),
    ("Document>Sect>P", "请轻轻按摩。"),
    ("Document>Sect>P", "continued over the page"),
]
"""What a reader hears, in order: (role path, text)."""


def full() -> Pages:
    """Three pages: heading, picture, link, list, drawing, table, Arabic, Chinese, artifacts."""
    build = Builder()
    _first_page(build)
    _other_pages(build)
    return build.pages()


def small(word: str = "Hello") -> Pages:
    """One page with one heading and one paragraph."""
    build = Builder()
    heading = build.node(Role.H1)
    build.text(heading, word, 50, 60, name=BOLD, size=20, colour="primary")
    build.paragraph(Role.P, "A line of text.", 50, 90)
    build.page()
    return build.pages()


def _first_page(build: Builder) -> None:
    build.box(Artifact.BACKGROUND, 0, 0, WIDTH, 40, "tint")
    heading = build.node(Role.H1)
    build.text(heading, "Touch & care: fi ", 50, 70, name=BOLD, size=20, colour="primary")
    build.text(heading, "\U00010783", 400, 70, name=BOLD, size=20)
    build.bookmarks.append(Bookmark("Touch & care (“fi”)", 1, 0, 50))
    logo = build.node(Role.FIGURE, alt="Logo of the clinic")
    build.picture(logo, LOGO, 500, 50, 40)
    _link_in_text(build)
    _lists(build)
    leaf = build.node(Role.FIGURE, alt="A leaf", lang="en-GB")
    clip = Outline(rectangle(50, 260, 60, 60))
    build.items.append(Shape(LEAF, 110, 262, -2, 2, (62, 262, 110, 310), leaf, clip))
    _table(build)
    build.text(Artifact.PAGINATION, "Page 1 of 3", 50, HEIGHT - 30, size=8)
    build.page()


def _link_in_text(build: Builder) -> None:
    paragraph = build.node(Role.P)
    link = build.node(Role.LINK, paragraph)
    x = build.text(paragraph, "Ask your midwife or see ", 50, 110)
    end = build.text(link, "our pages", x, 110, colour="primary")
    build.link(link, "https://example.org/é?a=(1)&b=2", (x, 100, end, 114))
    build.text(paragraph, " before you begin,", end, 110)
    build.box(Artifact.LAYOUT, x, 112, end - x, 0.5, "primary")
    x = build.text(paragraph, " ¿sí?", 50, 125, lang="es")
    build.text(paragraph, " again.", x, 125)


def _lists(build: Builder) -> None:
    outer = build.node(Role.L, numbering="Disc")
    item = build.node(Role.LI, outer)
    label = build.node(Role.LBL, item, actual="•")
    body = build.node(Role.LBODY, item)
    build.box(label, 52, 150, 4, 4, "primary")
    build.text(body, "warm hands", 65, 155)
    item = build.node(Role.LI, outer)
    build.paragraph(Role.LBL, "2.", 50, 170, item)
    body = build.paragraph(Role.LBODY, "a quiet room", 65, 170, item)
    inner = build.node(Role.L, body, numbering="None")
    item = build.node(Role.LI, inner)
    build.paragraph(Role.LBODY, "no draught", 80, 185, item)
    dropped = build.node(Role.LI, inner)
    build.node(Role.LBODY, dropped)


def _table(build: Builder) -> None:
    table = build.node(Role.TABLE)
    head = build.node(Role.TR, build.node(Role.THEAD, table))
    for at, word in enumerate(("Day", "Time")):
        cell = build.node(Role.TH, head, scope="Column")
        build.text(cell, word, 50 + 80 * at, 400, name=BOLD)
    build.box(Artifact.LAYOUT, 50, 405, 160, 1, "line")
    row = build.node(Role.TR, build.node(Role.TBODY, table))
    cell = build.node(Role.TH, row, scope="Row")
    build.text(cell, "Mon", 50, 420)
    build.node(Role.TD, row)


def _other_pages(build: Builder) -> None:
    section = build.node(Role.SECT, title="Languages")
    heading = build.node(Role.H2, section, lang="ar")
    x = 300.0
    for word in ("السلام ", "عليكم"):
        build.text(heading, word, x, 480, name=ARABIC, size=18, lang="ar", rtl=True)
        x -= 80
    chinese = build.node(Role.P, section, lang="zh-Hans")
    build.text(chinese, "请轻轻按摩。", 50, 510, name=CHINESE, lang="zh-Hans")
    split = build.node(Role.P, section)
    build.text(split, "continued over ", 50, 540)
    build.page()
    build.text(split, "the page", 50, 60)
    build.bookmarks.append(Bookmark("Sprachen", 2, 1, 40))
    build.text(Artifact.PAGINATION, "Page 3 of 3", 50, 570, size=8)
    build.page(420, 595)


def long() -> Pages:
    """Thirty pages in one section, right to left, with a link and a list on each."""
    build = Builder(direction="rtl")
    section = build.node(Role.SECT)
    running = build.node(Role.P, section)
    for at in range(30):
        build.text(running, f"continued {at} ", 50, 60)
        items = build.node(Role.L, section, numbering="Decimal")
        item = build.node(Role.LI, items)
        build.paragraph(Role.LBL, f"{at + 1}.", 50, 90, item)
        body = build.node(Role.LBODY, item)
        link = build.node(Role.LINK, body)
        end = build.text(link, "see ", 70, 90)
        build.link(link, f"https://example.org/{at}", (70, 80, end, 94))
        if at % 2:
            build.page()
            end = build.text(link, "there", 50, 60)
            build.link(link, f"https://example.org/{at}", (50, 50, end, 64))
        build.page()
    return build.pages()
