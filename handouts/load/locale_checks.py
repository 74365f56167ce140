"""What must be true of a language's file, checked against the source language. Part of ``load``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from handouts.diagnostics import Diagnostic, ExitCode, Place, Severity
from handouts.load.problems import Problems, nearest
from handouts.load.spots import Parsed
from handouts.model.catalogue import Catalogue
from handouts.model.locale import Locale, LocaleFile, Translation, placeholders, source_hash
from handouts.model.wording import find_word

Strings = Mapping[str, Translation | str]

_DAMAGED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ufffd\ufffe\uffff\ue000-\uf8ff]")

_SHOWN = 10


def text_of(entry: Translation | str) -> str:
    """A string's text, whether it is a translation or the source language's own."""
    return entry if isinstance(entry, str) else entry.text


def check_source(file: LocaleFile, parsed: Parsed, problems: Problems) -> None:
    """The source language holds plain text only."""
    for name, entry in file.strings.items():
        place = parsed.spot.at(("strings", name))
        if isinstance(entry, Translation):
            message = f"'{name}' is marked as a translation in the source language"
            problems.error("source-translated", message, "write the plain text only", place)
        else:
            _check_text(name, entry, place, problems)


def check_complete(mine: Strings, wanted: Strings, parsed: Parsed, problems: Problems) -> None:
    """Nothing is missing."""
    missing = [name for name in wanted if name not in mine]
    if missing:
        more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
        listed = ", ".join(missing[:_SHOWN]) + more
        count = "1 string is" if len(missing) == 1 else f"{len(missing)} strings are"
        hint = "add them: nothing is printed in their place; other languages can be had with "
        hint += "--language"
        place = parsed.spot.at(("strings",), key=True)
        message = f"{count} missing: {listed}"
        problems.error("missing-translation", message, hint, place, ExitCode.REVIEW)


def check_translation(
    file: LocaleFile, parsed: Parsed, english: Strings, problems: Problems
) -> None:
    """Every string is known, says what it was made from, and keeps what is filled in."""
    for name, entry in file.strings.items():
        key = parsed.spot.at(("strings", name), key=True)
        if name not in english:
            near = nearest(name, english)
            hint = f"did you mean '{near}'?" if near else "take it out; en.yaml has no such string"
            problems.error("unknown-string", f"there is no string '{name}'", hint, key)
        elif isinstance(entry, str):
            message = f"'{name}' does not say which English text it was made from"
            hint = (
                f"write {{text: …, source: {source_hash(text_of(english[name]))}, status: draft}}"
            )
            problems.error("untracked-translation", message, hint, key)
        else:
            _check_text(name, entry.text, parsed.spot.at(("strings", name)), problems)
            _check_placeholders(name, entry.text, text_of(english[name]), key, problems)
            _check_signed(name, entry, key, problems)


def _check_text(name: str, text: str, place: Place, problems: Problems) -> None:
    """The text can be seen, and nothing in it is damaged or turns the line round."""
    damaged = _DAMAGED.search(text)
    if not any(unicodedata.category(character)[0] in "LNPS" for character in text):
        problems.error("empty-value", f"'{name}' is empty", "write its text", place)
    elif damaged:
        message = f"'{name}' holds the character U+{ord(damaged[0]):04X}, which nobody can read"
        problems.error("control-character", message, "delete it and type the text again", place)
    elif unicodedata.category(text.lstrip()[0])[0] == "M":
        message = f"'{name}' begins with a mark that has no letter to stand on"
        problems.error("stray-mark", message, "type the first letter again", place)
    elif text.count("**") % 2:
        message = f"'{name}' opens bold type with ** and does not close it"
        problems.error("unclosed-bold", message, "write ** on both sides of the bold words", place)


def _check_placeholders(
    name: str, text: str, english: str, place: Place, problems: Problems
) -> None:
    here, there = placeholders(text), placeholders(english)
    if here != there:
        lost = [f"{{{one}}} is missing" for one in sorted(there - here)]
        extra = [f"{{{one}}} is not in the English" for one in sorted(here - there)]
        message = f"'{name}': {', '.join(lost + extra)}"
        hint = "keep what stands in braces just as it is"
        problems.error("placeholders", message, hint, place)


def _check_signed(name: str, entry: Translation, place: Place, problems: Problems) -> None:
    """A review is somebody's, and not the translator's own."""
    if entry.status not in ("reviewed", "approved"):
        return
    if entry.by is None:
        message = f"'{name}' is {entry.status}, but nobody has signed it"
        hint = "write by: with initials or a role, or set its status back to draft"
        problems.error("unsigned-review", message, hint, place, ExitCode.REVIEW)
    elif entry.by == entry.translator:
        message = f"'{name}' was translated and {entry.status} by {entry.by}"
        hint = "have somebody else review it"
        problems.error("own-review", message, hint, place, ExitCode.REVIEW)


def check_hedges(locale: Locale, parsed: Parsed, catalogue: Catalogue, problems: Problems) -> None:
    """A sentence about an effect, and a lead-in, is careful in every language.

    Without a list of words there is nothing to check it by, so the list must be there.
    """
    if not locale.hedges:
        message = f"{locale.tag} does not say which words keep a claim careful"
        hint = 'list them: hedges: ["may", "can", "some"]; a * stands for any letters'
        problems.error("no-hedges", message, hint, parsed.spot.at(("language",)))
        return
    careful = (*locale.hedges, *locale.negations)
    wanted = {f"benefit.{b.id}.hedged": careful for b in catalogue.benefits if b.kind == "effect"}
    wanted |= {f"group.{group.id}.lead": locale.hedges for group in catalogue.groups}
    for name, words in wanted.items():
        string = locale.strings.get(name)
        if string and not find_word(string.text, words, locale.script):
            message = f"'{name}' has no word that keeps the claim careful: {string.text}"
            hint = "say may, can or some, as the English does; or add the word it uses to hedges"
            place = parsed.spot.at(("strings", name), key=True)
            problems.error("unhedged-translation", message, hint, place)


def stale(locale: Locale, parsed: Parsed) -> list[Diagnostic]:
    """A warning when English texts changed after they were translated."""
    names = [name for name, one in locale.strings.items() if one.stale]
    if not names:
        return []
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return [
        Diagnostic(
            "stale-translation",
            f"{len(names)} of {len(locale.strings)} strings changed in English since they were "
            f"translated: {', '.join(names[:_SHOWN])}{more}",
            f"handouts translate status {locale.tag} shows what changed in each",
            parsed.spot.at(("strings", names[0]), key=True),
            Severity.WARNING,
        )
    ]
