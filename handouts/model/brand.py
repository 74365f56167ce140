"""A clinic's or instructor's brand. Key names follow Quarto's brand.yml where it has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from handouts.model.base import Field, Model, after
from handouts.model.colour import Colour
from handouts.units import Length

Localised = str | dict[str, str]
"""One text for every language, or one for each language tag."""


class Logo(Model):
    """The logo file (SVG, PNG or JPEG), beside the brand file."""

    path: str
    alt: Localised = Field(description="What the logo says, for people who cannot see it.")
    clear_space: Length = Field(default=Length(6), description="Free space on every side.")


class Colours(Model):
    """Palette roles. A value is #rrggbb or the name of a colour in `palette`.

    Roles that are left out are mixed from the others.
    """

    palette: dict[str, Colour] = Field(default_factory=dict)
    primary: Colour | str = Field(description="The brand's main colour: hero, headings, icons.")
    accent: Colour | str | None = Field(
        default=None,
        validation_alias=("accent", "secondary"),
        description="Used sparingly: markers, badges, safety.",
    )
    tint: Colour | str | None = Field(default=None, description="Pale fill of panels and discs.")
    warm: Colour | str | None = Field(default=None, description="Pale fill of the safety panel.")
    ink: Colour | str | None = Field(
        default=None,
        validation_alias=("ink", "foreground"),
        description="Text.",
    )
    muted: Colour | str | None = Field(default=None, description="Small print.")
    line: Colour | str | None = Field(default=None, description="Rules and borders.")
    paper: Colour | str | None = Field(
        default=None,
        validation_alias=("paper", "background"),
        description="The page.",
    )


class FontFileEntry(Model):
    """One of a brand's own font files."""

    path: str
    weight: int = Field(default=400, ge=1, le=1000)
    style: Literal["normal", "italic"] = "normal"


class FontFamilyEntry(Model):
    """A family the brand brings along: static files, or one variable file for all weights."""

    family: str
    files: tuple[FontFileEntry, ...]


class FamilyChoice(Model):
    """Which family to use."""

    family: str


class Typography(Model):
    """Families for body text and headings, and the brand's own font files."""

    fonts: tuple[FontFamilyEntry, ...] = ()
    base: FamilyChoice | str | None = None
    headings: FamilyChoice | str | None = None


class Contact(Model):
    """How to reach the clinic. Everything is optional; an empty contact prints lines to fill in."""

    address: Localised | None = None
    phones: tuple[str, ...] = ()
    email: str | None = None
    web: str | None = None
    hours: Localised | None = None
    emergency: str | None = Field(default=None, description="Emergency number, such as 112.")

    @property
    def empty(self) -> bool:
        """True when there is no way given to reach anybody."""
        return not any(
            (self.address, self.phones, self.email, self.web, self.hours, self.emergency)
        )


class ClassDetails(Model):
    """When and where the class meets; blanks are printed as lines to write on."""

    when: Localised | None = None
    where: Localised | None = None
    next_date: str | None = None
    next_time: str | None = None
    bring: Localised | None = None


class Brand(Model):
    """``brand.yaml``."""

    name: Localised
    language: str = Field(default="en", description="Language of texts given only once.")
    tagline: Localised | None = None
    logo: Logo | None = None
    color: Colours = Field(validation_alias=("color", "colours", "colors"))
    typography: Typography = Field(default_factory=Typography)
    contact: Contact = Field(default_factory=Contact)
    class_: ClassDetails = Field(default_factory=ClassDetails, alias="class")
    qr: str | None = Field(default=None, description="Address the QR code opens.")
    instructor: str | None = None
    disclaimer: Localised | None = None
    texts: dict[str, dict[str, str]] = Field(
        default_factory=dict,
        description="Per language tag: string id to the brand's own wording. Health claims, "
        "safety notes and the evidence line cannot be changed here.",
    )

    @after
    def _names(self) -> Brand:
        if isinstance(self.name, dict) and not self.name:
            raise ValueError("name is empty: write the name that stands on every sheet")
        return self


def own_words(brand: Brand) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Every sentence the brand adds of its own: its path in the file, its language, its text."""
    for name in ("name", "tagline", "disclaimer"):
        text = getattr(brand, name)
        if isinstance(text, dict):
            yield from (((name, lang), lang, said) for lang, said in text.items())
        elif text is not None:
            yield (name,), brand.language, text
    for lang, texts in brand.texts.items():
        yield from ((("texts", lang, string), lang, said) for string, said in texts.items())


def localised(text: Localised | None, *languages: str) -> str | None:
    """The text for the first of the languages it is given for.

    None when it is given per language and none of these is there.
    """
    if not isinstance(text, dict):
        return text
    return next((text[tag] for tag in languages if tag in text), None)
