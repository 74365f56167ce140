"""Earlier English: every text that a translation was made from, by its hash.

A translation keeps the hash of its source only, so that a change shows. To show a translator
what changed, the text itself must be somewhere: in ``catalogue/sources.yaml`` for the built-in
languages, in ``sources.yaml`` of a project for its own. Texts are only ever added.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from handouts.load.files import read_yaml
from handouts.model.locale import source_hash
from handouts.translate.yaml_text import quoted
from handouts.world import World

ARCHIVE = "sources.yaml"
_HEAD = """\
# English texts that translations were made from, by the first 12 hex digits of their SHA-256.
# `handouts translate` keeps this file and only ever adds to it: with it a translator sees what
# changed in the English. Keep it with the translations.
sources:
"""


def archive_path(world: World, project: Path | None) -> Path:
    """The file that holds them for a project, or for the built-in languages."""
    return (project or world.data("catalogue")) / ARCHIVE


def archived(world: World, project: Path | None) -> dict[str, str]:
    """All that is known of earlier English, by hash; entries that do not hash to it are none."""
    found: dict[str, str] = {}
    for path in {archive_path(world, None), archive_path(world, project)}:
        found |= _read(world, path)
    return found


def added(
    world: World, project: Path | None, texts: Mapping[str, str]
) -> tuple[Path, bytes] | None:
    """The archive's file with these texts in it as well; None when it has them all."""
    path = archive_path(world, project)
    known = archived(world, project) if path.is_file() else {}
    new = {key: text for key, text in texts.items() if key not in known}
    if not new and path.is_file():
        return None
    old = path.read_bytes() if path.is_file() else _HEAD.encode()
    old += b"" if old.endswith(b"\n") else b"\n"
    lines = "".join(f"  {key}: {quoted(text)}\n" for key, text in new.items())
    return path, old + lines.encode()


def _read(world: World, path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    data = read_yaml(world, path).data
    texts = data.get("sources") if isinstance(data, dict) else None
    pairs = texts.items() if isinstance(texts, dict) else ()
    return {key: str(text) for key, text in pairs if source_hash(str(text)) == key}
