"""Tables: one row for each member of a collection, columns that may repeat over the days."""

from __future__ import annotations

from dataclasses import replace

from handouts.compose.blocks.collections import members
from handouts.compose.blocks.containers import track
from handouts.compose.blocks.expand import boxes
from handouts.compose.scope import Scope, Value
from handouts.compose.sheet import Sheet, insets
from handouts.model.blocks import TableBlock, TableColumn
from handouts.model.document import Box, Role, Stack, Table, TableRow


def table(block: TableBlock, sheet: Sheet, scope: Scope) -> list[Box]:
    """The table with its head; nothing when the collection is empty."""
    rows = members(block.rows, sheet, scope)
    if not rows:
        return []
    columns = [
        (column, inner)
        for column in block.columns
        for inner in (members(column.over, sheet, scope) if column.over else [scope])
    ]
    structure = sheet.structure
    with structure.within(structure.add(Role.TABLE)):
        with structure.within(structure.add(Role.THEAD)):
            head = _head(block, columns, sheet)
        with structure.within(structure.add(Role.TBODY)):
            body = tuple(_row(columns, inner, sheet) for inner in rows)
    return [
        Table(
            tracks=tuple(track(column.width) for column, _ in columns),
            head=(head,),
            rows=body,
            padding=insets(block.padding),
        )
    ]


def _head(block: TableBlock, columns: list[tuple[TableColumn, Scope]], sheet: Sheet) -> TableRow:
    structure = sheet.structure
    style = sheet.styles[block.head_style]
    node = structure.add(Role.TR)
    cells: list[Box] = []
    with structure.within(node):
        for column, scope in columns:
            cell = structure.add(Role.TH, scope="Column")
            spec = column.head or ""
            spans = sheet.words.resolve(spec, scope, {}) if spec else ()
            if column.align == "centre":
                look = replace(style, text=replace(style.text, align="centre"))
            else:
                look = style
            if spans:
                cells.append(sheet.paragraph(spans, look, source=spec, node=cell))
            else:
                cells.append(Stack(node=cell, children=()))
    return TableRow(node=node or 0, cells=tuple(cells))


def _row(columns: list[tuple[TableColumn, Scope]], row: Scope, sheet: Sheet) -> TableRow:
    structure = sheet.structure
    node = structure.add(Role.TR)
    cells: list[Box] = []
    with structure.within(node):
        for column, scope in columns:
            header = column.row_header
            cell = structure.add(Role.TH if header else Role.TD, scope="Row" if header else None)
            cells.append(_cell(column, row.with_values(_only_days(scope)), sheet, cell))
    return TableRow(node=node or 0, cells=tuple(cells))


def _cell(column: TableColumn, scope: Scope, sheet: Sheet, node: int | None) -> Box:
    """The cell's block. A lone paragraph is written straight into the cell's element."""
    with sheet.structure.within(node):
        if column.cell.type == "text":
            style = sheet.styles[column.cell.style]
            spec = column.cell.string or ""
            spans = sheet.words.resolve(spec, scope, column.cell.args)
            return sheet.paragraph(spans, style, source=spec, node=node)
        made = boxes((column.cell,), sheet, scope)
    return Stack(node=node, children=tuple(made))


def _only_days(scope: Scope) -> dict[str, Value]:
    return {k: v for k, v in scope.variables.items() if k.startswith("day.")}
