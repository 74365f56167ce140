"""A language: every string that can be printed, with how far its translation has come."""

from __future__ import annotations

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from handouts.model.base import Field, Model

Status = Literal["machine", "draft", "reviewed", "approved"]
"""How far a translation has come: by a program, by a person, seen by another, released."""

SOURCE_LANGUAGE = "en"
PSEUDO: Mapping[str, Literal["ltr", "rtl"]] = {"en-XA": "ltr", "ar-XB": "rtl"}
"""Languages made from the source language to try layouts with: accented and longer; mirrored."""
MADE: frozenset[Status] = frozenset(("machine", "draft"))
"""States in which the one who signs is the translator."""

# CLDR supplemental paperSize (44).
_LETTER = frozenset(
    ["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"]
)
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_HASH = Field(
    pattern="^[0-9a-f]{12}$",
    description="First 12 hex digits of the SHA-256 of the English text it was made from.",
)
_BY = Field(default=None, min_length=1, description="Who: initials or a role, no full name needed.")


class Step(Model):
    """A state a string was in before. `text` only where it differs from what came next."""

    status: Status
    source: str = _HASH
    by: str | None = _BY
    on: datetime.date | None = None
    text: str | None = None


class Translation(Model):
    """A translated string, what it was made from, and who answers for it."""

    text: str = Field(min_length=1)
    source: str = _HASH
    status: Status = "draft"
    by: str | None = _BY
    on: datetime.date | None = None
    history: tuple[Step, ...] = Field(default=(), description="Earlier states, oldest first.")

    @property
    def translator(self) -> str | None:
        """Who made the text: the last to sign it as a draft."""
        if self.status in MADE:
            return self.by
        return next((one.by for one in reversed(self.history) if one.status in MADE), None)


class Term(Model):
    """A key term as this language says it, and how sure that is."""

    text: str = Field(min_length=1)
    sure: Literal["firm", "likely", "ask"] = Field(
        description="ask: a native speaker has to say first."
    )


class LocaleFile(Model):
    """``catalogue/locales/<tag>.yaml``. In the source language a string is plain text."""

    language: str = Field(description="BCP 47 tag, the same as the file's name.")
    base: str | None = Field(
        default=None, description="The language this is a variant of: it holds what differs."
    )
    terms: dict[str, Term] = Field(default_factory=dict)
    notes: tuple[str, ...] = Field(default=(), description="For the reviewer; never printed.")
    hedges: tuple[str, ...] = Field(
        default=(), description="Words that keep a claim careful; * stands for any letters."
    )
    negations: tuple[str, ...] = Field(default=(), description="Words that deny.")
    blocked: tuple[str, ...] = Field(
        default=(), description="What a brand's own texts may not claim in this language."
    )
    strings: dict[str, Translation | str]


@dataclass(frozen=True, slots=True)
class LocaleString:
    """A string ready for use. The source language's own strings count as approved."""

    text: str
    status: Status
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Locale:
    """A language that is complete, or was allowed not to be.

    `script` is the ISO 15924 code (Latn, Arab, Hans), `digits` the ten its numbers use.
    `missing` names strings of the source language that it lacks. `hedges`, `negations` and
    `blocked` are patterns of `handouts.model.wording`. A variant has its base's strings where
    it has none of its own.
    """

    tag: str
    direction: Literal["ltr", "rtl"]
    script: str
    digits: str
    strings: Mapping[str, LocaleString]
    missing: tuple[str, ...] = ()
    base: str | None = None
    hedges: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()


def source_hash(text: str) -> str:
    """The hash a translation carries: SHA-256 of the NFC text, first 12 hex digits."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:12]


def placeholders(text: str) -> frozenset[str]:
    """Names in braces that the program fills in."""
    return frozenset(_PLACEHOLDER.findall(text))


def default_paper(tag: str) -> str:
    """Letter where the language's own territory uses it (CLDR measurement data), else A4."""
    subtags = tag.split("-")[1:3]
    return "Letter" if any(one.upper() in _LETTER for one in subtags) else "A4"
