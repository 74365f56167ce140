"""What readers get back from a finished file: whole words, no soft hyphen's or tatweel's trace."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from pypdf import PdfReader

from .world import Column, made, sheet

GERMAN = "Behutsame Berührungen können möglicherweise zur Entspannung des Säuglings beitragen ja"
SOFT = "Ver\u00adtrau\u00adens\u00advolle Um\u00adge\u00adbung und Ruhe"
ARABIC = "قد تساعد اللمسات اللطيفة طفلك النوم بهدوء وقد تشعر كذلك بالراحة بعد جلسة التدليك"
CHINESE = "轻柔（抚触）在10月由Willow开课。"


@cache
def document() -> bytes:
    return sheet(
        [
            Column(made(GERMAN, lang="de", hyphenate=True), 90, "start", True, lang="de"),
            Column(made(SOFT, lang="de"), 60, "start", True, lang="de"),
            Column(made(ARABIC, lang="ar", script="Arab", kashida=True), 190, "justify", lang="ar"),
            Column(made(CHINESE, lang="zh-Hans", script="Hans"), 300, lang="zh-Hans"),
        ]
    )


def poppler(data: bytes, tmp_path: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext (poppler-utils)")
    path = tmp_path / "text.pdf"
    path.write_bytes(data)
    command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def pdfium(data: bytes, tmp_path: Path) -> str:
    del tmp_path
    opened = pypdfium2.PdfDocument(data)
    text = str(opened[0].get_textpage().get_text_range())
    opened.close()
    return text


def pypdf(data: bytes, tmp_path: Path) -> str:
    del tmp_path
    return PdfReader(io.BytesIO(data)).pages[0].extract_text()


Reader = Callable[[bytes, Path], str]
READERS = [poppler, pdfium, pypdf]


def whole(text: str) -> str:
    """Lines joined as a person reads them: U+00AD (PDFium says U+FFFE) at a line end joins."""
    return re.sub(r"\s+", " ", re.sub(r"[\u00ad\ufffe]\s*", "", text))


@pytest.mark.parametrize("reader", READERS)
def test_words_broken_by_the_dictionary_read_whole(reader: Reader, tmp_path: Path) -> None:
    text = reader(document(), tmp_path)
    assert re.search(r"[\u00ad\ufffe]\s*", text)
    assert "Be-" not in text
    assert GERMAN in whole(text)


@pytest.mark.parametrize("reader", READERS)
def test_soft_hyphens_are_silent_except_where_a_line_ends(reader: Reader, tmp_path: Path) -> None:
    text = reader(document(), tmp_path)
    assert SOFT.replace("\u00ad", "") in whole(text)
    shown = [m.end() for m in re.finditer("[\u00ad\ufffe]", text)]
    assert 0 < len(shown) < 12


@pytest.mark.parametrize("reader", [poppler, pdfium])
def test_lengthened_words_are_found(reader: Reader, tmp_path: Path) -> None:
    text = reader(document(), tmp_path)
    assert "\u0640" not in text
    assert [word for word in ARABIC.split() if word not in text] == []


@pytest.mark.parametrize("reader", [poppler, pdfium])
def test_air_beside_latin_is_no_space(reader: Reader, tmp_path: Path) -> None:
    assert CHINESE in reader(document(), tmp_path)


@pytest.mark.parametrize("reader", [poppler, pdfium])
def test_a_sign_drawn_in_passing_makes_no_space(reader: Reader, tmp_path: Path) -> None:
    """Bengali candrabindu is drawn before the second half of its vowel."""
    word = "ছোঁয়া চাঁদ"
    text = reader(sheet([Column(made(word, lang="bn", script="Beng"))]), tmp_path)
    assert unicodedata.normalize("NFC", word) in unicodedata.normalize("NFC", text)
