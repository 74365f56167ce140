"""What must be true of a translated text before it is taken, each with a code and a remedy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from handouts.diagnostics import Diagnostic
from handouts.model.locale import SOURCE_LANGUAGE, placeholders
from handouts.model.wording import find_word
from handouts.translate.language import Language
from handouts.translate.limits import CONFLICT_HINT, has_conflict
from handouts.translate.numbers import SPELT, compared
from handouts.translate.returned import Row, error, warning
from handouts.translate.scripts import wrong_letters

Check = Callable[[Language, Row, str], Iterator[Diagnostic]]

_TAG = re.compile(r"</?[A-Za-z][^<>]*>|&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]+);|\]\(\w+:")
_BRACED = re.compile(r"\{\{|\}\}|\{[^{}]*\}|[｛｝]|%[sd(]|\$\{")
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e")
_OPENING, _CLOSING = frozenset("\u2066\u2067\u2068"), "\u2069"
_STOPS = frozenset(".!?…。！？．؟۔।॥။።፧։՞;;")
_AFTER_STOP = frozenset("\"'”’»«›）)】」』\u200e\u200f\u061c\u202f\u00a0 ")
_NO_STOPS = frozenset(("Thai", "Laoo"))
_CLAIMS = ("benefit.", "group.", "flyer.")


def check_text(language: Language, row: Row) -> Iterator[Diagnostic]:
    """Everything that is wrong with a row's text, worst first."""
    english = language.english[row.id]
    too_long = list(_length(language, row, english))
    yield from too_long
    for check in () if too_long else _CHECKS:
        yield from check(language, row, english)


def _conflict(language: Language, row: Row, english: str) -> Iterator[Diagnostic]:
    if has_conflict(row.target):
        message = f"'{row.id}': a merge conflict was left in it"
        yield error("merge-conflict", message, CONFLICT_HINT, row.place)


def _characters(language: Language, row: Row, english: str) -> Iterator[Diagnostic]:
    for char in dict.fromkeys(row.target):
        what = _unwanted(char)
        if what and char not in english:
            message = f"'{row.id}' holds U+{ord(char):04X}, {what}"
            yield error("control-character", message, "take it out", row.place)
    if not _isolates_match(row.target):
        message = f"'{row.id}' begins or ends a piece of other direction without the other end"
        yield error("control-character", message, "take U+2066 to U+2069 out", row.place)


def _unwanted(char: str) -> str | None:
    kind = unicodedata.category(char)
    if kind == "Cc" or char in "\u2028\u2029":
        return "a control character or line break"
    if char in _OVERRIDES:
        return "which turns the direction of what follows"
    if char == "\N{REPLACEMENT CHARACTER}":
        return "which stands for a letter that was lost: the file's encoding was wrong on the way"
    if char == "\ufeff":
        return "a byte order mark inside the text"
    if kind in ("Co", "Cn", "Cs"):
        return "which is no character of any script"
    return None


def _isolates_match(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char in _OPENING) - (char == _CLOSING)
        if depth < 0:
            return False
    return depth == 0


def _space(language: Language, row: Row, english: str) -> Iterator[Diagnostic]:
    if row.target != row.target.strip():
        message = f"'{row.id}' begins or ends with a space"
        yield error("outer-space", message, "take the space away", row.place)


def _placeholders(language: Language, row: Row, english: str) -> Iterator[Diagnostic]:
    here, there = placeholders(row.target), placeholders(english)
    lost = [f"{{{one}}} is missing" for one in sorted(there - here)]
    extra = [f"{{{one}}} is not in the English" for one in sorted(here - there)]
    if not lost and not extra:
        mine, theirs = _BRACED.findall(row.target), _BRACED.findall(english)
        known = {f"{{{one}}}" for one in there}
        extra = [f"{one} is no placeholder" for one in mine if one not in theirs]
        extra += [
            f"{one} is there {mine.count(one)} times, not {theirs.count(one)}"
            for one in sorted(known)
            if mine.count(one) != theirs.count(one)
        ]
    if lost or extra:
        message = f"'{row.id}': {', '.join(lost + extra)}"
        hint = "keep what stands in braces just as it is, in Latin letters"
        yield error("placeholders", message, hint, row.place)


def _markup(language: Language, row: Row, english: str) -> Iterator[Diagnostic]:
    here, there = row.target.count("**"), english.count("**")
    if here != there:
        message = f"'{row.id}' has ** {here} times, the English {there} times"
        hint = "put ** before and behind the same words as the English does, and nowhere else"
        yield error("markup", message, hint, row.place)
    for found in dict.fromkeys(_TAG.findall(row.target)):
        if found not in english:
            message = f"'{row.id}' holds {found}, which would be printed as it stands"
            yield error("markup", message, "write plain text", row.place)


def _numbers(language: Language, row: Row, english: str) -> Iterator[Diagnostic]:
    lost, extra = compared(english, row.target)
    hint = "write the same numbers as the English; any digits will do"
    if extra or any(number > SPELT for number in lost):
        pieces = [f"{number} is missing" for number in lost]
        pieces += [f"{number} is not in the English" for number in extra]
        yield error("numbers", f"'{row.id}': {', '.join(pieces)}", hint, row.place)
    elif lost:
        numbers = ", ".join(map(str, lost))
        message = f"'{row.id}' has no {numbers} in digits: is it there in words?"
        yield warning("numbers", message, hint, row.place)


def _script(language: Language, row: Row, english: str) -> Iterator[Diagnostic]:
    wrong = wrong_letters(row.target, language.script, english)
    if wrong:
        message = f"'{row.id}': {wrong}"
        hint = f"is this the text for {language.tag}? Type it with that language's keyboard"
        yield error("script", message, hint, row.place)


def _copy(language: Language, row: Row, english: str) -> Iterator[Diagnostic]:
    if language.file.base == SOURCE_LANGUAGE or _bare(row.target) != _bare(english):
        return
    words = [w for w in re.sub(r"\{[a-z_]+\}", " ", english).split() if any(map(str.isalpha, w))]
    if len(words) > 1:
        message = f"'{row.id}' is the English text itself"
        yield error("untranslated", message, "translate it, or leave it empty", row.place)
    elif words:
        message = f"'{row.id}' is the same as in English: {english}"
        yield warning("untranslated", message, "right if the language says so too", row.place)


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _length(language: Language, row: Row, english: str) -> Iterator[Diagnostic]:
    """No page is set with a text that cannot be a translation of the English."""
    if len(row.target) > 6 * max(len(english), 20):
        message = f"'{row.id}' has {len(row.target)} characters, the English {len(english)}"
        yield error("too-long", message, "translate this string only", row.place)


def _stop(language: Language, row: Row, english: str) -> Iterator[Diagnostic]:
    if language.script in _NO_STOPS:
        return
    here, there = _ends(row.target), _ends(english)
    if there and not here:
        message = f"'{row.id}' does not end like a sentence, as the English does"
        yield warning("end-mark", message, "end it with a stop", row.place)
    elif here and not there:
        message = f"'{row.id}' ends with a stop, which the English has not: it is a label"
        yield warning("end-mark", message, "leave the stop out", row.place)


def _ends(text: str) -> bool:
    core = text.rstrip("".join(_AFTER_STOP)).removesuffix("**")
    return core[-1:] in _STOPS if core else False


def _blocked(language: Language, row: Row, english: str) -> Iterator[Diagnostic]:
    if not row.id.startswith(_CLAIMS):
        return
    locale, script = language.locale(), language.script
    word = find_word(row.target, locale.blocked, script)
    if word and not find_word(row.target, locale.negations, script):
        message = f"'{row.id}' says '{word}', which no brand may claim in this language"
        hint = "make sure that it says no more than the English"
        yield warning("blocked-word", message, hint, row.place)


def normal(row: Row) -> tuple[str, Diagnostic | None]:
    """A text in the form in which texts are kept (NFC), and a remark when it came in another."""
    text = unicodedata.normalize("NFC", row.target)
    if text == row.target:
        return text, None
    message = f"'{row.id}' came with letters and accents apart; they are joined (NFC)"
    return text, warning("not-nfc", message, "nothing needs to be done", row.place)


def check_moved(language: Language, rows: list[Row]) -> Iterator[Diagnostic]:
    """Translations that are another string's: a column was sorted or moved alone."""
    owners: dict[str, set[str]] = {}
    for name in language.english:
        owners.setdefault(language.text(name), set()).add(language.english[name])
    moved = [
        row
        for row in rows
        if row.target
        and row.target != language.text(row.id)
        and (owned := owners.get(row.target))
        and language.english[row.id] not in owned
    ]
    if len(moved) < 3:
        return
    for row in moved:
        message = f"'{row.id}' has the translation that another string has now"
        hint = "was one column sorted without the others, or did rows move? Export it again"
        yield error("moved-rows", message, hint, row.place)


_CHECKS: tuple[Check, ...] = (
    _conflict,
    _characters,
    _space,
    _placeholders,
    _markup,
    _numbers,
    _script,
    _copy,
    _stop,
    _blocked,
)
