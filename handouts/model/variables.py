"""Names that layouts, brands and styles may use: variables, and the roles of colours.

Shared by ``load``, which checks names, and ``compose``, which fills them in.
"""

from __future__ import annotations

VARIABLES = frozenset(
    {
        "brand.name",
        "brand.tagline",
        "brand.instructor",
        "brand.address",
        "brand.contact",
        "brand.email",
        "brand.hours",
        "brand.web",
        "brand.qr",
        "brand.logo",
        "brand.disclaimer",
        "class.when",
        "class.where",
        "class.next_date",
        "class.next_time",
        "class.bring",
        "group.id",
        "group.number",
        "group.count",
        "group.icon",
        "benefit.id",
        "benefit.number",
        "benefit.count",
        "benefit.grade",
        "week.id",
        "week.key",
        "week.number",
        "week.count",
        "stroke.id",
        "stroke.number",
        "stroke.drawing",
        "stroke.count",
        "talk.id",
        "talk.number",
        "talk.count",
        "practice.id",
        "practice.number",
        "practice.count",
        "practice.name",
        "day.name",
        "profile",
        "language",
        "direction",
        "part",
        "draft",
    }
)
"""What may stand after a dollar sign in a layout."""

IN_IDS = frozenset(
    {
        "group.id",
        "group.number",
        "benefit.id",
        "benefit.grade",
        "week.id",
        "week.key",
        "week.number",
        "stroke.id",
        "talk.id",
        "practice.id",
        "profile",
    }
)
"""Variables that may stand in braces inside a string id: their values are known beforehand.

``week.id`` is the number in the strings (``1``), ``week.key`` the id in the catalogue (``week-1``).
"""

MORE_BENEFITS = "more-benefits"
"""The name under which a fit step drops the benefits a list may do without."""

COLOUR_ROLES = frozenset(
    {
        "primary",
        "primary-soft",
        "accent",
        "accent-soft",
        "tint",
        "warm",
        "ink",
        "muted",
        "line",
        "paper",
        "on-primary",
        "on-accent",
    }
)
"""Roles a layout paints with; every one has a value once a brand is resolved."""
