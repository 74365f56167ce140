"""Translators and reviewers: tables of strings out, in and judged.

Beside ``cli`` a consumer of ``load`` and ``pipeline``: it reads languages as they are filed,
knows where each string prints and how much room it has, writes the formats translators work
with, and turns what comes back into a new locale file. It writes no file itself: the command
gets bytes, and says what was found.
"""

from handouts.translate.export import FORMATS, export
from handouts.translate.importing import rehearse
from handouts.translate.language import Language, open_language, tags
from handouts.translate.outcome import Outcome, Wanted
from handouts.translate.places import Printed, places
from handouts.translate.status import Standing, standing

__all__ = [
    "FORMATS",
    "Language",
    "Outcome",
    "Printed",
    "Standing",
    "Wanted",
    "export",
    "open_language",
    "places",
    "rehearse",
    "standing",
    "tags",
]
