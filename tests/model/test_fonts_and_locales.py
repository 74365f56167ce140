"""Which face is chosen, and what marks a translation as made from a text."""

from __future__ import annotations

import hashlib
import pickle
import unicodedata
from dataclasses import dataclass

import pytest

from handouts.diagnostics import Diagnostic, ExitCode, HandoutsError, Place
from handouts.model.fonts import FontFace, FontFile, FontLibrary
from handouts.model.locale import placeholders, source_hash


def _face(family: str, weight: int, italic: bool = False) -> FontFace:
    return FontFace(family, weight, italic, FontFile(f"{family}{weight}{italic}", b""))


LIBRARY = FontLibrary(
    (
        _face("Sans", 400),
        _face("Sans", 700),
        _face("Sans", 400, True),
        _face("Round", 500),
        _face("Round", 900),
    )
)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (("Sans", 400, False), "Sans 400"),
        (("Sans", 700, False), "Sans 700"),
        (("Sans", 800, False), "Sans 700"),
        (("Sans", 300, False), "Sans 400"),
        (("Sans", 400, True), "Sans 400 italic"),
        (("Sans", 700, True), "Sans 400 italic"),
        (("Round", 700, True), "Round 900"),
        (("Round", 700, False), "Round 900"),
        (("Round", 400, False), "Round 500"),
        (("Sans", 550, False), "Sans 700"),
    ],
)
def test_the_nearest_face(asked: tuple[str, int, bool], name: str) -> None:
    found = LIBRARY.face(*asked)
    assert found is not None
    assert found.name == name


def test_an_unknown_family_has_no_face() -> None:
    assert LIBRARY.face("Serif", 400, False) is None


def test_font_files_are_told_apart_by_digest_and_axes() -> None:
    one, same = FontFile("a", b"1"), FontFile("a", b"2")
    heavy = FontFile("a", b"1", axes=(("wght", 700.0),))
    assert one == same
    assert hash(one) == hash(same)
    assert one != heavy
    assert len({one, same, heavy, FontFile("a", b"1", index=1)}) == 3


def test_the_hash_is_that_of_the_normalised_text() -> None:
    assert source_hash("Massage") == hashlib.sha256(b"Massage").hexdigest()[:12]
    text = "Sí, bebé"
    assert source_hash(text) == source_hash(unicodedata.normalize("NFD", text))
    assert source_hash(text) != source_hash("Si, bebe")
    assert source_hash("a") != source_hash("a ")


def test_placeholders() -> None:
    assert placeholders("Page {page} of {pages}") == {"page", "pages"}
    assert placeholders("No {Name}, no {x1}, no {}") == frozenset()


def test_an_error_carries_all_problems_sorted_and_once() -> None:
    later = Diagnostic("b", "second", place=Place("a.yaml", 9, 1))
    early = Diagnostic("a", "first", "mend it", Place("a.yaml", 2, 1), exit_code=ExitCode.REVIEW)
    error = HandoutsError([later, early, later])
    assert error.diagnostics == (early, later)
    assert error.exit_code == ExitCode.REVIEW
    assert "a.yaml:2:1: first (mend it) [a]" in str(error)


def test_a_font_file_is_opened_once_and_still_has_its_bytes() -> None:
    @dataclass(frozen=True)
    class Blob:
        data: bytes

    @dataclass(frozen=True)
    class Opened:
        blob: Blob

    calls = []

    def opened(data: bytes, index: int) -> Opened:
        calls.append((data, index))
        return Opened(Blob(data))

    file = FontFile("a", b"1", index=3)
    assert file.data == b"1"
    face = file.opened(opened)
    assert file.opened(opened) is face
    assert calls == [(b"1", 3)]
    again = pickle.loads(pickle.dumps(file))
    assert (again, again.data, again.index) == (file, b"1", 3)
