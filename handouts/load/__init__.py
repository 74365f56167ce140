"""First stage: files to a `Project`, everything read, typed and checked against everything else.

Nothing here opens a network connection, and no file is trusted. All problems of a run are
raised together, each with the place of the value that is wrong.
"""

from handouts.load.fonts import check_manifest, load_manifest
from handouts.load.project import (
    Choices,
    LoadResult,
    choices,
    find_project,
    load,
    load_fonts,
    load_result,
    located,
)

__all__ = [
    "Choices",
    "LoadResult",
    "check_manifest",
    "choices",
    "find_project",
    "load",
    "load_fonts",
    "load_manifest",
    "load_result",
    "located",
]
