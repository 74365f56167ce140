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


SAYINGS = (
    "Willow",
    "Wil\u00adlow Tree",
    "Willow\u00a0Baby\u00a0Care",
    "office fjord affluent AV To",
    "cafe\u0301 K\u0130z\u0131lay",
    "10:30-12:00 (room 7)",
    "W" * 40,
    "Donaudampfschifffahrtsgesellschaftskapitän",
    "Supercalifragilisticexpialidocious-Antidisestablishmentarianism",
    *NAMES[1:3],
    *NAMES[5:8],
    "Привет, Ελλάδα",
    "한국어 클리닉",
)
"""Words any text of a brand may have."""
NUMBERS = (
    "112",
    "+49 30 123 4567",
    "0800 123 4567 evenings, ask for Maria",
    "0800 123 4567 evenings and weekends, ask for Maria Gonzalez",
    "1" * 30,
)
"""Phone numbers: no line ends inside of one, however long its note is."""
ADDRESSES_OF_WEB = ("clinic.example", "https://c.example/" + "x" * 70, "https://пример.рф/путь")


@st.composite
def neighbours(draw: st.DrawFn, count: int) -> list[LoadedBrand]:
    """Clinics of one shape after the other, each with a value or two that the first has not."""
    first = draw(st.fixed_dictionaries({key: st.booleans() for key in _OWN}))
    given = {key: draw(pool) for key, pool in _OWN.items() if first[key]}
    logo = draw(st.sampled_from(LOGOS))
    found = []
    for _ in range(count):
        keys = draw(st.lists(st.sampled_from(sorted(given)), max_size=2)) if given else []
        found.append(_clinic(given | {key: draw(_OWN[key]) for key in keys}, draw, logo))
    return found


_OWN: dict[str, st.SearchStrategy[object]] = {
    "tagline": st.sampled_from(SAYINGS),
    "instructor": st.sampled_from(SAYINGS),
    "disclaimer": st.sampled_from((*SAYINGS, LONG)),
    "qr": st.sampled_from(("https://c.example/1", "HTTPS://C.EXAMPLE/" + "B" * 60)),
    "contact.address": st.sampled_from(SAYINGS),
    "contact.hours": st.sampled_from(SAYINGS),
    "contact.phones": st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=1),
    "contact.web": st.sampled_from(ADDRESSES_OF_WEB),
    "contact.email": st.sampled_from(("a@b.example", "x" * 60 + "@example.org")),
    "contact.emergency": st.sampled_from(NUMBERS[:2]),
    "class_.when": st.sampled_from(SAYINGS),
    "class_.where": st.sampled_from(SAYINGS),
    "class_.next_date": st.sampled_from(("2026-03-17", "2026-12-31", "soon")),
    "class_.next_time": st.sampled_from(("9:05", "22:15", "late")),
    "class_.bring": st.sampled_from(SAYINGS),
}
"""What clinics of one shape may differ in, besides their name."""


def _clinic(
    values: Mapping[str, object], draw: st.DrawFn, logo: Drawing | Picture | None
) -> LoadedBrand:
    def under(key: str) -> dict[str, object]:
        return {k.partition(".")[2]: v for k, v in values.items() if k.startswith(f"{key}.")}

    return _brand(
        name=draw(st.sampled_from(SAYINGS)),
        contact=_contact(**under("contact")),
        details=ClassDetails.model_validate(under("class_")),
        colours=draw(st.sampled_from(COLOURS)),
        logo=logo,
        **{key: value for key, value in values.items() if "." not in key},
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
        details=st.builds(
            _details,
            when=st.sampled_from(WORDS),
            next_date=st.sampled_from((None, "2026-03-17", "soon")),
        ),
        colours=st.sampled_from(COLOURS),
        logo=st.sampled_from(LOGOS),
        language=st.sampled_from(("en", "en", "es")),
    )


def _contact(**values: object) -> Contact:
    return Contact.model_validate({k: v for k, v in values.items() if v is not None})


def _details(**values: object) -> ClassDetails:
    return ClassDetails.model_validate({k: v for k, v in values.items() if v is not None})


def _brand(
    *,
    logo: Drawing | Picture | None,
    colours: Mapping[str, str],
    contact: Contact,
    details: ClassDetails,
    **values: object,
) -> LoadedBrand:
    said = {key: value for key, value in values.items() if value is not None}
    brand = Brand.model_validate({**said, "color": dict(colours)})
    update: dict[str, object] = {"contact": contact, "class_": details}
    if logo is not None:
        update["logo"] = Logo.model_validate({"path": "logo.svg", "alt": "Our logo"})
    return LoadedBrand("clinic", brand.model_copy(update=update), logo)
