"""Project and job to document: which words, in which order, with which meaning and colour role.

The second stage. It knows benefits, languages and brands; it knows no coordinate.
"""

from handouts.compose.document import compose
from handouts.compose.facts import default_paper, language_names

__all__ = ["compose", "default_paper", "language_names"]
