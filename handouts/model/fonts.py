"""Fonts as data: font files, faces by family, and what each script needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FontFile:
    """The bytes of a font file and how to instance it. `digest` names it in caches."""

    digest: str
    data: bytes
    index: int = 0
    axes: tuple[tuple[str, float], ...] = ()
    """Variation axes to pin, such as (("wght", 700.0),); empty for a static font."""

    def __hash__(self) -> int:
        return hash((self.digest, self.index, self.axes))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FontFile) and (self.digest, self.index, self.axes) == (
            other.digest,
            other.index,
            other.axes,
        )


@dataclass(frozen=True, slots=True)
class FontFace:
    """One style of a family. `name` is unique in a library: ``Noto Sans 700 italic``."""

    family: str
    weight: int
    italic: bool
    file: FontFile

    @property
    def name(self) -> str:
        """The face's unique name."""
        return f"{self.family} {self.weight}{' italic' if self.italic else ''}"


@dataclass(frozen=True, slots=True)
class FontLibrary:
    """All faces a document may use."""

    faces: tuple[FontFace, ...]

    def face(self, family: str, weight: int, italic: bool) -> FontFace | None:
        """The family's face nearest to what is asked for, upright when it has no italic.

        Nearest in weight; of two equally near, the heavier for weights over 500, as CSS
        Fonts 4 (5.2) does. None when the family is not in the library.
        """
        mine = [face for face in self.faces if face.family == family]
        return min(
            mine,
            key=lambda f: (
                f.italic != italic,
                abs(f.weight - weight),
                -f.weight if weight > 500 else f.weight,
            ),
            default=None,
        )


@dataclass(frozen=True, slots=True)
class ScriptSetting:
    """How a script is set: families in order of preference and factors on the layout's values."""

    text: tuple[str, ...]
    heading: tuple[str, ...]
    size: float = 1.0
    leading: float = 1.0


@dataclass(frozen=True, slots=True)
class FontIndex:
    """What the manifests say, before any font file is read."""

    scripts: Mapping[str, ScriptSetting]
    families: tuple[str, ...]
