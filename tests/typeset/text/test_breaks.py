"""Where lines may end: UAX #14 with the differences we know, and our own rules."""

from __future__ import annotations

import gzip
import re

import pytest

from handouts.typeset.text.breaks import graphemes, line_breaks

from .samples import UNICODE

# The test file is of Unicode 15.0; ICU 78 follows 17. What changed since, rule by rule:
KNOWN = {
    "no break after a hyphen that begins a word (LB20a, 15.1)": r"^-\u0308?[#\u05d0§\U00050005ก]$",
    "no break between a full stop or comma and a digit (LB25, 16.0)": r"(^,|[aA]\.)\u0308?\d",
    "a decimal mark after a space begins a number (LB15c, 16.0)": r" \.\d",
    "quotation marks without direction keep no bracket (LB15a, 15.1)": '"\u0308? [\u2329(]',
    "inside and outside of guillemets (LB15a and LB15b, 15.1)": "«.*»",
    "a hyphen after Hebrew lets a line end before Hebrew (LB21a, 16.0)": "\u05d0-\u05d0",
}


def cut(text: str, lang: str = "en") -> list[str]:
    found = line_breaks(text, lang)
    ends = sorted(found.usual + found.soft)
    return [text[a:b] for a, b in zip([0, *ends], ends, strict=False)]


def test_unicode_file() -> None:
    seen = different = 0
    explained = set()
    with gzip.open(UNICODE / "LineBreakTest.txt.gz", "rt", encoding="utf-8") as file:
        for line in file:
            tokens = line.partition("#")[0].split()
            if not tokens:
                continue
            seen += 1
            pieces = " ".join(tokens[1:]).replace("×", "").split("÷")
            wanted = ["".join(chr(int(p, 16)) for p in piece.split()) for piece in pieces[:-1]]
            text = "".join(wanted)
            if cut(text) != wanted:
                different += 1
                reasons = [why for why, pattern in KNOWN.items() if re.search(pattern, text)]
                assert reasons, ascii(text)
                explained.add(reasons[0])
    assert seen == 7_654
    assert different == 33
    assert explained == set(KNOWN)


@pytest.mark.parametrize("mark", ["\u0ec6", "\u0e46", "\u17d7"])
def test_repetition_mark_begins_no_line(mark: str) -> None:
    word = {"\u0ec6": "ສະບາຍ", "\u0e46": "บ่อย", "\u17d7": "ផ្សេង"}[mark]
    text = f"{word}{mark} {word} {mark}"
    assert all(not piece.startswith(mark) for piece in cut(text))
    assert len(cut(text)) > 1


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh-Hans", "轻柔的抚触“可能”有助于睡眠（三楼）。请于十点到达，谢谢！"),
        ("zh-Hant", "溫柔的按摩「可能」有助於睡眠（三樓）。請於十點到達，謝謝！"),
        ("ja", "ベビーマッサージは「リラックス」に、役立つかもしれません（ちょっと）。キャッチ！"),
    ],
)
def test_kinsoku(lang: str, text: str) -> None:
    pieces = cut(text, lang)
    assert len(pieces) > 15
    assert all(piece[0] not in "”」）。，、！ーっゃゅょャッ" for piece in pieces)
    assert all(piece[-1] not in "“「（" for piece in pieces)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("ask@clinic-one.example.org", ["ask@clinic-one.example.org"]),
        (
            "see https://www.example.org/a-b/c.html?x=1&y=2.",
            ["see ", "https://www.example.org/", "a-b/", "c.html?", "x=", "1&", "y=", "2."],
        ),
        ("www.infant-massage.example", ["www.infant-massage.example"]),
        ("请访问www.example.org了解", ["请", "访", "问", "www.example.org", "了", "解"]),
        ("and/or well-known", ["and/", "or ", "well-", "known"]),
    ],
)
def test_addresses(text: str, pieces: list[str]) -> None:
    assert cut(text, "zh" if "请" in text else "en") == pieces


def test_reluctant_places_of_a_long_address() -> None:
    text = "a.b@c-d.example"
    assert [text[:end] for end in line_breaks(text, "en").reluctant] == [
        "a.", "a.b@", "a.b@c-", "a.b@c-d.",
    ]  # fmt: skip


def test_a_long_piece_of_an_address_is_cut_at_its_marks_or_else_anywhere() -> None:
    number = "1FAIpQLSdXk3ZP9vYq8sT7uW6xR5nM4bV3cL2aK1jH0gF9dS8pQ7wE6r"
    pieces = cut(f"see https://docs.example.org/forms/d/{number}/view", "en")
    assert pieces[:4] == ["see ", "https://docs.example.org/", "forms/", "d/"]
    assert pieces[4:-1] == [*number, "/"]
    assert pieces[-1] == "view"
    mail = "appointments.maternity@springfieldhealthcentre.example"
    assert cut(mail, "en") == ["appointments.", "maternity@", "springfieldhealthcentre.", "example"]


def test_soft_hyphens_are_apart() -> None:
    found = line_breaks("mas\u00adsage oil", "en")
    assert (found.usual, found.soft) == ((9, 12), (4,))


def test_offsets_are_characters_not_utf16() -> None:
    assert cut("\U00020000\U00020001 \U0001f600 a", "zh") == [
        "\U00020000", "\U00020001 ", "\U0001f600 ", "a",
    ]  # fmt: skip
    assert graphemes("\U0001f600e\u0301x") == (1, 3, 4)
