"""Project and job to document: which words, in which order, with which meaning and colour role.

The second stage. It knows benefits, languages and brands; it knows no coordinate.
"""

from handouts.compose.again import recomposed
from handouts.compose.document import Composed, compose, composed
from handouts.compose.facts import language_names
from handouts.model.locale import default_paper

__all__ = [
    "Composed",
    "compose",
    "composed",
    "default_paper",
    "language_names",
    "recomposed",
]
