"""This program: the project is loaded once, with all its brands, as a batch does. Tagged."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from peers.shared import ROOT, Make, read

sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from handouts.model.project import Job, LoadedBrand

NAME = "handouts"
LAYOUTS = {"flyer": "benefits-flyer", "topic": "topic-sheet", "handout": "class-handout"}
PARTS = {"topic": "stimulates", "handout": "week-1"}
"""Which group or week, of the layouts that are made for one."""


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
    kinds = ("flyer", "handout")
    layouts = [LAYOUTS[kind] for kind in kinds]
    project = load_project(world, project=folder, brands=brands, languages=["en"], layouts=layouts)
    jobs = {
        (kind, brand): pipeline.plan(
            project,
            pipeline.Wish(
                layouts=[LAYOUTS[kind]],
                languages=["en"],
                brands=[brand],
                papers=["A4"],
                parts=["week-1"],
            ),
        )[0]
        for kind in kinds
        for brand in brands
    }

    def make(kind: str, brand: dict[str, Any]) -> bytes:
        return pipeline.make(project, world, jobs[kind, brand["id"]])

    return make


class Batch:
    """One press for a project; the clinics are rows over one brand."""

    def __init__(self, work: Path, kinds: Sequence[str], languages: Sequence[str]) -> None:
        from handouts import pipeline
        from handouts.batch.worker import settle_memory
        from handouts.load import load as load_project
        from handouts.press import Press
        from handouts.world import World

        world = World.system()
        layouts = [LAYOUTS[kind] for kind in kinds]
        project = load_project(
            world,
            project=work / "network",
            brands=["network"],
            languages=list(languages),
            layouts=layouts,
        )
        self._press, self._base = Press(project, world), project.brands["network"]
        self._jobs = {
            (kind, language): pipeline.plan(
                project,
                pipeline.Wish(
                    layouts=[LAYOUTS[kind]],
                    languages=[language],
                    brands=["network"],
                    papers=["A4"],
                    parts=list(PARTS.values()),
                ),
            )[0]
            for kind in kinds
            for language in languages
        }
        settle_memory()  # As every worker of a batch does.

    @staticmethod
    def prepare(work: Path, kinds: Sequence[str], languages: Sequence[str]) -> None:
        """The project: a brand for what all clinics share, and what is made of them."""
        home = work / "network" / "brands" / "network"
        home.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "handouts/brands/willow/logo.svg", home)
        shared = {
            "name": "Network",
            "logo": {"path": "logo.svg", "alt": "Logo"},
            "color": {"primary": "#2b5d45"},
        }
        (home / "brand.yaml").write_text(json.dumps(shared), encoding="utf-8")
        (work / "network" / "handouts.yaml").write_text("paper: A4\n", encoding="utf-8")

    def ready(self, row: Mapping[str, str]) -> LoadedBrand:
        """The brand of a row, without its code."""
        from handouts.load.clinics.brand import branded
        from handouts.model.batch import Clinic

        values = tuple((key, text) for key, text in row.items() if key != "id")
        clinic = Clinic(id=row["id"], row=2, values=values, base="network")
        return branded(self._base, clinic, {})

    @staticmethod
    def coded(brand: LoadedBrand) -> LoadedBrand:
        """The code is kept by its address."""
        from handouts.compose.blocks.pictures import qr_drawing

        qr_drawing(brand.brand.qr or "")
        return brand

    def make(self, kind: str, language: str, brand: LoadedBrand) -> bytes:
        """A sheet, from its template when that is known."""
        return self._press.make(self._job(kind, language, brand), brand).data

    def anew(self, kind: str, language: str, brand: LoadedBrand) -> bytes:
        """A sheet through every stage."""
        return self._press.anew(self._job(kind, language, brand), brand).data

    def _job(self, kind: str, language: str, brand: LoadedBrand) -> Job:
        return replace(self._jobs[kind, language], brand=brand.id)


def batch_command(
    work: Path,
    rows: Path,
    kinds: Sequence[str],
    languages: Sequence[str],
    out: Path,
    processes: int,
) -> list[str]:
    """The whole batch as its users run it; the rows lie in the project."""
    job: dict[str, Any] = {
        "clinics": {"file": rows.name, "brand": "network"},
        "layouts": [LAYOUTS[kind] for kind in kinds],
        "languages": list(languages),
        "sizes": ["A4"],
        # All in one folder, as the other programs write them.
        "file-name": "{brand}-{layout}-{part}-{language}",
    }
    parts = [PARTS[kind] for kind in kinds if kind in PARTS]
    if parts:
        job["parts"] = parts
    file = rows.with_suffix(".yaml")
    file.write_text(json.dumps(job), encoding="utf-8")
    where = ["--config", str(work / "network"), "--output", str(out)]
    how = ["--processes", str(processes), "--no-report"]
    return [sys.executable, str(ROOT / "generate.py"), "batch", str(file), *where, *how]


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
