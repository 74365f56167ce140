"""What is to be done with one task: its row in the manifest, and what is there, tell.

Reads only. A file that is unlike its row was changed by hand, unless the manifest itself says that
it was about to be written, or knows nothing: then the file may vouch for itself.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from handouts.batch.events import Cause, Reason
from handouts.batch.inputs import BrandInputs, Inputs, Template, why
from handouts.batch.intact import is_intact
from handouts.batch.manifest import FAILED, PENDING, WRITTEN, Known, Manifest
from handouts.batch.store import UNSEEN, Stamp, Store
from handouts.model.batch import Task
from handouts.model.project import Job

UNCHANGED: Final = 0
WRITE: Final = 1
REFUSED: Final = 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do with one task.

    `stamp` is of what is there now; `again` says that it is as it was although its stamp is not.
    """

    action: int
    reason: Reason | None = None
    stamp: Stamp | None = None
    again: bool = False


class Judge:
    """Compares tasks with the manifest and with what is there; writes nothing."""

    def __init__(self, manifest: Manifest, store: Store, inputs: Inputs, *, force: bool) -> None:
        self._manifest, self._store, self._inputs = manifest, store, inputs
        self._force = force
        self._texts: dict[tuple[tuple[str, ...], int], bytes] = {}
        self._foreign: dict[tuple[tuple[str, ...], str, int], bool] = {}

    def verdict(self, task: Task, template: Template, brand: BrandInputs) -> Verdict:
        """What to do with a task."""
        known = self._manifest.known(task.path)
        seen = self._store.look(task.path)
        if seen is None or seen == UNSEEN:
            return Verdict(WRITE, Reason(_absent(known)), seen)
        if known is None:
            return self._ours(task, seen, Cause.UNKNOWN)
        same = known.size == seen.size and known.mark == seen.mark
        again = not same and _same_bytes(known, seen, self._store, task.path)
        if known.state == WRITTEN and (same or again):
            reason = self._changed(task.job, template, brand, known)
            return Verdict(WRITE if reason else UNCHANGED, reason, seen, again)
        if known.state == WRITTEN:
            return self._by_hand(seen)
        cause = Cause.FAILED if known.state == FAILED else Cause.INTERRUPTED
        if same or again:
            return Verdict(WRITE, Reason(cause), seen)
        return self._ours(task, seen, cause)

    def _ours(self, task: Task, seen: Stamp, cause: Cause) -> Verdict:
        """A file the manifest cannot vouch for may be replaced when it vouches for itself."""
        with suppress(OSError):  # A folder in its place, say: nothing of ours.
            if is_intact(self._store.read(task.path)):
                return Verdict(WRITE, Reason(cause), seen)
        return self._by_hand(seen)

    def _by_hand(self, seen: Stamp) -> Verdict:
        if self._force:
            return Verdict(WRITE, Reason(Cause.FORCED), seen)
        return Verdict(REFUSED, None, seen)

    def _changed(
        self, job: Job, template: Template, brand: BrandInputs, known: Known
    ) -> Reason | None:
        if known.inputs is None or known.strings is None or known.fonts is None:
            return Reason(Cause.PROGRAM)
        languages = template.languages
        texts = self._texts_of(languages, known.strings)
        foreign = self._foreign_to(languages, brand.base, known.fonts)
        return why(template.output(brand, texts, foreign=foreign), known.inputs, job)

    def _texts_of(self, languages: tuple[str, ...], number: int) -> bytes:
        key = (languages, number)
        if key not in self._texts:
            self._texts[key] = self._inputs.texts(languages, self._manifest.strings(number))
        return self._texts[key]

    def _foreign_to(self, languages: tuple[str, ...], base: str, number: int) -> bool:
        key = (languages, base, number)
        if key not in self._foreign:
            fonts = self._manifest.fonts(number)
            self._foreign[key] = self._inputs.foreign(languages, base, fonts)
        return self._foreign[key]


def is_ours(known: Known | None, store: Store, path: str) -> bool:
    """Whether a file nobody asks for is the one that is known, or at least an untouched one."""
    seen = store.look(path)
    if seen is None or known is None or (known.size, known.mark) == (seen.size, seen.mark):
        return True
    if _same_bytes(known, seen, store, path):
        return True
    with suppress(OSError):  # A folder in its place, say: not ours.
        return known.state == PENDING and is_intact(store.read(path))
    return False


def _same_bytes(known: Known, seen: Stamp, store: Store, path: str) -> bool:
    """A copy has other times than the original; its bytes decide."""
    if known.sha256 is None or known.size != seen.size:
        return False
    with suppress(OSError):
        return store.digest(path) == known.sha256.hex()
    return False


def _absent(known: Known | None) -> Cause:
    if known is None:
        return Cause.NEW
    if known.state == PENDING:
        return Cause.INTERRUPTED
    return Cause.FAILED if known.state == FAILED else Cause.MISSING
