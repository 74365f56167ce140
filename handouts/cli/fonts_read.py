"""What a font file says about itself: family, weight, licence, scripts. For ``fonts add``."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from handouts.diagnostics import ExitCode, Place, problem
from handouts.load import fonttables
from handouts.load.fontfile import refuse_unusable
from handouts.model.fonts import FontFile

_LICENCES = {
    "open font licen": "OFL-1.1",
    "scripts.sil.org/ofl": "OFL-1.1",
    "openfontlicense.org": "OFL-1.1",
    "apache license": "Apache-2.0",
    "apache.org/licenses": "Apache-2.0",
    "ubuntu font licen": "Ubuntu-font-1.0",
}
UNKNOWN_LICENCE = "LicenseRef-unknown"
_ENOUGH = 20
"""Letters of a script that make a font one for it: Hebrew has 22."""
_UNSURE = frozenset(("Zyyy", "Zinh", "Hani", "Hira", "Kana", "Bopo"))
"""Shared characters, and those that do not tell which of China, Taiwan and Japan is meant."""


@dataclass(frozen=True, slots=True)
class FontFacts:
    """A face to add. `file_name` is what it will be called, `data` its bytes."""

    source: Path
    file_name: str
    data: bytes
    family: str
    weight: int
    italic: bool
    licence: str
    scripts: tuple[str, ...]

    @property
    def sha256(self) -> str:
        """The checksum that goes into the manifest."""
        return hashlib.sha256(self.data).hexdigest()


def read_font(source: Path, data: bytes, index: int | None) -> FontFacts:
    """The facts of a font file, or of one face of a collection.

    Raises:
        HandoutsError: when it is no font, one that may not be embedded, or a collection
            without an index.
    """
    place, name = Place(str(source)), source.name
    if data[:4] == b"ttcf":
        data = _taken_out(data, index, place)
        stem = fonttables.name(data, fonttables.POSTSCRIPT) or f"{source.stem}-{index}"
        name = stem + (".otf" if data[:4] == b"OTTO" else ".ttf")
    refuse_unusable(data, place)
    weight, italic = fonttables.style(data)
    families = (fonttables.name(data, n) for n in (fonttables.OWN_FAMILY, fonttables.FAMILY))
    return FontFacts(
        source=source,
        file_name=plain(name),
        data=data,
        family=next(filter(None, families), source.stem),
        weight=weight,
        italic=italic,
        licence=_licence(data),
        scripts=_scripts(data),
    )


def _taken_out(data: bytes, index: int | None, place: Place) -> bytes:
    """One face of a collection as a file of its own."""
    starts = fonttables.faces(data)
    if index is None or not 0 <= index < len(starts):
        names = (fonttables.name(data, fonttables.FULL_NAME, start) for start in starts)
        listed = ", ".join(f"{number} {name}" for number, name in enumerate(names))
        raise problem(
            "bad-font",
            f"this is a collection of {len(starts)} fonts (TTC)",
            f"say which with --index: {listed}",
            place,
            ExitCode.RESOURCE,
        )
    return fonttables.taken_out(data, starts[index])


def plain(name: str) -> str:
    """A file name that is safe in a path and in YAML."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name).lstrip(".-") or "font"


def _licence(data: bytes) -> str:
    parts = (fonttables.LICENCE, fonttables.LICENCE_URL, fonttables.COPYRIGHT)
    said = " ".join(fonttables.name(data, number) for number in parts).lower()
    return next((spdx for words, spdx in _LICENCES.items() if words in said), UNKNOWN_LICENCE)


def _scripts(data: bytes) -> tuple[str, ...]:
    """Scripts of which it has enough letters to write them, the largest first."""
    from handouts.typeset.text.faces import load
    from handouts.typeset.text.scripts import script

    points = load(FontFile(hashlib.sha256(data).hexdigest(), data)).points
    letters = (chr(point) for point in points if not 0xD800 <= point < 0xE000)
    counts = Counter(script(char) for char in letters if char.isalpha())
    found = [code for code, count in counts.most_common() if count >= _ENOUGH]
    return tuple("Kore" if one == "Hang" else one for one in found if one not in _UNSURE)
