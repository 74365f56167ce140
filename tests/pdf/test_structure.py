"""The structure tree: what is kept, what is dropped, what is refused."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest

from handouts.model.document import Node, Role
from handouts.model.pages import Artifact, Bookmark, GlyphRun, LinkArea
from handouts.pdf import RenderError, render
from handouts.pdf.canvas import TaggedCanvas
from tests.pdf import samples
from tests.pdf.builder import Builder
from tests.pdf.spelled import spelled
from tests.validators import treecheck


def _roles(data: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [
            str(thing.S)
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/StructElem"
        ]


def test_what_was_never_painted_is_dropped() -> None:
    build = Builder()
    build.paragraph(Role.P, "kept", 50, 50)
    items = build.node(Role.L)
    build.node(Role.LBODY, build.node(Role.LI, items))
    build.page()
    assert _roles(render(build.pages())) == ["/Document", "/P"]


def _table(build: Builder, *cells: str) -> None:
    table = build.node(Role.TABLE)
    for words in (("Day", "Time"), cells):
        row = build.node(Role.TR, table)
        for at, word in enumerate(words):
            role, scope = (Role.TH, "Column") if words[0] == "Day" else (Role.TD, None)
            cell = build.node(role, row, scope=scope)
            if word:
                build.text(cell, word, 50 + at * 90, 50)


def test_empty_cell_is_kept_in_its_row() -> None:
    build = Builder()
    _table(build, "Mon", "")
    build.page()
    roles = _roles(render(build.pages()))
    assert roles == ["/Document", "/Table", "/TR", "/TH", "/TH", "/TR", "/TD", "/TD"]


def test_row_without_any_content_is_dropped() -> None:
    build = Builder()
    _table(build, "", "")
    build.page()
    assert _roles(render(build.pages())) == ["/Document", "/Table", "/TR", "/TH", "/TH"]


def test_groups_follow_node_order_whatever_was_painted_first() -> None:
    build = Builder()
    first = build.node(Role.P)
    build.paragraph(Role.P, "second", 50, 80)
    build.text(first, "first", 50, 50)
    build.page()
    heard = [text for _, text in treecheck.transcript(render(build.pages()))]
    assert heard == ["first", "second"]


def test_attributes_reach_the_file() -> None:
    data = spelled(render(samples.full()))
    assert b"/A<</O/Table/Scope/Column>>" in data
    assert b"/A<</O/Table/Scope/Row>>" in data
    assert b"/A<</O/List/ListNumbering/Disc>>" in data
    assert b"/A<</O/Layout/Placement/Block/BBox[500 751.89 540 791.89]>>" in data
    assert b"/T(Languages)" in data


def _stray_rectangle(canvas: TaggedCanvas) -> None:
    canvas.rect(10, 10, 20, 20)
    canvas.taken()


def _stray_rectangle_before_mark(canvas: TaggedCanvas) -> None:
    canvas.rect(10, 10, 20, 20)
    with canvas.artifact(Artifact.LAYOUT):
        pass


def _mark_in_mark(canvas: TaggedCanvas) -> None:
    with canvas.artifact(Artifact.LAYOUT), canvas.marked(Role.P, 0):
        pass


def _write_outside(canvas: TaggedCanvas) -> None:
    canvas.write("0 0 10 10 re f")


def _end_inside(canvas: TaggedCanvas) -> None:
    with canvas.artifact(Artifact.LAYOUT):
        canvas.taken()


@pytest.mark.parametrize(
    ("paint", "message"),
    [
        (_stray_rectangle, "without a mark"),
        (_stray_rectangle_before_mark, "without a mark"),
        (_mark_in_mark, "inside marked content"),
        (_write_outside, "without a mark"),
        (_end_inside, "inside marked content"),
    ],
)
def test_nothing_is_painted_untagged(paint: Callable[[TaggedCanvas], None], message: str) -> None:
    with pytest.raises(RenderError, match=message):
        paint(TaggedCanvas())


def _unknown_owner(build: Builder) -> None:
    build.text(99, "x", 50, 50)


def _content_in_a_group(build: Builder) -> None:
    items = build.node(Role.L)
    build.paragraph(Role.LBODY, "x", 50, 50, build.node(Role.LI, items))
    build.box(items, 0, 0, 9, 9, "ink")


def _unknown_face(build: Builder) -> None:
    build.paragraph(Role.P, "x", 50, 50)
    run = build.items[-1]
    assert isinstance(run, GlyphRun)
    build.items[-1] = replace(run, face="Comic 400")


def _unknown_colour(build: Builder) -> None:
    build.text(build.node(Role.P), "x", 50, 50, colour="accent")


def _link_without_area(build: Builder) -> None:
    build.paragraph(Role.LINK, "x", 50, 50, build.node(Role.P))


def _area_without_text(build: Builder) -> None:
    build.paragraph(Role.P, "x", 50, 50)
    build.link(build.node(Role.LINK), "https://example.org", (0, 0, 9, 9))


def _area_of_a_paragraph(build: Builder) -> None:
    node = build.paragraph(Role.P, "x", 50, 50)
    build.links.append(LinkArea(node, "https://example.org", "x", (0, 0, 9, 9)))


def _figure_without_alt(build: Builder) -> None:
    build.box(build.node(Role.FIGURE), 0, 0, 9, 9, "ink")


def _header_without_scope(build: Builder) -> None:
    build.paragraph(Role.TH, "x", 50, 50, build.node(Role.TR, build.node(Role.TABLE)))


def _parent_after_child(build: Builder) -> None:
    build.nodes += [Node(1, Role.P, 2), Node(2, Role.SECT, 0)]
    build.text(1, "x", 50, 50)


def _id_twice(build: Builder) -> None:
    build.nodes += [Node(1, Role.P, 0), Node(1, Role.P, 0)]
    build.text(1, "x", 50, 50)


def _bookmark_to_nowhere(build: Builder) -> None:
    build.paragraph(Role.P, "x", 50, 50)
    build.bookmarks.append(Bookmark("x", 1, 7, 0))


def _artifacts_only(build: Builder) -> None:
    build.box(Artifact.LAYOUT, 0, 0, 9, 9, "ink")


@pytest.mark.parametrize(
    ("mistake", "message"),
    [
        (_unknown_owner, "do not have"),
        (_content_in_a_group, "paint an artifact"),
        (_unknown_face, "Comic"),
        (_unknown_colour, "accent"),
        (_link_without_area, "has no area"),
        (_area_without_text, "no content"),
        (_area_of_a_paragraph, "which is a P"),
        (_figure_without_alt, "alternative text"),
        (_header_without_scope, "scope"),
        (_parent_after_child, "before its parent"),
        (_id_twice, "two nodes"),
        (_bookmark_to_nowhere, "nowhere"),
        (_artifacts_only, "nothing was painted"),
    ],
)
def test_contradictory_pages_are_refused(mistake: Callable[[Builder], None], message: str) -> None:
    build = Builder()
    mistake(build)
    build.page()
    with pytest.raises(RenderError, match=message):
        render(build.pages())


def test_no_pages_are_refused() -> None:
    with pytest.raises(RenderError, match="without pages"):
        render(Builder().pages())


def test_bookmarks_nest_and_keep_their_letters() -> None:
    build = Builder()
    build.paragraph(Role.P, "x", 50, 50)
    for title, level in (("Été", 1), ("寝かせる", 2), ("c (1)", 2), ("last", 1), ("deep", 3)):
        build.bookmarks.append(Bookmark(title, level, 0, 40))
    build.page()
    with pikepdf.open(io.BytesIO(render(build.pages()))) as pdf, pdf.open_outline() as outline:
        tree = [(item.title, [kid.title for kid in item.children]) for item in outline.root]
        assert int(pdf.Root.Outlines.Count) == 5
    assert tree == [("Été", ["寝かせる", "c (1)"]), ("last", ["deep"])]


def test_links_are_escaped_and_labelled() -> None:
    with pikepdf.open(io.BytesIO(render(samples.full()))) as pdf:
        (link,) = pdf.pages[0].obj.Annots
        assert str(link.A.URI) == "https://example.org/%C3%A9?a=(1)&b=2"
        assert str(link.Contents) == "Opens https://example.org/é?a=(1)&b=2"
        assert int(link.F) == 4
        _, bottom, _, top = (float(value) for value in link.Rect)
        assert (bottom, top) == (727.89, 741.89)


def test_links_inside_the_file_show_the_place() -> None:
    build = Builder()
    link = build.node(Role.LINK, build.node(Role.P))
    build.text(link, "see over", 50, 50)
    build.links.append(LinkArea(link, "", "Page 2", (50, 40, 90, 54), target=(1, 30.0)))
    build.page()
    build.text(build.node(Role.P), "here", 50, 50)
    build.page(300, 400)
    with pikepdf.open(io.BytesIO(render(build.pages()))) as pdf:
        (area,) = pdf.pages[0].obj.Annots
        page, how, _, top, _ = area.Dest
        assert page.objgen == pdf.pages[1].obj.objgen
        assert (str(how), float(top)) == ("/XYZ", 370.0)
        assert "/A" not in area


def test_link_to_no_page_is_refused() -> None:
    build = Builder()
    link = build.node(Role.LINK, build.node(Role.P))
    build.text(link, "see over", 50, 50)
    build.links.append(LinkArea(link, "", "Page 2", (50, 40, 90, 54), target=(1, 30.0)))
    build.page()
    with pytest.raises(RenderError, match="leads nowhere"):
        render(build.pages())
