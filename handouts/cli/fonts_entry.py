"""A family's entry in a project's ``fonts/fonts.yaml``, put in without touching the rest of it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from handouts.cli.fonts_read import FontFacts
from handouts.diagnostics import ExitCode, Place, problem
from handouts.load.fonts import FontsFile
from handouts.load.validate import validate
from handouts.load.yaml import parse

HEAD = """\
# yaml-language-server: $schema=../.schema/fonts.json
# Fonts of this project. `scripts` and `languages` may say which families a script or a language
# is set in, as the program's own fonts.yaml does; what they leave out is as there.
families:
"""
_FAMILIES = re.compile(r"^families:[ \t]*(\[[ \t]*\])?[ \t]*(#[^\n]*)?$", re.M)


@dataclass(frozen=True, slots=True)
class Family:
    """A family to add: its files, and the folder for them beside the manifest.

    `licence_text`: name and bytes of the licence's file.
    """

    name: str
    folder: str
    faces: Sequence[FontFacts]
    licence: str
    scripts: Sequence[str]
    licence_text: tuple[str, bytes] | None = None

    @property
    def files(self) -> dict[str, bytes]:
        """Content by path beside the manifest."""
        found = {f"{self.folder}/{face.file_name}": face.data for face in self.faces}
        if self.licence_text:
            found[f"{self.folder}/{self.licence_text[0]}"] = self.licence_text[1]
        return found


def entry(family: Family) -> str:
    """The YAML of a family."""
    lines = [f"  - name: {_quoted(family.name)}", f"    licence: {_quoted(family.licence)}"]
    if family.licence_text:
        file = f"{family.folder}/{family.licence_text[0]}"
        lines.append(f"    licence_file: {_quoted(file)}")
    lines += [f"    scripts: [{', '.join(family.scripts)}]", "    faces:"]
    for face in family.faces:
        file = _quoted(f"{family.folder}/{face.file_name}")
        lines.append(
            f"      - {{file: {file}, weight: {face.weight}, "
            f"italic: {str(face.italic).lower()}, sha256: {face.sha256}}}"
        )
    return "\n".join(lines) + "\n"


def with_entry(manifest: str, family: Family, shown: str) -> str:
    """The manifest with one more family; everything that stood there stays as it was.

    Raises:
        HandoutsError: when it is wrong, has the family already, or is written in a way that
            nothing can be put into without changing it.
    """
    text = manifest or HEAD
    if manifest:
        known = validate(FontsFile, parse(manifest.encode(), shown)).families
        if any(one.name == family.name for one in known):
            raise problem(
                "exists",
                f"the family '{family.name}' is in {shown} already",
                "take it out there first and add all its files at once, or give another --family",
                Place(shown),
                ExitCode.FILE,
            )
    head = _FAMILIES.search(text)
    if head:
        made = text[: head.start()] + f"families:{_comment(head[2])}\n" + entry(family)
        made += text[head.end() :].removeprefix("\n")
    else:
        made = text.rstrip("\n") + "\n\nfamilies:\n" + entry(family)
    content = validate(FontsFile, parse(made.encode(), shown))
    assert any(one.name == family.name for one in content.families)
    return made


def _comment(comment: str | None) -> str:
    return f" {comment}" if comment else ""


def _quoted(text: str) -> str:
    """A string that YAML reads as just this; quoted when it is more than words and dots."""
    plain = re.fullmatch(r"[A-Za-z][\w./-]*( [\w./-]+)*", text, re.ASCII)
    return text if plain else json.dumps(text, ensure_ascii=False)
