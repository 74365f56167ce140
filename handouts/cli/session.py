"""What all commands share: the options any of them takes, the world, and the console."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handouts.cli.console import Console, system_console
from handouts.cli.report import Findings, as_data, show
from handouts.diagnostics import HandoutsError
from handouts.world import World

if TYPE_CHECKING:
    from handouts.load.sheets import Sheets

SCHEMA = 1
"""Version of everything this command says in JSON; it rises when a key changes its meaning."""


@dataclass(slots=True)
class Session:
    """One run of the command. Options fill it in while click reads them."""

    quiet: bool = False
    verbose: bool = False
    debug: bool = False
    plain: bool = False
    form: str = "text"
    config: Path | None = None
    no_config: bool = False
    near: Path | None = None
    """A folder in which, and above which, the project is looked for before it is here."""
    findings: Findings = field(default_factory=Findings)
    later: list[Callable[[], None]] = field(default_factory=list)
    """What is done when everything else is: it may not fail, and nobody waits for it."""
    sheets: Sheets | None = None
    """Where placed pages of the project are kept, if they are."""
    _world: World | None = None

    @property
    def world(self) -> World:
        """The outside world, looked at once."""
        if self._world is None:
            self._world = World.system()
        return self._world

    @property
    def console(self) -> Console:
        """The streams, as the options so far want them."""
        try:
            environment = self.world.env
        except HandoutsError:  # An environment that is wrong must still be reported.
            environment = {}
        return system_console(environment, quiet=self.quiet, verbose=self.verbose, plain=self.plain)

    def document(self, **content: Any) -> None:
        """Prints the one JSON document of a command: schema, its content, the diagnostics."""
        diagnostics = [as_data(finding) for finding in self.findings.all()]
        self.record(**content, diagnostics=diagnostics)

    def record(self, **content: Any) -> None:
        """Prints one JSON object with the schema's version; in one line with ``--jsonl``."""
        import json

        indent = None if self.form == "jsonl" else 2
        self.console.result(json.dumps({"schema": SCHEMA, **content}, indent=indent))

    def records(self) -> None:
        """The findings as JSON records, at the end of ``--jsonl``."""
        for finding in self.findings.all():
            self.record(type="diagnostic", **as_data(finding))

    @property
    def machine(self) -> bool:
        """Whether standard output is for a program."""
        return self.form in ("json", "jsonl")

    def finish(self) -> int:
        """Shows what was found and gives the exit code."""
        show(self.console, self.findings, self.form)
        return int(self.findings.exit_code)
