"""What a language needs beyond its strings, from CLDR through Babel.

Babel is imported when the first fact is asked for: it is the slowest import of a build.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from handouts.model.locale import PSEUDO, SOURCE_LANGUAGE

if TYPE_CHECKING:
    from babel import Locale

_LATIN = "0123456789"
_NARROW = 7
"""Letters of a day's name that a column of a week has room for."""


@lru_cache(maxsize=4)  # of a megabyte each; what is said of them is kept for more
def _cldr(tag: str) -> Locale:
    """A locale with data of its own.

    Babel resolves an alias inside dictionaries that locales share through their parents, so the
    first language to ask for its days would give them to others (2.18: Burmese in Urdu). Data
    that is read anew is shared with nobody.
    """
    from babel import Locale, localedata

    localedata._cache.clear()
    locale = Locale.parse(SOURCE_LANGUAGE if tag in PSEUDO else tag, sep="-")
    len(locale._data)  # read now, not when the cache is filled again
    return locale


def _first_day(locale: Locale) -> int:
    """The day the week begins with, 0 for Monday.

    Where the tag names no territory, that of most of its speakers counts (UTS 35, likely subtags).
    """
    from babel.core import Locale, get_global

    if locale.territory:
        return locale.first_week_day
    likely = get_global("likely_subtags").get(str(locale), str(locale))
    return Locale.parse(likely).first_week_day


def number(value: int, digits: str) -> str:
    """A whole number below a thousand or so, in the locale's digits."""
    return in_digits(str(value), digits)


def in_digits(text: str, digits: str) -> str:
    """Text with its Latin digits written in the locale's."""
    return text if digits == _LATIN else text.translate(str.maketrans(_LATIN, digits))


@lru_cache(maxsize=256)
def month_and_year(day: date, tag: str, digits: str) -> str:
    """``November 2026``."""
    from babel.dates import format_skeleton

    return in_digits(format_skeleton("yMMMM", day, locale=_cldr(tag)), digits)


@lru_cache(maxsize=256)
def day(when: date, tag: str, digits: str) -> str:
    """``Tuesday, March 3``: what a family needs to know of a day that is soon."""
    from babel.dates import format_skeleton

    return in_digits(format_skeleton("MMMMEEEEd", when, locale=_cldr(tag)), digits)


@lru_cache(maxsize=64)
def weekdays(tag: str, week_of: str | None = None) -> tuple[str, ...]:
    """Short names of the week's days, from the day it begins with where most speakers live.

    Abbreviated names, or shorter ones where those would not stand in a narrow column. `week_of`
    is the language whose week it is, where another's names stand over the same columns.
    """
    locale = _cldr(tag)
    first = _first_day(_cldr(week_of or tag))
    widths = (locale.days["stand-alone"].get(w) for w in ("abbreviated", "short", "narrow"))
    choices = [
        tuple(names[(first + i) % 7] for i in range(7)) for names in widths if names is not None
    ]
    short = (one for one in choices if len(set(one)) == 7 and max(map(_letters, one)) <= _NARROW)
    return next(short, choices[0])


def _letters(text: str) -> int:
    return sum(unicodedata.category(character)[0] != "M" for character in text)


@lru_cache(maxsize=512)
def joined(items: Sequence[str], tag: str) -> str:
    """Items in a row, with the language's own separator and no final "and"."""
    return list_separator(tag).join(items)


@lru_cache(maxsize=64)
def list_separator(tag: str) -> str:
    """What stands between the items of a list: comma and space, or 、, or ،."""
    patterns = _cldr(tag).list_patterns["standard"]
    found = str(patterns["middle"]).replace("{0}", "").replace("{1}", "")
    # Space or dash alone does not part names that hold spaces and years (Thai, Burmese).
    return found if found.strip(" -") else ", "


@lru_cache(maxsize=64)
def language_names(tag: str) -> tuple[str, str]:
    """A language's name in itself (capitalised as a title) and in English."""
    locale = _cldr(tag)
    own = str(locale.get_display_name() or tag)
    english = str(locale.get_display_name(_cldr(SOURCE_LANGUAGE)) or tag)
    return own[:1].title() + own[1:], english
