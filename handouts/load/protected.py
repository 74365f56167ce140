"""Which strings nobody but the catalogue may word: claims, hedges, safety and evidence.

A brand's own texts and a project's own English come past here; translations do not, since each
says which English text it was made from and how far its review has come.
"""

from __future__ import annotations

_PREFIXES = (
    *("benefit.", "safety.", "evidence.", "sheet.", "grade.", "cue."),
    # Lead-ins, neutral titles, what studies say, and steps that say when to stop.
    *("group.", "stroke.", "talk.", "topic.benefits.", "topic.known"),
)


def protected(name: str) -> bool:
    """Whether a string may not be reworded by a brand or a project."""
    return name.startswith(_PREFIXES)
