"""A language: every string that can be printed, with how far its translation has come."""

from __future__ import annotations

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from handouts.model.base import Model

Status = Literal["draft", "reviewed", "approved"]
SOURCE_LANGUAGE = "en"

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class Translation(Model):
    """A translated string and what it was made from."""

    text: str = Field(min_length=1)
    source: str = Field(
        pattern="^[0-9a-f]{12}$",
        description="First 12 hex digits of the SHA-256 of the English text it was made from.",
    )
    status: Status = "draft"
    translator: str | None = None
    reviewer: str | None = None
    approver: str | None = None
    date: datetime.date | None = None


class LocaleFile(Model):
    """``catalogue/locales/<tag>.yaml``. In the source language a string is plain text."""

    language: str = Field(description="BCP 47 tag, the same as the file's name.")
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
    `missing` names strings of the source language that it lacks.
    """

    tag: str
    direction: Literal["ltr", "rtl"]
    script: str
    digits: str
    strings: Mapping[str, LocaleString]
    missing: tuple[str, ...] = ()


def source_hash(text: str) -> str:
    """The hash a translation carries: SHA-256 of the NFC text, first 12 hex digits."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:12]


def placeholders(text: str) -> frozenset[str]:
    """Names in braces that the program fills in."""
    return frozenset(_PLACEHOLDER.findall(text))
