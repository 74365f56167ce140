"""What is wrong when pages cannot become a tagged file: a bug of ours, never the user's."""

from __future__ import annotations


class RenderError(AssertionError):
    """The placed pages contradict themselves or something was painted untagged.

    An AssertionError, because no input of a user may lead here: the pages were made by our own
    stages, and a file that is silently untagged is worse than no file.
    """
