"""Cut Noto Sans SC down to the characters that simplified Chinese handouts use.

Stands before the flow: it makes the files in `fonts/noto-sans-sc/` and is only run
again when a newer Noto Sans SC comes out. A full face is about 10 MB; GB 2312 is the
set a mainland reader is taught and more than health handouts need, at a quarter of that.

    python tools/fonts/subset_sc.py NotoSansSC-Regular.ttf NotoSansSC-Bold.ttf \
        --out fonts/noto-sans-sc

The same input and the same fontTools give the same bytes: dates are taken over from the
input and nothing is renamed. The reserved name of the licence is "Source", not "Noto",
so the cut-down face may keep its family name.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HANZI_ROWS = range(16, 88)
"""GB 2312 rows: 16-55 are level 1 (3,755 by pinyin), 56-87 level 2 (3,008 by radical)."""

EXTRA_HANZI = "啰瞭"
"""In everyday use since the 2013 standard list, missing in GB 2312 of 1980."""

BLOCKS = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1
    (0x3000, 0x303F),  # CJK symbols and punctuation
    (0xFF00, 0xFFEF),  # full-width and half-width forms
)
PINYIN = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ"
SYMBOLS = "‐–—―‖‘’“”†•‥…‰′″※€℃℉№™←↑→↓−≈≠≤≥○●◎□■△▲☆★♀♂✓①②③④⑤⑥⑦⑧⑨⑩⑪⑫"

KEPT_FEATURES = ("locl", "ccmp", "kern", "mark", "mkmk", "halt", "palt", "vhal", "vert", "vrt2")
"""What horizontal or vertical Chinese needs; look-alike switches (jp78, ruby ...) go."""


def gb2312_hanzi() -> Iterator[str]:
    """Yield the 6,763 hanzi of GB 2312 in code order, as Python's codec decodes them."""
    for row in HANZI_ROWS:
        for cell in range(1, 95):
            try:
                yield bytes((0xA0 + row, 0xA0 + cell)).decode("gb2312")
            except UnicodeDecodeError:
                continue  # row 55 ends with five empty cells


def charset() -> set[int]:
    """Return every code point that the cut-down face is asked to keep."""
    wanted = {ord(char) for char in gb2312_hanzi()}
    wanted.update(map(ord, EXTRA_HANZI + PINYIN + SYMBOLS))
    for first, last in BLOCKS:
        wanted.update(range(first, last + 1))
    return wanted


def subset(source: Path, target: Path) -> int:
    """Write `source`, cut down to `charset()`, and return how many characters it kept."""
    options = Options(
        layout_features=list(KEPT_FEATURES),
        name_IDs=["*"],
        name_languages=[0x409],
        notdef_outline=True,
        recalc_timestamp=False,
    )
    options.drop_tables += ["DSIG", "STAT"]
    font = TTFont(source, recalcTimestamp=False)
    cutter = Subsetter(options)
    cutter.populate(unicodes=charset())
    cutter.subset(font)
    kept = len(font.getBestCmap())
    font.save(target)
    return kept


def main() -> None:
    """Read the command line and cut each face."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("faces", nargs="+", type=Path, help="full Noto Sans SC TrueType files")
    parser.add_argument("--out", type=Path, required=True, help="folder for the cut-down files")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for face in args.faces:
        kept = subset(face, args.out / face.name)
        print(f"{args.out / face.name}: {kept} characters")


if __name__ == "__main__":
    main()
