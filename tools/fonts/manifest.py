"""Bring the checksums in `fonts/fonts.yaml` up to date, or say which are not.

Stands before the flow: run it after a font file has changed. It edits the text, not the
parsed tree, so that comments and one-line faces stay as they are.

    python tools/fonts/manifest.py fonts/fonts.yaml          # write
    python tools/fonts/manifest.py fonts/fonts.yaml --check  # exit 1 if one is stale
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from pathlib import Path

FACE = re.compile(r"(?P<head>\{file: (?P<file>[^,]+),.*sha256: )(?P<sum>[0-9a-f]*)(?P<tail>\})")


def refreshed(text: str, folder: Path) -> tuple[str, list[str]]:
    """Return the text with true checksums, and the files whose checksum was stale."""
    stale: list[str] = []

    def renew(match: re.Match[str]) -> str:
        true = hashlib.sha256((folder / match["file"]).read_bytes()).hexdigest()
        if true != match["sum"]:
            stale.append(match["file"])
        return match["head"] + true + match["tail"]

    text, faces = FACE.subn(renew, text)
    if faces == 0:
        raise ValueError("no face found: each is one line, {file: ..., sha256: ...}")
    return text, stale


def main() -> int:
    """Read the command line; return 1 if `--check` found a stale checksum."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("manifest", type=Path)
    parser.add_argument("--check", action="store_true", help="change nothing, only report")
    args = parser.parse_args()
    text, stale = refreshed(args.manifest.read_text("utf-8"), args.manifest.parent)
    for file in stale:
        print(f"{file}: checksum {'is stale' if args.check else 'renewed'}")
    if not args.check:
        args.manifest.write_text(text, "utf-8")
    return 1 if args.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
