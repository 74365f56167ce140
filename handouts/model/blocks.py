"""The blocks of the layout language: what may stand on a sheet, and what each may say.

A *value* is a string id (``flyer.title``) or, with a dollar sign, a variable (``$brand.name``);
ids may hold variables in braces (``group.{group.id}.lead``). Directions are logical: start and
end, never left and right.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from handouts.model.base import Field, Model, Tag, after, before
from handouts.units import Length

Collection = Literal["groups", "benefits", "weeks", "strokes", "talks", "practice", "days"]
ColourRole = str
Arrangement = Literal["side", "stacked", "inline", "once"]
"""Two languages: in columns side by side, one under the other, in one line, or the first alone."""


class Sides(Model):
    """Space per side: one length for all, or top, bottom, start, end (x and y for pairs)."""

    top: Length = Length(0)
    bottom: Length = Length(0)
    start: Length = Length(0)
    end: Length = Length(0)

    @before
    def _expand(cls, value: Any) -> Any:
        if isinstance(value, str | int | float):
            return dict.fromkeys(("top", "bottom", "start", "end"), value)
        if isinstance(value, dict):
            value = dict(value)
            for short, sides in (("x", ("start", "end")), ("y", ("top", "bottom"))):
                if short in value:
                    length = value.pop(short)
                    for side in sides:
                        value.setdefault(side, length)
        return value


class BlockBase(Model):
    """What every block may say."""

    when: str | None = Field(
        default=None,
        description="Condition: $variable, not $variable, $variable == value, or !=.",
    )
    over: Collection | None = Field(
        default=None, description="Repeats the block for each member of a collection."
    )
    optional: str | None = Field(default=None, description="Name under which a fit step drops it.")
    keep: bool = Field(default=False, description="Never split over pages.")
    keep_with_next: bool = False
    width: str | None = Field(
        default=None,
        description="Width in a row: a length, a share such as 2fr, or content. Default 1fr.",
    )

    bilingual: Arrangement | None = Field(
        default=None,
        description="How the two languages of a sheet stand here; default: as around it, and "
        "one under the other inside a row or grid.",
    )


class Container(BlockBase):
    """A block that holds blocks."""

    children: tuple[Block, ...]
    role: Literal["section", "list", "item", "none"] = "none"


class StackBlock(Container):
    """Blocks one under another."""

    type: Literal["stack"]
    gap: Length = Length(0)
    align: Literal["top", "middle", "bottom"] = "top"
    padding: Sides = Field(default_factory=Sides)


class PanelBlock(Container):
    """A stack with a fill, a border or rounded corners."""

    type: Literal["panel"]
    gap: Length = Length(0)
    align: Literal["top", "middle", "bottom"] = "top"
    padding: Sides = Field(default_factory=Sides)
    fill: ColourRole | None = None
    border: ColourRole | None = None
    border_width: Length = Length(1)
    border_sides: tuple[Literal["top", "bottom", "start", "end"], ...] = ()
    radius: Length = Length(0)
    min_height: Length = Length(0)
    backdrop: str | None = Field(default=None, description="Drawing behind the content.")
    backdrop_colour: ColourRole = "primary-soft"
    backdrop_side: Literal["start", "end", "centre"] = "end"
    backdrop_width: Length = Length(0)


class RowBlock(Container):
    """Blocks side by side, from start to end."""

    type: Literal["row"]
    gap: Length = Length(0)
    align: Literal["top", "middle", "bottom", "stretch", "baseline"] = "top"


class GridBlock(Container):
    """Blocks in rows of equal columns; blocks in a row share their height."""

    type: Literal["grid"]
    columns: int = Field(ge=1, le=12)
    gap: Length = Length(0)
    row_gap: Length | None = None
    fill_last: bool = Field(default=False, description="The last row's blocks share its width.")


class ColumnsBlock(Container):
    """Blocks that flow from column to column."""

    type: Literal["columns"]
    count: int = Field(ge=1, le=6)
    gap: Length = Length(18)
    row_gap: Length = Length(0)
    balance: bool = True


class TextBlock(BlockBase):
    """A paragraph or heading (its style says which)."""

    type: Literal["text"]
    string: str | None = Field(default=None, description="A string id or a $variable.")
    parts: tuple[str, ...] = Field(default=(), description="Several values in one line.")
    separator: str = " · "
    args: dict[str, str] = Field(
        default_factory=dict,
        description="Values for the string's placeholders: $variables, or ids of strings.",
    )
    style: str = "body"
    bold: bool = False

    @after
    def _one(self) -> TextBlock:
        if (self.string is None) == (not self.parts):
            raise ValueError("a text block has either string or parts")
        return self


class ListBlock(BlockBase):
    """A list of strings."""

    type: Literal["list"]
    strings: tuple[str, ...] = ()
    of: Literal["talks"] | None = None
    marker: Literal["bullet", "tick", "cross", "number", "disc-number"] = "bullet"
    marker_colour: ColourRole = "accent"
    style: str = "body"
    gap: Length = Length(3)
    columns: int = Field(default=1, ge=1, le=4)


class BenefitsBlock(BlockBase):
    """A group's benefits under its hedged lead-in, which cannot be left out.

    `list`: bullets; as taught (instructor) or hedged sentences (clinic). `detail`: evidence
    icon, title, and the hedged sentence that says what is known.
    """

    type: Literal["benefits"]
    form: Literal["list", "detail"] = "list"
    group: str = Field(default="$group.id", description="A group id or $group.id in a repeat.")
    lead_style: str = "h2"
    style: str = "body"
    title_style: str = "h3"
    icon: bool = True
    icon_size: Length = Length(24)
    marker_colour: ColourRole = "accent"
    gap: Length = Length(3)
    columns: int = Field(default=1, ge=1, le=4)
    limit: dict[Literal["instructor", "clinic"], Annotated[int, Field(ge=1)]] = Field(
        default_factory=dict, description="At most so many benefits, the best supported first."
    )
    firm: int | None = Field(
        default=None,
        ge=1,
        description="In the clinic profile's list: the fit step `drop: [more-benefits]` may leave "
        "out all but so many, the best supported.",
    )


class LegendBlock(BlockBase):
    """What the evidence icons mean."""

    type: Literal["legend"]
    style: str = "small"


class SafetyBlock(BlockBase):
    """The safety notes a sheet must carry, always at body size."""

    type: Literal["safety"]
    notes: Literal["benefit", "stroke"] = "benefit"
    titles: bool = Field(default=False, description="A heading for each part (before, stop, …).")
    title_style: str = "h3"
    style: str = "body"
    columns: int = Field(default=1, ge=1, le=4)
    column_gap: Length = Length(16)
    gap: Length = Length(3)
    marker_colour: ColourRole = "accent"
    extra: bool = Field(default=False, description="Also the week's own notes.")
    also: tuple[str, ...] = Field(default=(), description="Ids of notes to print as well.")


class CuesBlock(BlockBase):
    """How a baby says yes, I need a break, stop; and what to do."""

    type: Literal["cues"]
    kinds: tuple[Literal["yes", "break", "stop", "respond"], ...] = ("yes", "break", "stop")
    title_style: str = "h3"
    style: str = "body"
    gap: Length = Length(10)
    limit: int | None = Field(default=None, ge=1)


class TableColumn(Model):
    """A column: its head, and the block in each of its cells. Repeats over days if asked."""

    width: str = "1fr"
    head: str | None = None
    cell: Block
    over: Literal["days"] | None = None
    align: Literal["start", "centre"] = "start"
    row_header: bool = False


class TableBlock(BlockBase):
    """A table with one row for each member of a collection."""

    type: Literal["table"]
    rows: Collection
    columns: tuple[TableColumn, ...]
    head_style: str = "table-head"
    padding: Sides = Field(default_factory=lambda: Sides(top=Length(5), bottom=Length(5)))


class ImageBlock(BlockBase):
    """A picture from the project folder."""

    type: Literal["image"]
    path: str
    alt: str | None = Field(default=None, description="String id or $variable; none: decoration.")
    image_width: Length = Length(120)
    image_height: Length = Length(90)


class IconBlock(BlockBase):
    """An icon. It is decoration: what it says stands beside it in words."""

    type: Literal["icon"]
    icon: str
    size: Length = Length(20)
    colour: ColourRole = "primary"
    disc: ColourRole | None = None


class DrawingBlock(BlockBase):
    """A drawing (a stroke, a hero picture), with its description."""

    type: Literal["drawing"]
    drawing: str
    alt: str | None = Field(default=None, description="String id; none: decoration.")
    drawing_width: Length = Length(120)
    drawing_height: Length = Length(84)
    colour: ColourRole = "primary"
    disc: ColourRole | None = None


class LogoBlock(BlockBase):
    """The brand's logo with its clear space; nothing when the brand has none."""

    type: Literal["logo"]
    height: Length = Length(28)
    max_width: Length = Length(140)
    plate: ColourRole | None = Field(
        default=None, description="Fill of a rounded plate behind the logo, on coloured ground."
    )


class ContactBlock(BlockBase):
    """How to reach the clinic; lines to write on when the brand says nothing."""

    type: Literal["contact"]
    fields: tuple[
        Literal["address", "phones", "email", "web", "hours", "emergency", "instructor"], ...
    ] = ("address", "phones", "email", "web", "hours", "emergency")
    form: Literal["lines", "inline", "icons"] = "inline"
    style: str = "body"
    gap: Length = Length(2)


class QrBlock(BlockBase):
    """A QR code of the brand's address, with the address in words; nothing without one."""

    type: Literal["qr"]
    size: Length = Field(default=Length(62.36), ge=Length(56.69))
    caption: str | None = "flyer.scan"
    style: str = "small"


class RuleBlock(BlockBase):
    """A line across the column."""

    type: Literal["rule"]
    colour: ColourRole = "line"
    thickness: Length = Length(0.75)
    space_above: Length = Length(0)


class SpacerBlock(BlockBase):
    """Empty space; with `grow` it takes a share of what is left on the page."""

    type: Literal["spacer"]
    size: Length = Length(0)
    grow: float = Field(default=0.0, ge=0)


class WriteInBlock(BlockBase):
    """Lines to write on, at 8 mm or more, optionally with a label."""

    type: Literal["write-in"]
    lines: int = Field(default=1, ge=1, le=30)
    fill: bool = Field(default=False, description="More lines, as many as the page has room for.")
    pitch: Length = Field(default=Length(22.7), ge=Length(22.6))
    label: str | None = None
    value: str | None = Field(default=None, description="$variable printed instead of a line.")
    style: str = "body"


class TickBoxBlock(BlockBase):
    """An open box to tick, 4 mm or more."""

    type: Literal["tick-box"]
    size: Length = Field(default=Length(13), ge=Length(11.3))


class EvidenceBlock(BlockBase):
    """When the content was last checked, its sources, language, edition, draft notice, credit."""

    type: Literal["evidence"]
    style: str = "small"
    sources: int = Field(default=6, ge=1, description="How many sources are named.")


class PageNumberBlock(BlockBase):
    """Page X of Y, in the locale's words and digits."""

    type: Literal["page-number"]
    style: str = "small"


class ContentsBlock(BlockBase):
    """The handouts of a pack with the pages they begin on; nothing outside of a pack."""

    type: Literal["contents"]
    style: str = "body"
    group_style: str = Field(default="h2", description="Style of a language's name.")
    section_style: str = Field(
        default="strong", description="Style of the line above the weeks of a course."
    )
    number_style: str = Field(default="number", description="Style of the page numbers.")
    marker_colour: ColourRole = "primary"
    gap: Length = Length(6)


class PageBreakBlock(BlockBase):
    """A new page."""

    type: Literal["page-break"]


Block = Annotated[
    StackBlock
    | PanelBlock
    | RowBlock
    | GridBlock
    | ColumnsBlock
    | TextBlock
    | ListBlock
    | BenefitsBlock
    | LegendBlock
    | SafetyBlock
    | CuesBlock
    | TableBlock
    | ImageBlock
    | IconBlock
    | DrawingBlock
    | LogoBlock
    | ContactBlock
    | QrBlock
    | RuleBlock
    | SpacerBlock
    | WriteInBlock
    | TickBoxBlock
    | EvidenceBlock
    | PageNumberBlock
    | ContentsBlock
    | PageBreakBlock,
    Tag("type"),
]
