"""Strings into spans: placeholders, bold, isolates, links, foreign words."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from handouts.compose.scope import Scope, Value
from handouts.compose.structure import Structure
from handouts.compose.words import FSI, LRI, PDI, Words, joined
from handouts.diagnostics import HandoutsError
from handouts.model.document import Span
from handouts.model.locale import Locale, LocaleString
from handouts.model.project import Project
from tests.compose.scenes import EVIDENCE, ISOLATES, SAFETY, made, said, texts, with_brand

STRINGS = {
    "plain": "Slow strokes",
    "bold": "Call **your nurse** now",
    "all": "**Stop**",
    "named": "From {name}, with {name}",
    "strong": "Call **{name}** now",
    "number": "{number} of {count}",
}


def _words(direction: str = "ltr", overrides: dict[str, str] | None = None) -> Words:
    strings = {key: LocaleString(text, "approved") for key, text in STRINGS.items()}
    tag = "en" if direction == "ltr" else "ar"
    locale = Locale(tag, direction, "Latn", "0123456789", strings)  # type: ignore[arg-type]
    return Words(locale, overrides or {}, Structure(tag))


def _flat(spans: tuple[Span, ...]) -> str:
    return "".join(span.text for span in spans)


def test_bold() -> None:
    assert [(s.text, s.bold) for s in _words().spans("bold")] == [
        ("Call ", False),
        ("your nurse", True),
        (" now", False),
    ]
    assert [(s.text, s.bold) for s in _words().spans("all")] == [("Stop", True)]
    spans = _words().spans("strong", {"name": Value("Ana")})
    assert [(s.text, s.bold) for s in spans] == [("Call ", False), ("Ana", True), (" now", False)]
    assert _words().text("bold") == "Call your nurse now"


def test_placeholders() -> None:
    assert _flat(_words().spans("named", {"name": Value("Ana")})) == "From Ana, with Ana"
    assert _words().text("named", name="Ana") == "From Ana, with Ana"
    assert _flat(_words().spans("named")) == "From , with "


def test_a_value_is_text_and_nothing_else() -> None:
    """Braces and stars in a clinic's name mean themselves."""
    spans = _words().spans("named", {"name": Value("**{count}**")})
    assert _flat(spans) == "From **{count}**, with **{count}**"
    assert not any(span.bold for span in spans)


def test_values_are_isolated_where_text_runs_the_other_way() -> None:
    rtl = _words("rtl")
    assert _flat(rtl.spans("named", {"name": Value("Ana")})).count(f"{FSI}Ana{PDI}") == 2
    assert rtl.value(Value("0117 496", kind="phone"))[0].text == f"{LRI}0117 496{PDI}"
    assert rtl.value(Value("a.example", kind="url"))[0].text == f"{LRI}a.example{PDI}"
    ltr = _words()
    assert ltr.value(Value("Ana"))[0].text == "Ana"
    assert ltr.value(Value("آنا"))[0].text == f"{FSI}آنا{PDI}"


def test_unknown_strings_are_refused() -> None:
    with pytest.raises(HandoutsError) as caught:
        _words().spans("nowhere")
    assert [d.code for d in caught.value.diagnostics] == ["missing-string"]


def test_a_brand_can_say_it_its_way() -> None:
    words = _words(overrides={"plain": "Our **slow** strokes"})
    assert _flat(words.spans("plain")) == "Our slow strokes"


def test_a_variable_that_is_not_set_leaves_nothing() -> None:
    words, scope = _words(), Scope({"number": Value("2"), "count": Value("5")})
    assert words.resolve("$brand.name", scope, {}) == ()
    assert words.resolve("named", scope, {"name": "$brand.instructor"}) == ()
    assert _flat(words.resolve("number", scope, {})) == "2 of 5"


def test_joined_leaves_no_separator_behind() -> None:
    one, none, two = (Span("a"),), (), (Span("b"),)
    assert _flat(joined([none, one, none, two, none], " · ")) == "a · b"
    assert joined([none, none], " · ") == ()


def test_links_have_elements_of_their_own(real_project: Project) -> None:
    brand = real_project.brands["willow"]
    document = made(real_project, [{"type": "contact"}], brand="willow")
    links = {
        span.href: document.nodes[span.node]
        for text in texts(document)
        for span in text.spans
        if span.href and span.node is not None
    }
    assert brand.brand.contact.web is not None
    assert set(links) == {
        "tel:01174960123",
        f"mailto:{brand.brand.contact.email}",
        f"https://{brand.brand.contact.web}",
    }
    for node in links.values():
        assert node.role == "Link"
        assert node.parent is not None
        assert document.nodes[node.parent].role == "P"
    footer = {"footer": ({"children": ({"type": "contact"},)},)}
    heading = {"type": "text", "string": "flyer.title"}
    in_footer = made(real_project, [heading], more=footer, brand="willow")
    assert len(in_footer.nodes) == 2


def test_foreign_words_say_their_language(real_project: Project) -> None:
    block = {"type": "text", "string": "$brand.address"}
    document = made(real_project, [block], brand="willow", language="de")
    (text,) = texts(document)
    (span,) = text.spans
    assert text.lang == "de"
    assert span.lang == "en"
    assert span.node is not None
    assert document.nodes[span.node].role == "Span"
    assert document.nodes[span.node].lang == "en"
    (home,) = texts(made(real_project, [block], brand="willow", language="en"))
    assert home.spans[0].lang is None


def test_numbers_and_names_are_isolated_on_a_real_sheet(real_project: Project) -> None:
    document = made(
        real_project, [{"type": "contact"}, SAFETY, EVIDENCE], brand="willow", language="ar"
    )
    contact = next(said(text) for text in texts(document) if text.source == "contact")
    assert f"{LRI}0117\N{NO-BREAK SPACE}496\N{NO-BREAK SPACE}0123{PDI}" in contact
    assert f"{LRI}hello@willowclinic.example{PDI}" in contact


def test_every_latin_name_in_arabic_is_isolated(real_project: Project) -> None:
    """Sources of the evidence line are names too: without isolates their order is lost."""
    body = [{"type": "benefits", "group": "relaxes"}, SAFETY, EVIDENCE]
    document = made(real_project, body, language="ar")
    line = next(said(text) for text in texts(document) if text.source == "evidence.line")
    depth, bare = 0, ""
    for character in line:
        depth += (character in "\u2066\u2067\u2068") - (character == PDI)
        if depth == 0 and unicodedata.bidirectional(character) == "L":
            bare += character
    assert depth == 0
    assert bare == ""


def test_isolates_are_always_closed(real_project: Project) -> None:
    from handouts.compose import compose
    from tests.compose.scenes import DATE, jobs

    for brand in real_project.brands:
        for language in ("ar", "es"):
            for wish in jobs(real_project, brand=brand, language=language):
                for text in texts(compose(real_project, wish, date=DATE)):
                    for span in text.spans:
                        opened = sum(c in "\u2066\u2067\u2068" for c in span.text)
                        assert opened == span.text.count(PDI), (wish, span)


def test_contact_without_values_is_lines_to_fill_in(real_project: Project) -> None:
    document = made(real_project, [{"type": "contact"}])
    assert [text.source for text in texts(document)] == ["contact.phone", "contact.web"]
    contact = real_project.brands["default"].brand.contact.model_copy(update={"phones": ("112",)})
    short = made(with_brand(real_project, contact=contact), [{"type": "contact"}])
    (text,) = texts(short)
    assert [(span.text, span.href) for span in text.spans] == [("112", None)]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_name_that_is_the_courses_too_is_said_once(real_project: Project, language: str) -> None:
    """In Arabic a brand's name is isolated, and a string of the language is not."""
    project = real_project
    title = project.locales[language].strings["class.course"].text
    brand = project.brands["default"]
    named = replace(brand, brand=brand.brand.model_copy(update={"name": title}))
    block = {"type": "text", "parts": ["$brand.name", "class.course"], "separator": " · "}
    document = made(
        replace(project, brands={"default": named}), [block, SAFETY, EVIDENCE], language=language
    )
    (found,) = (box for box in texts(document) if box.source == "$brand.name")
    assert "".join(span.text for span in found.spans).translate(ISOLATES) == title
