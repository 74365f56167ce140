"""Brands of every shape: what a health network's clinics really differ in."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

from handouts.model.brand import Brand, ClassDetails, Contact, Logo
from handouts.model.colour import Colour
from handouts.model.drawing import Close, Drawing, Line, Move, Outline, Picture
from handouts.model.project import LoadedBrand

NAMES = (
    "Willow",
    "Harbour Street Family Clinic and Baby Massage Centre of the Eastern Districts",
    "Baby & Me <Ltd>",
    "Clínica Añoranza",
    "Żółw i Dziecko",
    "عيادة الأم والطفل",
    "妈妈宝宝诊所",
    "מרפאת האם והילד",
    "Ωmega 24/7",
)
ADDRESSES = (
    None,
    "12 Harbour Street",
    "1200 Northern Boulevard of the Old Town, Second Floor, Door 17, Porttown 10115",
    {"en": "Side entrance", "ar": "شارع البحر ١٢", "de": "Hafenstraße 12, Hinterhaus"},
)
PHONES = ((), ("+49 30 123 4567",), ("030/1234 (mornings)", "112"), ("1", "22", "+1 555 010 9999"))
WORDS = (None, "Tuesdays 10:00", {"en": "Every second week", "es": "Cada dos semanas"})
LONG = "We are a charity. All classes are free for families who cannot pay; please ask us. " * 2


def _square(width: float, height: float) -> Drawing:
    corners = (Move(0, 0), Line(width, 0), Line(width, height), Line(0, height), Close())
    return Drawing(width, height, (Outline(corners, fill=Colour.parse("#aa3366")),))


LOGOS = (
    None,
    _square(40, 40),
    _square(160, 30),
    _square(20, 60),
    Picture(240, 120, 3, "raw", b"\x80" * (240 * 120 * 3), None, "a" * 64),
    Picture(300, 300, 1, "raw", b"\x20" * 90000, b"\xf0" * 90000, "b" * 64),
)
COLOURS = (
    {"primary": "#1f5e5b"},
    {"primary": "#5b2a86", "accent": "#a3324a"},
    {"primary": "#23395b", "accent": "#8a4b08", "tint": "#eef3f8", "warm": "#fdf1e3"},
)


def contacts() -> st.SearchStrategy[Contact]:
    return st.builds(
        _contact,
        address=st.sampled_from(ADDRESSES),
        phones=st.sampled_from(PHONES),
        email=st.sampled_from((None, "hello@clinic.example")),
        web=st.sampled_from(
            (None, "clinic.example", "https://www.very-long-clinic.example/classes")
        ),
        hours=st.sampled_from(WORDS),
        emergency=st.sampled_from((None, "112", "999 / 112")),
    )


def brands() -> st.SearchStrategy[LoadedBrand]:
    return st.builds(
        _brand,
        name=st.sampled_from((*NAMES, {"en": "Both", "ar": "كلاهما", "zh-Hans": "两者"})),
        contact=contacts(),
        tagline=st.sampled_from((None, "Gentle hands")),
        qr=st.sampled_from(
            (None, "https://clinic.example/a", "HTTPS://CLINIC.EXAMPLE/" + "B" * 60)
        ),
        instructor=st.sampled_from((None, "Ana Ruiz", "דנה")),
        disclaimer=st.sampled_from((None, "No advice.", LONG)),
        when=st.sampled_from(WORDS),
        day=st.sampled_from((None, "2026-03-17", "soon")),
        colours=st.sampled_from(COLOURS),
        logo=st.sampled_from(LOGOS),
        language=st.sampled_from(("en", "en", "es")),
    )


def _contact(**values: object) -> Contact:
    return Contact.model_validate({k: v for k, v in values.items() if v is not None})


def _brand(
    *,
    logo: Drawing | Picture | None,
    colours: Mapping[str, str],
    when: object,
    day: str | None,
    contact: Contact,
    **values: object,
) -> LoadedBrand:
    said = {key: value for key, value in values.items() if value is not None}
    details = ClassDetails.model_validate(
        {k: v for k, v in {"when": when, "next_date": day}.items() if v is not None}
    )
    brand = Brand.model_validate({**said, "color": dict(colours)})
    update: dict[str, object] = {"contact": contact, "class_": details}
    if logo is not None:
        update["logo"] = Logo.model_validate({"path": "logo.svg", "alt": "Our logo"})
    return LoadedBrand("clinic", brand.model_copy(update=update), logo)
