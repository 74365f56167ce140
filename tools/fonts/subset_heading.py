"""Make the heading family from M PLUS Rounded 1c: its Latin, Greek and Cyrillic alone.

Stands before the flow: it makes the files in `fonts/m-plus-rounded-1c/`. The source
faces carry 7,000 Japanese glyphs (3.4 MB) that no heading here uses.

    python tools/fonts/subset_heading.py MPLUSRounded1c-Bold.ttf ... \
        --out fonts/m-plus-rounded-1c

Beside the cut, four things are put right, each said in the font's description:
Yoruba vowels with a dot below take their tone mark, the space between words is that of
a text face (the source spaces for Japanese), x-height and capital height are given, and
the name table says the name under which the family is published. The licence reserves
no font name, so changed files may keep it.
"""

from __future__ import annotations

import argparse
from copy import deepcopy
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FAMILY = "M PLUS Rounded 1c"
STYLES = {400: "Regular", 700: "Bold", 800: "ExtraBold"}
BLOCKS = (
    (0x0020, 0x024F),  # Latin to Extended-B
    (0x0250, 0x036F),  # IPA, modifier letters, combining marks
    (0x0370, 0x052F),  # Greek, Cyrillic and its supplement
    (0x1E00, 0x1FFF),  # Latin Extended Additional (Vietnamese), Greek Extended
    (0x2000, 0x20CF),  # punctuation, superscripts, currency
    (0x2100, 0x21FF),  # letter-like signs, arrows
    (0x2200, 0x22FF),  # mathematical signs
)
KEPT_FEATURES = ("ccmp", "kern", "liga", "mark", "mkmk")
TONE_BASES = {0x1EB8: 0x45, 0x1EB9: 0x65, 0x1ECC: 0x4F, 0x1ECD: 0x6F}
"""Dotted vowel to the plain one whose anchor for marks above it shares."""
WORD_SPACE = 0.235
"""In em; the sidebearings of this face are wide, so 0.28 em reads as a gap."""
CHANGES = (
    "Changed: cut down to Latin, Greek and Cyrillic; anchors for tone marks on dotted "
    "vowels; narrower word space; x-height and capital height given; family name."
)


def cut(font: TTFont) -> None:
    """Drop every character outside `BLOCKS`."""
    options = Options(
        layout_features=list(KEPT_FEATURES),
        name_IDs=["*"],
        name_languages=[0x409],
        notdef_outline=True,
        recalc_timestamp=False,
    )
    options.drop_tables += ["DSIG", "vhea", "vmtx", "VORG"]
    cutter = Subsetter(options)
    cutter.populate(unicodes=[c for first, last in BLOCKS for c in range(first, last + 1)])
    cutter.subset(font)


def add_tone_anchors(font: TTFont) -> None:
    """Let marks above sit on dotted vowels; without it they slip to the next letter."""
    cmap = font.getBestCmap()
    for table in _mark_to_base(font):
        if cmap[0x0300] in table.MarkCoverage.glyphs:
            _copy_anchors(font, table, {cmap[new]: cmap[old] for new, old in TONE_BASES.items()})


def _mark_to_base(font: TTFont) -> list[Any]:
    """Return the mark-to-base subtables, seen through extension lookups."""
    lookups = font["GPOS"].table.LookupList.Lookup
    tables = [getattr(t, "ExtSubTable", t) for lookup in lookups for t in lookup.SubTable]
    return [table for table in tables if type(table).__name__ == "MarkBasePos"]


def _copy_anchors(font: TTFont, table: Any, pairs: dict[str, str]) -> None:
    """Give each new base glyph the anchors of its model, keeping glyph order."""
    records = dict(zip(table.BaseCoverage.glyphs, table.BaseArray.BaseRecord, strict=True))
    for new, model in pairs.items():
        records.setdefault(new, deepcopy(records[model]))
    ordered = sorted(records, key=font.getGlyphID)
    table.BaseCoverage.glyphs = ordered
    table.BaseArray.BaseRecord = [records[glyph] for glyph in ordered]
    table.BaseArray.BaseCount = len(ordered)


def set_metrics(font: TTFont) -> None:
    """Narrow the word space and give the heights that OS/2 version 1 does not have."""
    cmap, glyphs, os2 = font.getBestCmap(), font["glyf"], font["OS/2"]
    width = round(WORD_SPACE * font["head"].unitsPerEm)
    for char in (0x20, 0xA0):
        font["hmtx"][cmap[char]] = (width, 0)
    os2.version = 4
    os2.sxHeight = glyphs[cmap[ord("x")]].yMax
    os2.sCapHeight = glyphs[cmap[ord("H")]].yMax
    os2.usDefaultChar, os2.usBreakChar, os2.usMaxContext = 0, 32, 3


def set_names(font: TTFont) -> str:
    """Name the face as it is published and return its PostScript name."""
    style = STYLES[font["OS/2"].usWeightClass]
    linked = style in ("Regular", "Bold")
    postscript = f"MPLUSRounded1c-{style}"
    names = {
        1: FAMILY if linked else f"{FAMILY} {style}",
        2: style if linked else "Regular",
        3: f"1.059;{postscript};cut",
        4: f"{FAMILY} {style}",
        6: postscript,
        10: CHANGES,
        16: FAMILY,
        17: style,
    }
    for name_id, text in names.items():
        font["name"].removeNames(nameID=name_id)
        font["name"].setName(text, name_id, 3, 1, 0x409)
    return postscript


def make(source: Path, folder: Path) -> Path:
    """Write the changed face into `folder` and return its path."""
    font = TTFont(source, recalcTimestamp=False)
    cut(font)
    add_tone_anchors(font)
    set_metrics(font)
    target = folder / f"{set_names(font)}.ttf"
    font.save(target)
    return target


def main() -> None:
    """Read the command line and make each face."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("faces", nargs="+", type=Path, help="full M PLUS Rounded 1c files")
    parser.add_argument("--out", type=Path, required=True, help="folder for the made files")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for face in args.faces:
        print(make(face, args.out))


if __name__ == "__main__":
    main()
