"""A small batch with everything that can go wrong in it, and its report read back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from handouts.diagnostics import Diagnostic, ExitCode, Place, Severity
from handouts.report import Entry, Head, Ledger

NASTY = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
ARABIC = "عيادة الصفصاف"
LANGUAGES, LAYOUTS, BRANDS = ("en", "es", "ar"), ("flyer", "poster"), ("north", "süd", ARABIC)


def path_of(brand: str, layout: str, language: str) -> str:
    return f"{brand}/{layout}-{language}-A4.pdf"


def entry(brand: str, layout: str, language: str, **values: Any) -> Entry:
    made: dict[str, Any] = {"status": "unchanged", "pages": 2, "size": 52_000} | values
    return Entry(
        path_of(brand, layout, language),
        layout=layout, language=language, brand=brand, paper="A4", profile="instructor", **made,
    )  # fmt: skip


def unfit(name: str = NASTY) -> Diagnostic:
    place = Place("clinics.csv", 3, 1, f"{name},x")
    hint = "shorten the name"
    return Diagnostic("does-not-fit", f"{name} is too long", hint, place, exit_code=ExitCode.FIT)


UNSEEN = Diagnostic(
    "unreviewed", f"the text of {ARABIC} is not approved", "review it", severity=Severity.WARNING
)
BAD_ROW = Diagnostic("unknown-colour", "'#12' is no colour", "#1f5e5b", Place("clinics.csv", 9, 4))


def fill(ledger: Ledger) -> None:
    """18 outputs: one failed, three written, the Arabic ones with a warning, one by hand."""
    for brand in BRANDS:
        for layout in LAYOUTS:
            for language in LANGUAGES:
                ledger.enter(entry(brand, layout, language))
                if language == "ar":
                    ledger.add([UNSEEN], path_of(brand, layout, language))
    for language in LANGUAGES:
        ledger.enter(entry("north", "flyer", language, status="written", why="layout changed"))
    ledger.enter(entry("north", "poster", "en", status="failed", pages=0, size=0))
    ledger.add([unfit()], path_of("north", "poster", "en"))
    ledger.enter(entry("süd", "poster", "en", status="refused"))
    ledger.add([BAD_ROW])
    ledger.call("north", f"Clinic of the North {NASTY}")


def head(**values: Any) -> Head:
    known: dict[str, Any] = {
        "title": f"Night run {NASTY}", "folder": "output", "base": "", "day": "2026-11-23",
        "seconds": 92.4, "version": "1.2.3", "skipped": 1, "reasons": (("layout changed", 3),),
        "notes": ("The batch was interrupted.",),
    }  # fmt: skip
    return Head(**(known | values))


def data(page: Path) -> dict[str, Any]:
    """The JSON in a report, by name."""
    found = re.findall(
        r'<script type="application/json" id="data-(\w+)">(.*?)</script>',
        page.read_text("utf-8"),
        re.S,
    )
    return {name: json.loads(text) for name, text in found}


def paths(outputs: list[list[Any]]) -> list[str]:
    """Paths as the page puts them together again."""
    found = [""]
    for *_, shared, rest in outputs:
        start = found[-1].encode("utf-16-le")[: shared * 2].decode("utf-16-le")
        found.append(start + rest)
    return found[1:]
