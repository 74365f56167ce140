"""``list``: layouts, languages, brands and benefits there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from handouts.cli.choose import layout_names
from handouts.cli.help import Command
from handouts.cli.options import common, config, machine
from handouts.cli.project import choices, open_project
from handouts.cli.report import clean
from handouts.cli.session import Session

if TYPE_CHECKING:
    from handouts.model.project import Project

Row = dict[str, Any]
KINDS = ("layouts", "languages", "brands", "benefits", "all")


@click.command(
    "list",
    cls=Command,
    examples=("list", "list languages", "list benefits --json"),
)
@click.argument("kind", type=click.Choice(KINDS), default="all")
@machine()
@config
@common
@click.pass_obj
def list_(session: Session, kind: str) -> int:
    """List layouts, languages, brands or benefits.

    Languages come with how much of them is translated and reviewed; benefits with their
    evidence grade and what the clinic profile does with them: ok, hedge or omit.
    """
    wanted = KINDS[:-1] if kind == "all" else (kind,)
    # What is not listed is not read either.
    project = open_project(
        session,
        brands=choices(session).brands if "brands" in wanted else (),
        languages=None if "languages" in wanted else (),
        layouts=None if "layouts" in wanted else (),
        partial=True,
    )
    found = {one: list(_ROWS[one](project)) for one in wanted}
    if session.machine:
        session.document(**found)
        return session.finish()
    for name, rows in found.items():
        if len(found) > 1:
            session.console.result(click.style(f"{name.capitalize()} ({len(rows)})", bold=True))
        for line in table([_shown(row) for row in rows]):
            session.console.result(f"  {line}" if len(found) > 1 else line)
    return session.finish()


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines with their columns under one another; the last is left as it is."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _layouts(project: Project) -> Iterable[Row]:
    for name in layout_names(project):
        layout = project.layouts[name]
        yield {
            "id": name,
            "papers": list(layout.page.papers),
            "for_each": layout.for_each,
            "files": layout.files,
            "bilingual": layout.bilingual is not None,
            "name": layout.name,
        }


def _languages(project: Project) -> Iterable[Row]:
    from handouts.compose import language_names
    from handouts.model.locale import SOURCE_LANGUAGE

    total = len(project.locales[SOURCE_LANGUAGE].strings)
    for tag, locale in project.locales.items():
        own, english = language_names(tag)
        strings = locale.strings.values()
        counts = {s: sum(x.status == s for x in strings) for s in ("draft", "reviewed", "approved")}
        yield {
            "id": tag,
            "english_name": english,
            "direction": locale.direction,
            "strings": len(locale.strings),
            "missing": len(locale.missing),
            "complete": round(100 * (total - len(locale.missing)) / total, 1) if total else 100.0,
            **counts,
            "stale": sum(x.stale for x in strings),
            "name": own,
        }


def _brands(project: Project) -> Iterable[Row]:
    for name, loaded in project.brands.items():
        title = loaded.brand.name
        text = title if isinstance(title, str) else next(iter(title.values()))
        yield {"id": name, "logo": loaded.logo is not None, "name": text}


def _benefits(project: Project) -> Iterable[Row]:
    for benefit in project.catalogue.benefits:
        yield {
            "id": benefit.id,
            "group": benefit.group,
            "grade": benefit.grade,
            "certainty": benefit.certainty,
            "policy": benefit.policy,
            "claim": benefit.claim,
        }


_ROWS: dict[str, Callable[[Project], Iterable[Row]]] = {
    "layouts": _layouts,
    "languages": _languages,
    "brands": _brands,
    "benefits": _benefits,
}


def _shown(row: Row) -> list[str]:
    """A row's cells as text, what they count named unless the value speaks for itself."""
    return [clean(_cell(key, value)) for key, value in row.items()]


def _cell(key: str, value: Any) -> str:
    if key == "complete":
        return f"{value:g}%"
    if key == "logo":
        return "logo" if value else ""
    if key == "bilingual":
        return "two languages" if value else ""
    if key == "for_each":
        return f"each {value}" if value else ""
    if key == "files":
        return "one file" if value == "one" else "a file each"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value} {key}" if isinstance(value, int) else str(value)
