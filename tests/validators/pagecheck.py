"""The `page` validator (PyPI page-validation): PDF/UA-1 and PDF/A-2u in a few milliseconds."""

from __future__ import annotations

import page

PROFILES = ("ua1", "2u")


def problems(data: bytes) -> list[str]:
    """Every rule the file breaks, of both profiles we claim."""
    found = []
    for profile in PROFILES:
        result = page.validate_pdf_bytes(data, profile=profile)
        if not result.is_compliant:
            found += [f"{profile}: {f.rule_id}: {f.message}" for f in result.failures]
    return found
