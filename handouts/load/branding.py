"""The second half of a load: brands, on what is the same for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from handouts.diagnostics import Place
from handouts.load import brands as files
from handouts.load.brand_words import check_claims
from handouts.load.filed import FiledBrand, Groundwork, LoadResult
from handouts.load.overrides import Override, for_target, read_overrides
from handouts.load.problems import Problems
from handouts.model.locale import SOURCE_LANGUAGE, Locale
from handouts.world import World


class Against(NamedTuple):
    """What brands are found and checked by; after problems, parts of it are missing.

    `setting` is the brand the project file names, at `place`; `tags` are all languages there
    are, `locales` those that were loaded.
    """

    setting: str | None
    place: Place | None
    locales: Mapping[str, Locale]
    tags: tuple[str, ...]
    families: tuple[str, ...] | None


def load_brands(
    world: World,
    project: Path | None,
    wanted: Sequence[str],
    changes: Sequence[Override],
    against: Against,
    problems: Problems,
) -> Mapping[str, FiledBrand]:
    """The brands that are wanted, or else the project's own; what is wrong is noted."""
    found: dict[str, FiledBrand] = {}
    places: Iterable[tuple[str | None, Place | None]] = (
        [(name, None) for name in dict.fromkeys(wanted)]
        if wanted
        else [(against.setting, against.place)]
    )
    for name, where in places:
        with problems.collected():
            ident, path = files.locate(world, project, name, where)
            found[ident] = files.load_brand(world, project, ident, path, changes, problems)
            _check(found[ident], against, problems)
    return MappingProxyType(found)


def _check(brand: FiledBrand, against: Against, problems: Problems) -> None:
    english = against.locales.get(SOURCE_LANGUAGE)
    if against.families is not None and english is not None:
        files.check_brand(brand, against.families, english, against.tags, problems)
        check_claims(brand.brand, against.locales, brand.place, problems)


def add_brands(
    world: World,
    ground: Groundwork,
    *,
    project: Path | None,
    overrides: Sequence[str],
    brands: Sequence[str],
) -> LoadResult:
    """What `handouts.load.load_result` gives, when the first half of it is known.

    Raises:
        HandoutsError: with every problem found, and the warnings beside them.
    """
    problems = Problems()
    changes: Sequence[Override] = ()
    with problems.collected():
        changes = for_target(read_overrides(overrides), "brand")
    problems.add(ground.warnings)
    base = ground.project
    against = Against(
        base.settings.brand, ground.brand_place, base.locales, ground.tags, base.fonts.families
    )
    found = load_brands(world, project, brands, changes, against, problems)
    problems.stop()
    return LoadResult(replace(base, brands=found), problems.warnings)


__all__ = ["Against", "add_brands", "load_brands"]
