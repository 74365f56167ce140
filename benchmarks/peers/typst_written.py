"""typst through its Python binding, as people write it. Tagged."""

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

from peers.shared import FONT_FILES, Make, read, script

NAME = "typst as written"
SOURCES = Path(__file__).resolve().parent / "typst"
TEMPLATE = "written.typ"


def project(work: Path, template: str) -> Path:
    """A folder with the template, the words, the drawings and the fonts, and only those."""
    folder = work / template.removesuffix(".typ")
    (folder / "fonts").mkdir(parents=True, exist_ok=True)
    for source in (SOURCES / "body.typ", SOURCES / template):
        shutil.copy(source, folder)
    content = read(work, "content")
    for name, drawing in content.pop("drawings").items():
        (folder / f"{name}.svg").write_text(drawing["svg"], encoding="utf-8")
    text = json.dumps(content, ensure_ascii=False)
    (folder / "content.json").write_text(text, encoding="utf-8")
    for path in FONT_FILES.values():
        shutil.copy(path, folder / "fonts")
    return folder


def compiler(folder: Path, template: str) -> typst.Compiler:
    """A compiler that sees our fonts alone, so that no time goes to a scan of the machine's."""
    return typst.Compiler(
        str(folder / template),
        root=str(folder),
        font_paths=[str(folder / "fonts")],
        ignore_system_fonts=True,
    )


def coded(content: Any, brand: dict[str, Any]) -> dict[str, Any]:
    """The brand as the templates read it: its code as a picture and in words."""
    alt = content["flyer"]["qr_alt"].format(url=brand["url"])
    return {**brand, "qr": [], "qr_svg": words.qr_svg(brand["qr"]), "qr_alt": alt}


class Batch:
    """English only: one compiler for all documents."""

    def __init__(self, work: Path, kinds: Sequence[str], languages: Sequence[str]) -> None:
        self._make = load(work)

    @staticmethod
    def prepare(work: Path, kinds: Sequence[str], languages: Sequence[str]) -> None:
        """The words and drawings, outside every timing."""
        project(work, TEMPLATE)

    @staticmethod
    def ready(row: Mapping[str, str]) -> dict[str, Any]:
        """A brand, without its code."""
        return words.from_row(row)

    @staticmethod
    def coded(brand: dict[str, Any]) -> dict[str, Any]:
        """With its code."""
        return {**brand, "qr": words.code(brand["url"])}

    def make(self, kind: str, language: str, brand: dict[str, Any]) -> bytes:
        """A sheet."""
        return self._make(kind, brand if "qr" in brand else self.coded(brand))

    anew = make


def load(work: Path) -> Make:
    """One compiler for all documents; the brand is an input."""
    content = read(work, "content")
    warm = compiler(project(work, TEMPLATE), TEMPLATE)

    def make(kind: str, brand: dict[str, Any]) -> bytes:
        text = json.dumps(coded(content, brand), ensure_ascii=False)
        made: bytes = warm.compile(format="pdf", sys_inputs={"kind": kind, "brand": text})
        return made

    return make


if __name__ == "__main__":
    script(load)
