"""Packs of the real data, each made once for all tests of this folder."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pikepdf
import pytest

from handouts.load.packs import with_front
from handouts.model.pack import PackJob
from handouts.model.project import Project
from handouts.packing import Binding, Bound, place_pack, plan_pack
from handouts.pdf import render
from handouts.pipeline import Wish, plan
from handouts.world import World

WEEKS = ("week-1", "week-2")


@dataclass(frozen=True)
class Made:
    """A pack at each stage of its making."""

    job: PackJob
    bound: Bound
    data: bytes


Make = Callable[..., Made]


@pytest.fixture(scope="session")
def fronted(real_project: Project, real_world: World) -> Project:
    """The real project with the layouts of cover and contents."""
    return with_front(real_world, None, real_project)


@pytest.fixture(scope="session")
def make(fronted: Project, real_world: World) -> Make:
    """Makes packs of weeks 1 and 2 and the flyer, kept by what they were asked for."""
    kept: dict[str, Made] = {}

    def made(
        languages: Sequence[str],
        binding: Binding | None = None,
        *,
        layouts: Sequence[str] = ("class-handout", "benefits-flyer"),
        brand: str = "willow",
        paper: str = "A4",
        drawn: bool = True,
    ) -> Made:
        key = repr((languages, binding, layouts, brand, paper, drawn))
        if key not in kept:
            entries = [
                plan(
                    fronted,
                    Wish(
                        layouts=(layout,),
                        languages=languages,
                        brands=(brand,),
                        papers=(paper,),
                        parts=WEEKS,
                    ),
                )
                for layout in layouts
            ]
            job = plan_pack(fronted, entries, binding or Binding())
            bound = place_pack(fronted, real_world, job)
            kept[key] = Made(job, bound, render(bound.pages) if drawn else b"")
        return kept[key]

    return made


def foreign_pdf(pages: int = 2) -> bytes:
    """A PDF of another program: a link, a form field, a script, a page turned on its side."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        name, array, dictionary = pikepdf.Name, pikepdf.Array, pikepdf.Dictionary
        font = dictionary(Type=name.Font, Subtype=name.Type1, BaseFont=name.Helvetica)
        for number in range(pages):
            page = pdf.add_blank_page(page_size=(400, 600))
            page.obj.Resources = dictionary(Font=dictionary(F1=font))
            text = f"BT /F1 20 Tf 50 500 Td (Rules {number + 1}) Tj ET".encode()
            page.obj.Contents = pdf.make_stream(text)
        first = pdf.pages[0].obj
        look = pdf.make_stream(b"0 0 20 20 re f")
        look.Type, look.Subtype, look.BBox = name.XObject, name.Form, array([0, 0, 20, 20])
        box = array([50, 300, 90, 340])
        field = dictionary(
            Type=name.Annot, Subtype=name.Widget, FT=name.Tx, T="n", Rect=box, AP=dictionary(N=look)
        )
        launch = dictionary(S=name.Launch, F="calc.exe")
        web = dictionary(S=name.URI, URI="https://clinic.example/")
        links = [
            dictionary(Type=name.Annot, Subtype=name.Link, Rect=box, A=action)
            for action in (launch, web)
        ]
        first.Annots = array([pdf.make_indirect(one) for one in (field, *links)])
        pdf.Root.AcroForm = dictionary(Fields=[first.Annots[0]])
        first.AA = dictionary(O=launch)
        pdf.Root.OpenAction = dictionary(S=name.JavaScript, JS="app.alert(1)")
        pdf.pages[-1].obj.Rotate = 90
        pdf.save(out, deterministic_id=True)
    return out.getvalue()
