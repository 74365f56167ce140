"""typst through its Python binding, tuned so that it can reuse what brands share. Tagged."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import content as words
import typst

import fonts
from peers.shared import Make, script

NAME = "typst tuned"
SOURCE = Path(__file__).resolve().parent / "typst" / "tuned.typ"
PAGES = {"flyer": 1, "topic": 2, "handout": 2}
SCALES = (1.0, 0.97, 0.94, 0.91, 0.88, 0.85, 0.82, 0.79, 0.76, 0.73, 0.7)
QUIET = 4
"""Modules of clear space round a QR code."""

Brand = dict[str, Any]


class Batch:
    """Warm compilers, one for each kind and language, and the brand's two files."""

    def __init__(self, work: Path, kinds: Sequence[str], languages: Sequence[str]) -> None:
        self._folders = {one: work / "tuned" / one for one in languages}
        self._compilers = {
            (kind, language): _compiler(folder, kind)
            for language, folder in self._folders.items()
            for kind in kinds
        }

    @staticmethod
    def prepare(work: Path, kinds: Sequence[str], languages: Sequence[str]) -> None:
        """Words, drawings, fonts and the sizes at which everything fits: outside every timing."""
        for language in languages:
            _prepare(work / "tuned" / language, kinds, language)

    @staticmethod
    def ready(row: Mapping[str, str]) -> Brand:
        """A brand, without its code."""
        return words.from_row(row)

    @staticmethod
    def coded(brand: Brand) -> Brand:
        """With its code."""
        return _with_pixels(brand, words.code(brand["url"]))

    def make(self, kind: str, language: str, brand: Brand) -> bytes:
        """A sheet."""
        if "qr_pixels" not in brand:
            brand = self.coded(brand)
        _write(self._folders[language], brand)
        made: bytes = self._compilers[kind, language].compile(format="pdf")
        return made

    anew = make


def load(work: Path) -> Make:
    """The sheets in English, for brands that bring their code."""
    kinds = ("flyer", "handout")
    if not (work / "tuned").is_dir():
        Batch.prepare(work, kinds, ["en"])
    batch = Batch(work, kinds, ["en"])

    def make(kind: str, brand: Brand) -> bytes:
        return batch.make(kind, "en", _with_pixels(brand, brand["qr"]))

    return make


def _with_pixels(brand: Brand, rows: list[str]) -> Brand:
    """A brand as the template reads it: its code as pixels, quiet zone included."""
    side = len(rows) + 2 * QUIET
    edge, clear = "0" * QUIET, "0" * side * QUIET
    bits = clear + "".join(f"{edge}{row}{edge}" for row in rows) + clear
    pixels = bits.encode().translate(bytes.maketrans(b"01", b"\xff\x00"))
    return {**brand, "qr": None, "qr_side": side, "qr_pixels": pixels}


def _write(folder: Path, brand: Brand) -> None:
    """The brand, for the compiler to read."""
    values = {key: value for key, value in brand.items() if key != "qr_pixels"}
    text = json.dumps(values, ensure_ascii=False)
    (folder / "brand.json").write_text(text, encoding="utf-8")
    (folder / "qr.raw").write_bytes(brand["qr_pixels"])


def _prepare(folder: Path, kinds: Sequence[str], language: str) -> None:
    """A folder with the template, the words, the drawings and the fonts, and only those."""
    setting = fonts.setting(language)
    content = words.content(language)
    (folder / "fonts").mkdir(parents=True, exist_ok=True)
    shutil.copy(SOURCE, folder)
    for name, drawing in content.pop("drawings").items():
        (folder / f"{name}.svg").write_text(drawing["svg"], encoding="utf-8")
    for path in setting.files:
        shutil.copy(path, folder / "fonts")
    _write(folder, Batch.coded(words.clinic(0)))
    scales: dict[str, float] = {}
    for kind in kinds:
        for scales[kind] in SCALES:
            known = {**content, **_look(language, setting), "scale": scales}
            text = json.dumps(known, ensure_ascii=False)
            (folder / "content.json").write_text(text, encoding="utf-8")
            if _pages(_compiler(folder, kind)) == PAGES[kind]:
                break


def _look(language: str, setting: fonts.Setting) -> dict[str, Any]:
    lang, _, rest = language.partition("-")
    return {
        "fonts": {"text": setting.text, "heading": setting.heading},
        "leading": setting.leading**2,
        "dir": "rtl" if language in fonts.RIGHT_TO_LEFT else "ltr",
        "lang": lang,
        "region": {"Hans": "CN", "Hant": "TW"}.get(rest, rest or None),
        # Where no heading takes more than two lines, and so heights are known.
        "short": language == "en",
    }


def _compiler(folder: Path, kind: str) -> typst.Compiler:
    """A compiler that sees our fonts alone, so that no time goes to a scan of the machine's."""
    return typst.Compiler(
        str(folder / "tuned.typ"),
        root=str(folder),
        font_paths=[str(folder / "fonts")],
        ignore_system_fonts=True,
        sys_inputs={"kind": kind},
    )


def _pages(compiler: typst.Compiler) -> int:
    drawn = compiler.compile(format="svg")
    return len(drawn) if isinstance(drawn, list) else 1


if __name__ == "__main__":
    script(load)
