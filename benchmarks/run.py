"""Side by side: the real flyer and class handout, by this program and by its peers.

Run ``python benchmarks/run.py``; see README.md for what is measured and what is not.
"""

from __future__ import annotations

import argparse
import importlib
import json
import platform
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import content  # noqa: E402
import measure  # noqa: E402

PEERS = ("ours", "typst_tuned", "typst_written", "platypus", "fpdf2_program", "weasyprint_html")
KINDS = ("flyer", "handout")
PACKAGES = ("reportlab", "typst", "weasyprint", "fpdf2", "uharfbuzz", "fonttools", "pydantic")
WARM_TARGET, COLD_TARGET = 1.0, 1.2


def main() -> int:
    """Measure, print, and return 1 when a target is missed."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="handouts-bench-") as folder:
        result = run(Path(folder), options)
    if options.json:
        print(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        report(result)
    return 0 if all(target["met"] for target in result["targets"]) else 1


def run(work: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Everything that is measured, as data."""
    rounds, cold_rounds = (6, 3) if options.quick else (options.rounds, 9)
    content.prepare(work, 2 * (rounds + 3))
    brands = json.loads((work / "brands.json").read_text(encoding="utf-8"))
    (work / "brand.json").write_text(json.dumps(brands[0]), encoding="utf-8")
    modules, skipped = _modules(options.only)
    makes, failed = _makes(modules, work, brands)
    skipped |= failed
    peers: dict[str, Any] = {name: {"name": modules[name].NAME} for name in makes}
    for kind in KINDS:
        for name, times in measure.warm(makes, kind, brands).items():
            data = makes[name](kind, brands[0])
            peers[name][kind] = {"warm_ms": times.as_data(), **measure.facts(data)}
            if options.look:
                _look(options.look, f"{name}-{kind}", data)
    if "ours" in makes:
        _forgetful(modules["ours"], makes["ours"], brands[: cold_rounds + 1], peers["ours"])
    commands = _commands(modules, makes, work)
    for name, times in measure.cold(commands, cold_rounds, work / "compiled").items():
        peers[name]["cold_ms"] = times.as_data()
    return {
        "machine": {"python": platform.python_version(), "system": platform.platform()},
        "versions": versions(),
        "rounds": rounds,
        "peers": peers,
        "skipped": skipped,
        "targets": _targets(peers),
    }


def report(result: dict[str, Any]) -> None:
    """The table, the ratios and the targets."""
    peers = result["peers"]
    print(f"Python {result['machine']['python']}, median of {result['rounds']} documents, ms\n")
    print(f"{'':20}{'flyer':>9}{'handout':>9}{'cold':>8}{'bytes':>10}{'pages':>7}  tagged")
    for peer in peers.values():
        flyer, handout = peer["flyer"], peer["handout"]
        pages = f"{flyer['pages']}+{handout['pages']}"
        print(
            f"{peer['name']:20}{flyer['warm_ms']['median']:9.1f}{handout['warm_ms']['median']:9.1f}"
            f"{peer['cold_ms']['median']:8.0f}{flyer['bytes']:10,}{pages:>7}  "
            f"{'yes' if flyer['tagged'] else 'no'}"
        )
    if "ours" in peers:
        cleared = peers["ours"]["caches_cleared_ms"]
        flyer, handout = (cleared[kind]["median"] for kind in KINDS)
        print(f"{'  caches cleared':20}{flyer:9.1f}{handout:9.1f}")
    for name, why in result["skipped"].items():
        print(f"\nskipped {name}: {why}")
    _print_ratios(peers)
    print()
    for target in result["targets"]:
        verdict = "met" if target["met"] else "MISSED"
        limit = f"(at most {target['limit']:g} ×)"
        print(f"{verdict:7}{target['what']}: {target['ratio']:.2f} × {limit}")


def _print_ratios(peers: dict[str, Any]) -> None:
    print(f"\n{'ours against':20}{'flyer':>9}{'handout':>9}{'cold':>8}")
    for name, peer in peers.items():
        if name == "ours" or "ours" not in peers:
            continue
        ratios = [
            peers["ours"][kind]["warm_ms"]["median"] / peer[kind]["warm_ms"]["median"]
            for kind in KINDS
        ]
        cold = peers["ours"]["cold_ms"]["median"] / peer["cold_ms"]["median"]
        print(f"{peer['name']:20}{ratios[0]:8.2f}×{ratios[1]:8.2f}×{cold:7.2f}×")


def _targets(peers: dict[str, Any]) -> list[dict[str, Any]]:
    found = []

    def target(what: str, ours: float, theirs: float, limit: float) -> None:
        ratio = round(ours / theirs, 3)
        found.append({"what": what, "ratio": ratio, "limit": limit, "met": ratio <= limit})

    if "ours" in peers and "typst_tuned" in peers:
        ours, theirs = (peers[n]["flyer"]["warm_ms"]["median"] for n in ("ours", "typst_tuned"))
        target("warm flyer against tuned typst", ours, theirs, WARM_TARGET)
    if "ours" in peers and "platypus" in peers:
        ours, theirs = (peers[n]["cold_ms"]["median"] for n in ("ours", "platypus"))
        target("cold command against the Platypus program", ours, theirs, COLD_TARGET)
    return found


def _modules(only: list[str] | None) -> tuple[dict[str, Any], dict[str, str]]:
    modules, skipped = {}, {}
    for name in only or PEERS:
        try:
            modules[name] = importlib.import_module(f"peers.{name}")
        except (ImportError, OSError) as error:
            skipped[name] = f"{error} (pip install -r benchmarks/requirements.txt)"
    return modules, skipped


def _makes(
    modules: dict[str, Any], work: Path, brands: list[dict[str, Any]]
) -> tuple[dict[str, measure.Make], dict[str, str]]:
    """Each program, once it has shown that it makes both sheets."""
    makes: dict[str, measure.Make] = {}
    failed = {}
    for name, module in modules.items():
        try:
            make = module.load(work)
            for brand in brands:
                getattr(module, "prepare", lambda brand: None)(brand)
            for kind in KINDS:
                make(kind, brands[0])
            makes[name] = make
        except Exception as error:
            failed[name] = f"{type(error).__name__}: {error}"
    return makes, failed


def _forgetful(module: Any, make: Any, brands: list[dict[str, Any]], into: dict[str, Any]) -> None:
    def forget(brand: dict[str, Any]) -> None:
        module.clear()
        module.prepare(brand)

    into["caches_cleared_ms"] = {
        kind: measure.forgetful(make, kind, brands, forget).as_data() for kind in KINDS
    }


def _commands(modules: dict[str, Any], makes: dict[str, Any], work: Path) -> dict[str, list[str]]:
    commands = {}
    for name in makes:
        out = work / f"{name}.pdf"
        script = [sys.executable, str(HERE / "peers" / f"{name}.py"), str(work), "flyer", str(out)]
        own = getattr(modules[name], "command", None)
        commands[name] = own(work, out) if own else script
    return commands


def _look(folder: Path, name: str, data: bytes) -> None:
    """Keep the file and its pages as pictures, to see that they are the same sheet."""
    import pypdfium2

    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.pdf").write_bytes(data)
    for number, page in enumerate(pypdfium2.PdfDocument(data), 1):
        page.render(scale=1.5).to_pil().save(folder / f"{name}-{number}.png")


def versions() -> dict[str, str]:
    """Of the packages that matter to the times."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--rounds", type=int, default=25, help="documents of each kind")
    parser.add_argument("--only", nargs="+", choices=PEERS, help="these programs alone")
    parser.add_argument("--look", type=Path, help="folder for the PDFs and their pages as PNG")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
