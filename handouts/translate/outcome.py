"""What an import is asked for, and what it comes to. Between `importing` and the command."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from handouts.diagnostics import Diagnostic, Severity
from handouts.translate.merge import Change, Signer


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an import is to do.

    `target` is the file to be written, `copy` whether the language's file is a built-in one
    that becomes the project's own there.
    """

    target: Path
    signer: Signer
    partial: bool = False
    copy: bool = False


@dataclass(slots=True)
class Outcome:
    """What an import comes to. `content` is None when there is nothing to write.

    `left_out` names the strings that were not taken, `archive` is the file of earlier English
    with its new content.
    """

    language: str
    content: bytes | None = None
    changes: tuple[Change, ...] = ()
    heads: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    archive: tuple[Path, bytes] | None = None
    found: list[Diagnostic] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether there was an error."""
        return any(one.severity is Severity.ERROR for one in self.found)
