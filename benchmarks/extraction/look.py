"""The paragraphs of the engines side by side, as pictures to look at."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

SCALE = 2.0
ROWS = 5
HEAD = 24


def sheets(folder: Path, names: list[str], engines: list[str]) -> None:
    """``sheet-1.png`` and so on: a row for each text, a column for each engine."""
    for number, first in enumerate(range(0, len(names), ROWS), 1):
        chosen = names[first : first + ROWS]
        rows = [[_page(folder / engine / f"{name}.pdf") for engine in engines] for name in chosen]
        heights = [max(_ink(page) for page in row) + HEAD for row in rows]
        width = max(sum(page.width for page in row) for row in rows)
        sheet = Image.new("L", (width, sum(heights)), 255)
        y = 0
        for name, row, height in zip(chosen, rows, heights, strict=True):
            x = 0
            for engine, page in zip(engines, row, strict=True):
                ImageDraw.Draw(sheet).text((x + 8, y + 6), f"{name}  {engine}", fill=90)
                sheet.paste(page.crop((0, 0, page.width, height - HEAD)), (x, y + HEAD))
                x += page.width
            y += height
        sheet.save(folder / f"sheet-{number}.png")


def _page(path: Path) -> Image.Image:
    document = pypdfium2.PdfDocument(path)
    picture = document[0].render(scale=SCALE).to_pil().convert("L")
    document.close()
    top = int(25 * SCALE)
    return picture.crop((int(20 * SCALE), top, picture.width - int(10 * SCALE), picture.height))


def _ink(page: Image.Image) -> int:
    box = page.point(lambda value: 255 - value).getbbox()
    return int(box[3]) + 12 if box else 12
