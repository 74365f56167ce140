"""Two languages on one sheet: both are whole, aligned, tagged and in their own direction."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handouts import pipeline
from handouts.compose import compose
from handouts.diagnostics import HandoutsError
from handouts.model.document import Document, Role, Row, Stack, Table, Text
from handouts.model.pages import GlyphRun
from handouts.model.project import Job, Project
from handouts.world import World
from tests.compose.scenes import BENEFITS, DATE, EVIDENCE, SAFETY, job, layout, parts

PAIRS = ("es+en", "ar+en", "en+ar", "zh-Hans+en")
SIDE = {"arrange": "side"}


def both(project: Project, pair: str, name: str = "benefits-flyer", **more: str) -> Job:
    (found,) = (
        one
        for one in pipeline.plan(
            project, pipeline.Wish(layouts=(name,), languages=(pair,), brands=("willow",))
        )
        if one.part == more.get("part", one.part)
    )
    return found


def small(project: Project, body: list[dict[str, object]], pair: str = "es+en") -> Document:
    trial = layout([*body, SAFETY, EVIDENCE], bilingual=SIDE)
    return compose(
        replace(project, layouts={"trial": trial}), job(language=pair, brand="willow"), date=DATE
    )


def sources(document: Document, lang: str) -> set[str]:
    return {box.source for box in parts(document) if isinstance(box, Text) and box.lang == lang}


@pytest.mark.parametrize("pair", PAIRS)
def test_both_languages_say_everything(real_project: Project, pair: str) -> None:
    first, second = pair.split("+")
    document = compose(real_project, both(real_project, pair), date=DATE)
    alone = compose(real_project, both(real_project, pair.split("+")[0]), date=DATE)
    claims = {s for s in sources(alone, first) if s.startswith(("benefit.", "safety.", "group."))}
    assert len(claims) > 45
    assert claims <= sources(document, first)
    assert claims <= sources(document, second)


@pytest.mark.parametrize("pair", PAIRS)
def test_every_element_is_painted_and_speaks_its_language(real_project: Project, pair: str) -> None:
    document = compose(real_project, both(real_project, pair), date=DATE)
    nodes = {node.id: node for node in document.nodes}
    assert all(n.parent is None or n.parent in nodes for n in document.nodes)

    def language(node: int | None) -> str:
        while node is not None:
            if nodes[node].lang:
                return str(nodes[node].lang)
            node = nodes[node].parent
        raise AssertionError

    said = [b for b in parts(document) if isinstance(b, Text) and b.node is not None]
    assert {language(b.node) for b in said} >= set(pair.split("+"))
    assert all(language(b.node) == b.lang for b in said if b.source != "marker")
    used = {b.node for b in parts(document)}
    used |= {span.node for b in said for span in b.spans}
    leaves = set(nodes) - {node.parent for node in document.nodes}
    assert leaves <= used


def test_items_stand_beside_one_another(real_project: Project) -> None:
    document = small(real_project, [BENEFITS])
    rows = [
        row
        for row in parts(document)
        if isinstance(row, Row) and len(row.children) == 2 and all(map(_item, row.children))
    ]
    pairs = [tuple(_source(cell) for cell in row.children) for row in rows]
    assert len(pairs) > 38
    assert all(one == other for one, other in pairs)


def _item(box: object) -> bool:
    return isinstance(box, Row) and len(box.children) == 2 and isinstance(box.children[1], Text)


def _source(box: object) -> str:
    assert isinstance(box, Row)
    assert isinstance(box.children[1], Text)
    return box.children[1].source


def test_what_is_the_same_in_both_is_said_once(real_project: Project) -> None:
    body = [{"type": "text", "string": "$brand.name"}, {"type": "contact", "fields": ["phones"]}]
    document = small(real_project, body)
    said = ["".join(s.text for s in box.spans) for box in parts(document) if isinstance(box, Text)]
    assert said.count("Willow Family Clinic") == 1
    assert sum("0117" in text for text in said) == 1


def test_arrangements(real_project: Project) -> None:
    def shape(arrangement: str) -> tuple[type, int]:
        text = {"type": "text", "string": "flyer.title", "bilingual": arrangement}
        document = small(real_project, [text])
        box = document.sections[0].body
        assert isinstance(box, Stack)
        first = box.children[0]
        return type(first), sum(
            isinstance(b, Text) and b.source == "flyer.title" for b in parts(document)
        )

    assert shape("side") == (Row, 2)
    assert shape("stacked") == (Stack, 2)
    assert shape("inline") == (Text, 1)
    assert shape("once") == (Text, 1)


def test_a_table_stays_one_table(real_project: Project) -> None:
    document = compose(real_project, both(real_project, "es+en", "class-handout"), date=DATE)
    tables = [box for box in parts(document) if isinstance(box, Table)]
    roles = [node.role for node in document.nodes]
    assert len(tables) == roles.count(Role.TABLE) == 5
    cells = sum(len(row.cells) for table in tables for row in (*table.head, *table.rows))
    assert cells == roles.count(Role.TH) + roles.count(Role.TD)
    names = {node.lang for node in document.nodes if node.role is Role.SPAN}
    assert "en" in names


def test_each_column_has_its_own_direction(real_project: Project, real_world: World) -> None:
    """Arabic first: it stands on the right, its bullets right of it; English left, and theirs."""
    pages = pipeline.place(real_project, real_world, both(real_project, "ar+en"))
    nodes = {node.id: node for node in pages.nodes}
    runs = [r for p in pages.pages for r in p.items if isinstance(r, GlyphRun)]
    owned = [r for r in runs if isinstance(r.owner, int) and nodes[r.owner].role is Role.LBODY]
    middle = pages.pages[0].width / 2
    english = [r for r in owned if _latin(r)]
    arabic = [r for r in owned if not _latin(r) and any(g.text.strip() for g in r.glyphs)]
    assert len(english) > 40
    assert len(arabic) > 40
    assert {r.x < middle for r in english} == {True}
    assert {r.x > middle - 20 for r in arabic} == {True}
    bullets = {round(r.x) for r in runs if "".join(g.text for g in r.glyphs) == "•"}
    assert min(bullets) < min(r.x for r in english)
    assert max(bullets) > max(r.x for r in arabic)


def _latin(run: GlyphRun) -> bool:
    return any("a" <= g.text.lower()[:1] <= "z" for g in run.glyphs)


def test_a_sidebar_joins_the_body(real_project: Project) -> None:
    one = both(real_project, "es+en", "topic-sheet", part="relief")
    document = compose(real_project, one, date=DATE)
    assert document.sections[0].sidebar is None
    assert "safety.not-treatment" in sources(document, "es") & sources(document, "en")


def test_a_layout_for_one_language_says_so(real_project: Project) -> None:
    plain = real_project.layouts["benefits-flyer"].model_copy(update={"bilingual": None})
    project = replace(real_project, layouts={**real_project.layouts, "benefits-flyer": plain})
    wish = pipeline.Wish(layouts=("benefits-flyer",), languages=("es+en",), brands=("default",))
    with pytest.raises(HandoutsError) as caught:
        pipeline.plan(project, wish)
    assert [d.code for d in caught.value.diagnostics] == ["one-language"]
    assert "topic-sheet" in caught.value.diagnostics[0].hint
    others = pipeline.plan(project, replace(wish, layouts=()))
    assert {one.layout for one in others} == {"topic-sheet", "class-handout"}


def test_both_have_to_pass_the_gates(real_project: Project) -> None:
    one = replace(both(real_project, "en+es"), profile="clinic")
    with pytest.raises(HandoutsError) as caught:
        compose(real_project, one, date=DATE)
    assert [d.code for d in caught.value.diagnostics] == ["unapproved-translation"]
    assert "es" in caught.value.diagnostics[0].message


def test_days_of_both_languages_are_the_same_days(real_project: Project) -> None:
    """French weeks begin on Monday, English ones on Sunday: the first language's week counts."""
    document = compose(real_project, both(real_project, "fr+en", "class-handout"), date=DATE)
    table = next(box for box in parts(document) if isinstance(box, Table))
    heads = [
        [box.spans[0].text for box in _texts(cell)] for row in table.head for cell in row.cells[1:]
    ]
    assert heads[0] == ["lun.", "Mon"]
    assert heads[-1] == ["dim.", "Sun"]


def _texts(box: object) -> list[Text]:
    if isinstance(box, Text):
        return [box]
    return [text for child in getattr(box, "children", ()) for text in _texts(child)]


def test_no_fallback_stands_beside_the_value_in_the_other_language(real_project: Project) -> None:
    """Willow says in English when its class is; Chinese must not say that one has to ask."""
    document = compose(real_project, both(real_project, "zh-Hant+en"), date=DATE)
    said = {box.source for box in parts(document) if isinstance(box, Text)}
    assert "flyer.cta.text" not in said
    assert "$class.when" in said


@pytest.mark.parametrize("kind", ["safety", "evidence"])
def test_no_layout_keeps_safety_or_evidence_from_a_language(
    real_project: Project, kind: str
) -> None:
    once = [{**block, "bilingual": "once"} for block in (SAFETY, EVIDENCE)]
    trial = layout([BENEFITS, *once], bilingual=SIDE)
    project = replace(real_project, layouts={"trial": trial})
    document = compose(project, job(language="en+de", brand="willow"), date=DATE)
    wanted = {"safety": "safety.not-treatment", "evidence": "evidence.line"}[kind]
    assert wanted in sources(document, "en")
    assert wanted in sources(document, "de")
