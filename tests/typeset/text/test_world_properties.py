"""The same for random mixtures of all scripts: fits, loses nothing, paints once, stays the same."""

from __future__ import annotations

import unicodedata
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.model.document import Span
from handouts.typeset.text.breaks import graphemes
from handouts.typeset.text.clean import is_ignorable
from handouts.typeset.text.paragraph import _paragraph as paragraphs
from handouts.typeset.text.setting import setting as settings_

from .samples import placed, spoken
from .world import TEXTS, made

SCRIPTS = {
    "ar": "Arab", "fa": "Arab", "ur": "ur", "he": "Hebr", "hi": "Deva", "bn": "Beng",
    "ta": "Taml", "th": "Thai", "lo": "Laoo", "km": "Khmr", "my": "Mymr", "bo": "Tibt",
    "am": "Ethi", "zh-Hans": "Hans", "zh-Hant": "Hant", "ja": "Jpan", "ko": "Kore",
    "de": "Latn", "ru": "Cyrl",
}  # fmt: skip
POOL = (
    *TEXTS.values(),
    "Behutsame Berührungen, Entspannung; www.example.org/a-b 12 % mas\u00adsage",
    "本课程（每周三10:00）由Willow主办。「轻」、（好）！“嗯”",
    "قد تساعد اللمسات سلام \u2066+1 555\u2069 שלום",
    " \n\u00a0\u200b\u200d\u200c\u3000\u0640\u0301\u17d2\u1039\u0dca",
)
cuts = st.sampled_from(POOL).flatmap(
    lambda text: st.tuples(st.integers(0, len(text)), st.integers(1, 24)).map(
        lambda at: text[at[0] : at[0] + at[1]]
    )
)
spans = st.lists(
    st.builds(
        Span,
        text=st.lists(cuts, min_size=1, max_size=4).map("".join),
        bold=st.booleans(),
        italic=st.booleans(),
        lang=st.sampled_from([None, None, *SCRIPTS]),
    ),
    min_size=1,
    max_size=4,
)
languages = st.sampled_from(sorted(SCRIPTS))
measures = st.sampled_from([700.0, 3000.0, 7000.0, 16000.0])


def letters(text: str) -> Counter[str]:
    clean = "".join(c for c in text.replace("\n", " ") if not is_ignorable(c))
    return Counter(unicodedata.normalize("NFD", clean))


@settings(deadline=None, max_examples=150, derandomize=True)
@given(
    spans, languages, measures, st.sampled_from(["start", "justify"]), st.sampled_from([400, 700])
)
def test_any_mixture(spans, lang, measure, align, weight) -> None:  # type: ignore[no-untyped-def]
    made_ = made(
        *spans, lang=lang, script=SCRIPTS[lang], weight=weight, hyphenate=True, kashida=True
    )
    lines = made_.lines(measure, hyphenate=True)
    assert "".join(made_.text[line.start : line.end] for line in lines) == made_.text
    for line in lines:
        text = made_.text[line.start : line.end]
        one = line.width > measure + 1e-3
        assert not one or len(graphemes(text.rstrip())) == 1
        result = placed(made_, line, measure=measure, align=align)
        assert letters(spoken(result)) == letters(text)
        shown = sum(glyph.advance for run in result.runs for glyph in run.glyphs)
        hanging = sum(1 for c in text if c.isspace()) * 1000
        assert one or shown <= max(measure, line.width) + hanging + 1e-3
    paragraphs.cache_clear()
    settings_.cache_clear()
    again = made(
        *spans, lang=lang, script=SCRIPTS[lang], weight=weight, hyphenate=True, kashida=True
    )
    assert again is not made_
    assert again.lines(measure, hyphenate=True) == lines
