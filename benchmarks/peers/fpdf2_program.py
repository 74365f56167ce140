"""fpdf2 with text shaping on: the pages laid out by hand, cell by cell. Untagged."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from content import qr_runs, svg
from fpdf import FPDF

from peers.shared import A4, COLUMNS, FONT_FILES, Make, read, script

NAME = "fpdf2, shaping on"
W, H = A4
MM = 72 / 25.4
WHITE = "#ffffff"
_FACES = {
    "Noto": ("Noto", ""),
    "Noto-Bold": ("Noto", "B"),
    "Round-Bold": ("Round", "B"),
    "Round-Black": ("Black", ""),
}


def load(work: Path) -> Make:
    """Only the content is kept: fpdf2 registers fonts for each document."""
    content = read(work, "content")

    def make(kind: str, brand: dict[str, Any]) -> bytes:
        sheet = Sheet(content, brand, content[kind])
        flyer(sheet) if kind == "flyer" else handout(sheet)
        return bytes(sheet.output())

    return make


class Sheet(FPDF):
    """A page with the pieces both sheets use; lengths are in points."""

    def __init__(self, content: dict[str, Any], brand: dict[str, Any], texts: Any) -> None:
        super().__init__(unit="pt", format="A4")
        self.drawings, self.brand, self.texts = content["drawings"], brand, texts
        self.set_auto_page_break(False)
        self.c_margin = 0
        for name, (family, style) in _FACES.items():
            self.add_font(family, style, str(FONT_FILES[name]))
        self.set_text_shaping(True)
        self.set_title(f"{texts['title']} – {brand['name']}")
        self.set_author(brand["name"])
        self.set_lang("en")

    def role(self, role: str) -> str:
        """A brand's colour, or the colour itself."""
        return str(self.brand.get(role, role))

    def say(
        self,
        text: str,
        x: float,
        y: float,
        w: float,
        font: tuple[str, str, float] = ("Noto", "", 11),
        leading: float = 1.2,
        colour: str = "ink",
        align: str = "L",
        markdown: bool = False,
    ) -> float:
        """A paragraph; returns the y below it."""
        self.set_font(*font)
        self.set_text_color(self.role(colour))
        self.set_xy(x, y)
        self.multi_cell(w, font[2] * leading, text, align=align, markdown=markdown)
        return float(self.get_y())

    def h2(self, text: str, x: float, y: float, w: float, colour: str = "primary") -> float:
        """A heading."""
        return self.say(text, x, y, w, ("Round", "B", 13), 1.15, colour)

    def h3(self, text: str, x: float, y: float, w: float, colour: str = "ink") -> float:
        """A smaller heading."""
        return self.say(text, x, y, w, ("Round", "B", 11.5), 1.25, colour)

    def small(self, x: float, y: float, w: float) -> float:
        """The small print."""
        font = ("Noto", "", 8.5)
        y = self.say(self.texts["evidence"], x, y, w, font, 1.25, "muted")
        rest = f"{self.texts['imprint']} · {self.brand['disclaimer']}"
        return self.say(rest, x, y, w, font, 1.25, "muted")

    def art(
        self, name: str, x: float, y: float, w: float, h: float = 0, colour: str = "primary"
    ) -> None:
        """A drawing."""
        text = svg(self.drawings[name], self.role(colour), self.brand["accent"], self.brand["tint"])
        self.image(io.BytesIO(text.encode()), x, y, w, h, keep_aspect_ratio=bool(h))

    def panel(self, x: float, y: float, w: float, h: float, fill: str, radius: float = 10) -> None:
        """A ground with round corners."""
        self.set_fill_color(self.role(fill))
        self.rect(x, y, w, h, "F", round_corners=True, corner_radius=radius)

    def disc(self, x: float, y: float, size: float, fill: str) -> None:
        """A round ground."""
        self.set_fill_color(self.role(fill))
        self.ellipse(x, y, size, size, "F")

    def band(self, x: float, y: float, w: float, h: float) -> None:
        """The hero's ground with a paler disc at its end."""
        self.panel(x, y, w, h, "primary", 12)
        with self.rect_clip(x, y, w, h):
            self.disc(x + w - h * 28 / 120 - h, y + h * 44 / 120 - h, 2 * h, "primary_soft")

    def named(self, text: str, x: float, y: float) -> None:
        """Logo on its plate, and the name."""
        self.panel(x, y, 34, 30, WHITE, 8)
        self.art("logo", x + 6, y + 4, 22)
        self.say(text, x + 42, y + 7, 350, ("Round", "B", 12), 1.28, WHITE)

    def bullets(self, items: list[str], x: float, y: float, w: float) -> float:
        """A list."""
        for item in items:
            self.say("•", x, y, 11, ("Noto", "B", 11), colour="accent")
            y = self.say(item, x + 11, y, w - 11) + 1.2
        return y

    def ticks(self, items: list[str], x: float, y: float, w: float) -> float:
        """A list with ticks."""
        for item in items:
            self.art("check", x, y + 2, 10.5, colour="accent")
            y = self.say(item, x + 15, y, w - 15) + 1.2
        return y

    def ways(self, x: float, y: float, w: float, first: str) -> float:
        """The contact line with its links."""
        brand = self.brand
        emergency = self.texts["emergency"].format(number=brand["emergency"])
        mail = f"[{brand['email']}](mailto:{brand['email']})"
        web = f"[{brand['web']}]({brand['url']})"
        line = " · ".join((first, brand["phone"], mail, web, emergency))
        return self.say(line, x, y, w, markdown=True)

    def under(
        self, x: float, y: float, w: float, fill: str, body: Callable[[float], float]
    ) -> float:
        """A panel as high as its content: measured by a rehearsal, as fpdf2's manual advises."""
        with self.offset_rendering() as rehearsal:
            below = body(y)
        assert not rehearsal.page_break_triggered
        self.panel(x, y, w, below - y, fill)
        return body(y)


def flyer(s: Sheet) -> None:
    """Hero, three columns, footer."""
    texts, brand = s.texts, s.brand
    s.add_page()
    x, top, gap = 10 * MM, 9 * MM, 15
    inner = W - 2 * x
    s.band(x, top, inner, 126)
    s.named(brand["name"], x + 16, top + 6)
    y = s.say(texts["title"], x + 16, top + 41, inner - 138, ("Black", "", 25), 1.14, WHITE)
    s.say(texts["subtitle"], x + 16, y + 4, inner - 138, ("Noto", "", 12.5), 1.3, WHITE)
    s.disc(x + inner - 108, top + 17, 92, "warm")
    s.art("hero-baby", x + inner - 89.5, top + 35.5, 55, colour="accent")
    w = (inner - 2 * gap) / 3
    for number, column in enumerate(COLUMNS):
        at, y = x + number * (w + gap), top + 133
        for part in column:
            y = _safety(s, at, y, w) if part == "safety" else _group(s, part, at, y, w)
    _foot(s, x, H - top - 126, inner)


def _group(s: Sheet, number: Any, x: float, y: float, w: float) -> float:
    group = s.texts["groups"][number]
    s.disc(x, y + 2, 25, "tint")
    s.art(group["icon"], x + 5, y + 7, 15)
    return s.bullets(group["items"], x, s.h2(group["lead"], x + 33, y, w - 33) + 4, w) + 6


def _safety(s: Sheet, x: float, y: float, w: float) -> float:
    def body(y: float) -> float:
        s.art("shield", x + 9, y + 7, 21, colour="accent")
        s.h2(s.texts["safety"]["title"], x + 37, y + 10, w - 46, "accent")
        return s.ticks(s.texts["safety"]["items"], x + 9, y + 32, w - 18) + 6

    return s.under(x, y, w, "warm", body)


def _foot(s: Sheet, x: float, y: float, w: float) -> None:
    texts, brand = s.texts, s.brand
    s.panel(x, y, w, 126, "tint")
    inner = w - 32 - 88
    below = s.h2(texts["cta"], x + 16, y + 7, inner) + 4
    when = f"{brand['when']} · {brand['where']}"
    below = s.say(when, x + 16, below, inner, ("Noto", "B", 11))
    s.small(x + 16, s.ways(x + 16, below, inner, brand["address"]) + 5, inner)
    left, size, rows = x + w - 84, 64, brand["qr"]
    s.panel(left, y + 20, size, size, WHITE, 6)
    unit = size / (len(rows) + 8)
    s.set_fill_color(0)
    for column, row, length in qr_runs(rows):
        s.rect(left + (column + 4) * unit, y + 20 + (row + 4) * unit, length * unit, unit, "F")
    s.say(texts["scan"], left - 4, y + 87, 72, ("Noto", "", 8.5), 1.25, "muted", "C")


def handout(s: Sheet) -> None:
    """Strokes, practice and talk; then cues, safety and the next class."""
    x, top = 13 * MM, 10 * MM
    w = W - 2 * x
    s.add_page()
    _hero(s, x, top, w)
    y = s.h2(s.texts["strokes_title"], x, top + 133, w) + 6
    y = _cards(s, x, y, w) + 11
    y = _practice(s, x, s.h2(s.texts["practice_title"], x, y, w) + 4, w) + 8
    y = s.h2(s.texts["talk_title"], x, y, w) + 4
    half = (w - 20) / 2
    s.bullets(s.texts["talks"][:2], x, y, half)
    s.bullets(s.texts["talks"][2:], x + half + 20, y, half)
    _running(s, x, w)
    s.add_page()
    y = _cues(s, x, top, w) + 8
    y = _stay_safe(s, x, y, w) + 8
    y = s.h2(s.texts["liked"], x, y, w)
    s.set_draw_color(s.role("muted"))
    s.set_line_width(0.6)
    for _ in range(2):
        y += 8.4 * MM
        s.line(x, y, x + w, y)
    s.small(x, _next(s, x, y + 14, w) + 6, w)
    _running(s, x, w)


def _hero(s: Sheet, x: float, y: float, w: float) -> None:
    texts = s.texts
    s.band(x, y, w, 122)
    s.named(f"{s.brand['name']} · {texts['course']}", x + 16, y + 14)
    below = s.say(texts["title"], x + 16, y + 49, w - 138, ("Black", "", 25), 1.14, WHITE)
    s.say(texts["goal"], x + 16, below + 5, w - 138, ("Noto", "", 12.5), 1.3, WHITE)
    s.disc(x + w - 104, y + 17, 88, "warm")
    fonts = (("Noto", "B", 11), ("Black", "", 30), ("Noto", "B", 11))
    below = y + 31
    for text, font in zip(s.texts["badge"], fonts, strict=True):
        below = s.say(text, x + w - 104, below, 88, font, 1.1, "accent", "C")


def _cards(s: Sheet, x: float, y: float, w: float) -> float:
    card, gap, height = (w - 20) / 3, 10.0, 170.0
    s.set_line_width(1)
    for number, stroke in enumerate(s.texts["strokes"]):
        left, over = x + number % 3 * (card + gap), y + number // 3 * (height + gap)
        s.set_draw_color(s.role("line"))
        s.rect(left, over, card, height, "D", round_corners=True, corner_radius=9)
        s.panel(left + 9, over + 9, card - 18, 96, "tint", 6)
        s.art(stroke["drawing"], left + 19, over + 14, card - 38, 86)
        s.say(str(number + 1), left + 9, over + 110, 14, ("Round", "B", 12), 1.2, "accent")
        s.h3(stroke["name"], left + 23, over + 110, card - 32)
        s.say(stroke["how"], left + 9, over + 126, card - 14)
    left, over = x + 2 * (card + gap), y + height + gap
    s.panel(left, over, card, height, "primary", 9)
    s.art("home", left + 12, over + 50, 26, colour=WHITE)
    s.say(s.texts["home"], left + 12, over + 82, card - 24, colour=WHITE)
    return y + 2 * height + gap


def _practice(s: Sheet, x: float, y: float, w: float) -> float:
    unit = w / 9.6
    head, *days = s.texts["practice_head"]
    font = ("Round", "B", 11)
    s.say(head, x + 2, y + 2, 2.6 * unit, font, 1.28, "primary")
    for i, day in enumerate(days):
        s.say(day, x + (2.6 + i) * unit, y + 2, unit, font, 1.28, "primary", "C")
    y += 19
    s.set_line_width(1)
    s.set_draw_color(s.role("primary"))
    s.line(x, y, x + w, y)
    for row in s.texts["practice"]:
        s.say(row, x + 2, y + 3, 2.6 * unit)
        s.set_draw_color(s.role("muted"))
        s.set_line_width(1)
        for i in range(len(days)):
            left = x + (3.1 + i) * unit - 6
            s.rect(left, y + 4, 12, 12, "D", round_corners=True, corner_radius=2)
        y += 20
        s.set_draw_color(s.role("line"))
        s.set_line_width(0.5)
        s.line(x, y, x + w, y)
    return y


def _cues(s: Sheet, x: float, y: float, w: float) -> float:
    each = (w - 14) / 3
    for number, cue in enumerate(s.texts["cues"]):
        left = x + number * (each + 7)
        s.panel(left, y, each, 112, cue["fill"], 8)
        s.art(cue["icon"], left + 9, y + 7, 16)
        below = s.h3(cue["title"], left + 31, y + 8, each - 40) + 5
        s.bullets(cue["items"], left + 9, below, each - 18)
    return y + 112


def _stay_safe(s: Sheet, x: float, y: float, w: float) -> float:
    notes, half = s.texts["safety"], (w - 44) / 2

    def body(y: float) -> float:
        s.art("shield", x + 12, y + 7, 22, colour="accent")
        s.h2(s.texts["safety_title"], x + 41, y + 10, half, "accent")
        first = s.ticks(notes[:12], x + 12, y + 31, half)
        return max(first, s.ticks(notes[12:], x + 32 + half, y + 31, half)) + 6

    return s.under(x, y, w, "warm", body)


def _next(s: Sheet, x: float, y: float, w: float) -> float:
    texts, brand = s.texts["next"], s.brand

    def body(y: float) -> float:
        s.say(texts["title"], x + 14, y + 12, 70, ("Noto", "B", 11))
        s.set_draw_color(s.role("muted"))
        for left, label in ((96, "date"), (186, "time")):
            s.say(texts[label], x + left, y + 12, 78)
            s.line(x + left, y + 27, x + left + 78, y + 27)
        bring = f"{texts['bring']} **{brand['bring']}**"
        below = s.say(bring, x + 276, y + 9, w - 290, markdown=True) + 4
        who = s.texts["instructor"].format(name=brand["instructor"])
        return s.ways(x + 14, below, w - 28, who) + 9

    return s.under(x, y, w, "tint", body)


def _running(s: Sheet, x: float, w: float) -> None:
    y = H - 10 * MM - 18
    s.set_draw_color(s.role("line"))
    s.set_line_width(0.75)
    s.line(x, y, x + w, y)
    font = ("Noto", "", 9)
    name = f"{s.brand['name']} · {s.texts['course']} · {s.texts['title']}"
    s.say(name, x, y + 4, w, font, colour="muted")
    page = s.texts["page"].format(page=s.page, pages=2)
    s.say(page, x, y + 4, w, font, colour="muted", align="R")


if __name__ == "__main__":
    script(load)
