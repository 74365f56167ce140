"""gettext PO: what free tools and volunteers work with. Written and read with polib.

The id of a string is its context, so that two strings with the same English stay two. PO knows
one state, fuzzy; ours stand in comments of the translator beside it: ``# status: reviewed``.
A string that a program made, or whose English has changed, is fuzzy: clearing the flag is how
a translator says that it is right now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import polib

from handouts.diagnostics import Diagnostic, HandoutsError, Place, problem
from handouts.translate import limits
from handouts.translate.returned import Returned, Row, error, warning
from handouts.translate.unit import Table, Unit, readable

_STATUS = re.compile(r"^\s*(status|by|on)\s*:\s*(.*?)\s*$", re.IGNORECASE)
_STAMP = re.compile(r"^source: ([0-9a-f]{12}), was: ([0-9a-f]{12})$")
_BREAKS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_ESCAPED = re.compile(r"\\u([0-9a-f]{4})")
_GOOD_LINE = re.compile(
    r'\s*(?:#.*|(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)?\s*"(?:[^"\\]|\\.)*"\s*)?'
)
_FUZZY = frozenset(("machine", "stale"))
_NOBODY = frozenset(("", "FULL NAME <EMAIL@ADDRESS>", "Nobody yet"))
_HEAD = """\
Translation of the infant massage handouts into {name}.

Translate msgstr. Keep {{words in braces}} and **asterisks** as they are.
A string's id is its context. "Room" is how many characters fit on the page.
Fuzzy: a program made it, or the English has changed: mend it and clear the flag.
To say who translated or reviewed a string, write translator comments above it:
status: draft
by: your initials or role
A review (status: reviewed, status: approved) is by somebody else than the translator."""


def write(table: Table) -> bytes:
    """The table as a PO file; the same table gives the same bytes."""
    file = polib.POFile(wrapwidth=98)
    notes = "".join(f"\nNote of the translator: {readable(note)}" for note in table.notes)
    file.header = _HEAD.format(name=table.name) + notes
    moment = f"{table.date[:10]} {table.date[11:16]}{table.date[19:].replace(':', '') or '+0000'}"
    file.metadata = {
        "Project-Id-Version": f"infant-massage-handouts {table.edition}",
        "Report-Msgid-Bugs-To": "",
        "POT-Creation-Date": moment,
        "PO-Revision-Date": moment,
        "Last-Translator": "Nobody yet",
        "Language-Team": table.name,
        "Language": table.language.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": f"{table.plural_forms.rstrip(';')};",
        "X-Generator": "handouts",
        "X-Handouts-Language": table.language,
    }
    file.extend(_entry(unit) for unit in table.units)
    return f"{file}\n".replace("\n\n\n", "\n\n").encode()


def read(content: bytes, path: str) -> Returned:
    """A PO file's rows.

    Raises:
        HandoutsError: when it is no PO file in UTF-8, or a merge conflict is left in it.
    """
    place = Place(path)
    text = limits.text(content, place)
    limits.refuse_conflicts(text, path)
    lines = text.splitlines()
    _refuse_broken_lines(lines, path)
    try:
        file = polib.pofile(f"{text}\n", check_for_duplicates=False, wrapwidth=98)
    except (OSError, ValueError, IndexError, KeyError, AttributeError, UnicodeError) as wrong:
        raise _syntax(str(wrong), path, lines) from None
    language = file.metadata.get("X-Handouts-Language") or file.metadata.get("Language", "")
    translator = file.metadata.get("Last-Translator", "").strip()
    found = list(_remarks(file, path))
    rows = tuple(_row(entry, path, lines) for entry in file if not entry.obsolete and entry.msgctxt)
    return Returned(
        language=language.partition(".")[0].replace("_", "-"),
        rows=rows,
        translator="" if translator in _NOBODY else translator.partition("<")[0].strip(),
        found=tuple(found),
    )


def escaped(text: str) -> str:
    """A text without what would end a line to polib, which PO itself has no escape for."""
    text = _ESCAPED.sub(lambda m: f"\\u005cu{m[1]}", text)
    return _BREAKS.sub(lambda m: f"\\u{ord(m[0]):04x}", text)


def unescaped(text: str) -> str:
    """The text as it was."""
    return _ESCAPED.sub(lambda m: _character(int(m[1], 16), m[0]), text)


def _character(code: int, written: str) -> str:
    char = chr(code)
    return char if char == "\\" or _BREAKS.fullmatch(char) else written


def _entry(unit: Unit) -> polib.POEntry:
    said = [f"status: {unit.state}"] if unit.state != "missing" else []
    said += [f"by: {readable(unit.by)}"] if unit.by else []
    said += [f"on: {unit.on}"] if unit.on else []
    return polib.POEntry(
        msgctxt=unit.id,
        msgid=escaped(unit.source),
        msgstr=escaped(unit.target),
        comment="\n".join((*unit.remarks, f"source: {unit.hash}, was: {unit.was}")),
        tcomment="\n".join(said),
        occurrences=[(layout, str(page)) for layout, page in unit.references],
        flags=["fuzzy"] if unit.state in _FUZZY else [],
        previous_msgctxt=unit.id if unit.previous else None,
        previous_msgid=escaped(unit.previous) or None,
    )


def _row(entry: polib.POEntry, path: str, lines: list[str]) -> Row:
    matches = map(_STATUS.match, entry.tcomment.splitlines())
    said: dict[str, str] = {}
    for match in matches:
        if match:  # What somebody writes stands above the line of the export.
            said.setdefault(match[1].lower(), match[2])
    stamp = next((m for line in entry.comment.splitlines() if (m := _STAMP.match(line))), None)
    line = _line_of(entry, lines)
    state = said.get("status", "").lower()
    if not entry.fuzzy and state in _FUZZY:
        state = "draft"
    elif entry.fuzzy and state not in _FUZZY and entry.msgstr:
        state = "machine" if not state else "stale"  # Fuzzy confirms nothing.
    return Row(
        id=entry.msgctxt,
        target=unescaped(entry.msgstr),
        place=Place(path, line, 1, lines[line - 1] if line <= len(lines) else ""),
        source=unescaped(entry.msgid),
        state=state if entry.msgstr else "",
        by=said.get("by", ""),
        on=said.get("on", ""),
        hash=stamp[1] if stamp else "",
        was=stamp[2] if stamp else "",
    )


def _line_of(entry: polib.POEntry, lines: list[str]) -> int:
    """Where the translation stands; polib knows where the entry begins."""
    first = max(1, entry.linenum or 1)
    for number in range(first, min(first + 80, len(lines)) + 1):
        if lines[number - 1].startswith("msgstr"):
            return number
    return first


def _remarks(file: polib.POFile, path: str) -> Iterator[Diagnostic]:
    charset = file.metadata.get("Content-Type", "").lower()
    if "charset=" in charset and "utf-8" not in charset:
        message = f"the header says {charset.partition('charset=')[2]}, not UTF-8"
        yield error("not-utf-8", message, "save it with the encoding UTF-8", Place(path, 1, 1))
    for entry in file:
        where = Place(path, entry.linenum or 0, 1)
        if entry.obsolete:
            message = f"'{entry.msgctxt or entry.msgid[:30]}' is marked obsolete and left out"
            yield warning("obsolete", message, "take the #~ lines out", where)
        elif not entry.msgctxt:
            message = f"“{entry.msgid[:40]}” has no msgctxt, so nobody knows which string it is"
            hint = "keep the msgctxt lines of the export: they hold the ids"
            yield error("no-id", message, hint, where)
        elif entry.msgid_plural:
            message = f"'{entry.msgctxt}' has plural forms; no string here has"
            yield error("plural", message, "write a single msgstr", where)


def _refuse_broken_lines(lines: list[str], path: str) -> None:
    """A text without its closing quote would lose a letter in silence.

    Raises:
        HandoutsError: naming every line that is neither comment, keyword nor quoted text.
    """
    found = [
        error(
            "po-syntax",
            "this line is neither a comment nor text in double quotes",
            'write \\" for a quote inside a text, and close every text with a quote',
            Place(path, number, 1, line),
        )
        for number, line in enumerate(lines, 1)
        if not _GOOD_LINE.fullmatch(line)
    ]
    if found:
        raise HandoutsError(found)


def _syntax(reason: str, path: str, lines: list[str]) -> HandoutsError:
    found = re.search(r"line (\d+)", reason)
    number = int(found[1]) if found else 0
    source = lines[number - 1] if 0 < number <= len(lines) else ""
    return problem(
        "po-syntax",
        "this is no PO file from here on" if number else "this is no PO file",
        "check quotes and keywords near this line, or export it again",
        Place(path, number, 1, source),
    )
