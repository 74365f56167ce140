"""WeasyPrint: the same pages as HTML and CSS, tags on. Tagged."""

from __future__ import annotations

import base64
import sys
from html import escape
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from content import qr_svg, svg
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from peers.shared import COLUMNS, FONT_FILES, Make, contact, read, script

NAME = "WeasyPrint"
_FACES = {
    "Noto": ("Noto", 400),
    "Noto-Bold": ("Noto", 700),
    "Round-Bold": ("Round", 700),
    "Round-Black": ("Round", 800),
}
_STYLE = """
* { margin: 0; padding: 0; font-weight: inherit; }
html { font: 11pt/1.2 Noto; color: #1d2628; }
h1 { font: 800 25pt/1.14 Round; color: white; margin: 5pt 0; }
h2 { font: 700 13pt/1.15 Round; color: var(--primary); margin-bottom: 4pt; }
h3 { font: 700 11.5pt/1.25 Round; margin-bottom: 3pt; }
b { font-weight: 700; }
a { color: inherit; text-decoration: none; }
ul { list-style: none; }
li { padding-left: 11pt; margin-bottom: 1.2pt; position: relative; }
li::before { content: "•"; font-weight: 700; color: var(--accent); position: absolute; left: 0; }
.ticks li { padding-left: 15pt; }
.ticks li::before { content: none; }
.ticks img { position: absolute; left: 0; top: 2pt; width: 10.5pt; }
.row { display: table; width: 100%; table-layout: fixed; }
.row > div { display: table-cell; vertical-align: middle; }
.row > div.top { vertical-align: top; }
.row > div.bottom { vertical-align: bottom; }
.hero { background: var(--primary); border-radius: 12pt; position: relative; overflow: hidden;
  padding: 0 16pt; box-sizing: border-box;
  color: white; font-size: 12.5pt; margin-bottom: 7pt; }
.hero > .row { position: relative; }
.flyer .hero > .row { height: 126pt; }
.handout .hero > .row { height: 122pt; }
.wave { position: absolute; border-radius: 50%; background: var(--soft); }
.name { font: 700 12pt/1.28 Round; }
.plate { background: white; border-radius: 8pt; padding: 4pt 6pt; width: 22pt; }
.plate img { width: 22pt; display: block; }
.disc { border-radius: 50%; background: var(--warm); text-align: center; box-sizing: border-box; }
.disc img { display: block; margin: auto; }
.lead { margin-bottom: 4pt; }
.lead h2, .safety h2 { margin: 0; }
.lead .disc { width: 25pt; height: 25pt; background: var(--tint); padding-top: 5pt; }
.lead img { width: 15pt; }
.group { margin-bottom: 6pt; }
.panel { border-radius: 10pt; background: var(--tint); }
.safety { background: var(--warm); }
.safety h2, .safety h3, .disc { color: var(--accent); }
.small, .caption { font-size: 8.5pt; line-height: 1.25; color: #616768; }
.caption { text-align: center; margin-top: 3pt; }
.code img { width: 64pt; background: white; border-radius: 6pt; display: block; margin: auto; }
.flyer { height: 279mm; position: relative; }
.flyer .hero { height: 126pt; }
.flyer .hero .disc { width: 92pt; height: 92pt; padding-top: 18.5pt; }
.hero .disc img { width: 55pt; }
.flyer .wave { width: 252pt; height: 252pt; right: -96.6pt; top: -79.8pt; }
.flyer .safety { padding: 7pt 9pt; }
.flyer .foot { position: absolute; bottom: 0; left: 0; right: 0; padding: 7pt 16pt; }
.foot .small { margin-top: 5pt; }
.handout .hero { height: 122pt; margin-bottom: 11pt; }
.handout .hero .disc { width: 88pt; height: 88pt; padding-top: 15pt; }
.badge { font: 800 30pt/1 Round; }
.handout .wave { width: 244pt; height: 244pt; right: -93.5pt; top: -77.3pt; }
.cards { display: table; table-layout: fixed; border-spacing: 10pt; width: 542pt;
  margin: -8pt -10pt 3pt; }
.cards > div { display: table-row; }
.card, .home { display: table-cell; border-radius: 9pt; padding: 9pt; vertical-align: top; }
.card { border: 1pt solid var(--line); }
.card .panel { padding: 5pt 0; text-align: center; margin-bottom: 5pt; }
.card .panel img { height: 86pt; }
.card h3 b { color: var(--accent); margin-right: 6pt; }
.home { background: var(--primary); color: white; vertical-align: middle; }
.home img { width: 26pt; display: block; margin-bottom: 6pt; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th { font: 700 11pt Round; color: var(--primary); border-bottom: 1pt solid var(--primary); }
th, td { padding: 3pt 2pt; text-align: center; }
td { border-bottom: 0.5pt solid var(--line); }
th:first-child, td:first-child { text-align: left; width: 27%; }
.tick { display: inline-block; width: 11pt; height: 11pt; border: 1pt solid #616768;
  border-radius: 2pt; vertical-align: middle; }
.second { break-before: page; }
.write { border-bottom: 0.6pt solid #616768; height: 8.4mm; box-sizing: border-box; }
.handout table { margin-bottom: 8pt; }
.handout .safety { padding: 7pt 12pt; margin: 8pt 0; }
.cues { display: table; table-layout: fixed; border-spacing: 7pt; width: 536pt; margin: -7pt; }
.cues > div { display: table-row; }
.cue { display: table-cell; border-radius: 8pt; padding: 7pt 9pt; background: var(--tint); }
.cue.warm { background: var(--warm); }
.cue img { width: 16pt; }
.cue h3 { margin: 0; }
.next { padding: 9pt 14pt; margin: 14pt 0 6pt; }
.next .row { margin-bottom: 4pt; }
.blank { display: block; border-bottom: 0.6pt solid #616768; }
"""
_PAGES = {
    "flyer": "@page { size: A4; margin: 9mm 10mm }",
    "handout": """@page { size: A4; margin: 10mm 13mm 20mm;
  @bottom-left { content: string(running); vertical-align: top; padding-top: 4pt; width: 80%;
    font: 9pt Noto; color: #616768; border-top: 0.75pt solid #ccc }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); vertical-align: top;
    padding-top: 4pt; font: 9pt Noto; color: #616768; border-top: 0.75pt solid #ccc } }
  .running { string-set: running content(); position: absolute; visibility: hidden }""",
}


def load(work: Path) -> Make:
    """Fonts and style sheets are read once."""
    content = read(work, "content")
    fonts = FontConfiguration()
    faces = "".join(
        f"@font-face {{ font-family: {family}; font-weight: {weight};"
        f" src: url({FONT_FILES[name].as_uri()}) }}"
        for name, (family, weight) in _FACES.items()
    )
    sheets = {
        kind: CSS(string=faces + page + _STYLE, font_config=fonts) for kind, page in _PAGES.items()
    }

    def make(kind: str, brand: dict[str, Any]) -> bytes:
        html = _flyer(content, brand) if kind == "flyer" else _handout(content, brand)
        document = HTML(string=html)
        made: bytes = document.write_pdf(
            stylesheets=[sheets[kind]], font_config=fonts, pdf_tags=True
        )
        return made

    return make


def _page(kind: str, title: str, brand: dict[str, Any], body: str) -> str:
    roles = {"soft": "primary_soft"} | {r: r for r in ("primary", "accent", "tint", "warm", "line")}
    colours = ";".join(f"--{name}:{brand[role]}" for name, role in roles.items())
    return (
        f'<html lang="en" style="{colours}"><title>{escape(title)} – {escape(brand["name"])}'
        f'</title><meta name="author" content="{escape(brand["name"])}">'
        f'<body class="{kind}">{body}</body></html>'
    )


def _image(text: str, alt: str = "") -> str:
    data = base64.b64encode(text.encode()).decode()
    return f'<img alt="{escape(alt)}" src="data:image/svg+xml;base64,{data}">'


def _row(*cells: tuple[str, str], align: str = "") -> str:
    """Cells side by side: (width, HTML). A table, for nested flex boxes are slow here."""
    inner = "".join(
        f'<div class="{align}" style="{width and "width:" + width}">{html}</div>'
        for width, html in cells
    )
    return f'<div class="row">{inner}</div>'


def _art(content: Any, brand: Any, name: str, role: str = "primary", alt: str = "") -> str:
    colour = brand.get(role, role)
    return _image(svg(content["drawings"][name], colour, brand["accent"], brand["tint"]), alt)


def _ticks(content: Any, brand: Any, items: list[str], icon: str) -> str:
    mark = _art(content, brand, icon, "accent")
    return '<ul class="ticks">' + "".join(f"<li>{mark}{i}</li>" for i in items) + "</ul>"


def _bullets(items: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def _hero(content: Any, brand: Any, name: str, title: str, text: str, disc: str) -> str:
    logo = _art(content, brand, "logo", alt=brand["logo_alt"])
    top = _row(
        ("42pt", f'<div class="plate">{logo}</div>'), ("", f'<div class="name">{name}</div>')
    )
    words = f"{top}<h1>{title}</h1><p>{text}</p>"
    size = "92pt" if "img" in disc else "88pt"
    row = _row(("", words), (size, f'<div class="disc">{disc}</div>'))
    return f'<div class="hero"><div class="wave"></div>{row}</div>'


def _contact(texts: Any, brand: Any) -> str:
    line = contact(texts, brand).replace(
        brand["web"], f'<a href="{brand["url"]}">{brand["web"]}</a>'
    )
    mail = f'<a href="mailto:{brand["email"]}">{brand["email"]}</a>'
    return line.replace(brand["email"], mail, 1)


def _small(texts: Any, brand: Any) -> str:
    return f'<p class="small">{texts["evidence"]}<br>{texts["imprint"]} · {brand["disclaimer"]}</p>'


def _titled(icon: str, width: str, title: str) -> str:
    return f'<div class="lead">{_row((width, icon), ("", f"<h2>{title}</h2>"))}</div>'


def _flyer(content: Any, brand: dict[str, Any]) -> str:
    texts = content["flyer"]

    def group(number: Any) -> str:
        found = texts["groups"][number]
        icon = f'<div class="disc">{_art(content, brand, found["icon"])}</div>'
        lead = _titled(icon, "33pt", found["lead"])
        return f'<div class="group">{lead}{_bullets(found["items"])}</div>'

    safety = texts["safety"]
    shield = _art(content, brand, "shield", "accent").replace("<img", '<img style="width:21pt"')
    panel = (
        f'<div class="panel safety">{_titled(shield, "28pt", safety["title"])}'
        f"{_ticks(content, brand, safety['items'], 'check')}</div>"
    )
    columns = [
        "".join(panel if part == "safety" else group(part) for part in column) for column in COLUMNS
    ]
    first, second, third = columns
    body = _row(("", first), ("15pt", ""), ("", second), ("15pt", ""), ("", third), align="top")
    baby = _art(content, brand, "hero-baby", "accent", texts["hero_alt"])
    code = _image(qr_svg(brand["qr"]), texts["qr_alt"].format(url=brand["url"]))
    words = (
        f"<h2>{texts['cta']}</h2><p><b>{brand['when']} · {brand['where']}</b></p>"
        f"<p>{_contact(texts, brand)}</p>{_small(texts, brand)}"
    )
    scan = f'<div class="code">{code}<p class="caption">{texts["scan"]}</p></div>'
    foot = f'<div class="panel foot">{_row(("", words), ("16pt", ""), ("72pt", scan))}</div>'
    hero = _hero(content, brand, brand["name"], texts["title"], texts["subtitle"], baby)
    return _page("flyer", texts["title"], brand, hero + body + foot)


def _handout(content: Any, brand: dict[str, Any]) -> str:
    texts = content["handout"]
    week, number, of = texts["badge"]
    badge = f'<b>{week}</b><div class="badge">{number}</div><b>{of}</b>'
    name = f"{brand['name']} · {texts['course']}"
    hero = _hero(content, brand, name, texts["title"], texts["goal"], badge)
    head = "".join(f"<th>{day}</th>" for day in texts["practice_head"])
    ticks = '<td><span class="tick"></span></td>' * 7
    rows = "".join(f"<tr><td>{row}</td>{ticks}</tr>" for row in texts["practice"])
    talks = [_bullets(part) for part in (texts["talks"][:2], texts["talks"][2:])]
    return _page(
        "handout",
        texts["title"],
        brand,
        f'<div class="running">{name} · {texts["title"]}</div>{hero}'
        f"<h2>{texts['strokes_title']}</h2>{_cards(content, brand)}"
        f"<h2>{texts['practice_title']}</h2><table><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table><h2>{texts['talk_title']}</h2>"
        f"{_row(('', talks[0]), ('20pt', ''), ('', talks[1]), align='top')}"
        f'<div class="second"><div>{_cues(content, brand)}</div>{_safety(content, brand)}'
        f"<h2>{texts['liked']}</h2>{'<div class=write></div>' * 2}"
        f"{_next(texts, brand)}{_small(texts, brand)}</div>",
    )


def _cues(content: Any, brand: dict[str, Any]) -> str:
    cells = []
    for cue in content["handout"]["cues"]:
        icon = _art(content, brand, cue["icon"])
        title = _row(("22pt", icon), ("", f"<h3>{cue['title']}</h3>"))
        cells.append(f'<div class="cue {cue["fill"]}">{title}{_bullets(cue["items"])}</div>')
    return f'<div class="cues"><div>{"".join(cells)}</div></div>'


def _cards(content: Any, brand: dict[str, Any]) -> str:
    texts = content["handout"]
    cards = [
        f'<div class="card"><div class="panel">'
        f"{_art(content, brand, s['drawing'], alt=s['alt'])}</div>"
        f"<h3><b>{n}</b>{s['name']}</h3><p>{s['how']}</p></div>"
        for n, s in enumerate(texts["strokes"], 1)
    ]
    home = _art(content, brand, "home", "#ffffff")
    cards.append(f'<div class="home">{home}<p>{texts["home"]}</p></div>')
    rows = "".join(f"<div>{''.join(cards[i : i + 3])}</div>" for i in (0, 3))
    return f'<div class="cards">{rows}</div>'


def _safety(content: Any, brand: dict[str, Any]) -> str:
    texts = content["handout"]
    parts = (texts["safety"][:12], texts["safety"][12:])
    ticks = [_ticks(content, brand, part, "check") for part in parts]
    shield = _art(content, brand, "shield", "accent").replace("<img", '<img style="width:22pt"')
    both = _row(("", ticks[0]), ("20pt", ""), ("", ticks[1]), align="top")
    title = _titled(shield, "29pt", texts["safety_title"])
    return f'<div class="panel safety">{title}{both}</div>'


def _next(texts: Any, brand: dict[str, Any]) -> str:
    next_ = texts["next"]
    who = texts["instructor"].format(name=brand["instructor"])
    ways = _contact(texts, brand).partition(" · ")[2]
    row = _row(
        ("82pt", f"<b>{next_['title']}</b>"),
        ("78pt", f'<span class="blank">{next_["date"]}</span>'),
        ("12pt", ""),
        ("78pt", f'<span class="blank">{next_["time"]}</span>'),
        ("12pt", ""),
        ("", f"{next_['bring']} <b>{brand['bring']}</b>"),
        align="bottom",
    )
    return f'<div class="panel next">{row}<p>{who} · {ways}</p></div>'


if __name__ == "__main__":
    script(load)
