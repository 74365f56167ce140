"""What is painted: decorations, drawings, owners, and the mirror image."""

from __future__ import annotations

from typing import Literal

import pytest

from handouts.model.document import (
    Art,
    Backdrop,
    Box,
    Columns,
    Decoration,
    Image,
    Role,
    Row,
    Rule,
    Span,
    Stack,
    Track,
)
from handouts.model.drawing import Curve, Line, Move, Picture
from handouts.model.pages import Artifact, GlyphRun, Pages, PlacedPicture, Shape
from handouts.typeset.paint.outlines import rounded
from handouts.units import Length
from tests.typeset.builder import ARROW, Builder, insets

Direction = Literal["ltr", "rtl"]


def shapes(pages: Pages) -> list[Shape]:
    return [item for page in pages.pages for item in page.items if isinstance(item, Shape)]


def panel(b: Builder, **decoration: object) -> Stack:
    look = Decoration(**decoration)  # type: ignore[arg-type]
    return Stack(children=(b.lines(1),), padding=insets(14), decoration=look)


def test_a_panel_is_painted_before_what_stands_on_it() -> None:
    b = Builder()
    pages = b.pages(panel(b, fill="tint", radius=Length(5)))
    first, *rest = pages.pages[0].items
    assert isinstance(first, Shape)
    assert first.owner is Artifact.BACKGROUND
    assert first.bbox == pytest.approx((10, 10, 210, 50))
    assert rest
    assert all(isinstance(item, GlyphRun) for item in rest)


def test_a_border_lies_inside_the_edge() -> None:
    b = Builder()
    (shape,) = shapes(b.pages(panel(b, border="line", border_width=Length(4))))
    (outline,) = shape.outlines
    assert outline.segments[:3] == (Move(2, 2), Line(198, 2), Line(198, 38))
    assert (outline.stroke, outline.stroke_width, outline.fill) == ("line", 4, None)


def test_a_radius_is_never_more_than_half_the_side() -> None:
    curves = [s for s in rounded(0, 0, 100, 20, 50) if isinstance(s, Curve)]
    assert len(curves) == 4
    assert curves[0][-2:] == (100, 10)


@pytest.mark.parametrize(("direction", "x"), [("ltr", (10, 13)), ("rtl", (207, 210))])
def test_sides_are_logical(direction: Direction, x: tuple[float, float]) -> None:
    b = Builder()
    look = {"border": "line", "border_width": Length(3), "sides": ("start",)}
    (shape,) = shapes(b.pages(panel(b, **look), direction=direction))
    assert (shape.bbox[0], shape.bbox[2]) == pytest.approx(x)


@pytest.mark.parametrize(("direction", "x", "scale"), [("ltr", 190, 2), ("rtl", 30, -2)])
def test_a_backdrop_is_clipped_and_mirrored(direction: Direction, x: float, scale: float) -> None:
    b = Builder()
    backdrop = Backdrop(ARROW, "primary", "end")
    (shape,) = shapes(b.pages(panel(b, backdrop=backdrop), direction=direction))
    assert (shape.x, shape.scale_x, shape.scale_y) == (x, scale, 2)
    assert shape.clip is not None
    assert shape.outlines[0].fill == "primary"


@pytest.mark.parametrize(("direction", "x", "scale"), [("ltr", 35, 1), ("rtl", 185, -1)])
def test_a_drawing_that_points_along_the_text_is_mirrored(
    direction: Direction, x: float, scale: float
) -> None:
    b = Builder()
    art = Art(
        node=b.node(Role.FIGURE, alt="arrow"),
        drawing=ARROW,
        width=Length(60),
        height=Length(20),
        mirrored=True,
    )
    (shape,) = shapes(b.pages(art, direction=direction))
    assert (shape.x, shape.scale_x, shape.owner) == (x, scale, 1)
    assert shape.outlines[0].fill == "primary"


def test_a_disc_is_background_and_the_drawing_stands_inside_it() -> None:
    b = Builder()
    art = Art(drawing=ARROW, width=Length(40), height=Length(40), disc="tint")
    disc, drawing = shapes(b.pages(art))
    assert (disc.bbox, disc.owner) == ((10, 10, 50, 50), Artifact.BACKGROUND)
    assert drawing.owner is Artifact.LAYOUT
    width, height = drawing.bbox[2] - drawing.bbox[0], drawing.bbox[3] - drawing.bbox[1]
    assert (width, height) == pytest.approx((11.2, 22.4))


def test_a_picture_keeps_its_aspect() -> None:
    b = Builder()
    picture = Picture(20, 10, 3, "raw", bytes(600))
    image = Image(node=b.node(Role.FIGURE), picture=picture, width=Length(40), height=Length(40))
    (item,) = b.pages(image).pages[0].items
    assert isinstance(item, PlacedPicture)
    assert (item.x, item.y, item.width, item.height) == (10, 20, 40, 20)


def test_a_rule_is_an_artifact_under_its_space() -> None:
    b = Builder()
    (shape,) = shapes(b.pages(Rule(above=Length(20), thickness=Length(2))))
    assert (shape.bbox, shape.owner) == ((10, 30, 210, 32), Artifact.LAYOUT)


def test_content_text_without_a_node_is_a_bug() -> None:
    b = Builder()
    with pytest.raises(ValueError, match=r"'lost\.string' belongs to no node"):
        b.pages(b.text("x", owned=False, source="lost.string"))


def test_links_belong_to_their_element_and_none_is_left_in_an_artifact() -> None:
    from handouts.model.document import Region

    b = Builder()
    link = b.node(Role.LINK)
    spans = (Span("see "), Span("here", href="https://x.example", node=link))
    pages = b.pages(b.text(spans), footer=(Region("all", b.text(spans, owned=False)),))
    (page,) = pages.pages
    assert [(area.node, area.uri) for area in page.links] == [(link, "https://x.example")]
    owners = [item.owner for item in page.items if isinstance(item, GlyphRun)]
    assert owners.count(link) == 1
    assert set(owners) == {Artifact.PAGINATION, link, link + 1}


def test_faces_are_those_that_were_used() -> None:
    b = Builder()
    assert list(b.pages(b.text("plain")).faces) == ["Noto Sans 400"]


def _everything(b: Builder) -> tuple[Box, ...]:
    cell = Stack(children=(b.lines(1),), padding=insets(3), decoration=Decoration(fill="tint"))
    return (
        Row(
            children=(cell, b.text("more"), Rule(above=Length(5))),
            tracks=(Track("fixed", 50), Track("share"), Track("share", 2)),
            gap=Length(7),
            align="stretch",
        ),
        Columns(children=tuple(b.item(w) for w in ("one", "two", "three")), count=2, gap=Length(9)),
        b.table([("a", "b"), ("c", "d")], ("x", "y"), padding=insets(2, 5)),
    )


def test_right_to_left_is_the_mirror_image() -> None:
    left, right = (
        (b := Builder()).pages(*_everything(b), direction=direction) for direction in ("ltr", "rtl")
    )
    found = [_extents(pages) for pages in (left, right)]
    assert len(found[0]) > 15
    for one, other in zip(found[0], found[1], strict=True):
        assert other == pytest.approx(_mirrored(one))


def _extents(pages: Pages) -> list[tuple[float, float, float, float]]:
    """Places of shapes and of whole lines of text, in paint order."""
    found: list[tuple[float, float, float, float]] = []
    lines: dict[tuple[object, float], int] = {}
    for item in pages.pages[0].items:
        if isinstance(item, Shape):
            found.append(item.bbox)
        elif isinstance(item, GlyphRun):
            right = item.x + sum(g.advance for g in item.glyphs) * item.size / 1000
            if sum(len(g.text.strip()) for g in item.glyphs):
                at = lines.setdefault((item.owner, item.y), len(found))
                if at == len(found):
                    found.append((item.x, item.y, right, item.y))
                x0, y, x1, _ = found[at]
                found[at] = (min(x0, item.x), y, max(x1, right), y)
    return found


def _mirrored(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    return (220 - box[2], box[1], 220 - box[0], box[3])
