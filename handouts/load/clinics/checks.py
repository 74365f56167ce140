"""A clinic's row held to what a brand file is held to, before anything is written.

Part of ``load``: the checks are those of brand files (`brands`, `brand_words`), pointed at the
cells of the row instead of the lines of a file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from handouts.diagnostics import Diagnostic, HandoutsError, Place
from handouts.load.brand_words import check_claims, check_words
from handouts.load.brands import check_brand
from handouts.load.clinics.brand import branded
from handouts.load.clinics.cells import cell_name
from handouts.load.clinics.columns import Header
from handouts.load.clinics.keys import PHONES
from handouts.load.clinics.logos import read_logo
from handouts.load.clinics.sheet import Clinics
from handouts.load.filed import FiledBrand
from handouts.load.fonts import Manifest
from handouts.load.problems import Problems, choose
from handouts.load.spots import Origin, Spot
from handouts.model.batch import Clinic
from handouts.model.brand import Brand, Typography, own_words
from handouts.model.colour import Colour
from handouts.model.locale import SOURCE_LANGUAGE
from handouts.model.project import LoadedBrand, Project
from handouts.units import Length
from handouts.world import World

_KEPT = 20_000
MAX_WORD = 120
"""Letters of one word, or of an address between two slashes: in small print they fill a line."""
_LONG_WORD = re.compile(rf"[0-9A-Za-z\u00c0-\u052f_.@=&%+~:]{{{MAX_WORD + 1},}}")
_NOT_SET = ("qr", "logo.", "typography.", "language")
_HEX = re.compile("#[0-9a-f]{6}")


class Checker:
    """Checks the rows of one spreadsheet, one after the other."""

    def __init__(self, world: World, project: Project, sheet: Clinics) -> None:
        """A checker of a spreadsheet, with the brands underneath and the languages loaded."""
        folder, path, header, book = sheet.folder, sheet.path, sheet.header, sheet.book
        self._languages = sheet.languages
        self._world, self._project, self._folder, self._book = world, project, folder, book
        self._origin = _Row(path)
        self._header = header
        self._spot = _spots(header, self._origin)
        self._logos: dict[str, tuple[Diagnostic, ...]] = {}
        self._blocked: dict[str, re.Pattern[str]] = {}

    def check(self, clinic: Clinic) -> tuple[Diagnostic, ...]:
        """All that is wrong with a row, and all that is worth saying about it."""
        self._origin.row = clinic.row
        problems = Problems()
        base = self._project.brands[clinic.base]
        self._check_forms(clinic, problems)
        self._check_logo(clinic, base, problems)
        if not problems.failed:
            self._check_brand(clinic, base, problems)
        found = problems.found
        return tuple(self._named(one) for one in found) if found and self._book else found

    def at(self, clinic: Clinic, key: str, one: Diagnostic) -> Diagnostic:
        """A diagnostic about a value of a row, at its cell."""
        self._origin.row = clinic.row
        placed = replace(one, place=self._at(key))
        return self._named(placed) if self._book else placed

    def _check_forms(self, clinic: Clinic, problems: Problems) -> None:
        """Colours and lengths are read by their types."""
        for key, text in clinic.values:
            if key[:6] == "color.":
                if not _HEX.fullmatch(text):
                    self._check_colour(clinic, key, text, problems)
            elif len(text) > MAX_WORD and not key.startswith(_NOT_SET):
                self._check_word(key, text, problems)
            elif key == "logo.clear_space":
                self._read(Length.parse, key, text, "bad-value", problems)

    def _check_word(self, key: str, text: str, problems: Problems) -> None:
        """A word that is wider than a page; scripts without spaces have no such words."""
        found = _LONG_WORD.search(text)
        if found:
            message = f"a word of {len(found[0]):,} letters fits on no line: '{found[0][:40]}…'"
            hint = "write it shorter, or with spaces where it may be broken"
            problems.error("word-too-long", message, hint, self._at(key))

    def _check_colour(self, clinic: Clinic, key: str, text: str, problems: Problems) -> None:
        if text.startswith("#") or key.startswith("color.palette."):
            self._read(Colour.parse, key, text, "unknown-colour", problems)
            return
        palette = dict.fromkeys(self._project.brands[clinic.base].brand.color.palette)
        palette |= {one[14:]: None for one, _ in clinic.values if one.startswith("color.palette.")}
        if text not in palette:
            near = choose(text, palette, "in the palette") if palette else ""
            message = f"'{text}' is no colour" + " and no name in the palette" * bool(near)
            hint = "; ".join(filter(None, ("write it as #rrggbb, such as #1f5e5b", near)))
            problems.error("unknown-colour", message, hint, self._at(key))

    def _read(self, form: Any, key: str, text: str, code: str, problems: Problems) -> None:
        try:
            form(text)
        except ValueError as error:
            message, _, hint = str(error).partition(": ")
            problems.error(code, message, hint, self._at(key))

    def _check_logo(self, clinic: Clinic, base: LoadedBrand, problems: Problems) -> None:
        mine = [(key, text) for key, text in clinic.values if key.startswith("logo.")]
        if not mine:
            return
        path = dict(mine).get("logo.path")
        said = [key for key, _ in mine if key.startswith("logo.alt")]
        if path is None:
            if said and base.brand.logo is None:
                message = "there is no logo to describe"
                hint = "write the logo's file into a column 'logo'"
                problems.error("missing-key", message, hint, self._at(said[0]))
            return
        if not said:
            hint = "say what the logo shows, for people who cannot see it, in a column 'logo alt'"
            problems.error("missing-key", "'logo alt' is missing", hint, self._at("logo.path"))
        if path not in self._logos:
            if len(self._logos) >= _KEPT:
                self._logos.clear()
            self._logos[path] = self._wrong_with(path)
        place = self._at("logo.path")
        problems.add(replace(one, place=place) for one in self._logos[path])

    def _wrong_with(self, path: str) -> tuple[Diagnostic, ...]:
        try:
            read_logo(self._world, self._folder, path)
        except HandoutsError as error:
            return tuple(
                replace(
                    one, message=one.message if path in one.message else f"{path}: {one.message}"
                )
                for one in error.diagnostics
            )
        return ()

    def _check_brand(self, clinic: Clinic, base: LoadedBrand, problems: Problems) -> None:
        """What is checked of a whole brand, of those of its values that the row says."""
        bare = LoadedBrand(base.id, base.brand, None)
        brand = branded(bare, clinic, _Any()).brand
        mine = {key.split(".")[0]: True for key, _ in clinic.values}
        # Most texts are plainly right; those that may not be are looked at with their places.
        doubted = not all(text.isprintable() for _, text in clinic.values)
        check_words(brand, _data(clinic) if doubted else {}, self._spot, problems)
        own = _own_texts(brand, base.brand, mine)
        if any(self._may_claim(lang, text) for _, lang, text in own_words(own)):
            check_claims(own, self._project.locales, self._spot.at, problems)
        if "texts" in mine or "typography" in mine:
            kept = own if "typography" in mine else own.model_copy(update=_NO_FONTS)
            fonts = self._project.fonts
            families = list(fonts.families) if isinstance(fonts, Manifest) else []
            source = self._project.locales[SOURCE_LANGUAGE]
            filed = FiledBrand(clinic.id, kept, None, _folders(base), self._spot)
            check_brand(filed, families, source, self._languages, problems)

    def _may_claim(self, language: str, text: str) -> bool:
        """Whether a word nobody may say could stand in a text: quickly, and rather yes than no."""
        form = self._blocked.get(language)
        if form is None:
            locale = self._project.locales.get(language)
            cores = [_folded(one.strip("*")) for one in (locale.blocked if locale else ())]
            said = "|".join(map(re.escape, cores)) or "(?!)"
            form = self._blocked[language] = re.compile(said)
        return bool(form.search(_folded(text)))

    def _at(self, key: str) -> Place:
        column = max(self._header.column_of(key), 1)
        return Place(self._origin.path, self._origin.row, column)

    def _named(self, one: Diagnostic) -> Diagnostic:
        place = one.place
        if place is None or not place.line:
            return one
        return replace(one, message=f"{cell_name(place.line, place.column)}: {one.message}")


class _Row(Origin):
    """Places in the row that is being checked; the columns are fixed."""

    __slots__ = ("row",)

    def __init__(self, path: str) -> None:
        super().__init__(path, [])
        self.row = 0

    def place(self, line: int, column: int) -> Place:
        return Place(self.path, self.row, column + 1)


class _Any(Mapping[str, Any]):
    """Stands for every logo: whether it can be read is checked by itself."""

    def __getitem__(self, key: str) -> Any:
        return None

    def __iter__(self) -> Any:
        return iter(())

    def __len__(self) -> int:
        return 0


_NO_FONTS = {
    "typography": Typography.made({"fonts": (), "base": None, "headings": None}, frozenset())
}


def _spots(header: Header, origin: Origin) -> Spot:
    """The columns as the keys of a brand file nest them."""
    top = Spot(origin, 0, 0, 0, 0, {})
    for column in header.columns:
        here, at = top, column.number - 1
        parts = column.key.split(".", 2 if column.key.startswith("texts.") else -1)
        if column.key.startswith(PHONES):
            phones = top.inside.get("contact", top).inside.get("phones")
            parts = ["contact", "phones"]
            if phones is not None:
                phones.inside[len(phones.inside)] = Spot(origin, 0, at, 0, at, {})
                continue
        for part in parts:
            below = here.inside.get(part)
            if below is None:
                below = here.inside[part] = Spot(origin, 0, at, 0, at, {})
            here = below
        if column.key.startswith(PHONES):
            here.inside[0] = Spot(origin, 0, at, 0, at, {})
    return top


def _data(clinic: Clinic) -> dict[str, Any]:
    """The row's texts as a brand file nests them: what checks walk through."""
    data: dict[str, Any] = {}
    for key, text in clinic.values:
        if key.startswith(PHONES):
            data.setdefault("contact", {}).setdefault("phones", []).append(text)
            continue
        parts = key.split(".", 2 if key.startswith("texts.") else -1)
        here = data
        for part in parts[:-1]:
            below = here.get(part)
            if not isinstance(below, dict):  # name, and name [es] beside it
                below = here[part] = {} if below is None else {"": below}
            here = below
        if isinstance(here.get(parts[-1]), dict):
            here[parts[-1]][""] = text
        else:
            here[parts[-1]] = text
    return data


def _own_texts(brand: Brand, base: Brand, mine: Mapping[str, bool]) -> Brand:
    """The brand without the sentences of the one underneath, which were checked with it."""
    update: dict[str, Any] = {name: None for name in ("tagline", "disclaimer") if name not in mine}
    texts = brand.texts if "texts" in mine else {}
    if texts:
        texts = {
            tag: {
                name: text
                for name, text in said.items()
                if base.texts.get(tag, {}).get(name) != text
            }
            for tag, said in texts.items()
        }
    return brand.model_copy(update={**update, "texts": texts})


def _folded(text: str) -> str:
    """A text as `find_word` compares it."""
    return unicodedata.normalize("NFC", text).casefold()


def _folders(base: LoadedBrand) -> tuple[Path, ...]:
    return base.folders if isinstance(base, FiledBrand) else ()


__all__ = ["Checker"]
