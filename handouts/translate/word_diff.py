"""What changed between two English texts, word by word."""

from __future__ import annotations

import difflib
import re
from typing import Literal, NamedTuple

_WORD = re.compile(r"\S+\s*")


class Piece(NamedTuple):
    """Words that stayed, came or went."""

    kind: Literal["same", "added", "removed"]
    text: str


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces in order; what went stands before what came in its place."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    match = difflib.SequenceMatcher(None, [w.strip() for w in old], [w.strip() for w in new], False)
    found: list[Piece] = []
    for kind, a, b, c, d in match.get_opcodes():
        if kind == "equal":
            found.append(Piece("same", "".join(new[c:d])))
            continue
        if b > a:
            found.append(Piece("removed", "".join(old[a:b])))
        if d > c:
            found.append(Piece("added", "".join(new[c:d])))
    return tuple(found)


def plain(pieces: tuple[Piece, ...]) -> str:
    """``Massage -[is] +[may be] one way.``: readable without colour."""
    out = []
    for kind, text in pieces:
        core, space = text.rstrip(), text[len(text.rstrip()) :] or " "
        marks = {"same": core, "added": f"+[{core}]", "removed": f"-[{core}]"}
        out.append(marks[kind] + space)
    return "".join(out).strip()
