"""The entries of finished documents in the manifest, with what they depended on."""

from __future__ import annotations

from handouts.batch.inputs import Inputs
from handouts.batch.manifest import FAILED, WRITTEN, Manifest
from handouts.batch.plan import BROKEN, MADE, Plan, Step
from handouts.batch.said import said
from handouts.batch.store import Delivered, Stamp, Store
from handouts.model.batch import Outcome

_DONE = f"""
UPDATE output SET state = {WRITTEN}, inputs = ?, strings = ?, fonts = ?, sha256 = ?, size = ?,
  mark = ?, pages = ?, seconds = ?, stamped = ?, claims = ?, said = ? WHERE path = ?
"""


class Account:
    """Enters outcomes one after the other."""

    def __init__(self, manifest: Manifest, plan: Plan, inputs: Inputs, store: Store) -> None:
        self._manifest, self._plan, self._db = manifest, plan, manifest.db
        self._inputs, self._store = inputs, store
        self._texts: tuple[object, bytes, int] = (None, b"", 0)
        self._fonts: tuple[object, bool, int] = (None, False, 0)

    def record(self, step: Step, outcome: Outcome) -> None:
        """Notes what became of a step; the caller has begun a transaction."""
        path = outcome.path
        if outcome.status == "failed":
            self._plan.settle(step.number, BROKEN)
            row = (FAILED, said(outcome.diagnostics), path)
            self._db.execute("UPDATE output SET state = ?, said = ? WHERE path = ?", row)
            return
        self._plan.settle(step.number, MADE)
        texts, strings = self._texts_of(step, outcome)
        foreign, fonts = self._fonts_of(step, outcome)
        template = self._inputs.template(step.task.job)
        inputs = template.output(step.brand, texts, foreign=foreign)
        stamp = self._stamp(outcome)
        self._db.execute(
            _DONE,
            (
                inputs,
                strings,
                fonts,
                bytes.fromhex(outcome.sha256),
                stamp.size if stamp else outcome.size,
                stamp.mark if stamp else None,
                outcome.pages,
                outcome.seconds,
                outcome.stamped,
                outcome.claims if isinstance(outcome, Delivered) else "",
                said(outcome.diagnostics),
                path,
            ),
        )

    def settle(self, step: Step, outcome: Delivered) -> None:
        """Notes what can be told of a file that was made, though not what it depended on."""
        self._plan.settle(step.number, MADE)
        self._db.execute(
            "UPDATE output SET sha256 = ?, size = ?, pages = ?, claims = ? WHERE path = ?",
            (
                bytes.fromhex(outcome.sha256),
                outcome.size,
                outcome.pages,
                outcome.claims,
                outcome.path,
            ),
        )

    def _stamp(self, outcome: Outcome) -> Stamp | None:
        if isinstance(outcome, Delivered) and outcome.mark:
            return Stamp(outcome.size, outcome.mark)
        return self._store.look(outcome.path)

    def _texts_of(self, step: Step, outcome: Outcome) -> tuple[bytes, int]:
        """Digest and number of the strings; documents of a template mostly have the same."""
        key = (step.task.job.languages, outcome.strings)
        if self._texts[0] != key:
            texts = self._inputs.texts(*key)
            self._texts = (key, texts, self._manifest.used(outcome.strings))
        return self._texts[1:]

    def _fonts_of(self, step: Step, outcome: Outcome) -> tuple[bool, int]:
        """Whether there are foreign ones among the fonts, and the list's number."""
        key = (step.task.job.languages, step.brand.base, outcome.fonts)
        if self._fonts[0] != key:
            foreign = self._inputs.foreign(*key)
            self._fonts = (key, foreign, self._manifest.used(outcome.fonts))
        return self._fonts[1:]
