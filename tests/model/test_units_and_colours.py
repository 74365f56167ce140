"""Lengths, papers and colours against values that are known from elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from handouts.model.blocks import Sides
from handouts.model.colour import BLACK, WHITE, Colour
from handouts.units import PAPERS, Length, as_millimetres, millimetres

channels = st.integers(0, 255)
colours = st.builds(Colour, channels, channels, channels)


@pytest.mark.parametrize(
    ("text", "points"),
    [("12pt", 12), ("25.4mm", 72), ("2.54 cm", 72), (" 1in ", 72), ("-3mm", -8.503937), ("0pt", 0)],
)
def test_a_length_is_read(text: str, points: float) -> None:
    assert Length.parse(text) == pytest.approx(points)


@pytest.mark.parametrize(
    "text", ["12", "", "mm", "12 px", "1e3pt", "12,5mm", ".5in", "1 2mm", "12mm;", "nanpt", "infmm"]
)
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no length"):
        Length.parse(text)


@pytest.mark.parametrize("value", [12, 1.5, True, False, None, [], "12"])
def test_a_length_in_yaml_needs_a_unit(value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Length).validate_python(value)


def test_zero_needs_no_unit() -> None:
    assert TypeAdapter(Length).validate_python(0) == Length(0)


@given(st.floats(-1e4, 1e4))
def test_millimetres_there_and_back(value: float) -> None:
    assert as_millimetres(millimetres(value)) == pytest.approx(value)


def test_papers() -> None:
    sizes = {name: (round(p.width, 2), round(p.height, 2)) for name, p in PAPERS.items()}
    assert sizes["A4"] == (595.28, 841.89)
    assert sizes["Letter"] == (612, 792)
    assert PAPERS["A4"].turned().width == PAPERS["A4"].height


def test_sides_with_pairs() -> None:
    sides = Sides.model_validate({"x": "10pt", "top": "1pt", "y": "5pt"})
    assert (sides.top, sides.bottom, sides.start, sides.end) == tuple(map(Length, (1, 5, 10, 10)))
    assert Sides.model_validate("3pt") == Sides.model_validate({"x": "3pt", "y": "3pt"})


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    # Values of WebAIM's and W3C's own tables.
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.478),
        ("#767676", "#ffffff", 4.542),
        ("#949494", "#ffffff", 3.033),
        ("#ff0000", "#ffffff", 3.998),
        ("#0000ff", "#ffffff", 8.592),
        ("#008000", "#ffffff", 5.137),
        ("#ffffff", "#ffffff", 1.0),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    found = Colour.parse(one).contrast(Colour.parse(other))
    assert found == pytest.approx(ratio, abs=0.001)
    assert Colour.parse(other).contrast(Colour.parse(one)) == found


@given(colours, colours)
def test_contrast_is_between_1_and_21(one: Colour, other: Colour) -> None:
    assert 1 <= one.contrast(other) <= 21.0001


@given(colours)
def test_a_colour_is_written_as_it_is_read(colour: Colour) -> None:
    assert Colour.parse(str(colour)) == colour
    assert Colour.parse(str(colour).upper()) == colour


@pytest.mark.parametrize("text", ["red", "#12", "#12345", "123456", "#gggggg", "#1234567", ""])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no colour"):
        Colour.parse(text)


def test_short_form() -> None:
    assert Colour.parse("#1aF") == Colour.parse("#11aaff")


@given(colours, colours)
def test_greyscale_keeps_luminance(colour: Colour, other: Colour) -> None:
    grey = colour.greyscale()
    assert grey.red == grey.green == grey.blue
    assert abs(grey.luminance - colour.luminance) < 0.005


@given(colours, colours)
def test_mixing_ends_where_it_should(one: Colour, other: Colour) -> None:
    def near(a: Colour, b: Colour) -> bool:
        return max(abs(a.red - b.red), abs(a.green - b.green), abs(a.blue - b.blue)) <= 1

    assert near(one.mix(other, 0), one)
    assert near(one.mix(other, 1), other)


def test_mixing_keeps_the_hue_of_a_tint() -> None:
    teal = Colour.parse("#1f5e5b")
    tint = WHITE.mix(teal, 0.1)
    assert tint.red < tint.green
    assert tint.red < tint.blue
    assert tint.luminance > 0.8


@given(colours, colours, st.sampled_from([3.0, 3.05, 4.5, 4.55]))
def test_the_nearest_passing_colour_passes(one: Colour, ground: Colour, ratio: float) -> None:
    found = one.passing(ground, ratio)
    assert found.contrast(ground) >= ratio
    if one.contrast(ground) >= ratio:
        assert found == one


@given(colours, st.sampled_from([WHITE, BLACK, Colour.parse("#fdeee6")]))
def test_the_nearest_passing_colour_is_near(one: Colour, ground: Colour) -> None:
    """It just passes: a colour half way back to the original does not."""
    found = one.passing(ground, 4.5)
    if found != one:
        assert found.contrast(ground) < 5.2
