"""The same paragraph by typst, with the same font files, size and column."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from tests.typeset.paragraphs import COLUMN, MARGIN, PAPER, Sample, font_files, style

_NARROW = " Condensed"


def pdf(sample: Sample, rise: float | None = None) -> bytes:
    """A page of the paragraph's size.

    Args:
        sample: what to set.
        rise: points from the top of the column to the first baseline.

    Raises:
        ImportError: without the ``typst`` binding.
    """
    import typst

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paragraph.typ"
        path.write_text(source(sample, rise), encoding="utf-8")
        made = typst.compile(path, font_paths=_fonts(sample), format="pdf")
    assert isinstance(made, bytes)
    return made


def source(sample: Sample, rise: float | None = None) -> str:
    """The paragraph in typst's language: lines filled one by one, leading as ours."""
    look, said = style(sample), sample.facts
    pitch = look.size * look.leading
    above = pitch * 0.75 if rise is None else rise
    # What stands in a family's name for its width, typst wants said apart.
    families = ", ".join(json.dumps(name.removesuffix(_NARROW)) for name in look.families)
    stretch = "75%" if any(name.endswith(_NARROW) for name in look.families) else "100%"
    language, _, rest = sample.lang.partition("-")
    region = f', region: "{_REGIONS[rest]}"' if rest in _REGIONS else ""
    body = "".join(_piece(text, bold) for text, bold in sample.pieces)
    justify = "true" if look.align == "justify" else "false"
    return (
        f"#set page(width: {PAPER.width}pt, height: {PAPER.height}pt, margin: {MARGIN}pt)\n"
        f'#set text(font: ({families},), size: {look.size}pt, lang: "{language}"{region}, '
        f"dir: {said.direction}, top-edge: {above}pt, "
        f"bottom-edge: {above - pitch}pt, stretch: {stretch}, hyphenate: false)\n"
        f'#set par(leading: 0pt, justify: {justify}, linebreaks: "simple")\n'
        f"#block(width: {COLUMN}pt, [{body}])\n"
    )


_REGIONS = {"Hans": "CN", "Hant": "TW", "BR": "BR"}


def _piece(text: str, bold: bool) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return f"#strong({quoted})" if bold else f"#text({quoted})"


@cache
def _opened(paths: tuple[str, ...]) -> Any:
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(paths)
    )


def _fonts(sample: Sample) -> Any:
    folders = {str(path.parent) for faces in font_files(sample).values() for path in faces.values()}
    return _opened(tuple(sorted(folders)))
