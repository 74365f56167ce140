"""The encoding of a CSV: what a person said, or its mark, or what its bytes look like.

Excel's plain CSV has no mark and is in the code page of the Windows it runs on. Windows-1252, that
of western Europe and America, is taken when nothing is said; where its words are then no words,
the file is refused: three hundred sheets for the Êëèíèêà are worse than none.
"""

from __future__ import annotations

import codecs
import io
import re
from pathlib import Path

from handouts.diagnostics import Place, problem
from handouts.load.problems import Problems

_CHUNK = 1 << 20
_BEYOND = re.compile(rb"[\x80-\xff]+")
_LONG, _FEW, _MOST = 4, 8, 0.5
"""In western languages so many letters with accents do not stand in a row. Where more than a few
letters beyond ASCII do, and most of all there are, they are a word of another language."""
_RARE = bytes.fromhex("8182 83 86878889 8a 8d 8e 8f 90 98 9a 9d 9e 9f")
"""What hardly any western word has in Windows-1252: signs, letters of its neighbours, and what is
nothing there. Japanese in Shift-JIS and the accents of old Macs are full of them."""
_LETTERS = bytes(range(0xC0, 0x100))
_RARE_LEAST = 2
_HINT = (
    "save it as 'CSV UTF-8', or say its encoding in a job file: "
    "clinics: {file: %s, encoding: windows-1251}"
)


def encoding(path: Path, shown: str, wanted: str | None, problems: Problems) -> str:
    """The file's encoding: by its mark, or as said, or else UTF-8, or else Windows-1252.

    Args:
        path: the file.
        shown: the same as a person would type it.
        wanted: what was said of it.
        problems: takes a warning in.

    Raises:
        HandoutsError: when the file is no text, or in no encoding that can be told.
    """
    with path.open("rb") as file:
        head = file.read(4096)
        found = _marked(head)
        if found or wanted:
            return found or str(wanted)
        file.seek(0)
        broken = _first_broken(file)
        if broken is None:
            return "utf-8-sig"
        file.seek(0)
        if _mostly_utf8(file):  # The rows with lost letters are refused one by one.
            return "utf-8-sig"
    _check_windows(path, shown)
    message = "the file is not UTF-8; it is read as Windows-1252"
    hint = f"look at the accents; if they are wrong, {_HINT % path.name}"
    problems.warning("not-utf-8", message, hint, Place(shown, broken, 1))
    return "cp1252"


def _marked(head: bytes) -> str | None:
    """The encoding a byte order mark tells of; UTF-16 without one has a zero in every other."""
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        half, other = head[start::2], head[1 - start :: 2]
        if len(half) > 1 and half.count(0) > 0.7 * len(half) and other.count(0) < 0.3 * len(other):
            return name
    return None


def _first_broken(file: io.BufferedReader) -> int | None:
    """The line of the first bytes that are no UTF-8, or None."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line = 1
    while True:
        chunk = file.read(_CHUNK)
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            return line + error.object[: error.start].count(b"\n")
        if not chunk:
            return None
        line += chunk.count(b"\n")


def _mostly_utf8(file: io.BufferedReader) -> bool:
    """Whether most letters beyond ASCII are UTF-8: the others were pasted in, or cut off."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    balance = 0
    while chunk := file.read(_CHUNK):
        text = decoder.decode(chunk)
        broken = text.count("\ufffd")
        balance += len(text) - len(text.encode("ascii", "ignore")) - 2 * broken
    return balance > 0


def _check_windows(path: Path, shown: str) -> None:
    """Refuses what is no text, or no text in a western language."""
    letters = strange = accents = rare = 0
    example = unlikely = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if b"\0" in chunk:
                message, hint = f"{shown} is no text file", "save it as 'CSV UTF-8', or as .xlsx"
                raise problem("not-utf-8", message, hint, Place(shown))
            for run in _BEYOND.findall(chunk):
                letters += len(run)
                odd = len(run) - len(run.translate(None, _RARE))
                accents += len(run) - len(run.translate(None, _LETTERS))
                rare += odd
                unlikely = unlikely or (run if odd else b"")
                if len(run) >= _LONG:
                    strange += len(run)
                    example = example or run
    mistaken = rare >= _RARE_LEAST and rare > _MOST * (rare + accents)
    if strange > max(_FEW, _MOST * letters) or mistaken:
        said = (example or unlikely)[:20].decode("cp1252", "replace")
        message = f"{shown} is neither UTF-8 nor Windows-1252, in which it says '{said}'"
        raise problem("not-utf-8", message, _HINT % path.name, Place(shown))
