"""What a person or a program sees while a batch runs."""

from __future__ import annotations

from dataclasses import dataclass, field

from handouts.batch.events import Event, Finished, Pruned
from handouts.cli.batch_book import Book, finished_data
from handouts.cli.progress import Meter
from handouts.cli.report import clean
from handouts.cli.session import Session


@dataclass(slots=True)
class Watcher:
    """Listens to a batch: the line of progress, records for ``--jsonl``, lines for ``-v``.

    `prefix` leads from here to an output's path.
    """

    session: Session
    book: Book
    meter: Meter
    prefix: str
    done: int = field(init=False, default=0)
    failed: int = field(init=False, default=0)

    def __call__(self, event: Event) -> None:
        """Takes in one event."""
        if isinstance(event, Finished):
            self._finished(event)
        elif isinstance(event, Pruned):
            self._said("removed", event.path)
            if self.session.form == "jsonl":
                self.session.record(type="removed", path=f"{self.prefix}{event.path}")
        else:
            self.book.add([event.diagnostic])

    def _finished(self, event: Finished) -> None:
        self.done += 1
        self.failed += event.outcome.status == "failed"
        if self.session.form == "jsonl":
            self.session.record(type="file", **finished_data(event, self.prefix))
        self._said(event.outcome.status, event.task.path, str(event.reason))
        self.meter.step(self.done, self.failed, clean(event.task.path))

    def _said(self, status: str, path: str, why: str = "") -> None:
        if self.session.verbose and not self.session.machine:
            self.meter.clear()
            line(self.session, status, f"{self.prefix}{path}", why)


def line(session: Session, status: str, path: str, why: str = "") -> None:
    """A file and what became of it, for ``-v``."""
    session.console.result(f"{status:<12} {clean(path)}{f'  ({clean(why)})' if why else ''}")
