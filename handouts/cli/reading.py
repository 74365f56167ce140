"""``check --reading``: how hard each language is to read, as tables or as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from handouts.cli.list import table
from handouts.cli.names import ALL, pick
from handouts.cli.project import open_project
from handouts.cli.report import clean
from handouts.cli.session import Session
from handouts.diagnostics import ExitCode, problem

if TYPE_CHECKING:
    from handouts.model.project import Project
    from handouts.reading import Counts, Measure, Reading, Scale, Sentence

_WORST = 10
"""Sentences shown with ``-v``, and given in JSON."""
_NAMES = {
    "layouts": "--layout",
    "papers": "--size",
    "brands": "--brand",
    "profile": "--profile",
    "include": "--include",
    "allow_draft": "--allow-draft",
    "allow_stale": "--allow-stale",
}


def report(session: Session, options: Mapping[str, Any]) -> int:
    """Measures the languages that are named, or all, and prints what was found.

    One language after the other in detail when they are named; else one line for each.

    Raises:
        HandoutsError: for options that would change nothing, and files that do not load.
    """
    _refuse_idle(options)
    typed = [tag for one in options["languages"] for tag in one.split("+")]
    named = bool(typed) and ALL not in typed
    project = open_project(
        session,
        overrides=options["overrides"],
        languages=typed if named else None,
        layouts=(),
        partial=True,
    )
    found = _measured(project, typed if named else None)
    session.finish()
    if session.machine:
        session.document(reading=[_data(one) for one in found])
        return 0
    lines = _overview(found)
    if named or session.verbose:
        lines = [line for one in found for line in _detail(one, session.verbose)]
    for line in lines:
        session.console.result(line)
    return 0


def _refuse_idle(options: Mapping[str, Any]) -> None:
    """An option that changes nothing was meant otherwise."""
    for name, flag in _NAMES.items():
        if options.get(name):
            raise problem(
                "no-effect",
                f"{flag} changes nothing: --reading measures the words of the languages",
                "leave it out, or leave --reading out",
                exit_code=ExitCode.USAGE,
            )


def _measured(project: Project, typed: Iterable[str] | None) -> list[Reading]:
    """The languages that were asked for; the source language is loaded beside them anyway."""
    from handouts.model.locale import SOURCE_LANGUAGE
    from handouts.reading import reading

    source = project.locales[SOURCE_LANGUAGE]
    chosen = list(project.locales)
    if typed is not None:
        chosen = list(dict.fromkeys(pick("language", tag, project.locales) for tag in typed))
    return [reading(project.locales[tag], source) for tag in chosen]


def _overview(found: Iterable[Reading]) -> list[str]:
    """A line for each language."""
    rows = [("language", "score", "formula", "sentences", "mean", "longest", "advice")]
    rows += [
        (
            one.language,
            _score(one.whole.scores[:1]),
            one.scales[0].name if one.scales else "",
            str(one.whole.counts.sentences),
            f"{one.whole.counts.per_sentence:.1f}",
            f"{one.whole.counts.longest} {one.lengths.unit}",
            "; ".join(one.advice) or _well(one),
        )
        for one in found
    ]
    return _headed(rows)


def _well(one: Reading) -> str:
    """What can be said of a language without advice: without a limit, only of its sentences."""
    return "easy" if one.scales and one.scales[0].wanted else "sentences are short"


def _detail(one: Reading, verbose: bool) -> list[str]:
    """A language with the kinds of its strings, and its hardest sentences if asked for."""
    from handouts.compose import language_names

    own, english = language_names(one.language)
    wanted = ", ".join(f"{s.name} {s.wanted}".strip() for s in one.scales)
    room = f"sentences up to {one.lengths.longest} {one.lengths.unit}"
    lines = [click.style(f"{english} ({one.language})", bold=True) + f"  {own}"]
    lines.append(f"  easy: {', '.join(filter(None, (wanted, room)))}")
    rows = [("strings", "sentences", "mean", "longest", *(s.name for s in one.scales))]
    rows += [_row(measure) for measure in (*one.kinds, one.whole)]
    lines += [f"  {line}" for line in _headed(rows)]
    lines += [f"  {line}" for line in one.advice]
    if verbose:
        lines.append("  hardest sentences:")
        lines += [f"    {line}" for line in _sentences(one.hardest[:_WORST])]
    return [*lines, ""]


def _row(measure: Measure) -> tuple[str, ...]:
    counts = measure.counts
    scores = tuple(_score((score,)) for score in measure.scores)
    mean = f"{counts.per_sentence:.1f}"
    return (measure.kind, str(counts.sentences), mean, str(counts.longest), *scores)


def _sentences(hardest: Sequence[Sentence]) -> list[str]:
    return table([(_score(one.scores[:1]), one.id, clean(one.text)) for one in hardest])


def _headed(rows: Sequence[Sequence[str]]) -> list[str]:
    first, *rest = table(rows)
    return [click.style(first, dim=True), *rest]


def _score(scores: Sequence[float]) -> str:
    return f"{scores[0]:.1f}" if scores else ""


def _data(one: Reading) -> dict[str, Any]:
    """A language in JSON, with every key always there."""
    return {
        "language": one.language,
        "scales": [_scale(scale) for scale in one.scales],
        "unit": one.lengths.unit,
        "mean_up_to": one.lengths.mean,
        "longest_up_to": one.lengths.longest,
        **_measure(one.whole, one.scales),
        "kinds": [_measure(measure, one.scales) for measure in one.kinds],
        "hardest": [
            {"id": s.id, "text": s.text, **_counts(s.counts), "scores": _scores(s, one.scales)}
            for s in one.hardest[:_WORST]
        ],
        "advice": list(one.advice),
    }


def _scale(scale: Scale) -> dict[str, Any]:
    return {"name": scale.name, "up_to": scale.up_to, "at_least": scale.at_least}


def _measure(measure: Measure, by: Sequence[Scale]) -> dict[str, Any]:
    counts = _counts(measure.counts)
    more = {"scores": _scores(measure, by), "too_long": measure.too_long}
    return {"strings": measure.kind, **counts, **more}


def _counts(counts: Counts) -> dict[str, Any]:
    return {
        "sentences": counts.sentences,
        "words": counts.words,
        "mean": round(counts.per_sentence, 2),
        "longest": counts.longest,
        "letters_per_word": round(counts.letters_per_word, 2),
        "syllables_per_word": round(counts.per_word, 2) if counts.syllables else None,
    }


def _scores(of: Measure | Sentence, by: Sequence[Scale]) -> dict[str, float]:
    return {s.name: round(score, 1) for s, score in zip(by, of.scores, strict=True)}
