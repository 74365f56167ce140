"""typst through its Python binding, tuned so that it can reuse what brands share. Tagged."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from peers.shared import Make, read, script
from peers.typst_written import coded, compiler, project

NAME = "typst tuned"
TEMPLATE = "tuned.typ"


def load(work: Path) -> Make:
    """A compiler for each kind of sheet; the brand is a file that is rewritten."""
    content = read(work, "content")
    folder = project(work, TEMPLATE)
    kinds = ("flyer", "handout")
    compilers = {kind: compiler(folder, TEMPLATE) for kind in kinds}

    def make(kind: str, brand: dict[str, Any]) -> bytes:
        text = json.dumps(coded(content, brand), ensure_ascii=False)
        (folder / "brand.json").write_text(text, encoding="utf-8")
        made: bytes = compilers[kind].compile(format="pdf", sys_inputs={"kind": kind})
        return made

    return make


if __name__ == "__main__":
    script(load)
