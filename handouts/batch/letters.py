"""Letters of a clinic's row that no font of the project has, found before anything is set.

The question is the one typesetting asks of a sheet, with the same answer. Part of preparing a
batch, for `rows`. The fonts of other scripts are read only when a row needs one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError
from handouts.load import load_fonts
from handouts.load.clinics.checks import Checker
from handouts.model.batch import Clinic
from handouts.model.document import Span
from handouts.model.fonts import FontLibrary
from handouts.model.locale import SOURCE_LANGUAGE
from handouts.model.project import LoadedBrand, Project
from handouts.world import World

_SURE = re.compile("[\n\x20-\x7e\xa0-\u017f\u2013\u2014\u2018-\u201e\u2022\u2026\u20ac]*")
"""What every text font has; most rows hold nothing else."""
_UNSEEN = ("color.", "typography.", "logo.", "qr", "language")
"""Values that are not set in type."""
_WEIGHT = 400


class Letters:
    """Checks the texts of rows, one after the other."""

    def __init__(self, project: Project, world: World, checker: Checker) -> None:
        self._project, self._world, self._checker = project, world, checker
        self._known: dict[str, dict[str, bool]] = {}

    def check(self, clinic: Clinic) -> tuple[Diagnostic, ...]:
        """The values of a row that no sheet can show."""
        return tuple(
            self._told(clinic, key, lost)
            for key, text in clinic.values
            if not _SURE.fullmatch(text) and not key.startswith(_UNSEEN)
            for lost in (self._lost(text, clinic.base),)
            if lost
        )

    def _lost(self, text: str, base: str) -> str:
        """Those letters of a text that no font has."""
        known = self._known.setdefault(base, {})
        new = "".join(sign for sign in dict.fromkeys(text) if sign not in known)
        if new:
            known |= dict.fromkeys(new, True)
            known |= dict.fromkeys(self._missing(new, self._project.brands[base]), False)
        return "".join(sign for sign in dict.fromkeys(text) if not known[sign])

    def _missing(self, text: str, brand: LoadedBrand) -> Sequence[str]:
        from handouts.typeset.text import missing

        left: Sequence[str] = ()
        for library, families in self._libraries(brand):
            span = Span("".join(left) or text)
            left = missing((span,), families, _WEIGHT, SOURCE_LANGUAGE, library)
            if not left:
                break
        return left

    def _libraries(self, brand: LoadedBrand) -> Iterator[tuple[FontLibrary, tuple[str, ...]]]:
        """The fonts of the languages that were loaded, then all there are; each with the brand's.

        A font that cannot be read is told when a sheet needs it.
        """
        fonts, locales = self._project.fonts, self._project.locales.values()
        own = tuple(entry.family for entry in brand.brand.typography.fonts)
        usual = tuple(
            family for one in locales for family in fonts.setting(one.tag, one.script).text
        )
        for families in (usual, fonts.families):
            wanted = tuple(dict.fromkeys((*own, *families)))
            with suppress(HandoutsError):
                yield load_fonts(self._world, self._project, brand, families), wanted

    def _told(self, clinic: Clinic, key: str, lost: str) -> Diagnostic:
        said = ", ".join(f"'{sign}' (U+{ord(sign):04X})" for sign in lost[:3])
        more = f" and {len(lost) - 3} more letters" if len(lost) > 3 else ""
        message = f"no font has {said}{more}"
        hint = "write the text without it, or add a font that has it to the brand's font list"
        one = Diagnostic("missing-glyph", message, hint, exit_code=ExitCode.RESOURCE)
        return self._checker.at(clinic, key, one)


__all__ = ["Letters"]
