"""What a clinic's cell of languages says: tags, or names such as "Spanish; العربية".

Part of ``load``, called by `rows`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from handouts.load.clinics.cells import Wrong
from handouts.load.problems import choose

_BETWEEN = re.compile(r"[,;/|\n&]+")
_AND = re.compile(r"\s+(?:and|und|et|y)\s+")
_PLUS = re.compile(r"\s*\+\s*")
_NAMED_IN = ("en", "de", "fr", "es")


@lru_cache(maxsize=4096)
def languages_of(text: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The tags, as the data writes them; ``es+en`` is one sheet in both.

    Raises:
        Wrong: for a language that does not exist.
    """
    found = []
    for piece in _pieces(text, known):
        tags = [_tag(one, known) for one in _PLUS.split(piece)]
        if len(tags) > 2 or len(set(tags)) < len(tags):
            hint = "write two different ones with a plus between them: es+en"
            raise Wrong("two-languages", f"'{piece}' is neither one language nor two", hint)
        found.append("+".join(tags))
    return tuple(dict.fromkeys(found))


def _pieces(text: str, known: tuple[str, ...]) -> Iterator[str]:
    """One piece for each sheet; a word for "and" may be a tag itself, as ``et`` is of Estonian."""
    for part in _BETWEEN.split(text):
        words = part.split()
        if all(_by_tag(tag, known) for word in words for tag in word.split("+")):
            yield from words
        else:
            yield from filter(None, map(str.strip, _AND.split(part)))


def _tag(written: str, known: tuple[str, ...]) -> str:
    found = _by_tag(written, known) or _names(known).get(written.casefold())
    if found is None:
        hint = choose(written, known, "languages", 40)
        raise Wrong("unknown-language", f"there is no language '{written}'", hint)
    return found


def _by_tag(written: str, known: tuple[str, ...]) -> str | None:
    lower = written.replace("_", "-").lower()
    return next((tag for tag in known if tag.lower() == lower), None)


@lru_cache(maxsize=4)
def _names(known: tuple[str, ...]) -> Mapping[str, str]:
    """Names of the languages, in themselves and in those spreadsheets are kept in (CLDR)."""
    from babel import Locale, UnknownLocaleError

    found: dict[str, str] = {}
    for tag in known:
        try:
            locale = Locale.parse(tag, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
        for other in (None, *_NAMED_IN):
            name = locale.get_display_name(other)
            if name:
                found.setdefault(name.casefold(), tag)
    return found
