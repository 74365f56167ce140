"""What is on the pages and whose brand they carry: made once, outside every timing.

Every program gets the same JSON: the words of the real flyer, of a topic sheet and of week 1's
class handout from ``locales/<tag>.yaml``, the drawings, and brands that differ in name, colours,
address and QR code (its matrix included, for it costs more than a page; what is timed with it
makes it again).
"""

from __future__ import annotations

import colorsys
import csv
import importlib.util
import json
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "handouts"
_GROUPS = ("stimulates", "relaxes", "relief", "interaction", "parents")
_CUE_ICONS = {"yes": "check", "break": "pause", "stop": "hand"}
_GRADES = ("review", "trial", "mixed", "limited", "traditional")
_ICONS = (*_GROUPS, "shield", "home", "check", "pause", "hand", *(f"grade-{g}" for g in _GRADES))
_KAPPA = 0.5523
COLUMNS = {
    "id": "id",
    "name": "name",
    "logo_alt": "logo.alt",
    **{k: f"color.{k}" for k in ("primary", "accent", "tint", "warm", "ink", "muted", "line")},
    "when": "class.when",
    "where": "class.where",
    "bring": "class.bring",
    "address": "contact.address",
    "phone": "contact.phones",
    "email": "contact.email",
    "web": "contact.web",
    "emergency": "contact.emergency",
    "instructor": "instructor",
    "disclaimer": "disclaimer",
    "url": "qr",
}
"""A clinic's keys here, and their headings in the spreadsheet."""


def prepare(work: Path, brands: int) -> None:
    """Write ``content.json`` and ``brands.json`` for the programs to read."""
    work.mkdir(parents=True, exist_ok=True)
    made = [brand(number) for number in range(brands)]
    for name, value in (("content", content()), ("brands", made)):
        text = json.dumps(value, ensure_ascii=False)
        (work / f"{name}.json").write_text(text, encoding="utf-8")


def content(language: str = "en") -> dict[str, Any]:
    """The words and drawings of the sheets."""
    words = _words(language)
    catalogue = _yaml(PACKAGE / "catalogue/benefits.yaml")
    safety = _yaml(PACKAGE / "catalogue/safety.yaml")
    week = _yaml(PACKAGE / "catalogue/course.yaml")["weeks"][0]
    drawings = {name: drawing(PACKAGE / f"drawings/icons/{name}.svg") for name in _ICONS}
    for name in ("hero-baby", *week["strokes"]):
        drawings[name] = drawing(PACKAGE / f"drawings/strokes/{name}.svg")
    drawings["logo"] = drawing(PACKAGE / "brands/willow/logo.svg")
    return {
        "flyer": _flyer(words, catalogue, safety),
        "topic": _topic(words, catalogue, safety),
        "handout": _handout(words, week, safety, language),
        "drawings": drawings,
    }


def brand(number: int) -> dict[str, Any]:
    """An invented clinic with its QR code."""
    made = clinic(number)
    return made | {"qr": code(made["url"])}


def code(url: str) -> list[str]:
    """The modules of a QR code, made by this program's coder for everyone."""
    return list(_coder()(url))


@lru_cache(maxsize=1)
def _coder() -> Callable[[str], tuple[str, ...]]:
    """The coder alone: the rest of the package is not for other programs to import."""
    path = PACKAGE / "compose" / "qr.py"
    spec = importlib.util.spec_from_file_location("qr", path)
    assert spec
    assert spec.loader
    module = sys.modules["qr"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    coder: Callable[[str], tuple[str, ...]] = module.qr_rows
    return coder


def clinic(number: int) -> dict[str, Any]:
    """An invented clinic; no two share a name, a colour, an address or a code."""
    name = f"{_FIRST[number % len(_FIRST)]} {_SECOND[number // len(_FIRST) % len(_SECOND)]}"
    name = f"{name} Clinic {number + 1}"
    hue = number * 0.381966 % 1
    primary, accent = _colour(hue, 0.21, 0.4), _colour(hue + 0.45, 0.24, 0.55)
    site = f"clinic{number + 1:04d}.example/massage"
    return {
        "id": f"clinic-{number + 1:04d}",
        "name": name,
        "logo_alt": f"Logo of {name}",
        "primary": primary,
        "primary_soft": softened(primary),
        "accent": accent,
        "tint": _mix("#ffffff", primary, 0.08),
        "warm": _mix("#ffffff", accent, 0.1),
        "ink": "#1d2628",
        "muted": _mix("#1d2628", "#ffffff", 0.3),
        "line": _mix("#ffffff", primary, 0.3),
        "when": "Tuesdays, 10 am",
        "where": f"Room {number % 9 + 1}, {number + 10} Harbour Street",
        "address": f"{number + 10} Harbour Street, Bristol",
        "phone": f"0117 496 {number % 1000:04d}",
        "email": f"hello@clinic{number + 1:04d}.example",
        "web": site,
        "emergency": "999 / 112",
        "instructor": "Ana Ruiz",
        "bring": "a towel, a clean nappy and your questions",
        "disclaimer": "This sheet gives general information. It does not replace advice from "
        "your doctor, midwife or nurse.",
        "url": f"https://{site}",
    }


def write_rows(path: Path, numbers: Iterable[int]) -> None:
    """Clinics as a spreadsheet, which every program reads for itself."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, COLUMNS.values())
        out.writeheader()
        for number in numbers:
            made = clinic(number)
            out.writerow({heading: made[key] for key, heading in COLUMNS.items()})


def from_row(row: Mapping[str, str]) -> dict[str, Any]:
    """A clinic from a row, for the programs that have no spreadsheets of their own."""
    made: dict[str, Any] = {key: row[heading] for key, heading in COLUMNS.items()}
    return made | {"primary_soft": softened(made["primary"])}


def softened(colour: str) -> str:
    """Of the circle behind a title."""
    return _mix(colour, "#ffffff", 0.14)


def qr_runs(rows: list[str]) -> list[tuple[int, int, int]]:
    """(x, y, length) of every horizontal run of dark modules, y from the top."""
    runs = []
    for y, row in enumerate(rows):
        runs += [(m.start(), y, m.end() - m.start()) for m in re.finditer("1+", row)]
    return runs


def svg(drawing: dict[str, Any], current: str, accent: str, tint: str) -> str:
    """A drawing's SVG in a brand's colours."""
    text: str = drawing["svg"]
    return text.replace("{current}", current).replace("{accent}", accent).replace("{tint}", tint)


def qr_svg(rows: list[str]) -> str:
    """A QR code as one SVG path."""
    path = "".join(f"M{x} {y}h{n}v1h-{n}z" for x, y, n in qr_runs(rows))
    side = len(rows)
    box = f'viewBox="-4 -4 {side + 8} {side + 8}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}><path d="{path}"/></svg>'


def drawing(path: Path) -> dict[str, Any]:
    """An SVG as text to be coloured, and as absolute path segments."""
    text = path.read_text(encoding="utf-8").strip()
    root = ET.fromstring(text)
    width, height = (float(v) for v in root.attrib["viewBox"].split()[2:])
    paths = [_outline(element, root.attrib) for element in root]
    return {"width": width, "height": height, "paths": paths, "svg": _coloured(text)}


def _flyer(words: dict[str, str], catalogue: Any, safety: Any) -> dict[str, Any]:
    groups = [
        {
            "icon": group,
            "lead": words[f"group.{group}.lead"],
            "items": [
                words[f"benefit.{b['id']}.taught"]
                for b in catalogue["benefits"]
                if b["group"] == group
            ],
        }
        for group in _GROUPS
    ]
    return {
        "name": words["flyer.title"],
        "title": words["flyer.title"],
        "subtitle": words["flyer.subtitle"],
        "groups": groups,
        "safety": {
            "title": words["safety.title"],
            "items": [words[f"safety.{note}"] for note in safety["required"]["benefit"]],
        },
        "cta": words["flyer.cta.title"],
        "scan": words["flyer.scan"],
        "emergency": words["contact.emergency"],
        "evidence": _evidence(words, "Álvarez 2021, Priyadarshi 2022, Vickers 2004, Bennett 2013"),
        "imprint": _imprint(words),
        "hero_alt": words["alt.hero-baby"],
        "qr_alt": words["alt.qr"],
    }


def _topic(words: dict[str, str], catalogue: Any, safety: Any) -> dict[str, Any]:
    group = _GROUPS[0]
    benefits = [b for b in catalogue["benefits"] if b["group"] == group]
    notes = [*safety["required"]["benefit"], "gentle", "not-full-not-hungry"]
    return {
        "name": words[f"group.{group}.title"],
        "icon": group,
        "badge": words["topic.badge"].format(number=1, count=len(_GROUPS)),
        "title": words[f"group.{group}.title"],
        "intro": words[f"group.{group}.intro"],
        "lead": words[f"group.{group}.lead"],
        "items": [
            {
                "grade": b["grade"],
                "name": words[f"benefit.{b['id']}.taught"],
                "text": words[f"benefit.{b['id']}.hedged"],
            }
            for b in benefits
        ],
        "grades": {grade: words[f"grade.{grade}.label"] for grade in _GRADES},
        "legend": [g for g in _GRADES if g in {b["grade"] for b in benefits}],
        "start": {
            "title": words["topic.start.title"],
            "items": [words[f"group.{group}.start.{number}"] for number in (1, 2, 3)],
        },
        "cues": _cues(words, safety),
        "questions": words["topic.questions.title"],
        "next": {"title": words["topic.next.title"], "text": words["topic.next.text"]},
        "safety_title": words["safety.sheet.title"],
        "safety": [words[f"safety.{note}"] for note in notes],
        "emergency": words["contact.emergency"],
        "evidence": _evidence(words, "Priyadarshi 2022, Bennett 2013, Wang 2013, Zhang 2023"),
        "imprint": _imprint(words),
        "qr_alt": words["alt.qr"],
        "running": words[f"group.{group}.title"],
        "page": words["page.number"],
    }


def _cues(words: dict[str, str], safety: Any) -> list[dict[str, Any]]:
    return [
        {
            "title": words[f"cue.{kind}.title"],
            "icon": icon,
            "fill": "warm" if kind == "stop" else "tint",
            "items": [words[f"cue.{cue}"] for cue in safety["cues"][kind][:4]],
        }
        for kind, icon in _CUE_ICONS.items()
    ]


def _handout(words: dict[str, str], week: Any, safety: Any, language: str) -> dict[str, Any]:
    wanted = [*safety["required"]["stroke"], *week["safety"]]
    notes = [n for n in safety["notes"] if n["id"] in wanted]
    return {
        "name": words["class.course"],
        "course": words["class.course"],
        "running": f"{words['class.course']} · {words['week.1.title']}",
        "title": words["week.1.title"],
        "goal": words["week.1.goal"],
        "badge": [words["class.badge.week"], "1", words["class.badge.of"].format(count=5)],
        "strokes_title": words["class.strokes.title"],
        "strokes": [
            {key: words[f"stroke.{s}.{key}"] for key in ("name", "how", "alt")} | {"drawing": s}
            for s in week["strokes"]
        ],
        "home": words["week.1.practice"],
        "practice_title": words["class.practice.title"],
        "practice_head": [words["class.practice.stroke"], *_days(language)],
        "practice": [words[f"stroke.{s}.name"] for s in week["practice"]],
        "talk_title": words["class.talk.title"],
        "talks": [words[f"talk.{talk}"] for talk in week["talks"]],
        "liked": words["class.liked.title"],
        "cues": _cues(words, safety),
        "safety_title": words["safety.sheet.title"],
        "safety": [words[f"safety.{note['id']}"] for note in notes],
        "next": {key: words[f"class.next.{key}"] for key in ("title", "date", "time", "bring")},
        "instructor": words["class.instructor"],
        "emergency": words["contact.emergency"],
        "evidence": _evidence(words, "Cambridge University Hospitals, Healthwise, IAIM"),
        "imprint": _imprint(words),
        "page": words["page.number"],
    }


def _evidence(words: dict[str, str], sources: str) -> str:
    line = words["evidence.line"].format(date="November 2026", sources=sources)
    return f"{words['evidence.note']} {line}"


def _imprint(words: dict[str, str]) -> str:
    edition = words["sheet.edition"].format(edition="1.0")
    return f"{words['language.name']} · {edition} · {words['sheet.credit']}"


def _days(language: str) -> list[str]:
    names = _cldr(language).days["format"]["abbreviated"]
    return [names[day] for day in range(7)]


def _cldr(language: str) -> Any:
    from babel import Locale

    return Locale.parse(language, sep="-")


def _words(language: str) -> dict[str, str]:
    """All strings of a language; a translation stands in the file with its state."""
    strings = _yaml(PACKAGE / f"catalogue/locales/{language}.yaml")["strings"]
    words = {
        key: value if isinstance(value, str) else value["text"] for key, value in strings.items()
    }
    return words | {"language.name": _cldr(language).get_display_name()}


def _yaml(path: Path) -> Any:
    import yaml

    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def _coloured(text: str) -> str:
    """Replace ``currentColor`` by placeholders, by an element's class."""

    def element(match: re.Match[str]) -> str:
        role = re.search(r'class="(\w+)"', match[0])
        return match[0].replace("currentColor", f"{{{role[1] if role else 'current'}}}")

    return re.sub(r"<[^>]+>", element, text)


def _outline(element: ET.Element, parent: dict[str, str]) -> dict[str, Any]:
    look = {**parent, **element.attrib}
    role = look.get("class", "current")

    def paint(value: str) -> str | None:
        return None if value == "none" else role if value == "currentColor" else value

    return {
        "ops": _segments(element),
        "fill": paint(look.get("fill", "#000000")),
        "stroke": paint(look.get("stroke", "none")),
        "width": float(look.get("stroke-width", 1)),
        "round": look.get("stroke-linecap") == "round",
    }


def _segments(element: ET.Element) -> list[list[Any]]:
    from fontTools.pens.recordingPen import RecordingPen
    from fontTools.svgLib.path import parse_path

    number = {key: float(v) for key, v in element.attrib.items() if re.fullmatch(r"[\d.]+", v)}
    shape = element.tag.rpartition("}")[2]
    if shape == "circle":
        cx, cy, r = number["cx"], number["cy"], number["r"]
        return _rounded(cx - r, cy - r, 2 * r, 2 * r, r)
    if shape == "rect":
        side = number["width"], number["height"]
        return _rounded(number["x"], number["y"], *side, number.get("rx", 0))
    pen = RecordingPen()
    parse_path(element.attrib["d"], pen)
    names = {"moveTo": "M", "lineTo": "L", "curveTo": "C", "closePath": "Z"}
    return [
        [names[name], *(round(v, 3) for point in points for v in point)]
        for name, points in pen.value
        if name in names
    ]


def _rounded(x: float, y: float, w: float, h: float, r: float) -> list[list[Any]]:
    k = r * (1 - _KAPPA)
    return [
        ["M", x + r, y],
        ["L", x + w - r, y],
        ["C", x + w - k, y, x + w, y + k, x + w, y + r],
        ["L", x + w, y + h - r],
        ["C", x + w, y + h - k, x + w - k, y + h, x + w - r, y + h],
        ["L", x + r, y + h],
        ["C", x + k, y + h, x, y + h - k, x, y + h - r],
        ["L", x, y + r],
        ["C", x, y + k, x + k, y, x + r, y],
        ["Z"],
    ]


def _colour(hue: float, light: float, saturation: float) -> str:
    parts = colorsys.hls_to_rgb(hue % 1, light, saturation)
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _mix(first: str, second: str, share: float) -> str:
    pairs = zip(bytes.fromhex(first[1:]), bytes.fromhex(second[1:]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


_FIRST = ("Willow", "Harbour", "Maple", "Riverside", "Meadow", "Oak", "Sunrise", "Park")
_SECOND = ("Family", "Children’s", "Health", "Midwives’", "Community")
