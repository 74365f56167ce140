"""Locale files changed line by line: what nobody touched stays byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.diagnostics import HandoutsError
from handouts.load.yaml import parse
from handouts.translate.outline import outline
from handouts.translate.yaml_edit import begun, copied, edited
from handouts.translate.yaml_text import quoted
from tests.translate.scenes import WORLD, language

ORDER = language().order
NAMES = list(ORDER)
REAL = (WORLD.data("catalogue") / "locales" / "de.yaml").read_bytes()

FILE = """\
# A comment on top
language: de  # the tag
hedges:
  [kann,
   "manche*"]

# before the strings
strings:
  # ---- Flyer ----

  # a note
  flyer.title: {text: "a # b", source: "000000000000"}  # kept {too}
  flyer.cta.title:
    text: >-
      folded

      text
    source: "000000000000"
    # inside

  # ---- Contact ----

  'contact.web': "x"
  # at the end
"""
EN = {
    "flyer.title": ("Flyer", ""),
    "flyer.subtitle": ("Flyer", ""),
    "flyer.cta.title": ("Flyer", ""),
    "group.a": ("Groups", ""),
    "group.b": ("Groups", ""),
    "contact.first": ("Contact", ""),
    "contact.web": ("Contact", ""),
    "end.of": ("End", ""),
}


def order() -> dict[str, object]:
    from handouts.translate.outline import Entry

    return {name: Entry(*said) for name, said in EN.items()}


def change(text: str, heads: dict[str, str] | None = None, **strings: str) -> str:
    named = {name.replace("__", "."): value for name, value in strings.items()}
    return edited(text.encode(), named, heads or {}, order()).decode()  # type: ignore[arg-type]


def test_nothing_to_do_is_the_same_file() -> None:
    assert change(FILE) == FILE


def test_a_line_keeps_its_key_and_its_comment() -> None:
    made = change(FILE, flyer__title='{text: "ä"}')
    assert made == FILE.replace('{text: "a # b", source: "000000000000"}', '{text: "ä"}')


def test_a_block_becomes_a_line() -> None:
    made = change(FILE, flyer__cta__title="{text: b}")
    start, end = FILE.index("  flyer.cta.title:"), FILE.index("    # inside")
    assert made == f"{FILE[:start]}  flyer.cta.title: {{text: b}}\n{FILE[end:]}"


def test_new_strings_go_where_english_has_them() -> None:
    made = change(
        FILE, flyer__subtitle="S", group__a="A", group__b="B", contact__first="C", end__of="E"
    )
    lines = [line.strip() for line in made.splitlines() if line.strip()]
    at = lines.index("strings:")
    assert [one.partition(":")[0] for one in lines[at + 1 :]] == [
        "# ---- Flyer ----",
        "# a note",
        "flyer.title",
        "flyer.subtitle",
        "flyer.cta.title",
        "text",
        "folded",
        "text",
        "source",
        "# ---- Groups ----",
        "group.a",
        "group.b",
        "# inside",
        "# ---- Contact ----",
        "contact.first",
        "'contact.web'",
        "# ---- End ----",
        "end.of",
        "# at the end",
    ]
    parse(made.encode(), "")


def test_heads_are_replaced_or_added() -> None:
    made = change(FILE, {"hedges": '["kann"]', "blocked": '["heilt"]'})
    assert 'hedges: ["kann"]\n\n' in made
    assert '"manche*"' not in made
    assert made.index("blocked:") < made.index("# before the strings")
    assert parse(made.encode(), "").data["blocked"] == ["heilt"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("last", ["", "\n"])
def test_line_ends_and_marks_stay(end: str, mark: str, last: str) -> None:
    text = mark + ("language: de\nstrings:\n  flyer.title: a\n  contact.web: b" + last).replace(
        "\n", end
    )
    made = change(text, flyer__title="{text: x}", end__of="{text: y}")
    assert made.startswith(f"{mark}language: de{end}strings:{end}  flyer.title: {{text: x}}{end}")
    assert made.endswith(f"  end.of: {{text: y}}{end}")
    assert made.replace(end, "").count("\n") == 0 or end == "\n"


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), TEXT, max_size=8))
def test_only_what_is_named_changes(strings: dict[str, str]) -> None:
    """In a real file, whatever the texts hold; and lines that stay are those that were there."""
    values = {
        name: f"{{text: {quoted(text)}, source: '000000000000'}}" for name, text in strings.items()
    }
    made = edited(REAL, values, {}, ORDER)
    before, after = parse(REAL, "").data, parse(made, "").data
    for name, entry in after["strings"].items():
        if name in strings:
            assert entry["text"] == strings[name]
        else:
            assert entry == before["strings"][name]
    assert {**before, "strings": 0} == {**after, "strings": 0}
    old, new = REAL.decode().split("\n"), made.decode().split("\n")
    assert len(old) == len(new)
    assert sum(a != b for a, b in zip(old, new, strict=True)) <= len(strings)


@settings(max_examples=30, deadline=None)
@given(
    st.sets(st.sampled_from(NAMES), min_size=1, max_size=40),
    st.sets(st.sampled_from(NAMES), min_size=1),
)
def test_a_file_grows_in_the_english_order(first: set[str], second: set[str]) -> None:
    def values(names: set[str]) -> dict[str, str]:
        return {name: "{text: x, source: '000000000000'}" for name in names}

    made = begun("de", "German", values(first), ORDER)
    made = edited(made, values(second), {}, ORDER)
    parsed = parse(made, "")
    there = list(parsed.data["strings"])
    assert there == [name for name in NAMES if name in first | second]
    groups = {name: entry.group for name, entry in outline(parsed).items()}
    assert groups == {name: ORDER[name].group for name in there}


def test_strings_in_braces() -> None:
    made = change("language: de\nstrings: {}\n", end__of="{text: x}")
    assert parse(made.encode(), "").data["strings"] == {"end.of": {"text": "x"}}
    with pytest.raises(HandoutsError) as caught:
        change("language: de\nstrings: {end.of: x}\n", end__of="{text: y}")
    assert [d.code for d in caught.value.diagnostics] == ["strings-in-braces"]


def test_a_copy_has_no_line_for_the_editor() -> None:
    assert b"$schema" in REAL
    assert copied(REAL) == REAL.partition(b"\n")[2]
