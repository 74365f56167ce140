"""Fonts as data: font files, faces by family, and what each script needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from handouts.units import Length

Face = TypeVar("Face")


class FontFile:
    """A font file and how to instance it. `digest` names it in caches and is what is compared.

    `axes` are variation axes to pin, such as (("wght", 700.0),); empty for a static font.

    HarfBuzz copies the bytes it is given, megabytes for a CJK font, and both typesetting and
    drawing need it. So the first who opens the file leaves its face here for the other, in place
    of the bytes.
    """

    __slots__ = ("_held", "axes", "digest", "index")

    def __init__(
        self, digest: str, data: bytes, index: int = 0, axes: tuple[tuple[str, float], ...] = ()
    ) -> None:
        self.digest, self.index, self.axes = digest, index, axes
        self._held: Any = data

    @property
    def data(self) -> bytes:
        """The file's bytes; a copy of them once it is opened."""
        held = self._held
        return held if isinstance(held, bytes) else bytes(held.blob.data)

    def opened(self, face: Callable[[bytes, int], Face]) -> Face:
        """HarfBuzz's face of the file, opened once with `face`."""
        if isinstance(self._held, bytes):
            self._held = face(self._held, self.index)
        return cast("Face", self._held)

    def __reduce__(self) -> tuple[Any, ...]:
        return FontFile, (self.digest, self.data, self.index, self.axes)

    def __repr__(self) -> str:
        return f"FontFile({self.digest!r}, index={self.index}, axes={self.axes})"

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
    min_size: Length | None = None
    """Body text is never set smaller; None: the floor for all scripts will do."""
    heading_size: float | None = None
    """Factor on the sizes of headings; None: that of text."""
    min_leading: float = 1.0
    """Least distance of lines as a factor on the size: what marks above and below need."""


@dataclass(frozen=True, slots=True)
class LanguageSetting:
    """What a language needs beside its script's setting; None and () leave that as it is.

    `script`: the script it is about, for a language that has several; None: whichever.
    """

    script: str | None = None
    text: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    size: float | None = None
    leading: float | None = None
    min_size: Length | None = None
    heading_size: float | None = None
    min_leading: float | None = None

    def over(self, base: ScriptSetting) -> ScriptSetting:
        """The script's setting with this language's changes."""
        return ScriptSetting(
            text=self.text or base.text,
            heading=self.heading or self.text or base.heading,
            size=self.size or base.size,
            leading=self.leading or base.leading,
            min_size=self.min_size or base.min_size,
            heading_size=self.heading_size or base.heading_size,
            min_leading=self.min_leading or base.min_leading,
        )


@dataclass(frozen=True, slots=True)
class FontIndex:
    """What the manifests say, before any font file is read."""

    scripts: Mapping[str, ScriptSetting]
    families: tuple[str, ...]
    languages: Mapping[str, LanguageSetting] = field(default_factory=dict)

    @property
    def text_families(self) -> tuple[str, ...]:
        """Text families of every script: a name in another script still finds its letters."""
        return tuple(dict.fromkeys(f for one in self.scripts.values() for f in one.text))

    def setting(self, tag: str, script: str) -> ScriptSetting:
        """How a language is set: its script's setting, changed by ``ur``, then by ``ur-PK``.

        Raises:
            KeyError: when nothing is known of the script.
        """
        found = self.scripts[script]
        parts = tag.split("-")
        for count in range(1, len(parts) + 1):
            special = self.languages.get("-".join(parts[:count]))
            if special and special.script in (None, script):
                found = special.over(found)
        return found
