"""The lists of words and the terms of a language, as a translator's file can bring them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from handouts.diagnostics import Diagnostic
from handouts.translate.language import Language
from handouts.translate.merge import untouched
from handouts.translate.returned import Row, error
from handouts.translate.scripts import wrong_letters
from handouts.translate.unit import BETWEEN, LISTED, META
from handouts.translate.yaml_text import listed, quoted

_TERMS = f"{META}terms."


def head_changes(
    language: Language, rows: Mapping[str, Row]
) -> tuple[dict[str, str], list[tuple[str, Diagnostic]]]:
    """YAML values for the head of the file where they change, and what is wrong by unit id."""
    found: list[tuple[str, Diagnostic]] = []
    changed: dict[str, str] = {}
    for name in LISTED:
        row = rows.get(META + name)
        words = _words(row) if row else ()
        if row is None or untouched(row) or not words or words == getattr(language.file, name):
            continue
        wrong = _wrong(language, row, words)
        found += [(row.id, one) for one in wrong]
        changed[name] = listed(words)
    terms = _terms(language, rows)
    if terms != {key: term.text for key, term in language.file.terms.items()}:
        changed["terms"] = _filed(language, terms)
    known = {META + name for name in LISTED}
    known |= {_TERMS + key for key in language.english_file.terms}
    for name, row in rows.items():
        if name not in known:
            message = f"there is no list or term '{name}'"
            found.append((name, error("unknown-string", message, "take the row out", row.place)))
    return changed, found


def _words(row: Row) -> tuple[str, ...]:
    pieces = unicodedata.normalize("NFC", row.target).replace("\n", BETWEEN).split(BETWEEN.strip())
    return tuple(dict.fromkeys(piece.strip() for piece in pieces if piece.strip()))


def _wrong(language: Language, row: Row, words: tuple[str, ...]) -> list[Diagnostic]:
    bare = [word for word in words if not word.strip("* ")]
    found = []
    if bare:
        message = f"'{row.id}' holds a * with no letters: it would stand for any word"
        found.append(error("bad-value", message, "write letters beside the *", row.place))
    if any(unicodedata.category(char) == "Cc" for word in words for char in word):
        message = f"'{row.id}' holds a control character"
        found.append(error("control-character", message, "take it out", row.place))
    wrong = wrong_letters(" ".join(words), language.script)
    if wrong:
        hint = f"is this the list for {language.tag}?"
        found.append(error("script", f"'{row.id}': {wrong}", hint, row.place))
    return found


def _terms(language: Language, rows: Mapping[str, Row]) -> dict[str, str]:
    terms = {key: term.text for key, term in language.file.terms.items()}
    for key in language.english_file.terms:
        row = rows.get(_TERMS + key)
        touched = row is not None and not untouched(row)
        text = unicodedata.normalize("NFC", row.target).strip() if row and touched else ""
        if text:
            terms[key] = text
    return terms


def _filed(language: Language, terms: Mapping[str, str]) -> str:
    """All terms in one line. A new one is likely: only a second speaker makes it firm."""
    pieces = []
    for key, text in terms.items():
        old = language.file.terms.get(key)
        sure = old.sure if old and old.text == text else "likely"
        pieces.append(f"{key}: {{text: {quoted(text)}, sure: {sure}}}")
    return f"{{{', '.join(pieces)}}}"
