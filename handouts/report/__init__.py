"""What became of a batch, for the people in a clinic network who have to act on it.

Beside the command, after everything is made: `Ledger` takes in what happened while it happens,
`page.write` makes one HTML page of it that needs nothing but a browser. Only the command uses this
package; it knows finished files and diagnostics, not how a sheet is made.
"""

from __future__ import annotations

from handouts.report.facts import Entry, Head, Issue, Status
from handouts.report.ledger import Ledger

__all__ = ["Entry", "Head", "Issue", "Ledger", "Status"]
