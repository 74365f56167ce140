"""Checks a layout against the rest: strings, variables, drawings, styles, roles, papers, fits."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from handouts.diagnostics import Diagnostic, Place
from handouts.load import values
from handouts.load.gates import check_gates
from handouts.load.layouts import FiledLayout
from handouts.load.problems import Problems, choose
from handouts.load.spots import KeyPath
from handouts.load.style_checks import check_styles
from handouts.load.walk import Found, Where, blocks, column_where
from handouts.model.base import Model
from handouts.model.blocks import BenefitsBlock, Block, ImageBlock, SafetyBlock, TableBlock
from handouts.model.catalogue import Catalogue
from handouts.model.variables import COLOUR_ROLES, MORE_BENEFITS, VARIABLES
from handouts.units import PAPERS, millimetres

PRINTABLE = millimetres(6)
"""Office printers leave so much at every edge blank."""

_COLOURS = ("colour", "fill", "border", "backdrop_colour", "marker_colour", "disc", "plate")
_STYLES = ("style", "title_style", "lead_style", "head_style")
_WIDTH = re.compile(r"content|\d+(?:\.\d+)?\s*(?:fr|pt|mm|cm|in)")


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What a layout may name. Compared by identity, so that checks can be remembered."""

    catalogue: Catalogue
    strings: Collection[str]
    drawings: Collection[str]


@lru_cache(maxsize=256)
def check_layout(filed: FiledLayout, known: Known) -> tuple[Diagnostic, ...]:
    """Problems of a layout among the rest: everything it names exists, and its gates hold."""
    problems = Problems()
    _Checks(filed, known, problems).run()
    return problems.found


def images(filed: FiledLayout) -> Iterator[tuple[str, Place]]:
    """The picture files a layout names."""
    for found in blocks(filed.layout):
        if isinstance(found.block, ImageBlock):
            path = (*found.where.path, "path")
            yield found.block.path, filed.spot.at(path)


class _Checks:
    def __init__(self, filed: FiledLayout, known: Known, problems: Problems) -> None:
        self.layout = filed.layout
        self.spot = filed.spot
        self.known = known
        self.problems = problems

    def run(self) -> None:
        """All checks of one layout."""
        found = list(blocks(self.layout))
        top = frozenset({self.layout.for_each}) if self.layout.for_each else frozenset()
        self._value(*values.title(self.layout), top)
        if self.layout.files == "one" and "{" in self.layout.title:
            self._error(
                ("title",),
                "varying-title",
                f"one file cannot have the title of each {self.layout.for_each}",
                "name a string without variables, or write files: each",
            )
        for number, paper in enumerate(self.layout.page.papers):
            if paper not in PAPERS:
                hint = choose(paper, PAPERS, "papers")
                path = ("page", "papers", number)
                self._error(path, "unknown-paper", f"there is no paper '{paper}'", hint)
        margins = self.layout.page.margins
        for side in ("top", "bottom", "start", "end"):
            if getattr(margins, side) < PRINTABLE:
                self._error(
                    ("page", "margins"),
                    "narrow-margin",
                    f"the {side} margin is narrower than office printers can print",
                    "make it 6mm or more",
                )
        for one in found:
            self._block(one)
        self._fit(found)
        check_styles(self.layout, self.spot, self.problems)
        check_gates(self.layout, self.spot, found, self.problems)

    def _block(self, found: Found) -> None:
        block, where = found.block, found.where
        for path, value in values.named(block, where):
            self._value(path, value, where.repeats)
        for path, value in values.drawings(block, where):
            self._drawing(path, value, where.repeats)
        self._names(block, where)
        if block.when is not None:
            self._condition((*where.path, "when"), block.when, where.repeats)
        self._width((*where.path, "width"), block.width)
        if isinstance(block, TableBlock):
            self._table(block, where)
        self._of_a_week(block, where)
        if isinstance(block, BenefitsBlock):
            self._group((*where.path, "group"), block.group, where.repeats)

    def _of_a_week(self, block: Block, where: Where) -> None:
        """Strokes, talks and practice are those of the current week."""
        for key, value in (
            ("over", block.over),
            ("rows", getattr(block, "rows", None)),
            ("of", getattr(block, "of", None)),
        ):
            if value in ("strokes", "talks", "practice") and "week" not in where.repeats:
                message = f"{value} belong to a week, and there is no week here"
                hint = "set for_each: week, or put this into a block with over: weeks"
                self._error((*where.path, key), "repeat-outside-week", message, hint)

    def _table(self, block: TableBlock, where: Where) -> None:
        for number, column in enumerate(block.columns):
            path = (*where.path, "columns", number)
            self._width((*path, "width"), column.width)
            if column.head is not None and column.over is not None:
                inside = column_where(where, column.over)
                self._value((*path, "head"), column.head, inside.repeats)

    def _names(self, block: Model, where: Where) -> None:
        """Style names and colour roles; those a block has by default are looked up too."""
        for name in _STYLES:
            style = getattr(block, name, None)
            if style is None or (name not in block.model_fields_set and _unused(block, name)):
                continue
            if style not in self.layout.styles:
                hint = choose(style, self.layout.styles, "styles", 30)
                path = (*where.path, name)
                self._error(path, "unknown-style", f"there is no style '{style}'", hint)
        for name in _COLOURS:
            role = getattr(block, name, None)
            if isinstance(role, str) and role not in COLOUR_ROLES:
                hint = choose(role, COLOUR_ROLES, "roles")
                path = (*where.path, name)
                self._error(path, "unknown-role", f"there is no colour role '{role}'", hint)

    def _value(self, path: KeyPath, value: str, repeats: frozenset[str]) -> None:
        """A string id that exists, for all its variables, or a known variable."""
        if value.startswith("$"):
            self._variable(path, value[1:], repeats)
            return
        names = values.BRACES.findall(value)
        for name in names:
            self._in_braces(path, name, repeats)
        if all(values.fits_in_ids(name) for name in names):
            self._strings(path, value)

    def _strings(self, path: KeyPath, value: str) -> None:
        if re.fullmatch(r"benefit\..*\.taught", value):
            message = f"'{value}' is a claim without its hedge"
            self._error(path, "bare-claim", message, "use a block of type: benefits")
            return
        ids = values.expanded(value, self.known.catalogue)
        missing = [name for name in ids if name not in self.known.strings]
        if missing:
            more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
            listed = ", ".join(f"'{name}'" for name in missing[:3])
            hint = choose(missing[0], self.known.strings, "", 0)
            hint = hint or "see catalogue/locales/en.yaml for the ids"
            self._error(path, "unknown-string", f"there is no string {listed}{more}", hint)

    def _in_braces(self, path: KeyPath, name: str, repeats: frozenset[str]) -> None:
        self._variable(path, name, repeats)
        if name in VARIABLES and not values.fits_in_ids(name):
            message = f"{{{name}}} cannot stand in an id"
            self._error(path, "bad-variable", message, "use an id such as {group.id}")

    def _variable(self, path: KeyPath, name: str, repeats: frozenset[str]) -> None:
        message = values.variable_problem(name, repeats)
        if message and name in VARIABLES:
            kind = name.partition(".")[0]
            hint = f"set over: or for_each: so that there is a {kind}"
            self._error(path, "variable-outside-repeat", message, hint)
        elif message:
            self._error(path, "unknown-variable", message, choose(name, VARIABLES, "variables", 8))

    def _drawing(self, path: KeyPath, value: str, repeats: frozenset[str]) -> None:
        if value.startswith("$"):
            self._variable(path, value[1:], repeats)
        elif value not in self.known.drawings:
            hint = choose(value, self.known.drawings, "drawings")
            self._error(path, "unknown-drawing", f"there is no drawing '{value}'", hint)

    def _group(self, path: KeyPath, value: str, repeats: frozenset[str]) -> None:
        groups = [group.id for group in self.known.catalogue.groups]
        if value.startswith("$"):
            self._variable(path, value[1:], repeats)
        elif value not in groups:
            hint = choose(value, groups, "groups")
            self._error(path, "unknown-group", f"there is no group '{value}'", hint)

    def _condition(self, path: KeyPath, text: str, repeats: frozenset[str]) -> None:
        match = values.CONDITION.fullmatch(text.strip())
        if match is None:
            hint = "write $variable, not $variable, $variable == value, or $variable != value"
            self._error(path, "bad-condition", f"'{text}' is no condition", hint)
        else:
            self._variable(path, match[1], repeats)

    def _width(self, path: KeyPath, width: str | None) -> None:
        if width is not None and not _WIDTH.fullmatch(width):
            hint = "write a length such as 40mm, a share such as 2fr, or content"
            self._error(path, "bad-width", f"'{width}' is no width", hint)

    def _fit(self, found: list[Found]) -> None:
        """What a fit step drops must be there to be dropped; inherited steps may drop nothing."""
        if self.spot.at(("fit",)).path != self.spot.at(("id",)).path:
            return
        optional = {one.block.optional for one in found if one.block.optional}
        if any(isinstance(one.block, BenefitsBlock) and one.block.firm for one in found):
            optional.add(MORE_BENEFITS)
        for number, step in enumerate(self.layout.fit):
            for index, name in enumerate(step.drop):
                if name not in optional:
                    hint = choose(name, optional, "optional blocks") if optional else ""
                    hint = hint or f"give a block optional: {name}, or take it out"
                    path = ("fit", number, "drop", index)
                    message = f"no block has optional: {name}"
                    self._error(path, "unknown-optional", message, hint)

    def _error(self, path: KeyPath, code: str, message: str, hint: str) -> None:
        self.problems.error(code, message, hint, self.spot.at(path))


def _unused(block: Model, style: str) -> bool:
    """Whether a block's default style for titles is not needed, as it sets no titles."""
    if style != "title_style":
        return False
    plain = isinstance(block, BenefitsBlock) and block.form == "list"
    return plain or (isinstance(block, SafetyBlock) and not block.titles)
