"""Cut a Noto Sans CJK face down to the characters that handouts in its region use.

Stands before the flow: it makes the files in `fonts/noto-sans-sc/`, `-tc`, `-jp` and `-kr`
and is only run again when newer faces come out. A full face is 5 to 10 MB; the sets below
are what a reader of the region is taught, and more than health handouts need.

    python tools/fonts/subset_cjk.py TC NotoSansTC-Regular.ttf NotoSansTC-Bold.ttf \
        --out fonts/noto-sans-tc

The same input and the same fontTools give the same bytes: dates are taken over from the
input and nothing is renamed. The reserved name of the licence is "Source", not "Noto",
so a cut-down face may keep its family name.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

COMMON_BLOCKS = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1
    (0x3000, 0x303F),  # CJK symbols and punctuation
    (0xFF00, 0xFFEF),  # full-width and half-width forms, half-width kana and jamo
)
SYMBOLS = "‐–—―‖‘’“”†•‥…‰′″※€℃℉№™←↑→↓−≈≠≤≥○●◎□■△▲☆★♀♂✓①②③④⑤⑥⑦⑧⑨⑩⑪⑫"
PINYIN = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ"
SPACING = ("locl", "ccmp", "kern", "mark", "mkmk", "halt", "palt")
"""What horizontal text needs; look-alike switches (jp78, ruby ...) go."""


@dataclass(frozen=True, slots=True)
class Region:
    """What a region's cut keeps.

    `codec` and `rows` name a national standard in its EUC or Big5 form, as Python decodes it;
    `extra` holds everyday characters it lacks, `features` the layout features that stay.
    """

    codec: str
    rows: tuple[range, ...]
    blocks: tuple[tuple[int, int], ...] = ()
    extra: str = ""
    features: tuple[str, ...] = SPACING


REGIONS = {
    "SC": Region(
        # GB 2312-80: rows 16-55 are level 1 (3,755 by pinyin), 56-87 level 2 (by radical).
        "gb2312",
        (range(0xB0, 0xF8),),
        # In everyday use since the 2013 standard list, missing in 1980.
        extra=PINYIN + "啰瞭",
        features=(*SPACING, "vhal", "vert", "vrt2"),
    ),
    "TC": Region(
        # Big5 with the seven ETEN additions (cp950): level 1 is A4-C6, level 2 C9-F9.
        "cp950",
        (range(0xA4, 0xC7), range(0xC9, 0xFA)),
        blocks=((0x3100, 0x312F), (0x31A0, 0x31BF)),  # Bopomofo
        # Characters of written Cantonese and forms usual in Hong Kong that Big5 lacks.
        extra=PINYIN
        + "着温説户启衞峯汚麪栢鷄厠羣邨綫咗啲嘅嗰喺嚟哋嘢攞瞓孭嘥"
        + "冚㗎噃嘞冧乸掹揼㩒攰曱甴氹燶𨋢𡁻𢯎𠱁𥄫𠝹",
    ),
    "JP": Region(
        # JIS X 0208: rows 1-8 kana and signs, 16-47 level 1, 48-84 level 2.
        "euc_jp",
        (range(0xA1, 0xA9), range(0xB0, 0xF5)),
        blocks=((0x3041, 0x30FF), (0x31F0, 0x31FF)),  # kana, small kana of Ainu
        # The four of the 2010 list of everyday kanji that JIS X 0208 lacks; forms in names.
        extra="𠮟塡剝頰髙﨑德濵瀨桒彅栁𠮷增淸緖",
    ),
    "KR": Region(
        # The signs of KS X 1001 (rows A1-AC: also kana, Greek, Cyrillic), not its hanja: Korean
        # handouts have none, and one in a name is found in the Chinese faces.
        "euc_kr",
        (range(0xA1, 0xAD),),
        blocks=(
            (0x1100, 0x1112),  # the jamo that make modern syllables
            (0x1161, 0x1175),
            (0x11A8, 0x11C2),
            (0x3131, 0x318E),  # compatibility jamo
            (0xAC00, 0xD7A3),  # all 11,172 syllables
        ),
        features=(*SPACING, "ljmo", "vjmo", "tjmo"),
    ),
}


def coded(codec: str, rows: Iterable[range]) -> Iterator[str]:
    """Yield the characters in these rows (first bytes) of a two-byte code, in code order."""
    for row in (row for block in rows for row in block):
        for cell in range(0x40, 0xFF):
            try:
                text = bytes((row, cell)).decode(codec)
            except UnicodeDecodeError:
                continue  # cells that the standard leaves empty
            if len(text) == 1:
                yield text


def charset(region: Region) -> set[int]:
    """Return every code point that the region's cut-down face is asked to keep."""
    wanted = {ord(char) for char in coded(region.codec, region.rows)}
    wanted.update(map(ord, region.extra + SYMBOLS))
    for first, last in (*COMMON_BLOCKS, *region.blocks):
        wanted.update(range(first, last + 1))
    return {point for point in wanted if not 0xE000 <= point <= 0xF8FF}


def subset(source: Path, target: Path, region: Region) -> int:
    """Write `source`, cut down to the region's set, and return how many characters it kept."""
    options = Options(
        layout_features=list(region.features),
        name_IDs=["*"],
        name_languages=[0x409],
        notdef_outline=True,
        recalc_timestamp=False,
    )
    options.drop_tables += ["DSIG", "STAT"]
    if "vert" not in region.features:
        options.drop_tables += ["vhea", "vmtx", "VORG"]
    font = TTFont(source, recalcTimestamp=False)
    cutter = Subsetter(options)
    cutter.populate(unicodes=charset(region))
    cutter.subset(font)
    kept = len(font.getBestCmap())
    font.save(target)
    return kept


def main() -> None:
    """Read the command line and cut each face."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("region", choices=REGIONS, help="which set of characters")
    parser.add_argument("faces", nargs="+", type=Path, help="full Noto Sans TrueType files")
    parser.add_argument("--out", type=Path, required=True, help="folder for the cut-down files")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for face in args.faces:
        kept = subset(face, args.out / face.name, REGIONS[args.region])
        print(f"{args.out / face.name}: {kept} characters")


if __name__ == "__main__":
    main()
