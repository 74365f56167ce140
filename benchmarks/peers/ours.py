"""This program: the project is loaded once, with all its brands, as a batch does. Tagged."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from peers.shared import ROOT, Make, read

sys.path.insert(0, str(ROOT))

NAME = "handouts"
LAYOUTS = {"flyer": "benefits-flyer", "handout": "class-handout"}


def project_folder(work: Path) -> Path:
    """A project with the benchmark's brands, as a user keeps one."""
    folder = work / "project"
    (folder / "brands").mkdir(parents=True, exist_ok=True)
    (folder / "handouts.yaml").write_text("paper: A4\n", encoding="utf-8")
    for brand in read(work, "brands"):
        home = folder / "brands" / brand["id"]
        home.mkdir(exist_ok=True)
        shutil.copy(ROOT / "handouts/brands/willow/logo.svg", home)
        # JSON is YAML.
        text = json.dumps(_file(brand), ensure_ascii=False, indent=1)
        (home / "brand.yaml").write_text(text, encoding="utf-8")
    return folder


def load(work: Path) -> Make:
    """Load the project; a document is then composed, typeset and rendered from nothing."""
    from handouts import pipeline
    from handouts.load import load as load_project
    from handouts.world import World

    world = World.system()
    folder = project_folder(work)
    brands = [brand["id"] for brand in read(work, "brands")]
    project = load_project(
        world, project=folder, brands=brands, languages=["en"], layouts=list(LAYOUTS.values())
    )
    jobs = {
        (kind, brand): pipeline.plan(
            project,
            pipeline.Wish(
                layouts=[layout], languages=["en"], brands=[brand], papers=["A4"], parts=["week-1"]
            ),
        )[0]
        for kind, layout in LAYOUTS.items()
        for brand in brands
    }

    def make(kind: str, brand: dict[str, Any]) -> bytes:
        return pipeline.make(project, world, jobs[kind, brand["id"]])

    return make


def prepare(brand: dict[str, Any]) -> None:
    """The QR matrix, which every program gets ready made."""
    from handouts.compose.blocks.pictures import qr_drawing

    qr_drawing(brand["url"])


def clear() -> None:
    """Forget every result that was kept: runs, lines, fonts, subsets, paths, images."""
    for cache in _caches():
        cache.cache_clear()


def command(work: Path, out: Path) -> list[str]:
    """The whole command for one flyer."""
    brand = read(work, "brand")["id"]
    choice = ["--layout", LAYOUTS["flyer"], "--language", "en", "--brand", brand]
    where = ["--config", str(work / "project"), "--force", "-o", str(out)]
    return [sys.executable, str(ROOT / "generate.py"), "build", *choice, *where]


def _caches() -> Iterator[Any]:
    for name, module in list(sys.modules.items()):
        if name.startswith("handouts"):
            yield from (v for v in vars(module).values() if isinstance(v, _lru_cache_wrapper))


def _file(brand: dict[str, Any]) -> dict[str, Any]:
    keys = ("primary", "accent", "tint", "warm", "ink", "muted", "line")
    return {
        "name": brand["name"],
        "logo": {"path": "logo.svg", "alt": brand["logo_alt"]},
        "color": {key: brand[key] for key in keys},
        "contact": {
            "address": brand["address"],
            "phones": [brand["phone"]],
            "email": brand["email"],
            "web": brand["web"],
            "emergency": brand["emergency"],
        },
        "class": {"when": brand["when"], "where": brand["where"], "bring": brand["bring"]},
        "qr": brand["url"],
        "instructor": brand["instructor"],
        "disclaimer": brand["disclaimer"],
    }
