"""Makes the pictures of the README from a real build: ``python docs/images/render.py``.

Needs pdftoppm (poppler) and Pillow. Pages are shrunk and cut to a small palette, which text and
flat colours bear well.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageOps

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
GAP = 16
GROUND = "#d8dcdb"
PICTURES: dict[str, tuple[tuple[str, ...], ...]] = {
    "flyer-en": (("benefits-flyer", "en", "default", "1"),),
    "flyer-ar": (("benefits-flyer", "ar", "default", "1"),),
    "class-handout": (
        ("class-handout", "en", "default", "1"),
        ("class-handout", "en", "default", "2"),
    ),
    "topic-sheet-zh": (("topic-sheet", "zh-Hans", "default", "1"),),
    "two-languages": (
        ("benefits-flyer", "ar+en", "willow", "1"),
        ("benefits-flyer", "ar+en", "willow", "2"),
    ),
    "many-languages": tuple(("benefits-flyer", tag, "willow", "1") for tag in ("hi", "ja", "ur")),
    "two-brands": (
        ("benefits-flyer", "en", "willow", "1"),
        ("benefits-flyer", "es", "marisol", "1"),
    ),
}
NARROW = {"layout": (), "class-handout": ("--week", "1"), "topic-sheet": ("--group", "relaxes")}


def main() -> None:
    """Builds, renders and writes each picture."""
    with TemporaryDirectory() as folder:
        for name, pages in PICTURES.items():
            images = [_page(Path(folder), *page) for page in pages]
            picture = _side_by_side(images)
            small = picture.quantize(160, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
            target = HERE / f"{name}.png"
            small.save(target, optimize=True)
            sys.stdout.write(f"{target.relative_to(ROOT)}: {target.stat().st_size // 1000} kB\n")


def _page(folder: Path, layout: str, language: str, brand: str, number: str) -> Image.Image:
    pdf = folder / f"{layout}-{language}-{brand}.pdf"
    if not pdf.exists():
        options = ["--layout", layout, "--language", language, "--brand", brand, "--size", "A4"]
        build = [sys.executable, str(ROOT / "generate.py"), "build", "--no-config", "--quiet"]
        narrow = NARROW.get(layout, ())
        subprocess.run([*build, *options, *narrow, "-o", str(pdf)], check=True)
    stem = pdf.with_suffix("")
    window = ["-r", "200", "-f", number, "-l", number, "-singlefile", "-png"]
    subprocess.run(["pdftoppm", *window, str(pdf), str(stem)], check=True)
    with Image.open(stem.with_suffix(".png")) as image:
        return image.convert("RGB").resize((560, 792), Image.Resampling.LANCZOS)


def _side_by_side(images: list[Image.Image]) -> Image.Image:
    framed = [ImageOps.expand(image, 1, GROUND) for image in images]
    width = sum(image.width for image in framed) + GAP * (len(framed) - 1)
    whole = Image.new("RGB", (width, framed[0].height), "white")
    at = 0
    for image in framed:
        whole.paste(image, (at, 0))
        at += image.width + GAP
    return whole


if __name__ == "__main__":
    main()
