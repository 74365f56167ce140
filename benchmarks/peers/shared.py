"""What every program does the same way: read the JSON, and be run as a script."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
FONTS = ROOT / "fonts"
FONT_FILES = {
    "Noto": FONTS / "noto-sans/NotoSans-Regular.ttf",
    "Noto-Bold": FONTS / "noto-sans/NotoSans-Bold.ttf",
    "Round-Bold": FONTS / "m-plus-rounded-1c/MPLUSRounded1c-Bold.ttf",
    "Round-Black": FONTS / "m-plus-rounded-1c/MPLUSRounded1c-ExtraBold.ttf",
}
A4 = (595.2756, 841.8898)
COLUMNS: tuple[tuple[int | str, ...], ...] = ((0, 1), (2, 3), (4, "safety"))
"""Which groups stand in which column of the flyer."""

Make = Callable[[str, dict[str, Any]], bytes]


def read(work: Path, name: str) -> Any:
    """One of the files that ``content.prepare`` wrote."""
    return json.loads((work / f"{name}.json").read_text(encoding="utf-8"))


def contact(texts: dict[str, Any], brand: dict[str, Any]) -> str:
    """The contact line."""
    emergency = texts["emergency"].format(number=brand["emergency"])
    ways = (brand[key] for key in ("address", "phone", "email", "web"))
    return " · ".join((*ways, emergency))


def script(load: Callable[[Path], Make]) -> None:
    """Make one file: ``program.py WORK KIND OUT``."""
    work, kind, out = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    brand = read(work, "brand")
    out.write_bytes(load(work)(kind, brand))
