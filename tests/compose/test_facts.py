"""Facts of languages, conditions, palettes and QR codes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.compose import default_paper, facts
from handouts.compose.blocks.pictures import qr_drawing
from handouts.compose.palette import palette
from handouts.compose.qr import qr_rows
from handouts.compose.scope import Scope, Value
from handouts.diagnostics import HandoutsError
from handouts.model.brand import Colours
from handouts.model.colour import Colour
from handouts.model.drawing import Modules
from handouts.model.variables import COLOUR_ROLES


@pytest.mark.parametrize(
    ("tag", "first", "last"),
    [
        ("en-US", "Sun", "Sat"),
        ("en-GB", "Mon", "Sun"),
        ("de", "Mo", "So"),
        ("es", "lun", "dom"),
        ("ar-EG", "سبت", "جمعة"),
        ("zh-Hans", "周一", "周日"),
        ("fr", "lun.", "dim."),
    ],
)
def test_weeks_begin_where_they_do(tag: str, first: str, last: str) -> None:
    days = facts.weekdays(tag)
    assert len(set(days)) == 7
    assert (days[0], days[-1]) == (first, last)


@pytest.mark.parametrize(
    ("tag", "separator"),
    [("en", ", "), ("de", ", "), ("es", ", "), ("zh-Hans", "、"), ("ja", "、")],
)
def test_items_are_separated_as_the_language_does(tag: str, separator: str) -> None:
    assert facts.list_separator(tag) == separator
    assert facts.joined(("a", "b", "c"), tag) == f"a{separator}b{separator}c"
    assert facts.joined(("a",), tag) == "a"
    assert facts.joined((), tag) == ""


@pytest.mark.parametrize(
    ("tag", "own", "english"),
    [
        ("en", "English", "English"),
        ("de", "Deutsch", "German"),
        ("es", "Español", "Spanish"),
        ("ar", "العربية", "Arabic"),
        ("pt-BR", "Português (Brasil)", "Portuguese (Brazil)"),
    ],
)
def test_names_of_languages(tag: str, own: str, english: str) -> None:
    assert facts.language_names(tag) == (own, english)


def test_digits() -> None:
    assert facts.number(1234567890, "٠١٢٣٤٥٦٧٨٩") == "١٢٣٤٥٦٧٨٩٠"
    assert facts.number(38, "0123456789") == "38"
    assert facts.in_digits("Nov 2026", "०१२३४५६७८९") == "Nov २०२६"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "November 2026"),
        ("de", "November 2026"),
        ("es", "noviembre de 2026"),
        ("zh-Hans", "2026年11月"),
    ],
)
def test_months(tag: str, expected: str) -> None:
    assert facts.month_and_year(date(2026, 11, 23), tag, "0123456789") == expected


@pytest.mark.parametrize(
    ("tag", "paper"),
    [("en", "A4"), ("en-US", "Letter"), ("es-MX", "Letter"), ("en-GB", "A4"), ("ar", "A4")],
)
def test_paper_by_territory(tag: str, paper: str) -> None:
    assert default_paper(tag) == paper


SCOPE = Scope({"profile": Value("clinic"), "brand.name": Value("Willow"), "part": Value("")})


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        (None, True),
        ("$brand.name", True),
        ("not $brand.name", False),
        ("$brand.logo", False),
        ("not $brand.logo", True),
        ("$part", False),
        ("$profile == clinic", True),
        ("$profile==clinic", True),
        ("$profile != clinic", False),
        ("$profile == instructor", False),
        ("not $profile == instructor", True),
        ("not $profile != clinic", True),
        ("$brand.logo == x", False),
        ("$brand.logo != x", True),
        ("  $brand.name  ", True),
    ],
)
def test_conditions(condition: str | None, met: bool) -> None:
    assert SCOPE.holds(condition) is met


@pytest.mark.parametrize("condition", ["brand.name", "$", "$a == ", "$a and $b", "$A", ""])
def test_conditions_that_mean_nothing(condition: str) -> None:
    with pytest.raises(ValueError, match="not understood"):
        SCOPE.holds(condition)


def test_ids_are_filled_in() -> None:
    inner = SCOPE.with_values({"group.id": Value("relief")})
    assert inner.expand("group.{group.id}.lead") == "group.relief.lead"
    assert SCOPE.expand("group.{group.id}.lead") == "group..lead"
    assert SCOPE.get("group.id") is None


def test_a_palette_has_every_role() -> None:
    found = palette(Colours.model_validate({"primary": "#1f5e5b"}))
    assert set(found) == COLOUR_ROLES
    assert found["accent"] == found["primary"]
    assert found["paper"] == Colour.parse("#ffffff")
    assert found["on-primary"] == Colour.parse("#ffffff")
    for pale in ("tint", "warm", "accent-soft", "line"):
        assert found[pale].luminance > found["primary"].luminance


def test_what_is_said_is_not_mixed() -> None:
    roles = {"primary": "teal", "accent": "#a9462f", "tint": "#eeeeee", "line": "#dddddd"}
    given_colours = Colours.model_validate({"palette": {"teal": "#115555"}, **roles})
    found = palette(given_colours)
    assert str(found["primary"]) == "#115555"
    assert (str(found["tint"]), str(found["line"])) == ("#eeeeee", "#dddddd")


def test_dark_pages_have_light_text_on_top() -> None:
    found = palette(
        Colours.model_validate({"primary": "#ffee88", "paper": "#101010", "ink": "#fafafa"})
    )
    assert found["on-primary"] == found["paper"]


def test_an_unknown_colour_is_named() -> None:
    with pytest.raises(HandoutsError) as caught:
        palette(Colours.model_validate({"palette": {"plum": "#52244f"}, "primary": "plumb"}))
    (found,) = caught.value.diagnostics
    assert found.code == "unknown-colour"
    assert "plumb" in found.message
    assert "plum" in found.message


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=120))
@settings(max_examples=40, deadline=None)
def test_a_qr_code_is_what_its_drawing_shows(path: str) -> None:
    url = f"https://clinic.example/{path}"
    drawing = qr_drawing(url)
    (outline,) = drawing.outlines
    (code,) = outline.segments
    assert code == Modules(4, 4, qr_rows(url))
    assert drawing.width == drawing.height == len(qr_rows(url)) + 8


def test_no_language_has_the_days_of_another() -> None:
    """Babel shares what it has resolved; whoever asked first would decide for the others."""
    tags = ("ur", "my", "am", "km", "so", "fil", "en", "en-GB", "zh-Hant")

    def named(order: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        facts.weekdays.cache_clear()
        facts._cldr.cache_clear()
        return {tag: facts.weekdays(tag) for tag in order}

    there, back = named(tags), named(tags[::-1])
    assert there == back
    assert len({*there.values()}) >= len(tags) - 1
    assert all("\u1000" <= day[0] <= "\u109f" for day in there["my"])
    assert all("\u1200" <= day[0] <= "\u137f" for day in there["am"])


@pytest.mark.parametrize(
    ("tag", "first"), [("en", "Sun"), ("en-GB", "Mon"), ("he", "יום א׳"), ("fa", "ش")]
)
def test_a_week_begins_where_most_speakers_live(tag: str, first: str) -> None:
    assert facts.weekdays(tag)[0] == first
