"""A file's path under the output folder, from a template such as ``{brand}/{layout}-{language}``.

Paths are ASCII, fit every system and keep the ids in them; where a part would be too long, it is
cut and ends with a digest of what it was. Whether two files would share a path is for `matrix`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError, Place
from handouts.load.clinics.ids import ascii_of, safe
from handouts.load.problems import choose
from handouts.model.layout import Layout
from handouts.model.project import Job

MAX_PART = 200
"""Bytes of a part of a path. Most systems take 255; some of it is left for unfinished files."""

DEFAULT = "{brand}/{layout}-{part}-{language}-{paper}-{profile}.pdf"
"""The names ``build`` gives, with the profile only when it is not the instructor's."""

FIELDS = ("brand", "layout", "language", "paper", "profile", "part", "group", "week")
_ALSO = {"size": "paper", "edition": "profile", "clinic": "brand", "id": "brand"}
_PIECE = re.compile(r"\{([^{}]*)\}|([^{}]+)|([{}])")
_BRAND = "\0"
_SEPARATORS = "-_. "
_UNSAFE = re.compile(r"[^A-Za-z0-9._+/-]+")
_FORBIDDEN = re.compile(r'[\\:*?"<>|\x00-\x1f\x7f]')
_RESERVED = re.compile(
    r"(^|/)(con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.[^/]*$|\.[^/]*/|/|$)", re.IGNORECASE
)

Name = Callable[[str], str]
"""The path of a template's file for the id of a brand."""


@dataclass(frozen=True, slots=True)
class FileName:
    """A template that was read: literal texts and fields by turns, and the ending of files."""

    pieces: tuple[tuple[str, bool], ...]
    default: bool = False
    suffix: str = ".pdf"

    def of(self, job: Job, layout: Layout) -> Name:
        """The paths of one job with any brand."""
        text = _tidy(self._filled(_values(job, layout, self.default))) + self.suffix
        if _BRAND not in text:
            path = _checked(text)
            return lambda brand: path
        return lambda brand: _checked(text.replace(_BRAND, brand))

    def _filled(self, values: dict[str, str]) -> str:
        """The text; an empty field takes the separator before it along, or the one behind."""
        out, skip = "", False
        for text, is_field in self.pieces:
            said = values[text] if is_field else text
            if not is_field:
                said = said[1:] if skip and said[:1] in _SEPARATORS else said
                skip = False
            elif not said:
                cut = bool(out) and out[-1] in _SEPARATORS
                out, skip = (out[:-1] if cut else out), not cut
            out += said
        return out


def read(template: str | None, place: Place | None) -> FileName:
    """Reads a template.

    Raises:
        HandoutsError: for fields that do not exist, and paths that lead out of the folder.
    """
    said = DEFAULT if template is None else template.strip()
    if not said.lower().endswith(".pdf"):
        said += ".pdf"
    problems: list[Diagnostic] = []
    pieces: list[tuple[str, bool]] = []
    for match in _PIECE.finditer(said[:-4]):
        field, literal, stray = match.groups()
        if stray:
            problems.append(_bad(f"a {stray} stands alone", "write fields as {brand}", place))
        elif literal is not None:
            pieces.append((_UNSAFE.sub("-", ascii_of(literal)), False))
        elif (name := _ALSO.get(field.strip(), field.strip())) in FIELDS:
            pieces.append((name, True))
        else:
            hint = choose(field, [*FIELDS, *_ALSO], "fields", 20)
            problems.append(_bad(f"there is no field {{{field}}} in a file name", hint, place))
    problems.extend(_outside(said, place))
    if problems:
        raise HandoutsError(problems)
    return FileName(tuple(pieces), template is None, said[-4:])


def of_brand(ident: str) -> str:
    """The id of a brand as it stands in paths."""
    return safe(ident) or f"brand-{_digest(ident)}"


def _outside(said: str, place: Place | None) -> list[Diagnostic]:
    parts = said.split("/")
    forbidden = _FORBIDDEN.search(said)
    if forbidden:
        return [_bad(f"file-name holds {forbidden[0]!r}", "take it out", place)]
    if said.startswith(("/", "~")) or any(part in ("", ".", "..") for part in parts):
        hint = "name the file from the output folder, such as {brand}/{layout}.pdf"
        return [_bad(f"'{said}' is no path inside the output folder", hint, place)]
    if any(part.endswith((".", " ")) or part.startswith(".") for part in parts):
        hint = "take the dot or space out"
        return [_bad("a part of file-name begins with a dot, or ends with one", hint, place)]
    return []


def _bad(message: str, hint: str, place: Place | None) -> Diagnostic:
    code = ExitCode.CONTENT if place else ExitCode.USAGE
    return Diagnostic("bad-file-name", message, hint, place, exit_code=code)


def _values(job: Job, layout: Layout, default: bool) -> dict[str, str]:
    profile = "" if default and job.profile == "instructor" else job.profile
    return {
        "brand": _BRAND,
        "layout": safe(job.layout) or _digest(job.layout),
        "language": safe(job.language),
        "paper": safe(job.paper),
        "profile": profile,
        "part": safe(job.part),
        "group": safe(job.part) if layout.for_each == "group" else "",
        "week": safe(job.part) if layout.for_each == "week" else "",
    }


def _tidy(text: str) -> str:
    """Without parts that became empty; a name that is gone leaves that of its folder."""
    parts = (part.rstrip(". ") for part in text.split("/"))
    return "/".join(part for part in parts if part) or "handout"


def _checked(path: str) -> str:
    """A path with no part too long, and none that Windows keeps for devices."""
    if len(path) > MAX_PART:
        path = "/".join(_shortened(part) for part in path.split("/"))
    return _RESERVED.sub(r"\1\2_", path)


def _shortened(part: str) -> str:
    if len(part) <= MAX_PART:
        return part
    suffix = part[-4:] if part[-4:].lower() == ".pdf" else ""
    return f"{part[: MAX_PART - 13]}-{_digest(part)}{suffix}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def told(jobs: Sequence[Job]) -> str:
    """Jobs as messages call them: what they are made of."""
    return " and ".join(
        "/".join(filter(None, (j.brand, j.layout, j.part, j.language, j.paper, j.profile)))
        for j in jobs
    )


__all__ = ["DEFAULT", "FIELDS", "FileName", "Name", "of_brand", "read", "told"]
