"""How a PDF that somebody else made can be broken, and the one message for all of it.

Beside `foreign`, which looks such files over, and `insert`, which takes pages out of them.
"""

from __future__ import annotations

from pypdf.errors import PyPdfError

from handouts.diagnostics import ExitCode, HandoutsError, Place, problem


class Broken(ValueError):
    """What is broken about a file, in our own words."""


DAMAGE = (
    PyPdfError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    RecursionError,
    OverflowError,
    AssertionError,
    NotImplementedError,
)
"""What pypdf raises on broken files: not all of it is its own."""

_LONGEST = 160


def damaged(name: str, error: Exception, place: Place | None) -> HandoutsError:
    """The one message for all the ways a file can be broken.

    What Python says about a broken file would tell nobody anything, so it is left out.
    """
    said = str(error) if isinstance(error, Broken | PyPdfError) else ""
    message = f"{name} is damaged: {said[:_LONGEST] or 'its parts do not hold together'}"
    hint = "open it in a reader and save or print it to a new PDF"
    return problem("damaged-pdf", message, hint, place, ExitCode.FILE)
