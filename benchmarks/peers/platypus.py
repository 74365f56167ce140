"""A plain ReportLab Platypus program: paragraphs, tables and frames. Untagged."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from peers.shared import A4, COLUMNS, FONT_FILES, Make, contact, read, script

NAME = "ReportLab Platypus"
W, H = A4


def load(work: Path) -> Make:
    """Register the fonts; the rest is done for every document."""
    content = read(work, "content")
    for name, path in FONT_FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(path)))
    pdfmetrics.registerFontFamily("Noto", normal="Noto", bold="Noto-Bold")

    def make(kind: str, brand: dict[str, Any]) -> bytes:
        sheet = Flyer(content, brand) if kind == "flyer" else Handout(content, brand)
        return sheet.build()

    return make


class Picture(Flowable):
    """A drawing, with a disc under it if one is asked for."""

    def __init__(
        self,
        drawing: dict[str, Any],
        brand: dict[str, Any],
        size: float,
        colour: str = "primary",
        disc: str = "",
        height: float = 0,
    ) -> None:
        super().__init__()
        self.drawing, self.brand, self.colour, self.disc = drawing, brand, colour, disc
        self.width, self.height = size, height or size

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        c = self.canv
        inner = 0.6 if self.disc else 1.0
        if self.disc:
            c.setFillColor(HexColor(self.brand[self.disc]))
            c.circle(self.width / 2, self.height / 2, self.height / 2, stroke=0, fill=1)
        scale = inner * min(
            self.width / self.drawing["width"], self.height / self.drawing["height"]
        )
        c.saveState()
        c.translate(self.width / 2, self.height / 2)
        c.scale(scale, -scale)
        c.translate(-self.drawing["width"] / 2, -self.drawing["height"] / 2)
        for path in self.drawing["paths"]:
            self._path(c, path)
        c.restoreState()

    def _path(self, c: Canvas, look: dict[str, Any]) -> None:
        p = c.beginPath()
        for op, *v in look["ops"]:
            if op == "M":
                p.moveTo(*v)
            elif op == "L":
                p.lineTo(*v)
            elif op == "C":
                p.curveTo(*v)
            else:
                p.close()
        if look["fill"]:
            c.setFillColor(self._paint(look["fill"]))
        if look["stroke"]:
            c.setStrokeColor(self._paint(look["stroke"]))
            c.setLineWidth(look["width"])
            c.setLineCap(1 if look["round"] else 0)
            c.setLineJoin(1 if look["round"] else 0)
        c.drawPath(p, stroke=int(bool(look["stroke"])), fill=int(bool(look["fill"])))

    def _paint(self, role: str) -> Color:
        if role == "current":
            role = self.colour
        return white if role == "white" else HexColor(self.brand.get(role, role))


class Code(Flowable):
    """The QR code on white, from its matrix."""

    def __init__(self, rows: list[str], size: float) -> None:
        super().__init__()
        self.rows, self.width, self.height = rows, size, size

    def draw(self) -> None:
        c, n = self.canv, len(self.rows)
        c.setFillColor(white)
        c.roundRect(0, 0, self.width, self.height, 6, stroke=0, fill=1)
        c.saveState()
        c.scale(self.width / (n + 8), -self.height / (n + 8))
        c.translate(4, -n - 4)
        c.setFillColorRGB(0, 0, 0)
        p = c.beginPath()
        for y, row in enumerate(self.rows):
            x = row.find("1")
            while x >= 0:
                end = row.find("0", x)
                end = n if end < 0 else end
                p.rect(x, y, end - x, 1)
                x = row.find("1", end)
        c.drawPath(p, stroke=0, fill=1)
        c.restoreState()


class TickBox(Flowable):
    """An open box."""

    def __init__(self, colour: str) -> None:
        super().__init__()
        self.colour, self.width, self.height = colour, 13, 13

    def draw(self) -> None:
        self.canv.setStrokeColor(HexColor(self.colour))
        self.canv.setLineWidth(1)
        self.canv.roundRect(0.5, 0.5, 12, 12, 2, stroke=1, fill=0)


class Sheet:
    """Styles and pieces both sheets use."""

    kind = ""

    def __init__(self, content: dict[str, Any], brand: dict[str, Any]) -> None:
        self.texts, self.drawings, self.brand = content[self.kind], content["drawings"], brand
        primary, accent, ink, muted = (
            HexColor(brand[key]) for key in ("primary", "accent", "ink", "muted")
        )

        def style(font: str, size: float, leading: float, colour: Color, **more: Any) -> Any:
            return ParagraphStyle(
                "", fontName=font, fontSize=size, leading=size * leading, textColor=colour, **more
            )

        self.body = style("Noto", 11, 1.2, ink)
        self.bullet = style(
            "Noto", 11, 1.2, ink, leftIndent=11, bulletFontName="Noto-Bold", bulletColor=accent
        )
        self.tick = style("Noto", 11, 1.2, ink, leftIndent=0)
        self.strong = style("Noto-Bold", 11, 1.28, ink)
        self.small = style("Noto", 8.5, 1.25, muted)
        self.caption = style("Noto", 9, 1.3, muted, alignment=TA_CENTER)
        self.h2 = style("Round-Bold", 13, 1.15, primary)
        self.h3 = style("Round-Bold", 11.5, 1.25, ink)
        self.safety = style("Round-Bold", 13, 1.15, accent)
        self.number = style("Round-Bold", 12, 1.25, accent)
        self.badge = style("Noto-Bold", 11, 1.28, accent, alignment=TA_CENTER)
        self.badge_number = style("Round-Black", 30, 1.0, accent, alignment=TA_CENTER)
        self.head = style("Round-Bold", 11, 1.28, primary, alignment=TA_CENTER)
        self.head_start = style("Round-Bold", 11, 1.28, primary)
        self.name = style("Round-Bold", 12, 1.28, white)
        self.title = style("Round-Black", 25, 1.14, white)
        self.hero_text = style("Noto", 12.5, 1.3, white)
        self.on_primary = style("Noto", 11, 1.28, white)

    def picture(self, name: str, size: float, colour: str = "primary", **more: Any) -> Picture:
        return Picture(self.drawings[name], self.brand, size, colour, **more)

    def row(self, cells: list[Any], widths: list[float], *style: Any) -> Table:
        plain = [
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ]
        return Table([cells], colWidths=widths, style=TableStyle([*plain, *style]), hAlign="LEFT")

    def panel(self, cell: Any, width: float, fill: str, x: float, y: float, *more: Any) -> Table:
        return self.row(
            [cell],
            [width],
            ("BACKGROUND", (0, 0), (-1, -1), HexColor(self.brand[fill])),
            ("ROUNDEDCORNERS", [10, 10, 10, 10]),
            ("LEFTPADDING", (0, 0), (-1, -1), x),
            ("RIGHTPADDING", (0, 0), (-1, -1), x),
            ("TOPPADDING", (0, 0), (-1, -1), y),
            ("BOTTOMPADDING", (0, 0), (-1, -1), y),
            *more,
        )

    def bullets(self, items: list[str], gap: float = 1.2) -> list[Flowable]:
        found: list[Flowable] = []
        for item in items:
            found += [Paragraph(item, self.bullet, bulletText="•"), Spacer(0, gap)]
        return found

    def ticks(self, items: list[str], width: float, icon: str = "check") -> list[Flowable]:
        found: list[Flowable] = []
        top = ("VALIGN", (0, 0), (-1, -1), "TOP")
        pad = ("TOPPADDING", (0, 0), (0, 0), 2)
        for item in items:
            mark = self.picture(icon, 10.5, "accent")
            found += [
                self.row([mark, Paragraph(item, self.tick)], [15, width - 15], top, pad),
                Spacer(0, 1.2),
            ]
        return found

    def logo_and_name(self, text: str, width: float) -> Table:
        plate = self.row(
            [self.picture("logo", 22)],
            [34],
            ("BACKGROUND", (0, 0), (-1, -1), white),
            ("ROUNDEDCORNERS", [8, 8, 8, 8]),
            ("LEFTPADDING", (0, 0), (-1, -1), 6),
            ("TOPPADDING", (0, 0), (-1, -1), 4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        )
        return self.row([plate, Paragraph(text, self.name)], [42, width - 42])

    def band(self, c: Canvas, x: float, y: float, w: float, h: float) -> None:
        """The hero's ground: a panel with a paler disc at its end."""
        c.saveState()
        p = c.beginPath()
        p.roundRect(x, y, w, h, 12)
        c.clipPath(p, stroke=0, fill=0)
        c.setFillColor(HexColor(self.brand["primary"]))
        c.rect(x, y, w, h, stroke=0, fill=1)
        c.setFillColor(HexColor(self.brand["primary_soft"]))
        c.circle(x + w - 28 * h / 120, y + h * 76 / 120, h, stroke=0, fill=1)
        c.restoreState()

    def build(self) -> bytes:
        out = io.BytesIO()
        document = BaseDocTemplate(
            out,
            pagesize=A4,
            title=f"{self.texts['title']} – {self.brand['name']}",
            author=self.brand["name"],
            lang="en",
            pageTemplates=self.templates(),
        )
        document.build(self.story())
        return out.getvalue()

    def templates(self) -> list[PageTemplate]:
        raise NotImplementedError

    def story(self) -> list[Flowable]:
        raise NotImplementedError


def _frame(x: float, top: float, w: float, h: float) -> Frame:
    return Frame(x, H - top - h, w, h, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


class Flyer(Sheet):
    """One page: hero, three columns, footer."""

    kind = "flyer"
    x, top, hero, foot, gap = 10 * mm, 9 * mm, 126.0, 126.0, 15.0

    def templates(self) -> list[PageTemplate]:
        inner = W - 2 * self.x
        column = (inner - 2 * self.gap) / 3
        start = self.top + self.hero + 7
        height = H - start - self.top - self.foot - 5
        frames = [_frame(self.x + 16, self.top + 4, inner - 32, self.hero - 8)]
        frames += [
            _frame(self.x + i * (column + self.gap), start, column, height) for i in range(3)
        ]
        frames.append(_frame(self.x, H - self.top - self.foot, inner, self.foot))
        return [PageTemplate("flyer", frames, onPage=self.ground)]

    def ground(self, c: Canvas, _: Any) -> None:
        inner = W - 2 * self.x
        self.band(c, self.x, H - self.top - self.hero, inner, self.hero)

    def story(self) -> list[Flowable]:
        inner = W - 2 * self.x
        story: list[Flowable] = [self._hero(inner - 32), FrameBreak()]
        width = (inner - 2 * self.gap) / 3
        for column in COLUMNS:
            for part in column:
                story += [self._safety(width)] if part == "safety" else self._group(part, width)
            story.append(FrameBreak())
        story.append(self._foot(inner))
        return story

    def _hero(self, width: float) -> Table:
        text = width - 106
        words = [
            self.logo_and_name(self.brand["name"], text),
            Spacer(0, 5),
            Paragraph(self.texts["title"], self.title),
            Spacer(0, 5),
            Paragraph(self.texts["subtitle"], self.hero_text),
        ]
        picture = self.picture("hero-baby", 92, "accent", disc="warm")
        return self.row([words, picture], [width - 92, 92])

    def _group(self, number: Any, width: float) -> list[Flowable]:
        group = self.texts["groups"][number]
        icon = self.picture(group["icon"], 25, disc="tint")
        lead = self.row([icon, Paragraph(group["lead"], self.h2)], [33, width - 33])
        return [lead, Spacer(0, 4), *self.bullets(group["items"]), Spacer(0, 6)]

    def _safety(self, width: float) -> Table:
        inner = width - 18
        safety = self.texts["safety"]
        title = self.row(
            [self.picture("shield", 21, "accent"), Paragraph(safety["title"], self.safety)],
            [28, inner - 28],
        )
        return self.panel(
            [title, Spacer(0, 4), *self.ticks(safety["items"], inner)], width, "warm", 9, 7
        )

    def _foot(self, width: float) -> Table:
        brand, texts = self.brand, self.texts
        link = f'<a href="{brand["url"]}">{brand["web"]}</a>'
        mail = f'<a href="mailto:{brand["email"]}">{brand["email"]}</a>'
        line = contact(texts, brand).replace(brand["web"], link)
        words = [
            Paragraph(texts["cta"], self.h2),
            Spacer(0, 4),
            Paragraph(f"{brand['when']} · {brand['where']}", self.strong),
            Paragraph(line.replace(brand["email"], mail, 1), self.body),
            Spacer(0, 5),
            Paragraph(texts["evidence"], self.small),
            Paragraph(f"{texts['imprint']} · {brand['disclaimer']}", self.small),
        ]
        code = [Code(brand["qr"], 64), Spacer(0, 3), Paragraph(texts["scan"], self.caption)]
        inner = width - 32
        center = ("ALIGN", (1, 0), (1, 0), "CENTER")
        return self.panel(
            self.row([words, code], [inner - 72, 72], center, ("RIGHTPADDING", (0, 0), (0, 0), 16)),
            width,
            "tint",
            16,
            7,
        )


class Handout(Sheet):
    """Two pages: strokes and practice, then things to know."""

    kind = "handout"
    x, top, hero, foot = 13 * mm, 10 * mm, 122.0, 28.0

    def templates(self) -> list[PageTemplate]:
        inner, body = W - 2 * self.x, H - 2 * self.top - self.foot
        start = self.top + self.hero + 11
        first = [
            _frame(self.x + 18, self.top + 13, inner - 36, self.hero - 20),
            _frame(self.x, start, inner, body - self.hero - 11),
        ]
        second = [_frame(self.x, self.top, inner, body)]
        return [
            PageTemplate("first", first, onPage=self.first),
            PageTemplate("second", second, onPage=self.every),
        ]

    def first(self, c: Canvas, document: Any) -> None:
        self.band(c, self.x, H - self.top - self.hero, W - 2 * self.x, self.hero)
        self.every(c, document)

    def every(self, c: Canvas, document: Any) -> None:
        texts = self.texts
        y = self.top + 3
        c.setStrokeColor(HexColor(self.brand["line"]))
        c.setLineWidth(0.75)
        c.line(self.x, y + 14, W - self.x, y + 14)
        c.setFont("Noto", 9)
        c.setFillColor(HexColor(self.brand["muted"]))
        c.drawString(self.x, y, f"{self.brand['name']} · {texts['course']} · {texts['title']}")
        c.drawRightString(W - self.x, y, texts["page"].format(page=document.page, pages=2))

    def story(self) -> list[Flowable]:
        texts, width = self.texts, W - 2 * self.x
        return [
            self._hero(width - 36),
            FrameBreak(),
            NextPageTemplate("second"),
            Paragraph(texts["strokes_title"], self.h2),
            Spacer(0, 6),
            self._cards(width),
            Spacer(0, 11),
            Paragraph(texts["practice_title"], self.h2),
            Spacer(0, 4),
            self._practice(width),
            Spacer(0, 8),
            Paragraph(texts["talk_title"], self.h2),
            Spacer(0, 4),
            self._halves(self.bullets(texts["talks"][:2]), self.bullets(texts["talks"][2:]), width),
            PageBreak(),
            self._cues(width),
            Spacer(0, 8),
            self._safety(width),
            Spacer(0, 8),
            Paragraph(texts["liked"], self.h2),
            self._liked(width),
            Spacer(0, 14),
            self._next(width),
            Spacer(0, 6),
            Paragraph(texts["evidence"], self.small),
            Paragraph(f"{texts['imprint']} · {self.brand['disclaimer']}", self.small),
        ]

    def _hero(self, width: float) -> Table:
        texts = self.texts
        text = width - 102
        words = [
            self.logo_and_name(f"{self.brand['name']} · {texts['course']}", text),
            Spacer(0, 5),
            Paragraph(texts["title"], self.title),
            Spacer(0, 5),
            Paragraph(texts["goal"], self.hero_text),
        ]
        week, number, of = texts["badge"]
        badge = self.row(
            [
                [
                    Paragraph(week, self.badge),
                    Paragraph(number, self.badge_number),
                    Paragraph(of, self.badge),
                ]
            ],
            [88],
            ("BACKGROUND", (0, 0), (-1, -1), HexColor(self.brand["warm"])),
            ("ROUNDEDCORNERS", [44, 44, 44, 44]),
            ("TOPPADDING", (0, 0), (-1, -1), 15),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 15),
        )
        return self.row([words, badge], [width - 88, 88])

    def _cards(self, width: float) -> Table:
        gap = 10.0
        w = (width - 2 * gap) / 3
        cells = [self._card(n, stroke, w) for n, stroke in enumerate(self.texts["strokes"], 1)]
        home = [self.picture("home", 26, "white"), Spacer(0, 6)]
        cells.append([*home, Paragraph(self.texts["home"], self.on_primary)])
        rows = [
            [cells[0], "", cells[1], "", cells[2]],
            [""] * 5,
            [cells[3], "", cells[4], "", cells[5]],
        ]
        style: list[Any] = [
            ("LEFTPADDING", (0, 0), (-1, -1), 9),
            ("RIGHTPADDING", (0, 0), (-1, -1), 9),
            ("TOPPADDING", (0, 0), (-1, -1), 9),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 9),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("VALIGN", (4, 2), (4, 2), "MIDDLE"),
            ("BACKGROUND", (4, 2), (4, 2), HexColor(self.brand["primary"])),
        ]
        line = HexColor(self.brand["line"])
        for row in (0, 2):
            for column in (0, 2, 4):
                style.append(("BOX", (column, row), (column, row), 1, line))
        return Table(rows, colWidths=[w, gap, w, gap, w], rowHeights=[None, gap, None], style=style)

    def _card(self, number: int, stroke: dict[str, str], width: float) -> list[Flowable]:
        inner = width - 18
        picture = self.picture(stroke["drawing"], inner - 20, height=86)
        ground = self.panel(picture, inner, "tint", 10, 5)
        head = [Paragraph(str(number), self.number), Paragraph(stroke["name"], self.h3)]
        return [
            ground,
            Spacer(0, 5),
            self.row(head, [14, inner - 14]),
            Spacer(0, 4),
            Paragraph(stroke["how"], self.body),
        ]

    def _practice(self, width: float) -> Table:
        unit = width / 9.6
        first, *days = self.texts["practice_head"]
        head = [Paragraph(first, self.head_start), *(Paragraph(d, self.head) for d in days)]
        rows = [
            [Paragraph(name, self.body), *(TickBox(self.brand["muted"]) for _ in days)]
            for name in self.texts["practice"]
        ]
        return Table(
            [head, *rows],
            colWidths=[2.6 * unit, *[unit] * len(days)],
            style=[
                ("LINEBELOW", (0, 0), (-1, 0), 1, HexColor(self.brand["primary"])),
                ("LINEBELOW", (0, 1), (-1, -1), 0.5, HexColor(self.brand["line"])),
                ("ALIGN", (1, 0), (-1, -1), "CENTER"),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
                ("RIGHTPADDING", (0, 0), (-1, -1), 2),
            ],
        )

    def _halves(self, left: list[Flowable], right: list[Flowable], width: float) -> Table:
        half = (width - 20) / 2
        top = ("VALIGN", (0, 0), (-1, -1), "TOP")
        gap = ("RIGHTPADDING", (0, 0), (0, 0), 20)
        return self.row([left, right], [half + 20, half], top, gap)

    def _cues(self, width: float) -> Table:
        gap = 7.0
        w = (width - 2 * gap) / 3
        cells: list[Any] = []
        for cue in self.texts["cues"]:
            icon = self.picture(cue["icon"], 16)
            head = self.row([icon, Paragraph(cue["title"], self.h3)], [22, w - 44])
            cells += [[head, Spacer(0, 5), *self.bullets(cue["items"])], ""]
        fills = enumerate(HexColor(self.brand[cue["fill"]]) for cue in self.texts["cues"])
        return Table(
            [cells[:-1]],
            colWidths=[w, gap, w, gap, w],
            style=[
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 9),
                ("RIGHTPADDING", (0, 0), (-1, -1), 9),
                ("TOPPADDING", (0, 0), (-1, -1), 7),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
                *(("BACKGROUND", (2 * i, 0), (2 * i, 0), fill) for i, fill in fills),
            ],
        )

    def _safety(self, width: float) -> Table:
        texts, inner = self.texts, width - 24
        half = (inner - 20) / 2
        ticks = [self.ticks(part, half) for part in (texts["safety"][:12], texts["safety"][12:])]
        icon = self.picture("shield", 22, "accent")
        title = Paragraph(texts["safety_title"], self.safety)
        head = self.row([icon, title], [29, inner - 29])
        return self.panel([head, self._halves(*ticks, inner)], width, "warm", 12, 7)

    def _liked(self, width: float) -> Table:
        muted = HexColor(self.brand["muted"])
        return Table(
            [[""]] * 2,
            colWidths=[width],
            rowHeights=[8.4 * mm] * 2,
            style=[("LINEBELOW", (0, 0), (-1, -1), 0.6, muted)],
        )

    def _next(self, width: float) -> Table:
        next_, brand, inner = self.texts["next"], self.brand, width - 28
        muted = HexColor(brand["muted"])
        cells = [
            Paragraph(next_["title"], self.strong),
            Paragraph(next_["date"], self.body),
            Paragraph(next_["time"], self.body),
            Paragraph(f"{next_['bring']} <b>{brand['bring']}</b>", self.body),
        ]
        widths = [70, 90, 90, inner - 250]
        row = self.row(
            cells,
            widths,
            ("LINEBELOW", (1, 0), (1, 0), 0.6, muted),
            ("LINEBELOW", (2, 0), (2, 0), 0.6, muted),
            ("RIGHTPADDING", (0, 0), (-1, -1), 12),
            ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
        )
        link = f'<a href="{brand["url"]}">{brand["web"]}</a>'
        who = self.texts["instructor"].format(name=brand["instructor"])
        line = contact(self.texts, brand).replace(brand["web"], link)
        said = Paragraph(f"{who} · {line.partition(' · ')[2]}", self.body)
        return self.panel([row, Spacer(0, 4), said], width, "tint", 14, 9)


if __name__ == "__main__":
    script(load)
