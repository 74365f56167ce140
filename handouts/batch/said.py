"""Diagnostics as the manifest keeps them, and as they were."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from handouts.diagnostics import Diagnostic, ExitCode, Place, Severity


def said(diagnostics: Iterable[Diagnostic]) -> str | None:
    """Diagnostics as they are kept; None for none."""
    kept = [_without_source(one) for one in diagnostics]
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")) if kept else None


def unsaid(text: str | None) -> tuple[Diagnostic, ...]:
    """Kept diagnostics as they were."""
    return tuple(_diagnostic(one) for one in json.loads(text)) if text else ()


def _without_source(one: Diagnostic) -> dict[str, object]:
    """Without what can be had from the rest; the source line stays, its file may change."""
    data = asdict(one)
    data["exit_code"] = int(one.exit_code)
    return {key: value for key, value in data.items() if value not in ("", None)}


def _diagnostic(data: dict[str, object]) -> Diagnostic:
    place, string = data.pop("place", None), data.pop("string", None)
    return Diagnostic(
        code=str(data["code"]),
        message=str(data["message"]),
        hint=str(data.get("hint", "")),
        place=Place(**place) if isinstance(place, dict) else None,
        severity=Severity(str(data["severity"])),
        exit_code=ExitCode(int(str(data["exit_code"]))),
        string=(str(string[0]), str(string[1])) if isinstance(string, list) else None,
    )
