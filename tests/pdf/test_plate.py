"""A plate pressed for other pages of its shape gives the bytes of the full way, and no others."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.model.colour import Colour
from handouts.model.document import Node, Role
from handouts.model.drawing import Close, Line, Move, Outline, Picture
from handouts.model.pages import (
    Artifact,
    Bookmark,
    GlyphRun,
    Item,
    LinkArea,
    Page,
    Pages,
    Shape,
    Slot,
)
from handouts.pdf import Plate, RenderError, engrave, render
from tests.pdf import samples
from tests.pdf.builder import ARABIC, BOLD, CHINESE, IDENTITY, LATIN, PALETTE, Builder, rectangle
from tests.pdf.spelled import spelled
from tests.validators import pagecheck, treecheck

LETTERS = "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Brand:
    """What one brand puts into the slots."""

    def __init__(self, **values: object) -> None:
        self.name = "Löwe"
        self.face = BOLD
        self.phone = "030 1234"
        self.address = ("Main street 1", "Berlin")
        self.logo: Picture | None = samples.LOGO
        self.code = (0, 3, 5)
        self.alt = "Logo of the clinic"
        self.lang: str | None = None
        self.paint: Colour | str = "primary"
        self.palette = PALETTE
        self.bookmark = "Contact"
        self.y = 0.0
        for name, value in values.items():
            setattr(self, name, value)


def branded(brand: Brand, static: str = "Touch & care", letters: str = LETTERS) -> Pages:
    """Two pages with a masthead, text between, contact lines with links, a code and a footer."""
    build = Builder(replace(IDENTITY, title=f"Touch ({brand.name})", author=brand.name))
    slots: list[tuple[Slot, ...]] = [_first(build, brand, static), _second(build, brand, static)]
    build.bookmarks += [Bookmark("Start", 1, 0, 50), Bookmark(brand.bookmark, 2, 1, 60)]
    pages = build.pages(dict(brand.palette))
    placed = [replace(page, slots=own) for page, own in zip(pages.pages, slots, strict=True)]
    return replace(pages, pages=tuple(placed), letters=letters)


def _first(build: Builder, brand: Brand, static: str) -> tuple[Slot, ...]:
    build.box(Artifact.BACKGROUND, 0, 0, 400, 40, "tint")
    build.text(Artifact.PAGINATION, static, 300, 690, name=BOLD)
    logo = build.node(Role.FIGURE, alt=brand.alt)
    start = len(build.items)
    if brand.logo is not None:
        build.picture(logo, brand.logo, 300, 10, 30)
    else:
        build.box(logo, 300, 10, 30, 30, brand.paint)
    name = build.node(Role.P, lang=brand.lang)
    build.text(name, brand.name, 40, 30 + brand.y, name=brand.face, colour="primary", lang="de")
    masthead = Slot(start, len(build.items))
    for at in range(30):
        build.paragraph(Role.P, f"{static} {at}", 40, 80 + 12 * at)
    link = build.node(Role.LINK, build.node(Role.P))
    build.text(link, "ours", 200, 600)
    build.link(link, "https://example.org/", (200, 590, 240, 604))
    start, first = len(build.items), len(build.links)
    paragraph = build.node(Role.P)
    for line in brand.address:
        build.text(paragraph, line, 40, 650)
    phone = build.node(Role.LINK, build.node(Role.P))
    x = build.text(phone, brand.phone, 40, 665)
    build.link(phone, f"tel:{brand.phone}", (40, 655, x, 668))
    contact = Slot(start, len(build.items), first, len(build.links))
    build.page(400, 700)
    return masthead, contact


def _second(build: Builder, brand: Brand, static: str) -> tuple[Slot, ...]:
    running = build.node(Role.P)
    build.text(running, "Word: ", 40, 40)
    start = len(build.items)
    build.text(running, brand.name, 90, 40, name=brand.face)
    inside = Slot(start, len(build.items))
    build.text(running, f" and {static}", 140, 40)
    code = build.node(Role.FIGURE, alt="Code")
    build.box(code, 100, 100, 80, 80, "tint")
    start = len(build.items)
    sides = [side for at in brand.code for side in rectangle(at, at, 1, 1)]
    outline = Outline(tuple(sides), fill=brand.paint)
    build.items.append(Shape((outline,), 105, 105, 9, 9, (105, 105, 200, 160), code))
    picture = Slot(start, len(build.items), len(build.links), len(build.links))
    dashed = Outline((Move(0, 0), Line(9, 9)), stroke="line", stroke_width=2, dash=(1, 1))
    build.items.append(Shape((dashed,), 9, 9, 1, 1, (9, 9, 18, 18), Artifact.LAYOUT))
    build.page(300, 400)
    return inside, picture


_names = st.text("abcÄöß ZK\u212a", min_size=1, max_size=12)
_pictures = st.binary(min_size=12, max_size=12).flatmap(
    lambda data: st.booleans().map(
        lambda alpha: Picture(2, 2, 3, "raw", data, b"abcd" if alpha else None, data.hex())
    )
)
_brands = st.builds(
    Brand,
    name=_names,
    phone=st.text("0123456789 +/()é", min_size=1, max_size=15),
    address=st.lists(_names, min_size=1, max_size=3),
    logo=st.none() | _pictures,
    code=st.lists(st.integers(0, 20), max_size=9),
    alt=st.sampled_from(["Logo", "Löwe 小"]),
    paint=st.sampled_from(["primary", "ink", "line", Colour(1, 2, 3)]),
    palette=st.sampled_from([PALETTE, PALETTE | {"primary": Colour(9, 9, 9)}]),
    bookmark=st.sampled_from(["Contact", "Löwe"]),
    y=st.floats(-10, 10),
)


@pytest.fixture(scope="module")
def plate() -> Plate:
    return engrave(branded(Brand()))


@settings(max_examples=60, deadline=None)
@given(brand=_brands)
def test_pressed_bytes_are_those_of_the_full_way(plate: Plate, brand: Brand) -> None:
    pages = branded(brand)
    assert plate.press(pages) == render(pages)


@settings(max_examples=25, deadline=None)
@given(one=_brands, other=_brands, letters=st.sampled_from(["", "abc", LETTERS]))
def test_whichever_brand_the_plate_was_made_from(one: Brand, other: Brand, letters: str) -> None:
    pages = branded(other, letters=letters)
    assert engrave(branded(one, letters=letters)).press(pages) == render(pages)


def test_other_scripts_in_a_slot(plate: Plate) -> None:
    for brand in (Brand(name="小白", face=CHINESE), Brand(name="سلام", face=ARABIC)):
        pages = branded(brand)
        assert plate.press(pages) is None
        data = engrave(pages).press(pages)
        assert data is not None
        assert pagecheck.problems(data) == []
        assert treecheck.problems(data) == []
        assert ("Document>P", brand.name) in treecheck.transcript(data)


def test_pressing_leaves_the_plate_as_it_was(plate: Plate) -> None:
    before = plate.press(branded(Brand()))
    for brand in (Brand(name="zZ9é", bookmark="x", paint=Colour(7, 7, 7)), Brand(logo=None)):
        assert plate.press(branded(brand)) != before
        assert plate.press(branded(Brand())) == before


def test_slots_that_say_the_same_are_painted_once() -> None:
    pages = branded(Brand())
    plate = engrave(pages)
    assert plate.press(pages) == render(pages)
    assert not plate.painted  # It may have been the only document.
    for grey in (10, 20, 30):
        palette = {**PALETTE, "ink": Colour(grey, grey, grey)}
        nodes, identity = tuple([*pages.nodes]), replace(pages.identity, author=str(grey))
        other = replace(pages, nodes=nodes, identity=identity, palette=palette)
        assert plate.press(other) == render(other)
    # A picture may be another under the same name; and no plate has the ö of the name.
    again = {place for place, painted in plate.painted.items() if painted is not None}
    assert plate.painted.keys() == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert again == {(0, 1)}


def test_pressed_file_is_sound(plate: Plate) -> None:
    brand = Brand(name="Kabelwerk ß", phone="(99) \\ 1", logo=None, alt="Mark (ß)")
    data = plate.press(branded(brand))
    assert data is not None
    assert pagecheck.problems(data) == []
    assert treecheck.problems(data) == []
    heard = treecheck.transcript(data)
    assert heard[:2] == [("Document>Figure", "[Mark (ß)]"), ("Document>P", "Kabelwerk ß")]
    assert ("Document>P", "Word: Kabelwerk ß and Touch & care") in heard
    assert ("Document>P>Link", "(99) \\ 1") in heard
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.docinfo["/Author"] == "Kabelwerk ß"
        assert str(pdf.pages[0].obj.Annots[1].A.URI) == "tel:(99)%20%5C%201"
        assert len(pdf.pages[0].obj.Contents) == 3
        box = [float(value) for value in _figure(pdf, "Code").A.BBox]
    assert box == [100, 220, 200, 300]


def _figure(pdf: pikepdf.Pdf, alt: str) -> pikepdf.Object:
    (found,) = (
        thing
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Dictionary) and str(thing.get("/Alt", "")) == alt
    )
    return found


def _streams(data: bytes) -> list[bytes]:
    return re.findall(rb"\d+ 0 obj\n<<[^\n]*>>stream\n.*?\r\nendstream\nendobj\n", data, re.S)


def test_what_is_the_same_is_written_the_same() -> None:
    one = render(branded(Brand()))
    other = render(branded(Brand(name="zZ9é", logo=None, address=["a"], palette={**PALETTE})))
    start = next(at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1])
    static = _streams(one[:start])
    assert start >= engrave(branded(Brand(name="third"))).block.end
    assert len(static) >= 6
    assert static == _streams(other[:start])


def test_a_slot_border_parts_a_paragraph_but_not_what_is_heard() -> None:
    pages = branded(Brand())
    whole = replace(pages, pages=tuple(replace(page, slots=()) for page in pages.pages))
    assert treecheck.transcript(render(whole)) == treecheck.transcript(render(pages))
    with pikepdf.open(io.BytesIO(render(whole))) as pdf:
        assert isinstance(pdf.pages[0].obj.Contents, pikepdf.Stream)


def _page(pages: Pages, at: int = 0, **values: object) -> Pages:
    changed = list(pages.pages)
    changed[at] = replace(changed[at], **values)  # type: ignore[arg-type]
    return replace(pages, pages=tuple(changed))


def _owned(item: Item, owner: int) -> Item:
    return replace(item, owner=owner)


def _node(pages: Pages, at: int, **values: object) -> Pages:
    changed = list(pages.nodes)
    changed[at] = replace(changed[at], **values)  # type: ignore[arg-type]
    return replace(pages, nodes=tuple(changed))


def _link(pages: Pages, **values: object) -> Pages:
    first, second = pages.pages[0].links
    return _page(pages, links=(first, replace(second, **values)))  # type: ignore[arg-type]


def _moved(pages: Pages) -> tuple[Slot, ...]:
    first, second = pages.pages[0].slots
    return first, replace(second, first=0, last=1)


LOGO, NAME = 1, 2
"""The nodes of the brand's logo and name on the first page, which only a slot paints."""
OTHERS: dict[str, Callable[[Pages], Pages]] = {
    "more pages": lambda p: replace(p, pages=(*p.pages, Page(9, 9, ()))),
    "other size": lambda p: _page(p, width=401.0),
    "slot dropped": lambda p: _page(p, slots=p.pages[0].slots[:1]),
    "slot longer": lambda p: _page(
        p, slots=(replace(p.pages[0].slots[0], stop=5), p.pages[0].slots[1])
    ),
    "more items": lambda p: _page(p, items=(*p.pages[0].items, p.pages[0].items[0])),
    "other owner": lambda p: _page(
        p, items=(*p.pages[0].items[:3], _owned(p.pages[0].items[3], 5), *p.pages[0].items[4:])
    ),
    "link dropped": lambda p: _page(p, links=p.pages[0].links[1:], slots=_moved(p)),
    "link of another node": lambda p: _link(p, node=p.pages[0].links[0].node),
    "other role": lambda p: _node(p, NAME, role=Role.H1),
    "other parent": lambda p: _node(p, NAME, parent=1),
    "slot's text in another language": lambda p: _node(p, NAME, lang="it"),
    "slot's picture in another language": lambda p: _node(p, LOGO, lang="it"),
    "static node says something else": lambda p: _node(p, 8, lang="fr"),
    "one more node": lambda p: replace(p, nodes=(*p.nodes, Node(99, Role.P, 0))),
    "other language": lambda p: replace(p, identity=replace(p.identity, language="de")),
    "other direction": lambda p: replace(p, direction="rtl"),
    "other face in a slot": lambda p: branded(Brand(face=CHINESE, name="a")),
    "other letters": lambda p: replace(p, letters="a"),
    "bookmark elsewhere": lambda p: replace(
        p, bookmarks=(p.bookmarks[0], replace(p.bookmarks[1], y=1))
    ),
    "bookmark dropped": lambda p: replace(p, bookmarks=p.bookmarks[:1]),
    "other font": lambda p: replace(p, faces={**p.faces, LATIN: p.faces[BOLD]}),
}


@pytest.mark.parametrize("change", OTHERS.values(), ids=OTHERS.keys())
def test_other_shapes_are_declined(plate: Plate, change: Callable[[Pages], Pages]) -> None:
    same = branded(Brand(name="Same shape"))
    assert plate.press(same) is not None
    assert plate.press(change(same)) is None


def test_what_is_said_of_a_slots_picture_may_differ(plate: Plate) -> None:
    pages = _node(branded(Brand()), LOGO, alt="A lion")
    data = render(pages)
    assert plate.press(pages) == data
    assert b"/Alt(A lion)" in spelled(data)


def test_mistakes_are_refused_as_on_the_full_way(plate: Plate) -> None:
    pages = branded(Brand())
    for wrong, message in (
        (_node(pages, 1, alt=None), "alternative"),
        (replace(pages, identity=replace(pages.identity, title="")), "title"),
        (replace(pages, palette={"ink": Colour(0, 0, 0)}), "palette"),
        (branded(Brand(paint="accent", logo=None)), "accent"),
        (_page(pages, slots=(Slot(2, 9), Slot(5, 12))), "overlaps"),
    ):
        for way in (plate.press, render):
            with pytest.raises(RenderError, match=message):
                way(wrong)


def test_empty_slot_and_page_of_nothing_else() -> None:
    pages = samples.small()
    page = pages.pages[0]
    for slots in ((Slot(1, 1),), (Slot(0, 2),), (Slot(0, 0), Slot(0, 1), Slot(2, 2))):
        slotted = replace(pages, pages=(replace(page, slots=slots),))
        data = render(slotted)
        assert treecheck.problems(data) == []
        assert treecheck.transcript(data) == treecheck.transcript(render(pages))


def test_link_inside_the_file_may_stand_in_a_slot() -> None:
    build = Builder()
    link = build.node(Role.LINK, build.node(Role.P))
    build.text(link, "see", 50, 50)
    build.links.append(LinkArea(link, "", "Top", (50, 40, 90, 54), target=(0, 0.0)))
    build.page()
    pages = build.pages()
    slot = replace(pages.pages[0], slots=(Slot(0, 1, 0, 1),))
    data = spelled(render(replace(pages, pages=(slot,))))
    assert re.search(rb"/Dest\[\d+ 0 R/XYZ null 841.89 null\]", data)


def test_letters_come_after_what_is_painted() -> None:
    pages = replace(samples.small("Hello"), letters="zHa\u4e00")
    slot = Slot(2, 3)
    page = pages.pages[0]
    run = page.items[0]
    slotted = replace(page, items=(*page.items, replace(run, owner=2)), slots=(slot,))
    font = _font(render(replace(pages, pages=(slotted,))), "Bold")
    assert "".join(treecheck.to_unicode(font).values()) == "Heloaz"
    assert len(font.DescendantFonts[0].W[1]) == 6
    font = _font(render(pages), "Bold")
    assert "".join(treecheck.to_unicode(font).values()) == "Helo"


def test_ligatures_of_letters_are_letters(plate: Plate) -> None:
    data = plate.press(branded(Brand(name="Office flat fit", face=LATIN)))
    assert data is None  # Another face in the slot.
    pages = branded(Brand(name="Office flat fit", face=LATIN))
    data = render(pages)
    assert spelled(data).count(b"/FontFile2") == 2
    assert data == engrave(branded(Brand(name="Other", face=LATIN))).press(pages)


def test_unknown_glyphs_get_a_small_font_of_their_own(plate: Plate) -> None:
    plain, other = (plate.press(branded(Brand(name=name))) for name in ("Lowe", "Łowe"))
    assert plain is not None
    assert other is not None
    assert _programs(other) == _programs(plain) + 1
    assert len(other) < len(plain) + 3000


def _programs(data: bytes) -> int:
    return spelled(data).count(b"/FontFile2")


def test_a_closed_outline_in_a_slot_keeps_no_pen_of_its_neighbours() -> None:
    """Strokes around a slot look alike whatever stands in it."""

    def strokes(inside: Shape) -> str:
        build = Builder()
        build.paragraph(Role.P, "x", 50, 50)
        line = Outline((Move(0, 0), Line(9, 9)), stroke="line")
        box = (0.0, 0.0, 9.0, 9.0)
        build.items.append(Shape((line,), 0, 0, 1, 1, box, Artifact.LAYOUT))
        build.items.append(inside)
        build.items.append(Shape((line,), 0, 0, 1, 1, box, Artifact.BACKGROUND))
        build.page(100, 100)
        pages = build.pages()
        slotted = replace(pages, pages=(replace(pages.pages[0], slots=(Slot(2, 3),)),))
        with pikepdf.open(io.BytesIO(render(slotted))) as pdf:
            parts = pdf.pages[0].obj.Contents.read_bytes().split(b"/Artifact<</Type/Background>>")
            return str(parts[-1])

    thick = Outline((Move(0, 0), Line(5, 5), Close()), stroke="ink", stroke_width=7, cap="round")
    thin = Outline((Move(0, 0), Line(5, 5)), stroke="line")
    shapes = [
        Shape((one,), 0, 0, scale, scale, (0, 0, 5, 5), Artifact.LAYOUT)
        for one in (thick, thin)
        for scale in (1, 2)
    ]
    assert len({strokes(shape) for shape in shapes}) == 1


def _fresh(pages: Pages) -> Pages:
    """Equal pages whose lines of glyphs are other objects."""

    def item(one: Item) -> Item:
        return replace(one, glyphs=tuple([*one.glyphs])) if isinstance(one, GlyphRun) else one

    placed = [replace(page, items=tuple(map(item, page.items))) for page in pages.pages]
    return replace(pages, pages=tuple(placed))


KEPT: dict[str, Callable[[Pages], Pages]] = {
    "the same": lambda p: p,
    "other letters": lambda p: replace(p, letters="xyz"),
    "other font": lambda p: replace(p, faces={**p.faces, LATIN: p.faces[BOLD]}),
    "other order": lambda p: _page(p, items=tuple(reversed(p.pages[0].items)), slots=()),
    "no slots": lambda p: _page(p, slots=()),
    "said otherwise": lambda p: _page(p, items=tuple(map(_spoken, p.pages[0].items))),
}


def _spoken(item: Item) -> Item:
    return replace(item, actual=((0, 1, "x"),)) if isinstance(item, GlyphRun) else item


@pytest.mark.parametrize("change", KEPT.values(), ids=KEPT.keys())
def test_fonts_that_were_kept_are_those_made_anew(change: Callable[[Pages], Pages]) -> None:
    pages = branded(Brand())
    first, changed = render(pages), change(pages)
    assert render(changed) == render(_fresh(changed))
    assert render(pages) == first


def _font(data: bytes, name: str) -> pikepdf.Object:
    pdf = pikepdf.open(io.BytesIO(data))
    (found,) = (
        font for font in pdf.pages[0].obj.Resources.Font.values() if name in str(font.BaseFont)
    )
    _OPEN.append(pdf)
    return found


_OPEN: list[pikepdf.Pdf] = []
"""Files whose objects are still looked at."""


def test_a_run_is_shown_with_one_font() -> None:
    pages = branded(Brand(name="a\u0142"), letters="a")
    slot = pages.pages[1].slots[0]
    run = pages.pages[1].items[slot.start]
    assert isinstance(run, GlyphRun)
    assert len(run.glyphs) == 2
    with pikepdf.open(io.BytesIO(render(pages))) as pdf:
        contents = pdf.pages[1].obj.Contents
        data = contents.read_bytes() if isinstance(contents, pikepdf.Stream) else b""
    assert b"<00010002>Tj" in data
