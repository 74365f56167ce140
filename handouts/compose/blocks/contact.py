"""How to reach the clinic; lines to write on where the brand leaves it open."""

from __future__ import annotations

import re

from handouts.compose.blocks.writing import writing_lines
from handouts.compose.scope import Scope, Value
from handouts.compose.sheet import Sheet
from handouts.compose.styles import ParagraphStyle
from handouts.compose.words import joined
from handouts.model.blocks import ContactBlock
from handouts.model.brand import Contact
from handouts.model.document import Art, Box, Role, Row, Span, Stack, Track
from handouts.units import Length

_ICONS = {
    "address": "pin",
    "phones": "phone",
    "email": "mail",
    "web": "globe",
    "hours": "clock",
    "emergency": "shield",
    "instructor": "smile",
}
_ONE_NUMBER = re.compile(r"\+?[\d\s().\u2010-\u2013-]+")
_WRITE_IN = ("contact.phone", "contact.web")


def contact(block: ContactBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """The brand's contacts, or labelled lines to fill in when it gives none."""
    style = sheet.styles[block.style]
    if sheet.brand.brand.contact.empty:
        return [_to_fill_in(sheet, style)]
    entries = [
        (name, spans) for name in block.fields for spans in _entries(name, sheet, scope) if spans
    ]
    if not entries:
        return []
    if block.form == "inline":
        spans = joined([spans for _, spans in entries], " · ")
        return [sheet.paragraph(spans, style, source="contact")]
    lines = [_line(block, name, spans, sheet, style) for name, spans in entries]
    return [Stack(children=tuple(lines), gap=block.gap)]


def contact_values(contact: Contact) -> dict[str, Value]:
    """Addresses as variables, with what they link to."""
    values = {}
    if contact.web:
        values["brand.web"] = web_value(contact.web)
    if contact.email:
        values["brand.email"] = Value(contact.email, kind="email", href=f"mailto:{contact.email}")
    return values


def web_value(address: str) -> Value:
    """A web address as people write it, and the whole of it as its link."""
    return Value(_bare(address), kind="url", href=_web(address))


def _entries(name: str, sheet: Sheet, scope: Scope) -> list[tuple[Span, ...]]:
    contact = sheet.brand.brand.contact
    words = sheet.words
    if name == "phones":
        return [tuple(words.value(_phone(number))) for number in contact.phones]
    if name == "emergency":
        if not contact.emergency:
            return []
        return [words.spans("contact.emergency", {"number": _phone(contact.emergency)})]
    if name == "instructor":
        return [words.resolve("class.instructor", scope, {"name": "$brand.instructor"})]
    value = scope.get(f"brand.{name}")
    entries = [tuple(words.value(value))] if value else []
    code = sheet.brand.brand.qr
    if name == "web" and code and "://" in code and _bare(code) != _bare(contact.web or ""):
        # What the QR code opens is said in words too, for those who cannot scan it.
        entries.append(tuple(words.value(web_value(code))))
    return entries


def _phone(number: str) -> Value:
    """A number to dial; short ones and texts with several numbers (999 / 112) are no link."""
    dialled = re.sub(r"[^\d+]", "", number)
    one = len(dialled) > 4 and _ONE_NUMBER.fullmatch(number.strip())
    unbroken = number.replace(" ", "\N{NO-BREAK SPACE}")
    return Value(unbroken, kind="phone", href=f"tel:{dialled}" if one else None)


def _bare(address: str) -> str:
    return address.removeprefix("https://").removeprefix("http://").removesuffix("/")


def _web(address: str) -> str:
    return address if "://" in address else f"https://{address}"


def _line(
    block: ContactBlock, name: str, spans: tuple[Span, ...], sheet: Sheet, style: ParagraphStyle
) -> Box:
    source = f"contact.{name}" if name == "emergency" else f"$brand.{name}"
    paragraph = sheet.paragraph(spans, style, source=source)
    if block.form == "lines":
        return paragraph
    side = Length(style.text.size * 1.05)
    icon = Art(
        drawing=sheet.project.drawings[_ICONS[name]],
        width=side,
        height=Length(style.text.size * style.text.leading),
        colour=style.text.colour,
    )
    return Row(
        children=(icon, paragraph), tracks=(Track("fixed", side), Track("share")), gap=Length(6)
    )


def _to_fill_in(sheet: Sheet, style: ParagraphStyle) -> Box:
    cells: list[Box] = []
    for source in _WRITE_IN:
        label = sheet.paragraph(sheet.words.spans(source), style, source=source, role=Role.P)
        cells.append(
            Row(
                children=(label, *writing_lines(1, Length(22.7))),
                tracks=(Track("content"), Track("share")),
                gap=Length(6),
                align="bottom",
            )
        )
    return Row(
        children=tuple(cells), tracks=(Track("share"),) * len(cells), gap=Length(16), align="bottom"
    )
