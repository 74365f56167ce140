"""Rows below a list that are no clinic: sums and remarks. They are made all the same, and told.

Part of ``load``, called by `rows` for each row that can be used.
"""

from __future__ import annotations

import unicodedata

_TOTALS = frozenset(
    one.strip()
    for line in (
        "total|totals|grand total|subtotal|sub-total|sum",
        "summe|gesamt|gesamtsumme|insgesamt|zwischensumme",
        "suma|total general|totales",
        "somme|total général|sous-total|totaux",
        "totale|totali|somma|subtotale|totale generale",
        "soma|total geral|totais|sumă|razem|ogółem|łącznie|toplam|genel toplam",
        "итого|всего|сумма|общий итог|разом|усього|всього|сума|підсумок",
        "المجموع|الإجمالي|الاجمالي|مجموع|إجمالي|جمع|جمع کل|مجموع کل|کل|میزان",
        'סהכ|סה"כ|סה״כ|סך הכל',
        "合计|合計|总计|總計|小计|小計|共计|共計|总和|總和|総計|총계|합계|소계|총합",
        "รวม|รวมทั้งหมด|ยอดรวม|tổng|tổng cộng|tổng số|kabuuan|wadarta",
        "कुल|कुल योग|योग|মোট|সর্বমোট|மொத்தம்|សរុប|စုစုပေါင်း|ድምር|ጠቅላላ|ጠቅላላ ድምር|ਕੁੱਲ",
    )
    for one in line.split("|")
)
_AROUND = " \t:：.,=-–—()#*0123456789"
_LONGEST = 20


def like_a_total(name: str) -> bool:
    """Whether a name is a word for a sum in one of the languages, alone or before a number."""
    if len(name) > _LONGEST:
        return False
    bare = name.strip(_AROUND)
    return (bare if bare.isascii() else unicodedata.normalize("NFC", bare)).casefold() in _TOTALS
