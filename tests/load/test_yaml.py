"""YAML that means what a person wrote, and YAML that means harm."""

from __future__ import annotations

import pytest

from handouts.diagnostics import HandoutsError
from handouts.load.yaml import MAX_BYTES, MAX_DEPTH, parse


def refused(text: str | bytes) -> str:
    content = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(HandoutsError) as caught:
        parse(content, "x.yaml")
    return caught.value.diagnostics[0].code


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("10:30", "10:30"),
        ("2026-03-01", "2026-03-01"),
        ("0123", "0123"),
        ("0x1f", "0x1f"),
        ("1_000", "1_000"),
        ("1.10", "1.10"),
        ("1e5", "1e5"),
        ("123456e78901", "123456e78901"),
        (".inf", ".inf"),
        ("<<", "<<"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("12", 12),
        ("-3", -3),
        ("1.5", 1.5),
        ("true", True),
        ("~", None),
        ("null", None),
        ("", None),
    ],
)
def test_only_plain_numbers_and_true_false_null_are_no_text(written: str, value: object) -> None:
    read = parse(f"key: {written}\n".encode(), "x.yaml").data["key"]
    assert read == value
    assert type(read) is type(value)


def test_keys_are_always_text() -> None:
    assert parse(b"no: 1\n1: a\ntrue: b\n", "x.yaml").data == {"no": 1, "1": "a", "true": "b"}


def test_places_count_from_one() -> None:
    spot = parse("a: 1\nliste:\n  - {ä: x, b: y}\n".encode(), "x.yaml").spot
    assert str(spot.at(("liste", 0, "b"))) == "x.yaml:3:15"
    assert str(spot.at(("liste", 0, "b"), key=True)) == "x.yaml:3:12"
    assert str(spot.at(("liste", 0, "gone"))) == "x.yaml:3:5"
    assert spot.at(("liste",), key=True).source == "liste:"


def test_an_alias_is_its_anchor() -> None:
    assert parse(b"a: &x {k: [1]}\nb: *x\n", "x.yaml").data["b"] == {"k": [1]}


def test_a_byte_order_mark_is_left_out() -> None:
    assert parse(b"\xef\xbb\xbfa: 1\n", "x.yaml").data == {"a": 1}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty-file"),
        ("# nothing\n", "empty-file"),
        ("a: 1\na: 2\n", "duplicate-key"),
        ("a: !!python/name:os.system x\n", "yaml-tag"),
        ("a: !thing {b: c}\n", "yaml-tag"),
        ("!!str a: b\n", "yaml-tag"),
        ("a: *nowhere\n", "bad-alias"),
        ("a: &a [*a]\n", "bad-alias"),
        ("a: &a {b: {c: *a}}\n", "bad-alias"),
        ("[1]: b\n", "bad-key"),
        ("? {a: b}\n: c\n", "bad-key"),
        ("a: 1\n---\nb: 2\n", "two-documents"),
        ("a: [1, 2\nb: 3\n", "yaml-syntax"),
        ("a: 'open\n", "yaml-syntax"),
        ("a: x: y\n", "yaml-syntax"),
        ("a: \x07\n", "yaml-syntax"),
        ("a:\n\tb: c\n", "yaml-tab"),
        ("a: #fff\n", "unquoted-colour"),
        ("a: {b: #1f5e5b, c: d}\n", "unquoted-colour"),
        (b"a: \xff\n", "not-utf-8"),
        ("a: 1".encode("utf-16"), "not-utf-8"),
        (b"a: " + b"x" * MAX_BYTES, "file-too-large"),
        ("[" * (MAX_DEPTH + 2) + "]" * (MAX_DEPTH + 2), "too-deep"),
        ("[" * 400_000, "too-deep"),
        ("- " * 100_000, "too-deep"),
        ("{a: " * 100_000, "too-deep"),
        ("[" + "0," * 200_000 + "]", "too-many-nodes"),
    ],
)
def test_refused(text: str | bytes, code: str) -> None:
    assert refused(text) == code


def test_a_billion_laughs_end_early() -> None:
    lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]"]
    for level in range(1, 12):
        below = ",".join([f"*a{level - 1}"] * 10)
        lines.append(f"a{level}: &a{level} [{below}]")
    assert refused("\n".join(lines)) == "too-many-nodes"


def test_aliases_cannot_hide_depth() -> None:
    lines = ["a0: &a0 [x]"]
    lines += [f"a{level}: &a{level} [*a{level - 1}]" for level in range(1, 60)]
    assert refused("\n".join(lines)) == "too-deep"


def test_an_unquoted_colour_is_shown_where_it_stands() -> None:
    with pytest.raises(HandoutsError) as caught:
        parse(b"color:\n  primary: #1f5e5b\n", "x.yaml")
    (only,) = caught.value.diagnostics
    assert str(only.place) == "x.yaml:2:12"
    assert "'#1f5e5b'" in only.hint
