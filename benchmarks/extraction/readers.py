"""Who reads the files: poppler, PDFium (Chrome), pypdf and pdf.js (Firefox)."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path

import pypdfium2
from pypdf import PdfReader

HERE = Path(__file__).resolve().parent
PDFJS = HERE / "node_modules" / "pdfjs-dist"

Reader = Callable[[Mapping[str, Path]], dict[str, str]]
"""Texts of files, by the same names."""


def found() -> tuple[dict[str, Reader], dict[str, str], dict[str, str]]:
    """The readers there are, their versions, and why the others are not."""
    readers: dict[str, Reader] = {}
    versions, skipped = {}, {}
    if shutil.which("pdftotext"):
        said = subprocess.run(["pdftotext", "-v"], capture_output=True, text=True, check=False)
        versions["poppler"] = said.stderr.split()[2]
        readers["poppler"] = poppler
    else:
        skipped["poppler"] = "no pdftotext on the path (poppler-utils)"
    versions |= {"PDFium": version("pypdfium2"), "pypdf": version("pypdf")}
    readers |= {"PDFium": pdfium, "pypdf": pypdf}
    if shutil.which("node") and PDFJS.is_dir():
        package = json.loads((PDFJS / "package.json").read_text(encoding="utf-8"))
        versions["pdf.js"] = package["version"]
        readers["pdf.js"] = pdfjs
    else:
        skipped["pdf.js"] = "needs node and: npm ci --prefix benchmarks/extraction"
    return readers, versions, skipped


def poppler(files: Mapping[str, Path]) -> dict[str, str]:
    """What ``pdftotext`` writes."""
    return {name: _pdftotext(path) for name, path in files.items()}


def _pdftotext(path: Path) -> str:
    command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def pdfium(files: Mapping[str, Path]) -> dict[str, str]:
    """What Chrome's reader gives for the whole page."""
    texts = {}
    for name, path in files.items():
        document = pypdfium2.PdfDocument(path)
        texts[name] = "\n".join(str(page.get_textpage().get_text_range()) for page in document)
        document.close()
    return texts


def pypdf(files: Mapping[str, Path]) -> dict[str, str]:
    """What pypdf gives with its default settings."""
    texts = {}
    for name, path in files.items():
        reader = PdfReader(io.BytesIO(path.read_bytes()))
        texts[name] = "\n".join(page.extract_text() for page in reader.pages)
    return texts


def pdfjs(files: Mapping[str, Path]) -> dict[str, str]:
    """What Firefox's reader gives, all files in one process."""
    request = json.dumps({name: str(path) for name, path in files.items()})
    command = ["node", str(HERE / "pdfjs.mjs")]
    done = subprocess.run(command, input=request, capture_output=True, text=True, check=True)
    texts: dict[str, str] = json.loads(done.stdout)
    return texts
