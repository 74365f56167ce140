"""The evidence line, and with it what every sheet must say about itself."""

from __future__ import annotations

from collections import Counter
from functools import partial

from handouts.compose import facts
from handouts.compose.kept import kept
from handouts.compose.scope import Scope, Value
from handouts.compose.sheet import Sheet
from handouts.compose.styles import ParagraphStyle
from handouts.model.blocks import EvidenceBlock
from handouts.model.catalogue import Catalogue
from handouts.model.document import Box, Role, Span, Stack
from handouts.model.locale import SOURCE_LANGUAGE
from handouts.units import Length

_SOURCE_KINDS = ("systematic-review", "guideline")
"""Named first: they weigh most."""
_STOPS = frozenset(".!?؟।")
_WIDE_STOPS = frozenset(("", *"。！？"))
"""Stops that bring their own space; and the start of the line."""


def evidence(block: EvidenceBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """When the content was last checked and against what; language, edition, draft, credit."""
    sheet.named.summed_up = block.type
    style = sheet.styles[block.style]
    words, catalogue = sheet.words, sheet.project.catalogue
    checked = facts.month_and_year(catalogue.checked, words.lang, words.digits)
    about = words.spans(
        "evidence.line",
        {"date": Value(checked), "sources": Span(_sources(block.sources, sheet))},
    )
    first = _in_a_row([words.spans("evidence.note"), about], " ")
    line = sheet.paragraph(first, style, source="evidence.line", role=Role.P)
    # Only with a sentence of its own is a brand's second paragraph not that of all brands.
    made = partial(_imprint, style)
    own = scope.holds("$brand.disclaimer")
    imprint = sheet.slots.made(made, sheet, scope) if own else made(sheet, scope)
    return [Stack(children=(line, *imprint), gap=Length(1))]


def _imprint(style: ParagraphStyle, sheet: Sheet, scope: Scope) -> list[Box]:
    """Language, edition, whether it is a draft, credit, and what the brand adds."""
    spans = _imprint_spans(sheet, scope)
    return [sheet.paragraph(spans, style, source="sheet.language", role=Role.P)]


def _imprint_spans(sheet: Sheet, scope: Scope) -> tuple[Span, ...]:
    words = sheet.words
    edition = Value(facts.in_digits(sheet.project.catalogue.edition, words.digits), kind="code")
    own, english = facts.language_names(words.lang)
    label: tuple[Span, ...] = (Span(own),)
    if own != english:
        names: dict[str, Value | Span] = {
            "name": Span(own),
            "english": Value(english, lang=SOURCE_LANGUAGE),
        }
        label = words.spans("sheet.language", names)
    said = scope.get("brand.disclaimer") if scope.holds("$brand.disclaimer") else None
    groups = [
        label,
        words.spans("sheet.edition", {"edition": edition}),
        _draft(sheet),
        words.spans("sheet.credit"),
        (Span(said.text),) if said else (),
    ]
    return _in_a_row([g for g in groups if g], " · ")


def _in_a_row(groups: list[tuple[Span, ...]], separator: str) -> tuple[Span, ...]:
    """Labels with a separator between them; after a sentence a space does, after 。 nothing."""
    out: tuple[Span, ...] = ()
    for spans in groups:
        end = out[-1].text[-1:] if out else ""
        between = "" if end in _WIDE_STOPS else " " if end in _STOPS else separator
        out = (*out, Span(between), *spans) if between else (*out, *spans)
    return out


def _draft(sheet: Sheet) -> tuple[Span, ...]:
    """In the sheet's language and in English, so that whoever hands it out can read it too."""
    if not sheet.draft:
        return ()
    source = sheet.project.locales[SOURCE_LANGUAGE].strings["sheet.draft"].text
    if sheet.words.text("sheet.draft") == source:
        return sheet.words.spans("sheet.draft")
    english = Value(source, lang=SOURCE_LANGUAGE)
    return _in_a_row([sheet.words.spans("sheet.draft"), tuple(sheet.words.value(english))], " ")


def _sources(limit: int, sheet: Sheet) -> str:
    """The sheet's weightiest sources by author and year, and how many more there are."""
    catalogue, named = sheet.project.catalogue, sheet.named
    names = _names(catalogue, tuple(named.benefits), tuple(named.safety))
    shown = tuple(_isolated(name, sheet) for name in names[:limit])
    text = facts.joined(shown, sheet.words.lang)
    if len(names) <= limit:
        return text
    more = facts.number(len(names) - limit, sheet.words.digits)
    return sheet.words.text("evidence.more", sources=text, count=more)


def _isolated(name: str, sheet: Sheet) -> str:
    """A name whose words and year keep their order in text that runs the other way."""
    return "".join(span.text for span in sheet.words.value(Value(name)))


@kept(256)
def _names(
    catalogue: Catalogue, benefits: tuple[str, ...], notes: tuple[str, ...]
) -> tuple[str, ...]:
    """Sources of the benefits a sheet names; if it names none, of its safety notes."""
    by_id = {benefit.id: benefit for benefit in catalogue.benefits}
    cited = Counter(s for i in benefits for s in by_id[i].sources)
    if not cited:
        cited = Counter(s for n in notes for s in catalogue.safety[n].sources)
    studies = [catalogue.references[i] for i in cited if i in catalogue.references]
    studies.sort(key=lambda r: (r.kind not in _SOURCE_KINDS, -cited[r.id], -int(str(r.year)[:4])))
    guides = [catalogue.guidance[i] for i in cited if i in catalogue.guidance]
    names = [study.short for study in studies] + [guide.short for guide in guides]
    return tuple(dict.fromkeys(names))
