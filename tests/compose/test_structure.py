"""Elements: their order, roles and what belongs to them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from handouts.compose import compose
from handouts.model.catalogue import GRADES
from handouts.model.document import Art, Box, Document, Image, Role, Table, Text
from handouts.model.project import Project
from tests.compose.scenes import BENEFITS, DATE, EVIDENCE, SAFETY, jobs, made, nodes, parts

ITEM = {Role.LBL, Role.LBODY}
CHILDREN = {
    Role.L: {Role.LI},
    Role.LI: ITEM,
    Role.TABLE: {Role.THEAD, Role.TBODY},
    Role.THEAD: {Role.TR},
    Role.TBODY: {Role.TR},
    Role.TR: {Role.TH, Role.TD},
}


@pytest.fixture(scope="module")
def documents(real_project: Project) -> dict[str, Document]:
    return {
        f"{one.layout} {brand} {language} {profile}": compose(real_project, one, date=DATE)
        for brand, language in (("default", "en"), ("willow", "ar"), ("marisol", "zh-Hans"))
        for profile in ("instructor", "clinic")
        for one in jobs(
            real_project, brand=brand, language=language, profile=profile, allow_draft=True
        )
    }


def test_ids_count_up_and_parents_come_first(documents: dict[str, Document]) -> None:
    assert len(documents) == 18
    for name, document in documents.items():
        assert [node.id for node in document.nodes] == list(range(len(document.nodes))), name
        assert document.nodes[0].role == Role.DOCUMENT
        assert document.nodes[0].parent is None
        assert document.nodes[0].lang == document.identity.language
        assert all(n.parent is not None and n.parent < n.id for n in document.nodes[1:]), name


def test_reading_order_is_box_order(documents: dict[str, Document]) -> None:
    for name, document in documents.items():
        owners = [box.node for box in parts(document) if box.node is not None]
        assert owners == sorted(owners), name
        assert len(owners) == len(set(owners)), name


def test_every_element_has_something(documents: dict[str, Document]) -> None:
    """A leaf is painted by a box or a span; nothing hangs empty in the tree."""
    for name, document in documents.items():
        used = {box.node for box in parts(document)}
        for box in parts(document):
            if isinstance(box, Text):
                used |= {span.node for span in box.spans}
            elif isinstance(box, Table):
                used |= {row.node for row in (*box.head, *box.rows)}
        mothers = {node.parent for node in document.nodes}
        leaves = [n for n in document.nodes if n.id not in mothers]
        empty = [n for n in leaves if n.id not in used]
        assert empty == [], name


def test_lists_and_tables_hold_what_they_may(documents: dict[str, Document]) -> None:
    seen = set()
    for name, document in documents.items():
        for node in document.nodes[1:]:
            assert node.parent is not None
            parent = document.nodes[node.parent]
            if parent.role in CHILDREN:
                assert node.role in CHILDREN[parent.role], (name, parent, node)
                seen.add(parent.role)
            if node.role in ITEM:
                assert parent.role == Role.LI, (name, node)
            if node.role == Role.LI:
                assert parent.role == Role.L, (name, node)
    assert seen == set(CHILDREN)


def test_list_items_have_one_body_after_their_label(documents: dict[str, Document]) -> None:
    for name, document in documents.items():
        for item in nodes(document, Role.LI):
            roles = [n.role for n in document.nodes if n.parent == item.id]
            assert roles in ([Role.LBL, Role.LBODY], [Role.LBODY]), (name, item)


def test_headings_do_not_skip_a_level(documents: dict[str, Document]) -> None:
    levels = {Role.H1: 1, Role.H2: 2, Role.H3: 3}
    for name, document in documents.items():
        found = [levels[n.role] for n in document.nodes if n.role in levels]
        assert found, name
        assert found[0] == 1, name
        steps = pairwise(found)
        assert all(after - before <= 1 for before, after in steps), name


def test_heads_of_tables_say_what_they_head(documents: dict[str, Document]) -> None:
    seen = set()
    for name, document in documents.items():
        for cell in nodes(document, Role.TH):
            assert cell.scope in ("Row", "Column"), name
            row = document.nodes[cell.parent or 0]
            body = document.nodes[row.parent or 0].role == Role.TBODY
            assert cell.scope == ("Row" if body else "Column"), name
            seen.add(cell.scope)
        assert all(cell.scope is None for cell in nodes(document, Role.TD)), name
    assert seen == {"Row", "Column"}


def test_lists_say_how_they_are_marked(documents: dict[str, Document]) -> None:
    for name, document in documents.items():
        for one in nodes(document, Role.L):
            assert one.numbering in ("Disc", "Decimal", "None"), name


def test_figures_and_drawn_labels_have_words(documents: dict[str, Document]) -> None:
    seen = 0
    for name, document in documents.items():
        for box in parts(document):
            if isinstance(box, Art | Image) and box.node is not None:
                node = document.nodes[box.node]
                words = node.alt if node.role == Role.FIGURE else node.actual
                assert node.role in (Role.FIGURE, Role.LBL), (name, node)
                assert words, (name, node)
                assert "{" not in words, (name, node)
                seen += 1
    assert seen > 100


def test_icons_are_decoration(real_project: Project) -> None:
    heading = {"type": "text", "string": "flyer.title"}
    document = made(real_project, [{"type": "icon", "icon": "shield"}, heading])
    (icon,) = (box for box in parts(document) if isinstance(box, Art))
    assert icon.node is None
    assert len(document.nodes) == 2


def test_running_heads_and_feet_have_no_elements(real_project: Project) -> None:
    region = {"children": ({"type": "text", "string": "flyer.title"}, {"type": "page-number"})}
    heading = {"type": "text", "string": "flyer.title"}
    document = made(real_project, [heading], more={"header": (region,), "footer": (region,)})
    assert len(document.nodes) == 2

    def inside(box: Box) -> list[Box]:
        from tests.compose.scenes import walk

        return list(walk(box))

    (section,) = document.sections
    for found in (*section.header, *section.footer):
        boxes = inside(found.box)
        assert any(isinstance(box, Text) for box in boxes)
        assert all(box.node is None for box in boxes)


def test_a_legend_explains_the_icons_that_are_used(real_project: Project) -> None:
    block = {"type": "benefits", "form": "detail", "group": "relief"}
    document = made(real_project, [block, {"type": "legend"}, SAFETY, EVIDENCE])
    texts = [box for box in parts(document) if isinstance(box, Text)]
    found = [text.source.split(".")[1] for text in texts if text.source.startswith("grade.")]
    used = {b.grade for b in real_project.catalogue.benefits if b.group == "relief"}
    assert found == [grade for grade in GRADES if grade in used]


def test_masthead_then_body_then_sidebar(real_project: Project) -> None:
    def text(string: str) -> dict[str, str]:
        return {"type": "text", "string": string}

    more = {
        "sidebar": {"width": "50mm", "children": (text("flyer.scan"),)},
        "masthead": (text("flyer.title"),),
    }
    document = made(real_project, [text("flyer.subtitle")], more=more)
    found = {box.source: box.node for box in parts(document) if isinstance(box, Text) and box.node}
    assert sorted(found, key=lambda key: found[key]) == [
        "flyer.title",
        "flyer.subtitle",
        "flyer.scan",
    ]


def test_several_sheets_are_sections(real_project: Project) -> None:
    block = {"type": "benefits"}
    document = made(real_project, [block, SAFETY, EVIDENCE], more={"for_each": "group"})
    outer = [n for n in nodes(document, Role.SECT) if n.parent == 0]
    assert len(outer) == 5
    one = made(real_project, [BENEFITS, SAFETY, EVIDENCE])
    assert len([n for n in nodes(one, Role.SECT) if n.parent == 0]) == 5, "the groups themselves"
    single = made(
        real_project, [block, SAFETY, EVIDENCE], more={"for_each": "group"}, part="relief"
    )
    assert [section.name for section in single.sections] == ["relief"]
