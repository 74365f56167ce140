"""Many documents of one project: the stages of `handouts.pipeline`, with templates kept."""

from __future__ import annotations

from dataclasses import dataclass, replace

from handouts import pipeline
from handouts.model.project import Job, LoadedBrand, Project
from handouts.world import World


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


class Press:
    """Makes documents of one project one after the other."""

    def __init__(self, project: Project, world: World) -> None:
        self._project, self._world = project, world

    def make(self, job: Job, brand: LoadedBrand | None = None) -> Made:
        """A document; `brand` stands in for the project's brand of that id.

        Raises:
            HandoutsError: whatever the stages refuse.
        """
        return self.anew(job, brand)

    def anew(self, job: Job, brand: LoadedBrand | None = None) -> Made:
        """The same through every stage, whatever is kept."""
        project = self._project
        if brand is not None:
            project = replace(project, brands={job.brand: brand})
        document = pipeline.composed(project, self._world, job)
        pages = pipeline.set_pages(project, self._world, job, document)
        fonts = tuple(sorted({face.file.digest for face in pages.faces.values()}))
        return Made(pipeline.render(pages), len(pages.pages), (), fonts, False)
