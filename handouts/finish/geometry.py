"""How large a foreign page is and how it is turned, checked before anything believes it.

For `foreign`, which tells the layout the sizes, and `insert`, which takes the pages over.
"""

from __future__ import annotations

from pypdf import PageObject
from pypdf.generic import NullObject, PdfObject

from handouts.finish.damage import Broken

SMALLEST, LARGEST = 3.0, 14_400.0
"""Points a page may measure (ISO 32000-1, annex C)."""

_QUARTER = 90


def size(page: PageObject) -> tuple[float, float]:
    """Width and height in points as a reader shows the page: cropped, scaled, turned.

    Raises:
        Broken: for a page that is larger or smaller than a page can be.
    """
    box, unit = page.cropbox, user_unit(page)
    width, height = abs(float(box.width)) * unit, abs(float(box.height)) * unit
    if not (SMALLEST <= width <= LARGEST and SMALLEST <= height <= LARGEST):
        raise Broken(f"it measures {width:g} by {height:g} points")
    return (height, width) if turn(page) % 180 else (width, height)


def user_unit(page: PageObject) -> float:
    """How many points one unit of the page has (ISO 32000-1, table 30).

    Raises:
        Broken: when that is no positive number.
    """
    given = _value(page, "/UserUnit", 1)
    unit = float(given) if isinstance(given, int | float) else 0.0
    if not unit > 0:
        raise Broken(f"its UserUnit is {given}, not a positive number")
    return unit


def turn(page: PageObject) -> int:
    """Degrees clockwise it is turned: 0, 90, 180 or 270.

    Raises:
        Broken: for anything that is no quarter of a turn.
    """
    given = _value(page, "/Rotate", 0)
    degrees = float(given) if isinstance(given, int | float) else 1.0
    if degrees % _QUARTER:
        raise Broken(f"its Rotate is {given}, not a multiple of 90")
    return int(degrees) % 360


def _value(page: PageObject, key: str, default: int) -> object:
    value = page.get(key)
    found = value.get_object() if isinstance(value, PdfObject) else None
    return default if found is None or isinstance(found, NullObject) else found
