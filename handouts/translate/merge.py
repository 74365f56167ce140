"""What a returned row changes: a new text, a new state, or nothing. And who may do it.

A row that is as it went out changes nothing, however old the export. A row that was changed
while the language's own file was changed too is a conflict, not an overwrite. Every earlier
state goes into the history.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError, Place
from handouts.model.locale import MADE, Status, Step, Translation, source_hash
from handouts.translate.checks import normal
from handouts.translate.language import Language
from handouts.translate.returned import Row, error, warning
from handouts.translate.unit import STATES, State, digest

RAISED: frozenset[Status] = frozenset(("reviewed", "approved"))
_PROGRAMS = (
    frozenset(
        ("machine", "bot", "program", "script", "automatic", "automated", "software", "llm", "gpt")
    )
    | frozenset(
        ("chatgpt", "claude", "copilot", "deepl", "gemini", "google", "handouts", "microsoft", "mt")
    )
    | {"openai", "papago", "ai", "ki"}
)
_CORRECTION = 0.6
"""How much of a text a reviewer leaves as it was; with less it is a new text."""

_HASH = re.compile("[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a string. `old` is None for one that had no translation of its own."""

    id: str
    before: State
    old: Translation | None
    new: Translation
    row: Row

    @property
    def reworded(self) -> bool:
        """Whether the text is another one."""
        return self.old is None or self.old.text != self.new.text


@dataclass(frozen=True, slots=True)
class Signer:
    """Who answers for rows that do not say, and the day."""

    by: str
    today: datetime.date


@dataclass(frozen=True, slots=True)
class Judged:
    """A row's change, or why there is none. Warnings go with either."""

    change: Change | None
    found: tuple[Diagnostic, ...] = ()


def judge(language: Language, row: Row, signer: Signer) -> Judged:
    """What a row changes in its language.

    A row for a string of the table only; its text is not looked at, but for being there.
    """
    text, remark = normal(row)
    notes = (remark,) if remark else ()
    try:
        change = _change(language, row, text, signer)
    except HandoutsError as wrong:
        return Judged(None, wrong.diagnostics)
    if change is None:
        return Judged(None)
    return Judged(change, (*notes, *_warnings(language, change)))


def untouched(row: Row) -> bool:
    """Whether a row is as it went out. One that does not say how it went out is taken as new."""
    return bool(row.was) and row.was == digest(row.state or _silent(row), row.target)


def is_program(name: str) -> bool:
    """Whether a signature is a machine's: it can translate, but never review."""
    return any(word in _PROGRAMS for word in re.findall(r"[^\W\d_]+", name.lower()))


def signed(by: str | None, translator: str | None) -> bool:
    """Whether two signatures are one person's, however they are written."""
    return bool(by and translator) and _folded(by or "") == _folded(translator or "")


def _change(language: Language, row: Row, text: str, signer: Signer) -> Change | None:
    old, before = language.own(row.id), language.state(row.id)
    here = language.text(row.id)
    if untouched(row):
        return None
    if not text.strip():
        if not here:
            return None
        raise _refused(
            "empty",
            f"'{row.id}' is empty, but has a translation",
            "write it again, or take the whole row out to leave it as it is",
            row.place,
        )
    state = _known_state(row)
    same = text == here
    if same and state in ("", before, "missing"):
        return None
    if same and state == "stale":
        return None
    if same and old is None:
        return None  # What a variant takes over is reviewed where it is.
    seen = _seen(language, row)
    by = _by(old, row, signer)
    status = _status(old, before, row, state, by, same)
    new = Translation(
        text=text,
        source=seen,
        status=status,
        by=_credited(old, status, by, same),
        on=_on(old, row, signer),
        history=_history(old, text),
    )
    if old is not None and (old.text, old.status, old.source) == (text, status, seen):
        return None
    _refuse_conflict(language, row, before, here)
    _refuse_own_review(row, old, new, same)
    return Change(row.id, before, old, new, row)


def _silent(row: Row) -> str:
    """The state a format does not spell out: nothing there is missing."""
    return "missing" if not row.target else ""


def _known_state(row: Row) -> State | str:
    if row.state and row.state not in STATES:
        hint = f"choose one of {', '.join(STATES)}"
        raise _refused("status", f"'{row.id}' has the status '{row.state}'", hint, row.place)
    return row.state


def _seen(language: Language, row: Row) -> str:
    """The hash of the English the translator had before them."""
    seen = source_hash(row.source or language.english[row.id])
    if not row.source and _HASH.fullmatch(row.hash):
        return row.hash
    if row.hash and row.hash != seen:
        raise _refused(
            "source-edited",
            f"'{row.id}': the English in the file is not what was exported",
            "leave the English as it is; tell the people of the catalogue if it is wrong",
            row.place,
        )
    return seen


def _by(old: Translation | None, row: Row, signer: Signer) -> str | None:
    """Who signs: the row if it says somebody new, else the one who brings the file."""
    if row.by and (old is None or row.by != old.by):
        return row.by
    return signer.by or row.by or None


def _on(old: Translation | None, row: Row, signer: Signer) -> datetime.date:
    """The day the row gives if it is a new one, else today."""
    if not row.on or (old is not None and old.on and row.on == old.on.isoformat()):
        return signer.today
    try:
        day = datetime.date.fromisoformat(row.on)
    except ValueError:
        message = f"'{row.id}': '{row.on}' is no day"
        raise _refused("bad-date", message, "write it as 2026-11-23", row.place) from None
    # People east of here are a day ahead of UTC.
    if day > signer.today + datetime.timedelta(days=1):
        message = f"'{row.id}' is signed for {row.on}, which is to come"
        raise _refused("bad-date", message, "write the day it was done", row.place)
    return day


def _status(
    old: Translation | None, before: State, row: Row, state: str, by: str | None, same: bool
) -> Status:
    """How far the string is now. A new text is a draft until somebody else has seen it."""
    person = by is not None and not is_program(by)
    made: Status = "machine" if by is not None and not person else "draft"
    if same:
        return _raised(row, before, state)
    if state in ("", "missing", "stale", "draft"):
        return made
    if state == "machine":
        return "draft" if before == "machine" and person else "machine"
    if before == state:  # An approval that stood there before is not one of the new text.
        return made
    if before == "missing":
        message = f"'{row.id}' is new and {state} at once"
        hint = "import it as a draft, signed by its translator; a second person reviews it then"
        raise _refused("own-review", message, hint, row.place, ExitCode.REVIEW)
    if state == "approved":
        message = f"'{row.id}' was changed and approved at once"
        hint = "have the new text reviewed first"
        raise _refused("approved-unreviewed", message, hint, row.place, ExitCode.REVIEW)
    if old is not None and SequenceMatcher(None, old.text, row.target).ratio() < _CORRECTION:
        return made  # Not a correction by its reviewer, but a new text.
    return "reviewed"


def _raised(row: Row, before: State, state: str) -> Status:
    if before == "machine" and state == "approved":
        message = f"'{row.id}' was made by a program and cannot be approved unreviewed"
        hint = "have a person review it first"
        raise _refused("approved-unreviewed", message, hint, row.place, ExitCode.REVIEW)
    known: dict[str, Status] = {
        "machine": "machine",
        "draft": "draft",
        "reviewed": "reviewed",
        "approved": "approved",
    }
    return known[state]


def _credited(old: Translation | None, status: Status, by: str | None, same: bool) -> str | None:
    """Who is written down. Setting a string back to draft does not make it one's own work."""
    lowered = old is not None and same and status in MADE and old.status != "machine"
    return (old.translator or by) if lowered and old is not None else by


def _history(old: Translation | None, text: str) -> tuple[Step, ...]:
    if old is None:
        return ()
    kept = old.text if old.text != text else None
    step = Step(status=old.status, source=old.source, by=old.by, on=old.on, text=kept)
    return (*old.history, step)


def _refuse_conflict(language: Language, row: Row, before: State, here: str) -> None:
    """A row made from another state of the language than there is now."""
    old = language.own(row.id)
    ways = {before, "stale", old.status if old else before}
    if row.was and row.was not in {digest(way, here) for way in ways}:
        raise _refused(
            "changed-meanwhile",
            f"'{row.id}' was changed here after this file was exported; it is now: {here}",
            "export it again and bring the two together",
            row.place,
        )


def _refuse_own_review(row: Row, old: Translation | None, new: Translation, same: bool) -> None:
    if new.status not in RAISED:
        return
    if new.by is None:
        message = f"'{row.id}' is {new.status}, but nobody signs it"
        hint = "fill in By, or give --by with initials or a role"
        raise _refused("unsigned-review", message, hint, row.place, ExitCode.REVIEW)
    if is_program(new.by):
        message = f"'{row.id}' is {new.status} by {new.by}, which is a program"
        hint = "a person reviews and approves"
        raise _refused("machine-review", message, hint, row.place, ExitCode.REVIEW)
    if any(signed(new.by, name) for name in (new.translator, *(_authors(old) if old else ()))):
        message = f"'{row.id}' was translated and {new.status} by {new.by}"
        hint = "have somebody else review it"
        raise _refused("own-review", message, hint, row.place, ExitCode.REVIEW)


def _authors(text: Translation) -> Iterable[str | None]:
    """Everybody who worded it: its translator, and whoever changed it while reviewing."""
    yield text.translator
    said = [(step.text, step.by) for step in text.history] + [(text.text, text.by)]
    for (before, _), (_, by) in pairwise(said):
        if before is not None:  # A step keeps its text where the next one changed it.
            yield by


def _warnings(language: Language, change: Change) -> Iterable[Diagnostic]:
    row, new = change.row, change.new
    if new.source != source_hash(language.english[row.id]):
        message = f"'{row.id}' was made from English that has changed since; it is taken as stale"
        hint = f"handouts translate status {language.tag} shows what changed"
        yield warning("old-english", message, hint, row.place)
    if change.before in RAISED and new.status in MADE and change.reworded:
        message = f"'{row.id}' was {change.before}; with its new text it is a {new.status} again"
        yield warning("review-lost", message, "have it reviewed again", row.place)


def _refused(
    code: str, message: str, hint: str, place: Place, exit_code: ExitCode = ExitCode.CONTENT
) -> HandoutsError:
    return HandoutsError([error(code, message, hint, place, exit_code)])


def _folded(name: str) -> str:
    plain = re.sub(r"<[^>]*>|_", " ", unicodedata.normalize("NFKC", name).casefold())
    return "".join(re.findall(r"\w", plain))
