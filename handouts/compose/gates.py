"""What no layout and no brand can switch off: reviewed words, safety, evidence.

These look at the finished sheet, not at the layout, so that a condition or a trick of nesting
cannot get round them.
"""

from __future__ import annotations

from collections.abc import Iterable

from handouts.compose.selection import printable
from handouts.compose.sheet import Sheet
from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError, problem
from handouts.model.brand import own_words
from handouts.model.document import Box, Columns, Document, Role, Row, Section, Stack, Table, Text
from handouts.model.locale import SOURCE_LANGUAGE
from handouts.model.wording import find_word


def refuse_unreviewed(sheet: Sheet) -> None:
    """Stale translations always, drafts in the clinic profile, unless allowed by name.

    What a program translated and no person has read is never printed in the clinic profile.

    Raises:
        HandoutsError: with exit code REVIEW, naming the strings.
    """
    locale, job = sheet.project.locales[sheet.job.language], sheet.job
    if job.language == SOURCE_LANGUAGE:
        return
    used = [(i, locale.strings[i]) for i in sheet.words.used if i in locale.strings]
    stale = [i for i, string in used if string.stale]
    machine = [i for i, string in used if string.status == "machine"]
    unapproved = [i for i, string in used if string.status in ("draft", "reviewed")]
    found = []
    if machine and job.profile == "clinic":
        found.append(
            Diagnostic(
                "machine-translation",
                f"{job.language}: {_some(machine)} were translated by a program, and the clinic "
                "profile prints what people have read only",
                "have a person go through them: handouts translate export",
                exit_code=ExitCode.REVIEW,
            )
        )
    if stale and not job.allow_stale:
        found.append(
            Diagnostic(
                "stale-translation",
                f"{job.language}: the English text changed after {_some(stale)} were translated",
                "have them translated again, or print them anyway with --allow-stale",
                exit_code=ExitCode.REVIEW,
            )
        )
    if unapproved and job.profile == "clinic" and not job.allow_draft:
        found.append(
            Diagnostic(
                "unapproved-translation",
                f"{job.language}: {_some(unapproved)} are not approved, and the clinic profile "
                "prints approved translations only",
                "have them approved, or print them marked as a draft with --allow-draft",
                exit_code=ExitCode.REVIEW,
            )
        )
    if found:
        raise HandoutsError(found)


def refuse_claims(sheet: Sheet) -> None:
    """The clinic profile prints nothing of a brand's own that claims more than the evidence.

    Raises:
        HandoutsError: naming the word and where the brand says it.
    """
    if sheet.job.profile != "clinic":
        return
    locales, lang = sheet.project.locales, sheet.job.language
    found = [
        Diagnostic(
            "blocked-word",
            f"brand '{sheet.job.brand}' says '{word}' in {'.'.join(path)}, which claims more "
            "than studies of infant massage show",
            "say it without",
        )
        for path, said_in, text in own_words(sheet.owner.brand)
        if (locale := locales.get(lang if said_in in sheet.words.languages else said_in))
        and said_in in (*sheet.words.languages, sheet.owner.brand.language)
        and (word := find_word(text, locale.blocked, locale.script))
    ]
    if found:
        raise HandoutsError(found)


def refuse_unhedged(sheet: Sheet, used: Iterable[str]) -> None:
    """A benefit's words stand alone only as its hedged sentence.

    As taught, it needs its group's lead-in over it, which the block ``benefits`` prints; its
    title needs its hedged sentence; and the profile decides which benefits are printed at all.

    Args:
        sheet: the section, with what its blocks named.
        used: ids of all strings the section used, in alternative texts and titles too.

    Raises:
        HandoutsError: naming the strings.
    """
    claims = [i.split(".") for i in used if i.startswith("benefit.")]
    hedged = {parts[1] for parts in claims if parts[2] == "hedged"}
    printed = printable(sheet.project.catalogue, sheet.job) if claims else frozenset()
    found = []
    for _, benefit, wording in claims:
        source = f"benefit.{benefit}.{wording}"
        if benefit not in printed:
            found.append(_unhedged(source, "is left out by the clinic profile", "--include it"))
        elif source in sheet.named.led or wording == "hedged":
            continue
        elif wording != "short" or benefit not in hedged:
            found.append(
                _unhedged(
                    source,
                    "stands on the sheet without its hedge",
                    "print it with a block 'type: benefits', or print the hedged sentence",
                )
            )
    if found:
        raise HandoutsError(found)


def _unhedged(source: str, what: str, remedy: str) -> Diagnostic:
    return Diagnostic("unhedged-claim", f"'{source}' {what}", remedy)


def refuse_empty(sheet: Sheet, document: Document) -> None:
    """A sheet says something.

    Raises:
        HandoutsError: when none of its blocks prints anything to read.
    """
    if all(node.role in (Role.DOCUMENT, Role.SECT) for node in document.nodes):
        raise problem(
            "nothing-to-print",
            f"layout '{sheet.job.layout}' has nothing to print on this sheet",
            "give its body a text, or a value to the variables it names",
        )


def refuse_unsafe(sheet: Sheet, section: Section, used: Iterable[str]) -> None:
    """A sheet that names a benefit or shows a stroke carries its safety notes and the evidence.

    Raises:
        HandoutsError: naming the layout and what it lacks.
    """
    named, required = sheet.named, sheet.project.catalogue.required
    strokes = bool(named.strokes) or any(i.startswith("stroke.") for i in used)
    if not strokes and not named.benefits and not any(i.startswith("benefit.") for i in used):
        return
    kind = "stroke" if strokes else "benefit"
    needed = required.stroke if strokes else required.benefit
    notes = {f"safety.{note}": note for note in needed}
    missing = _not_kept({*notes, "evidence.line"}, section)
    lacking = [note for source, note in notes.items() if source in missing]
    where = "into its body or sidebar, neither optional nor in a header or footer"
    found = []
    if lacking:
        found.append(
            Diagnostic(
                "no-safety",
                f"layout '{sheet.job.layout}' leaves out the safety notes {_some(lacking)}",
                f"put a block 'type: safety, notes: {kind}' {where}",
            )
        )
    if "evidence.line" in missing:
        found.append(
            Diagnostic(
                "no-evidence",
                f"layout '{sheet.job.layout}' has no evidence line",
                f"put a block 'type: evidence' {where}",
            )
        )
    if found:
        raise HandoutsError(found)


def _not_kept(sources: set[str], section: Section) -> set[str]:
    """Which of these no text of masthead, body or sidebar has that fit steps cannot drop."""
    missing = set(sources)
    waiting: list[Box] = [section.body]
    if section.masthead:
        waiting.append(section.masthead)
    if section.sidebar:
        waiting.append(section.sidebar.box)
    while waiting and missing:
        box = waiting.pop()
        if box.optional:
            continue
        if isinstance(box, Text):
            missing.discard(box.source)
        elif isinstance(box, Stack | Row | Columns):
            waiting += box.children
        elif isinstance(box, Table):
            waiting += [cell for row in (*box.head, *box.rows) for cell in row.cells]
    return missing


def _some(ids: list[str], most: int = 5) -> str:
    shown = ", ".join(ids[:most])
    return shown if len(ids) <= most else f"{shown} and {len(ids) - most} more"
