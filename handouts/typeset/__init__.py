"""Typesetting: from a semantic document to placed pages.

``typeset`` shapes and breaks text (``text``), measures and splits boxes (``boxes``), fits and
paginates sections, and paints what was measured (``paint``). Each later step knows the
earlier ones only by their results.
"""

from handouts.typeset.again import Typeset, retypeset, typeset_to_keep
from handouts.typeset.engine import typeset

__all__ = ["Typeset", "retypeset", "typeset", "typeset_to_keep"]
