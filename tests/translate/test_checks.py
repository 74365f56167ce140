"""Wrong texts, each named by its code; and right ones that look odd, which pass."""

from __future__ import annotations

import pytest

from handouts.diagnostics import Severity
from handouts.load import load_result
from handouts.translate.checks import check_moved, check_text
from handouts.translate.language import Language, open_language, tags
from handouts.translate.numbers import compared
from handouts.translate.scripts import wrong_letters
from handouts.translate.word_diff import plain, word_diff
from handouts.world import World
from tests.translate.scenes import WORLD, filed, language, row, translation

FEED = "group.relief.start.1"  # Wait about 45 minutes after a feed. Pick a calm, awake time.
BADGE = "topic.badge"  # Topic {number} of {count}


def codes(name: str, text: str, of: Language | None = None) -> set[str]:
    found = check_text(of or language(), row(name, text))
    return {d.code for d in found if d.severity is Severity.ERROR}


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        (BADGE, "Thema {number}", "placeholders"),
        (BADGE, "Thema {nummer} von {count}", "placeholders"),
        (BADGE, "Thema {number} von {number}", "placeholders"),
        (BADGE, "Thema {number} von {count} {count}", "placeholders"),
        (BADGE, "Thema ｛number｝ von {count}", "placeholders"),
        (BADGE, "Thema {Number} von {count}", "placeholders"),
        (BADGE, "Thema { number } von {count}", "placeholders"),
        (FEED, "Warten Sie etwa 54 Minuten nach dem Füttern.", "numbers"),
        (FEED, "Warten Sie etwas nach dem Füttern.", "numbers"),
        (FEED, "Warten Sie 45 Minuten, bis zu 3 Mal.", "numbers"),
        ("flyer.scan", "**Scannen", "markup"),
        ("flyer.scan", "<b>Scannen</b> und los", "markup"),
        ("flyer.scan", "Scannen &amp; los", "markup"),
        ("flyer.scan", "[Scannen](http://example.org)", "markup"),
        ("flyer.scan", " Scannen", "outer-space"),
        ("flyer.scan", "Scannen\u00a0", "outer-space"),
        ("flyer.scan", "Scannen\nund los", "control-character"),
        ("flyer.scan", "Scan\u202enen", "control-character"),
        ("flyer.scan", "Scan\x07nen", "control-character"),
        ("flyer.scan", "Gr\ufffd\ufffde", "control-character"),
        ("flyer.scan", "\u2067Scannen", "control-character"),
        ("flyer.scan", "Scan to visit us", "untranslated"),
        ("flyer.scan", "SCAN to visit us!", "untranslated"),
        ("flyer.scan", "Sсannen Sie hier", "script"),  # The с is Cyrillic.
        ("flyer.scan", "Сканируйте код", "script"),
        ("flyer.scan", "Scannen α", "script"),
        ("flyer.scan", "Scannen " * 40, "too-long"),
        ("flyer.scan", "<<<<<<< HEAD\nScannen", "merge-conflict"),
    ],
)
def test_wrong(name: str, text: str, code: str) -> None:
    assert code in codes(name, text)


@pytest.mark.parametrize(
    ("tag", "name", "text"),
    [
        ("de", FEED, "Warten Sie etwa 45 Minuten."),
        ("ar", FEED, "انتظروا نحو ٤٥ دقيقة."),
        ("ar", "contact.web", "موقع الويب: WWW"),
        ("fa", "flyer.scan", "برای دیدن ما اسکن\u200cکنید"),
        ("zh-Hans", "alt.qr", "打开{url}的QR Code"),
        ("ja", "flyer.scan", "QRコードをスキャン"),
        ("ru", BADGE, "Тема {number} из {count}"),
        ("vi", "flyer.scan", "Quét mã để ghé thăm"),
        ("th", FEED, "รอประมาณ 45 นาที"),
        ("en-GB", "flyer.scan", "Scan to visit us"),
    ],
)
def test_right(tag: str, name: str, text: str) -> None:
    content = b"language: en-GB\nbase: en\nstrings: {}" if tag == "en-GB" else b""
    assert codes(name, text, language(content, tag)) == set()


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ("Arab", "Massage may help your baby"),
        ("Arab", "تدليك массаж"),
        ("Cyrl", "Maссаж"),
        ("Deva", "শিশুর মালিশ"),
        ("Hans", "嬰兒按摩與語言發展"),
        ("Hant", "婴儿按摩与语言发展"),
        ("Latn", "ΑΒΓ"),
        ("Grek", "Mασάζ μωρού"),
    ],
)
def test_another_script(script: str, text: str) -> None:
    assert wrong_letters(text, script)


@pytest.mark.parametrize(
    ("english", "text", "lost", "extra"),
    [
        ("Week 1 of 5", "الأسبوع ١ من ٥", [], []),
        ("five weeks", "共5周", [], []),
        ("five weeks", "共6周", [], [6]),
        ("45 minutes", "54 minutes", [45], [54]),
        ("{number} of 5", "5", [], []),
        ("1 or 1", "1", [1], []),
    ],
)
def test_numbers(english: str, text: str, lost: list[int], extra: list[int]) -> None:
    assert compared(english, text) == (lost, extra)


def test_a_column_that_was_sorted_alone() -> None:
    of = open_language(WORLD, None, "de")
    names = [n for n in of.english if n.startswith("week.")][:6]
    texts = sorted(of.text(name) for name in names)
    rows = [row(name, text, n) for n, (name, text) in enumerate(zip(names, texts, strict=True))]
    moved = [r for r in rows if r.target != of.text(r.id)]
    assert len(moved) >= 3
    assert {d.code for d in check_moved(of, moved)} == {"moved-rows"}
    assert list(check_moved(of, moved[:2])) == []


def test_claims_that_go_too_far_are_remarked() -> None:
    content = filed(
        {"flyer.scan": translation("Scannen", "Scan to visit us")}, head="blocked: [heilt]\n"
    )
    of = language(content)
    name = "benefit.sleep-patterns.hedged"
    said = [d.code for d in check_text(of, row(name, "Massage heilt."))]
    assert "blocked-word" in said


def test_the_built_in_languages_pass(real_world: World) -> None:
    """What is filed would be taken if it came back: the checks fit real translations."""
    loaded = load_result(real_world, project=None, layouts=(), partial=True).project
    found, seen = [], 0
    for tag in tags(real_world, None):
        of = open_language(real_world, None, tag)
        for name in of.english:
            one = of.own(name)
            if one is None:
                continue
            seen += 1
            errors = [
                d for d in check_text(of, row(name, one.text)) if d.severity is Severity.ERROR
            ]
            found += [f"{tag} {d.code} {d.message}" for d in errors]
    assert loaded.locales
    assert seen > 1000
    assert found == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("Massage is one way.", "Massage may be one way.", "Massage -[is] +[may be] one way."),
        ("a b", "a b", "a b"),
        ("", "new text", "+[new text]"),
        ("old", "", "-[old]"),
    ],
)
def test_word_diff(before: str, after: str, said: str) -> None:
    assert plain(word_diff(before, after)) == said
