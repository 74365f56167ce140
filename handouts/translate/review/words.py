"""The sheet's own words. They are for staff who read English, so no catalogue holds them."""

from __future__ import annotations

from typing import Literal

from handouts.model.locale import Term
from handouts.translate.unit import State

PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Safety", ("safety",)),
    ("Flyer and benefits", ("flyer", "group", "benefit")),
    ("Signs and strokes", ("cue", "stroke")),
    ("Class sheets", ("week", "talk", "practice", "class")),
)
"""Parts of the sheet and the strings in them, by how their ids begin. Each begins a page, so
that parts can be given to different people. The rest comes last."""
REST = "Evidence, contact and small print"

STATES: dict[State, str] = {
    "missing": "Missing",
    "stale": "Stale",
    "machine": "Machine",
    "draft": "Draft",
    "reviewed": "Reviewed",
    "approved": "Approved",
}
EXPLAINED: dict[State, str] = {
    "missing": "nobody has translated it yet",
    "stale": "the English has changed since",
    "machine": "a program made it",
    "draft": "a person translated it",
    "reviewed": "a second person compared it",
    "approved": "it was released",
}
MUST = "Safety: must be right"
ANSWERS = ("Good", "Change", "Ask")

KICKER = "Review sheet"
INVITATION = (
    "Every sentence of our infant massage handouts, in English and in {language}, "
    "for somebody who speaks both and knows babies."
)
SELECTED = "Some of the sentences of our infant massage handouts, as they were asked for."
DIRECTIONS: dict[Literal["ltr", "rtl"], str] = {
    "ltr": "from left to right",
    "rtl": "from right to left",
}

STEPS_TITLE = "How to use this sheet"
STEPS = (
    "**Read the English, then the {language}.** The small picture shows where it stands on the "
    "page; the black number beside it is the number of the row.",
    "**Tick one box.** Good: it can be printed as it is. Change: something is wrong or odd. "
    "Ask: you are not sure, or we should talk about it.",
    "**Write better words on the line,** or mark them in the text. If you only have a remark, "
    "write that, in any language.",
    "**Safety sentences say as much as the English, never less.** They come first and carry a "
    "shield.",
    "**Sentences about an effect stay careful:** may, can, some. Never promise more than the "
    "English does.",
    "**Words in {{braces}} are filled in by the program.** They may move in the sentence, but "
    "must stay.",
)
LEGEND_TITLE = "How far a sentence is"

TERMS_TITLE = "Two words everything depends on"
TERMS_INTRO = "Are these the words that families use? They should be the same everywhere."
TERM_NAMES = {"infant-massage": "Infant massage", "benefits": "Benefits"}
SURE: dict[str, str] = {
    "firm": "The translator is sure.",
    "likely": "The translator thinks so: please say.",
    "ask": "A native speaker has to say first.",
}
NO_TERM = "No word yet: please write one."

HEDGES_TITLE = "Words that keep a sentence careful"
HEDGES_INTRO = "In English: {words}. A * stands for any letters."
NEGATIONS_TITLE = "Words that deny"
ADD_WORDS = "Others you would use:"
NO_WORDS = "None yet: please write them."

NOTES_TITLE = "What the translator wants you to know"
NO_NOTES = "The translator left no notes."
YOUR_NOTES_TITLE = "What you want us to know"

SIGN_TITLE = "When you have finished"
SIGN_CHECKS = (
    "I checked the safety sentences.",
    "I read every sentence on this sheet.",
    "I did not make this translation.",
)
SIGN_LINES = ("Initials", "Role", "Date")
SIGN_NOTE = "Initials and role are enough: we need no full name."

HEADS = ("Where it prints", "English")
NOTE = "Note: "
WAS = "English was: "
NOT_YET = "No translation yet: please write one."
SAME_PICTURE = "In the picture of {number}"
SPOKEN = "Read by screen readers"
UNSEEN = "On no sheet at present"
FOUND_ALT = "Where it prints: {place}. Marked: {numbers}"
PAGE = "page {page}"
EDITION = "Edition"
FILLED_IN = "is filled in by the program"
PLACEHOLDERS = {
    "name": "is a name",
    "number": "is a number",
    "count": "is a number",
    "page": "is the number of the page",
    "pages": "is the number of pages",
    "date": "is a month and year",
    "sources": "is a list of sources",
    "studies": "is a number",
    "guides": "is a number",
    "edition": "is a number such as 1.0",
    "english": "is the language’s name in English",
    "url": "is a web address",
}


def sureness(term: Term | None) -> str:
    """How sure a term is, in words."""
    return SURE[term.sure] if term else NO_TERM
