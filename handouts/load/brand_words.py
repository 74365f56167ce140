"""What a brand says about itself: words that can be printed, addresses that can be opened.

Part of ``load``: `brands` calls it once the file has become a model. What is wrong here would
otherwise stand on every sheet, or stop the run much later without a place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from handouts.diagnostics import Place
from handouts.load.problems import Problems
from handouts.load.spots import KeyPath, Spot
from handouts.model.brand import Brand, own_words
from handouts.model.locale import Locale
from handouts.model.wording import find_word

MAX_QR_BYTES = 213
"""Version 10 at level M (ISO/IEC 18004, table 7): 57 modules, a third of a millimetre each at
20 mm. Finer ones are lost on an office printer."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ufffe\uffff]")
_HOST = r"[^\s/:@?#.]+(?:\.[^\s/:@?#.]+)+"
_WEB = re.compile(rf"(?:https?://)?{_HOST}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_EMAIL = re.compile(rf"[^\s@,;<>?&]+@{_HOST}")


def check_words(brand: Brand, data: Mapping[str, Any], spot: Spot, problems: Problems) -> None:
    """Notes what cannot be printed, opened or scanned.

    Args:
        brand: the brand.
        data: what it was made from, whose keys lead to places.
        spot: the places.
        problems: what is found.
    """
    for path, text in _texts(data, ()):
        _check_text(path, text, spot, problems)
    _check_name(brand, spot, problems)
    contact, at = brand.contact, ("contact",)
    _check_form(contact.web, _WEB, (*at, "web"), "www.example.org", spot, problems)
    _check_form(contact.email, _EMAIL, (*at, "email"), "hello@example.org", spot, problems)
    _check_qr(brand.qr, spot, problems)


def _texts(data: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, Mapping):
        for key, value in data.items():
            yield from _texts(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _texts(value, (*path, number))


def _check_text(path: KeyPath, text: str, spot: Spot, problems: Problems) -> None:
    found = _UNPRINTABLE.search(text)
    if found:
        message = f"the text holds the invisible character U+{ord(found[0]):04X}"
        hint = "delete it and type the text again"
        problems.error("control-character", message, hint, spot.at(path))


def _check_name(brand: Brand, spot: Spot, problems: Problems) -> None:
    names = brand.name.items() if isinstance(brand.name, dict) else [("", brand.name)]
    for tag, name in names:
        place = spot.at(("name", tag) if tag else ("name",))
        if not name.strip():
            hint = "write the name that stands on every sheet"
            problems.error("empty-value", "name is empty", hint, place)
        elif "\n" in name.strip():
            hint = "write it in one line; there is tagline for a second one"
            problems.error("line-break", "name has more than one line", hint, place)


def _check_form(
    text: str | None,
    form: re.Pattern[str],
    path: KeyPath,
    example: str,
    spot: Spot,
    problems: Problems,
) -> None:
    if text is not None and not form.fullmatch(text):
        what = {"web": "web address", "email": "email address"}[str(path[-1])]
        message, hint = f"'{text}' is no {what}", f"write it as {example}"
        problems.error("bad-value", message, hint, spot.at(path))


def _check_qr(text: str | None, spot: Spot, problems: Problems) -> None:
    if text is None:
        return
    place = spot.at(("qr",))
    if not text.strip():
        hint = "write the address it opens, or take the line out"
        problems.error("empty-value", "qr is empty", hint, place)
    elif len(text.encode()) > MAX_QR_BYTES:
        message = f"qr has {len(text.encode())} characters: so fine a code cannot be scanned"
        hint = f"use a short address, {MAX_QR_BYTES} characters at most"
        problems.error("qr-too-long", message, hint, place)


def check_claims(
    brand: Brand,
    locales: Mapping[str, Locale],
    place: Callable[[KeyPath], Place | None],
    problems: Problems,
) -> None:
    """Warns of words that claim more than the evidence does; the clinic profile refuses them."""
    for path, lang, text in own_words(brand):
        locale = locales.get(lang)
        word = locale and find_word(text, locale.blocked, locale.script)
        if word:
            message = f"'{word}' claims more than studies of infant massage show"
            hint = "say it without; the clinic profile does not print it"
            problems.warning("blocked-word", message, hint, place(path))
