"""JSON Schemas of every YAML file, from the models that read them, for editors.

``python -m handouts.load.schema`` writes them to docs/schema; a test fails when they are old.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from handouts.load.fonts import FontsFile
from handouts.model.base import Model
from handouts.model.brand import Brand
from handouts.model.catalogue import BenefitsFile, CourseFile, ReferencesFile, SafetyFile
from handouts.model.jobs import JobsFile
from handouts.model.layout import Layout
from handouts.model.locale import LocaleFile
from handouts.model.pack import PackFile
from handouts.model.project import ProjectFile

MODELS: dict[str, type[Model]] = {
    "benefits": BenefitsFile,
    "references": ReferencesFile,
    "safety": SafetyFile,
    "course": CourseFile,
    "locale": LocaleFile,
    "layout": Layout,
    "brand": Brand,
    "project": ProjectFile,
    "pack": PackFile,
    "jobs": JobsFile,
    "fonts": FontsFile,
}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_LENGTH = {"$ref": "#/$defs/Length"}
_LENGTH_FORM = {
    "type": ["string", "integer"],
    "pattern": r"^-?\d+(\.\d+)?\s*(pt|mm|cm|in)$",
    "description": "A number with its unit: 12mm, 11pt, 0.5in, 2cm.",
}


def schema(name: str) -> dict[str, Any]:
    """The schema of a kind of file."""
    made = MODELS[name].model_json_schema(by_alias=True, mode="validation")
    if name == "layout":
        made = _for_layouts(made)
    return {"$schema": _DIALECT, **made}


def _for_layouts(made: dict[str, Any]) -> dict[str, Any]:
    """What the loader accepts before the model sees it: `extends`, and the short forms of sides."""
    required = made.pop("required")
    made["properties"] = {
        "extends": {
            "type": "string",
            "description": "Layout to take over: styles and page are added to, the rest replaced.",
        },
        **made["properties"],
    }
    made["anyOf"] = [{"required": ["id", "extends"]}, {"required": required}]
    page = made["$defs"]["PageSetup"]
    page.pop("required", None)
    sides = made["$defs"].pop("Sides")
    names = ("top", "bottom", "start", "end", "x", "y")
    made["$defs"]["Length"] = _LENGTH_FORM
    made["$defs"]["Sides"] = {
        "description": sides["description"],
        "anyOf": [
            _LENGTH,
            {
                "type": "object",
                "properties": dict.fromkeys(names, _LENGTH),
                "additionalProperties": False,
            },
        ],
    }
    return made


def text(name: str) -> str:
    """The schema as the file that is committed."""
    return json.dumps(schema(name), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def write(folder: Path) -> list[Path]:
    """Writes every schema into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in MODELS:
        path = folder / f"{name}.json"
        path.write_text(text(name), "utf-8")
        paths.append(path)
    return paths


if __name__ == "__main__":
    default = Path(__file__).resolve().parents[2] / "docs" / "schema"
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else default)
