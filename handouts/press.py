"""Many documents of one project: the stages of `handouts.pipeline`, with their results kept.

A template is a document that went through every stage, kept with what each of its parts depends
on. The next brand of the same layout, language, paper and form is stamped from it: only what
differs is composed, set and drawn again. The law that makes this safe, and that tests and
``batch --verify`` hold it to: stamped bytes are the bytes of the full way.

Where a brand's document has another form (an address of two lines instead of one, no logo), one
of the stages says so, and the document goes the full way and becomes a template itself.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from handouts import pipeline
from handouts.compose import Composed, composed, recomposed
from handouts.model.brand import Brand, Localised
from handouts.model.document import Rebranded
from handouts.model.pages import Pages
from handouts.model.project import Job, LoadedBrand, Project
from handouts.typeset import Typeset, retypeset
from handouts.world import World

if TYPE_CHECKING:
    from handouts.pdf import Plate

_PAGES = 24
"""Pages of templates kept at once, at about half a megabyte each. A batch goes through its jobs
by template, so that few are needed at a time."""


@dataclass(frozen=True, slots=True)
class Made:
    """A finished document.

    `strings` are (language, id) of every string the sheet used, `fonts` the digests of the font
    files in it; `stamped` tells whether it was made from a template.
    """

    data: bytes
    pages: int
    strings: tuple[tuple[str, str], ...]
    fonts: tuple[str, ...]
    stamped: bool


@dataclass(slots=True)
class _Form:
    """A composed sheet, and the ways it was set, the last one that served first."""

    composed: Composed
    variants: list[tuple[Typeset, Plate]] = field(default_factory=list)

    @property
    def pages(self) -> int:
        """Of all its variants together."""
        return sum(len(kept.pages.pages) for kept, _ in self.variants)


class Press:
    """Makes documents of one project one after the other, in any order."""

    def __init__(self, project: Project, world: World) -> None:
        self._project, self._world = project, world
        self._forms: OrderedDict[Hashable, list[_Form]] = OrderedDict()

    def make(self, job: Job, brand: LoadedBrand | None = None) -> Made:
        """A document; `brand` stands in for the project's brand of that id.

        Raises:
            HandoutsError: whatever the stages refuse.
        """
        owner = brand or self._project.brands[job.brand]
        key = (replace(job, brand=""), signature(owner))
        forms = self._forms.get(key, [])
        alike = None
        for at, form in enumerate(forms):
            changed = recomposed(form.composed, owner, job.brand, date=self._world.date)
            if changed is not None:
                made = _stamped(form, changed)
                if made is not None:
                    forms.insert(0, forms.pop(at))
                    self._forms.move_to_end(key)
                    return made
                alike = form
        return self._kept(key, alike, job, owner)

    def anew(self, job: Job, brand: LoadedBrand | None = None) -> Made:
        """The same through every stage, whatever is kept."""
        project = self._with(job, brand)
        document = pipeline.composed(project, self._world, job)
        pages = pipeline.set_pages(project, self._world, job, document)
        return _made(pipeline.render(pages), pages, document.strings, stamped=False)

    def _with(self, job: Job, brand: LoadedBrand | None) -> Project:
        return replace(self._project, brands={job.brand: brand}) if brand else self._project

    def _kept(self, key: Hashable, alike: _Form | None, job: Job, brand: LoadedBrand) -> Made:
        """The full way, leaving a template behind where the sheet allows it."""
        from handouts import pdf

        project = self._with(job, brand)
        sheet = composed(project, job, date=self._world.date)
        strings = sheet.document.strings
        kept = pipeline.set_to_keep(project, self._world, job, sheet.document)
        if kept is None or not kept.trace.whole or sheet.slots.entangled:
            pages = kept and kept.pages
            pages = pages or pipeline.set_pages(project, self._world, job, sheet.document)
            sheet.slots.forget()
            return _made(pdf.render(pages), pages, strings, stamped=False)
        plate = pdf.engrave(kept.pages)
        data = plate.press(kept.pages)
        assert data is not None
        if alike is None:
            alike = _Form(sheet)
            self._forms.setdefault(key, []).insert(0, alike)
        else:
            sheet.slots.forget()
        alike.variants.insert(0, (kept, plate))
        self._forms.move_to_end(key)
        self._forget()
        return _made(data, kept.pages, strings, stamped=False)

    def _forget(self) -> None:
        """Lets go of what was not needed for longest while there are too many pages."""
        held = sum(form.pages for forms in self._forms.values() for form in forms)
        while held > _PAGES:
            key, forms = next(iter(self._forms.items()))
            if not forms:
                del self._forms[key]
                continue
            oldest = forms[-1]
            if len(self._forms) == len(forms) == len(oldest.variants) == 1:
                return
            held -= len(oldest.variants.pop()[0].pages.pages)
            if not oldest.variants:
                forms.pop().composed.slots.forget()


def _stamped(form: _Form, changed: Rebranded) -> Made | None:
    """The document from one of a form's templates."""
    for at, (kept, plate) in enumerate(form.variants):
        pages = retypeset(kept, changed)
        data = plate.press(pages) if pages is not None else None
        if pages is not None and data is not None:
            form.variants.insert(0, form.variants.pop(at))
            return _made(data, pages, form.composed.document.strings, stamped=True)
    return None


def _made(
    data: bytes, pages: Pages, strings: tuple[tuple[str, str], ...], *, stamped: bool
) -> Made:
    fonts = {face.file.digest for face in pages.faces.values()}
    return Made(data, len(pages.pages), strings, tuple(sorted(fonts)), stamped)


def signature(brand: LoadedBrand) -> Hashable:
    """What of a brand decides how its sheets are built, as far as can be seen beforehand.

    The words and fonts of its own that every part of a sheet may depend on; and which of its
    values it gives at all, for it has to be no more than a good guess at the form of its sheets.
    """
    said: Brand = brand.brand
    fonts, contact, details = said.typography, said.contact, said.class_
    own_words = repr(sorted((tag, sorted(t.items())) for tag, t in said.texts.items()))
    texts = (said.name, said.tagline, said.disclaimer, contact.address, contact.hours)
    return (
        said.language,
        (fonts.fonts, fonts.base, fonts.headings, fonts.fonts and getattr(brand, "folders", ())),
        own_words,
        type(brand.logo),
        *map(_given, texts),
        *map(_given, (details.when, details.where, details.bring)),
        len(contact.phones),
        *map(bool, (contact.email, contact.web, contact.emergency, said.qr, said.instructor)),
        *map(bool, (details.next_date, details.next_time)),
    )


def _given(text: Localised | None) -> Hashable:
    """Whether there is a text, or for which languages."""
    return tuple(text) if isinstance(text, dict) else text is not None
