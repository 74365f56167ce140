"""Bidirectional classes and bracket pairs: the character data of UAX #9."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

INITIATORS: Final = frozenset(("LRI", "RLI", "FSI"))
ISOLATING: Final = frozenset(("LRI", "RLI", "FSI", "PDI"))
REMOVED: Final = frozenset(("RLE", "LRE", "RLO", "LRO", "PDF", "BN"))
"""What rule X9 takes out."""
NEUTRAL: Final = frozenset(("B", "S", "WS", "ON", "FSI", "LRI", "RLI", "PDI"))

_PAIRS = (
    "()[]{}\u0f3a\u0f3b\u0f3c\u0f3d\u169b\u169c\u2045\u2046\u207d\u207e\u208d\u208e"
    "\u2308\u2309\u230a\u230b\u2768\u2769\u276a\u276b\u276c\u276d\u276e\u276f\u2770\u2771"
    "\u2772\u2773\u2774\u2775\u27c5\u27c6\u27e6\u27e7\u27e8\u27e9\u27ea\u27eb\u27ec\u27ed"
    "\u27ee\u27ef\u2983\u2984\u2985\u2986\u2987\u2988\u2989\u298a\u298b\u298c\u298d\u2990"
    "\u298f\u298e\u2991\u2992\u2993\u2994\u2995\u2996\u2997\u2998\u29d8\u29d9\u29da\u29db"
    "\u29fc\u29fd\u2e22\u2e23\u2e24\u2e25\u2e26\u2e27\u2e28\u2e29\u2e55\u2e56\u2e57\u2e58"
    "\u2e59\u2e5a\u2e5b\u2e5c\u3008\u3009\u300a\u300b\u300c\u300d\u300e\u300f\u3010\u3011"
    "\u3014\u3015\u3016\u3017\u3018\u3019\u301a\u301b\ufe59\ufe5a\ufe5b\ufe5c\ufe5d\ufe5e"
    "\uff08\uff09\uff3b\uff3d\uff5b\uff5d\uff5f\uff60\uff62\uff63"
)
OPENING: Final[Mapping[str, str]] = dict(
    zip(_PAIRS[::2], _PAIRS[1::2], strict=True), **{"\u2329": "\u3009"}
)
"""Opening bracket to its closing one, in canonical form (BD16: U+2329 is U+3008)."""
CLOSING: Final[Mapping[str, str]] = {close: close for close in OPENING.values()} | {
    "\u232a": "\u3009"
}
"""Closing bracket to its canonical form."""

_RIGHT = (
    (0x0590, 0x05FF),
    (0x07C0, 0x085F),
    (0xFB1D, 0xFB4F),
    (0x10800, 0x10CFF),
    (0x10D40, 0x10EBF),
    (0x1E800, 0x1EC6F),
    (0x1EF00, 0x1EFFF),
)
_ARABIC = (
    (0x0600, 0x07BF),
    (0x0860, 0x08FF),
    (0xFB50, 0xFDFF),
    (0xFE70, 0xFEFF),
    (0x10D00, 0x10D3F),
    (0x10EC0, 0x10EFF),
    (0x1EC70, 0x1EEFF),
)


@lru_cache(maxsize=16384)
def bidi_class(character: str) -> str:
    """The Bidi_Class property; defaults of DerivedBidiClass.txt for unassigned code points."""
    return unicodedata.bidirectional(character) or _default(ord(character))


def _default(point: int) -> str:
    if any(low <= point <= high for low, high in _ARABIC):
        return "AL"
    if any(low <= point <= high for low, high in _RIGHT):
        return "R"
    return "BN" if point & 0xFFFE == 0xFFFE else "L"


def first_strong(classes: Sequence[str], matches: Mapping[int, int], start: int, end: int) -> int:
    """P2, P3: the level the first strong character of [start, end) asks for, isolates skipped."""
    i = start
    while i < end:
        name = classes[i]
        if name == "L":
            return 0
        if name in ("R", "AL"):
            return 1
        i = matches.get(i, end) if name in INITIATORS else i + 1
    return 0
