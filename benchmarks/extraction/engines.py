"""Who draws the paragraphs: this program, typst and Chromium, all with the same font files."""

from __future__ import annotations

import html
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from handouts import __version__
from handouts.pdf import render
from tests.typeset import typst_peer
from tests.typeset.paragraphs import COLUMN, MARGIN, PAPER, Sample, font_files, pages, style

Engine = Callable[[Sample], bytes]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def found() -> tuple[dict[str, Engine], dict[str, str], dict[str, str]]:
    """The engines there are, their versions, and why the others are not."""
    engines: dict[str, Engine] = {"ours": ours}
    versions, skipped = {"ours": __version__}, {}
    try:
        versions["typst"] = version("typst")
        engines["typst"] = typst_peer.pdf
    except ImportError:
        skipped["typst"] = "pip install -r benchmarks/requirements.txt"
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        skipped["Chromium"] = f"none of {', '.join(BROWSERS)} on the path"
    else:
        said = subprocess.run([browser, "--version"], capture_output=True, text=True, check=True)
        versions["Chromium"] = said.stdout.split()[1]
        engines["Chromium"] = lambda sample: chromium(browser, sample)
    return engines, versions, skipped


def ours(sample: Sample) -> bytes:
    """Through ``typeset`` and ``pdf.render``."""
    return render(pages(sample))


def chromium(browser: str, sample: Sample) -> bytes:
    """Printed by a browser without a window."""
    with tempfile.TemporaryDirectory() as folder:
        page, made = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(web_page(sample), encoding="utf-8")
        command = [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
            "--allow-file-access-from-files", f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={made}", page.as_uri(),
        ]  # fmt: skip
        subprocess.run(command, capture_output=True, check=True, timeout=120)
        return made.read_bytes()


def web_page(sample: Sample) -> str:
    """The paragraph as a page of the same size."""
    look = style(sample)
    faces = [
        f'@font-face{{font-family:"{family}";font-weight:{weight};src:url("{path.as_uri()}")}}'
        for family, files in font_files(sample).items()
        for weight, path in files.items()
    ]
    size = f"{look.size}pt/{look.leading}"
    families = ",".join(f'"{family}"' for family in look.families)
    body = "".join(
        f"<b>{html.escape(text)}</b>" if bold else html.escape(text) for text, bold in sample.pieces
    )
    return (
        f'<!doctype html><html lang="{sample.lang}" dir="{sample.facts.direction}">'
        f'<meta charset="utf-8"><title>{sample.name}</title><style>{"".join(faces)}'
        f"@page{{size:{PAPER.width}pt {PAPER.height}pt;margin:{MARGIN}pt}}"
        f"body{{margin:0}}p{{margin:0;width:{COLUMN}pt;font:{size} {families};"
        f"text-align:{look.align};line-break:strict}}</style><p>{body}</p></html>"
    )
