"""What CLDR knows of a language, by way of Babel: direction, script, digits. Part of ``load``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from handouts.diagnostics import Diagnostic, HandoutsError, Place
from handouts.load.problems import choose

if TYPE_CHECKING:
    from babel import Locale as Cldr


class Facts(NamedTuple):
    """Direction, script (ISO 15924) and the ten digits of a language."""

    direction: Literal["ltr", "rtl"]
    script: str
    digits: str


@lru_cache(maxsize=128)
def facts(tag: str, place: Place) -> Facts:
    """The facts of a language.

    Args:
        tag: BCP 47 tag.
        place: where the tag stands, for messages.

    Raises:
        HandoutsError: for a tag CLDR does not know, or knows by another spelling.
    """
    from babel import Locale as Cldr
    from babel import UnknownLocaleError
    from babel.core import get_global

    try:
        cldr = Cldr.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        from babel.localedata import locale_identifiers

        tags = [one.replace("_", "-") for one in locale_identifiers()]
        message = f"'{tag}' is no language that CLDR knows"
        hint = choose(tag, tags, "tags", 0) or "use a BCP 47 tag such as de or zh-Hans"
        raise HandoutsError([Diagnostic("unknown-language", message, hint, place)]) from None
    if str(cldr).replace("_", "-") != tag:
        raise HandoutsError([Diagnostic("unknown-language", *_spelled(tag, cldr), place)])
    script = cldr.script or _likely_script(tag, get_global("likely_subtags"))
    rtl = cldr.text_direction == "rtl"
    return Facts("rtl" if rtl else "ltr", script, _digits(cldr.default_numbering_system))


def _spelled(tag: str, cldr: Cldr) -> tuple[str, str]:
    """What is wrong with a tag that CLDR knows by another name, and how it is written."""
    if tag.split("-")[0].lower() in ("und", "mul", "zxx"):
        return f"'{tag}' names no language", "use a BCP 47 tag such as de or zh-Hans"
    parts = str(cldr).split("_")
    typed = {part.lower() for part in tag.replace("_", "-").split("-")}
    # Babel adds the likeliest country to some old tags: nobody asked for it.
    kept = [part for at, part in enumerate(parts) if not at or part.lower() in typed]
    return f"'{tag}' is written differently", f"write {'-'.join(kept)}"


def _likely_script(tag: str, likely: Mapping[str, str]) -> str:
    """The script a language is usually written in: ``likely_subtags`` of UTS 35."""
    parts = tag.split("-")
    for size in range(len(parts), 0, -1):
        found = likely.get("_".join(parts[:size]), "").split("_")
        if len(found) > 1:
            return found[1]
    return "Latn"


_ZEROS = {"arab": 0x660, "arabext": 0x6F0, "deva": 0x966, "beng": 0x9E6, "guru": 0xA66}
_ZEROS |= {"gujr": 0xAE6, "orya": 0xB66, "tamldec": 0xBE6, "telu": 0xC66, "knda": 0xCE6}
_ZEROS |= {"mlym": 0xD66, "thai": 0xE50, "laoo": 0xED0, "tibt": 0xF20, "mymr": 0x1040}
_ZEROS |= {"khmr": 0x17E0, "mong": 0x1810, "nkoo": 0x7C0, "olck": 0x1C50, "cakm": 0x11136}
_ZEROS |= {"adlm": 0x1E950, "rohg": 0x10D30, "mtei": 0xABF0, "hmnp": 0x1E140}


def _digits(system: str) -> str:
    """The ten digits of a numbering system; Western ones where CLDR has no ten (hanidec, roman)."""
    zero = _ZEROS.get(system, 0x30)
    return "".join(chr(zero + value) for value in range(10))
