"""Small pictures of the pages: a window round a string, the rest of it pale, its number beside it.

The pages are real ones, made by the same stages as those that are printed, rasterised by PDFium.
Strings that stand together share a picture.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from handouts.model.drawing import Picture
from handouts.model.pages import Pages
from handouts.model.project import Job
from handouts.pipeline import render
from handouts.translate.review.items import Item
from handouts.translate.review.spots import Box, Found, Spot
from handouts.units import Length, millimetres

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

WIDTH = millimetres(40)
"""How wide pictures are on the sheet."""
DOTS = 150 / 72
"""Pixels of a picture in a point of the sheet."""
SHADES = 16
"""Levels of grey: enough for print at this size, and a third of the bytes."""
TOGETHER = 6
"""Strings in one picture at most: the first of them should not be a page away."""
_FINE = 3
"""How much larger a picture is while marks are drawn on it, so that their edges are smooth."""
_WINDOW = (205.0, 41.0)
"""Least width and height of a window, in points of the page: a little of what is around."""
_WIDEST = 270.0
"""Points of the page that a picture shows of strings at most."""
_TALLEST = 44.0
"""Points of the sheet: a higher picture of several strings would make its row too high."""
_AROUND = 9.0
"""Points of the page left round a string."""
_ASIDE = 20.0
"""Points of the sheet left beside it for its number."""
_PALE = 0.42
"""How much of the page's darkness is left around a string."""
_TAG = 7.4
"""Type size of the number, in points of the sheet."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a row shows of its string's place: a picture, or the number of the row that has it."""

    spot: Spot
    first: int
    numbers: tuple[int, ...]
    picture: Picture | None = None
    height: Length = Length(0)
    elsewhere: bool = False
    """Whether its page is another than that of the picture before."""


def pictured(items: Iterable[Item], found: Found, *, rtl: bool, font: bytes) -> Mapping[int, Shown]:
    """A picture for each string that stands on a page, by number; strings nearby share one.

    Args:
        items: strings in the order of the sheet.
        found: where they stand.
        rtl: whether numbers stand at the right of their strings.
        font: a TrueType font file for the numbers.
    """
    shown: dict[int, Shown] = {}
    before = None
    with _Camera(found.pages, rtl=rtl, font=font) as camera:
        for together in _clusters(items, found.spots):
            numbers = tuple(item.number for item, _ in together)
            (first, spot), *rest = together
            picture, height = camera.picture([(i.number, s) for i, s in together])
            page = (spot.job, spot.page)
            shown[first.number] = Shown(
                spot, first.number, numbers, picture, height, elsewhere=page != before
            )
            before = page
            for item, other in rest:
                shown[item.number] = Shown(other, first.number, numbers)
    return shown


def _clusters(
    items: Iterable[Item], spots: Mapping[str, tuple[Spot, ...]]
) -> Iterator[list[tuple[Item, Spot]]]:
    """Strings that follow one another on the sheet and stand together on a page.

    Of the places of the first, that is taken where most of those after it stand too.
    """
    waiting = [(item, spots[item.unit.id]) for item in items if item.unit.id in spots]
    while waiting:
        places = waiting[0][1]
        after = takewhile(lambda one: not one[0].leads, waiting[1:TOGETHER])
        following = [others for _, others in after]
        ways = [_together(spot, following) for spot in places]
        best = max(ways, key=len)
        yield [(item, spot) for (item, _), spot in zip(waiting, best, strict=False)]
        waiting = waiting[len(best) :]


def _together(first: Spot, following: Iterable[tuple[Spot, ...]]) -> list[Spot]:
    """The spots of a string and of those after it, up to the first that stands elsewhere."""
    here = [first]
    for places in following:
        near = next((spot for spot in places if _near(here, spot)), None)
        if near is None:
            break
        here.append(near)
    return here


def _near(others: list[Spot], spot: Spot) -> bool:
    if (others[0].job, others[0].page) != (spot.job, spot.page):
        return False
    x0, y0, x1, y1 = _union([one.box for one in (*others, spot)])
    width = max(_WINDOW[0], x1 - x0 + _aside(x1 - x0) + _AROUND)
    return x1 - x0 <= _WIDEST and (y1 - y0 + 2 * _AROUND) * WIDTH / width <= _TALLEST


def _union(boxes: Iterable[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


class _Camera:
    """Takes pictures of pages; each page is rasterised once, when it is first asked for."""

    ZOOM = DOTS * _FINE * WIDTH / _WINDOW[0]
    """Pixels of a rasterised page in one of its points: as many as the closest window needs."""

    def __init__(self, pages: Mapping[Job, Pages], *, rtl: bool, font: bytes) -> None:
        from PIL import ImageFont

        self._pages = pages
        self._rtl = rtl
        size = round(_TAG * DOTS * _FINE)
        basic = ImageFont.Layout.BASIC
        self._type = ImageFont.truetype(io.BytesIO(font), size, layout_engine=basic)
        self._images: dict[tuple[Job, int], Image] = {}

    def __enter__(self) -> _Camera:
        return self

    def __exit__(self, *error: object) -> None:
        for image in self._images.values():
            image.close()

    def picture(self, marks: list[tuple[int, Spot]]) -> tuple[Picture, Length]:
        """A picture with all these strings marked, and its height on the sheet."""
        from PIL import Image

        page = self._image(marks[0][1])
        window = self._window([spot.box for _, spot in marks], page)
        scale = WIDTH / (window[2] - window[0])
        height = Length((window[3] - window[1]) * scale)
        width_px, height_px = round(WIDTH * DOTS), round(height * DOTS)
        size = (width_px * _FINE, height_px * _FINE)
        x0, y0, x1, y1 = (value * self.ZOOM for value in window)
        detail = page.resize(size, Image.Resampling.LANCZOS, box=(x0, y0, x1, y1))
        drawn = self._marked(detail, marks, window, size[0] / (window[2] - window[0]))
        small = drawn.resize((width_px, height_px), Image.Resampling.LANCZOS)
        step = 255 / (SHADES - 1)
        data = small.point(lambda level: round(round(level / step) * step)).tobytes()
        digest = hashlib.sha256(data).hexdigest()
        return Picture(width_px, height_px, 1, "raw", data, None, digest), height

    def _window(self, boxes: list[Box], page: Image) -> Box:
        """What of the page is shown: the strings, room for their numbers, and some around."""
        x0, y0, x1, y1 = _union(boxes)
        if x1 - x0 > _WIDEST:  # A string as wide as the page would be too small to read.
            x0, x1 = (x1 - _WIDEST, x1) if self._rtl else (x0, x0 + _WIDEST)
        aside = _aside(x1 - x0)
        start, end = (_AROUND, aside) if self._rtl else (aside, _AROUND)
        left, right = _widened(x0 - start, x1 + end, _WINDOW[0], page.width / self.ZOOM)
        least = max(_WINDOW[1], (right - left) * _WINDOW[1] / _WINDOW[0])
        top, bottom = _widened(y0 - _AROUND, y1 + _AROUND, least, page.height / self.ZOOM)
        return left, top, right, bottom

    def _marked(
        self, image: Image, marks: list[tuple[int, Spot]], window: Box, scale: float
    ) -> Image:
        from PIL.ImageDraw import Draw

        pale = image.point(lambda level: round(255 - (255 - level) * _PALE))
        frames = [_frame(spot.box, window, scale) for _, spot in marks]
        for frame in frames:
            x0, y0, x1, y1 = map(round, frame)
            pale.paste(image.crop((x0, y0, x1, y1)), (x0, y0))
        draw = Draw(pale)
        pen = round(0.75 * DOTS * _FINE)
        for frame in dict.fromkeys(frames):
            draw.rounded_rectangle(frame, radius=4 * pen, outline=0, width=pen)
        taken: list[Box] = []
        for (number, _), frame in zip(marks, frames, strict=True):
            taken.append(self._tag(draw, str(number), frame, pale.size, taken))
        return pale

    def _tag(
        self, draw: ImageDraw, text: str, frame: Box, size: tuple[int, int], taken: list[Box]
    ) -> Box:
        """The number beside a string, in white on black."""
        font = self._type
        pad = 1.1 * DOTS * _FINE
        width, height = font.getlength(text) + 3 * pad, font.size * 0.75 + 2 * pad
        x = frame[2] + pad if self._rtl else frame[0] - pad - width
        y = frame[1]
        x = min(max(x, 0), size[0] - width)
        for box in taken:
            if abs(box[0] - x) < width and abs(box[1] - y) < height:
                y = box[3] + pad / 2
        y = min(max(y, 0), size[1] - height)
        place = (x, y, x + width, y + height)
        draw.rounded_rectangle(place, radius=2 * pad, fill=0)
        middle = (x + width / 2, y + height / 2)
        draw.text(middle, text, font=font, fill=255, anchor="mm")
        return place

    def _image(self, spot: Spot) -> Image:
        key = (spot.job, spot.page)
        if key not in self._images:
            self._images |= _rasterised(spot.job, self._pages[spot.job], self.ZOOM)
        return self._images[key]


def _rasterised(job: Job, pages: Pages, zoom: float) -> dict[tuple[Job, int], Image]:
    """All pages of a sheet, in grey."""
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(render(pages))
    try:
        images = {}
        for number in range(len(document)):
            page = document[number]
            bitmap = page.render(scale=zoom, grayscale=True)
            images[job, number] = bitmap.to_pil().convert("L")
            bitmap.close()
            page.close()
        return images
    finally:
        document.close()


def _aside(width: float) -> float:
    """Points of the page a number needs beside strings so wide: more, the smaller they get."""
    share = _ASIDE / WIDTH
    return max(_WINDOW[0], (width + _AROUND) / (1 - share)) * share


def _widened(low: float, high: float, least: float, most: float) -> tuple[float, float]:
    """An interval at least so long, within 0 and `most`."""
    more = max(0.0, least - (high - low)) / 2
    low, high = low - more, high + more
    if low < 0:
        low, high = 0.0, high - low
    if high > most:
        low, high = max(0.0, low - (high - most)), most
    return low, high


def _frame(box: Box, window: Box, scale: float) -> Box:
    """A string's box in a picture, with a little air."""
    air = 2.0
    return (
        (box[0] - air - window[0]) * scale,
        (box[1] - air - window[1]) * scale,
        (box[2] + air - window[0]) * scale,
        (box[3] + air - window[1]) * scale,
    )
