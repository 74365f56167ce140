"""QR codes, hundreds of them in a batch, as fast as everything else (ISO/IEC 18004:2015).

A library makes a symbol in as long as two whole flyers take from their templates, and importing
one takes longer still. Web addresses of ordinary length are therefore coded here, versions 1 to
6; everything else is left to segno, and the tests hold both against one another. Every module is
a sum (exclusive or) of bits of the text and a constant, error correction included, so what each
half byte of data adds to a symbol is tabled once there are many of a kind. Masks are judged on all
rows and columns at a time.

A symbol is one integer, row after row from its highest bit and then column after column, with
room between them: so it is judged in both directions at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, reduce
from itertools import chain, zip_longest
from operator import getitem, xor
from typing import NamedTuple

_LEVEL = "M"
_ALPHANUMERIC = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
_GAP = 4
"""Light modules between rows: as many as a finder pattern wants beside it."""

_Symbol = int
"""Its rows from the highest bit, then its columns; a row is as long as the symbol and `_GAP`."""


class _Kind(NamedTuple):
    """A version and error level."""

    version: int
    error: str

    @property
    def size(self) -> int:
        """Modules on a side."""
        return 17 + 4 * self.version


_BLOCKS = {
    _Kind(1, "M"): (10, 16),
    _Kind(1, "Q"): (13, 13),
    _Kind(1, "H"): (17, 9),
    _Kind(2, "M"): (16, 28),
    _Kind(2, "Q"): (22, 22),
    _Kind(3, "M"): (26, 44),
    _Kind(3, "Q"): (18, 17, 17),
    _Kind(4, "M"): (18, 32, 32),
    _Kind(4, "Q"): (26, 24, 24),
    _Kind(5, "M"): (24, 43, 43),
    _Kind(6, "M"): (16, 27, 27, 27, 27),
}
"""Bytes of error correction in each block, then of data block by block (table 9).

The versions and levels that texts of up to 106 bytes come to.
"""


@lru_cache(maxsize=512)
def qr_rows(text: str) -> tuple[str, ...]:
    """The rows of a QR code for a text, dark modules 1 and light ones 0, no quiet zone.

    Error correction is level M, or higher where that takes no more room.
    """
    kind = _kind(len(text)) if text.isascii() else None
    if kind is None or _ALPHANUMERIC.issuperset(text):
        return _of_segno(text)  # Long texts, other modes and encodings than bytes: rare.
    said = _said(kind, _words(kind, text.encode("ascii")))
    size = kind.size
    best = min([said ^ mask for mask in _constants(kind)], key=lambda one: _penalty(one, size))
    return _taken_apart(best, size)


def _of_segno(text: str) -> tuple[str, ...]:
    import segno

    matrix = segno.make(text, error=_LEVEL, micro=False, boost_error=True).matrix
    return tuple("".join(map(str, row)) for row in matrix)


@lru_cache(maxsize=128)
def _kind(length: int) -> _Kind | None:
    """The smallest version with room for so many bytes, at the highest level it has room for."""
    fitting = [kind for kind, (_, *sizes) in _BLOCKS.items() if sum(sizes) >= length + 2]
    if not fitting:
        return None
    version = min(kind.version for kind in fitting)
    return min((k for k in fitting if k.version == version), key=lambda k: sum(_BLOCKS[k][1:]))


def _words(kind: _Kind, data: bytes) -> bytes:
    """Bytes of data (7.4): mode, length, the text, its end, and padding, as segno has them."""
    capacity = sum(_BLOCKS[kind][1:])
    bits = (0b0100 << 8 | len(data)) << 8 * len(data) | int.from_bytes(data, "big")
    words = (bits << 4).to_bytes(len(data) + 2, "big")
    return (words + b"\0" + b"\xec\x11" * capacity)[:capacity]


_ASKED: Counter[_Kind] = Counter()
_FAMILIAR = 32
"""Symbols of a kind after which tables pay."""


def _said(kind: _Kind, words: bytes) -> _Symbol:
    """What bytes of data and their error correction turn dark."""
    _ASKED[kind] += 1
    if _ASKED[kind] > _FAMILIAR:
        return reduce(xor, map(getitem, _tables(kind), words.hex()))
    correction, *sizes = _BLOCKS[kind]
    found = at = 0
    for places, size in zip(_places(kind), sizes, strict=True):
        block = words[at : at + size]
        found ^= _sum(places, enumerate([*block, *_remainder(block, correction)]))
        at += size
    return found


@lru_cache(maxsize=32)
def _constants(kind: _Kind) -> tuple[_Symbol, ...]:
    """By mask: finder, timing and alignment patterns, format information, and the mask itself."""
    size = kind.size
    free = [(y, x) for y in range(size) for x in range(size) if (y, x) not in _taken(kind)]
    constant = _dark(kind)
    return tuple(
        _symbol(
            {*constant, *_format(kind, mask), *((y, x) for y, x in free if not _MASKS[mask](y, x))},
            size,
        )
        for mask in range(8)
    )


_MASKS: tuple[Callable[[int, int], int], ...] = (
    lambda y, x: (y + x) % 2,
    lambda y, x: y % 2,
    lambda y, x: x % 3,
    lambda y, x: (y + x) % 3,
    lambda y, x: (y // 2 + x // 3) % 2,
    lambda y, x: y * x % 2 + y * x % 3,
    lambda y, x: (y * x % 2 + y * x % 3) % 2,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2,
)
"""Where these are 0, a mask turns a module round (table 10)."""


def _dark(kind: _Kind) -> set[tuple[int, int]]:
    """Dark modules of the patterns that all symbols of a version have (6.3)."""
    size = kind.size
    dark = {(6, at) for at in range(8, size - 8, 2)} | {(at, 6) for at in range(8, size - 8, 2)}
    rings = [((3, 3), 3), ((3, size - 4), 3), ((size - 4, 3), 3)]
    if kind.version > 1:
        rings.append(((size - 7, size - 7), 2))
    for (middle, centre), reach in rings:
        for y in range(-reach, reach + 1):
            for x in range(-reach, reach + 1):
                # Dark, light, dark and dark again from the rim of a finder to its middle.
                if max(abs(y), abs(x)) != reach - 1:
                    dark.add((middle + y, centre + x))
    return dark | {(size - 8, 8)}


def _format(kind: _Kind, mask: int) -> set[tuple[int, int]]:
    """Dark modules of level and mask, written twice (7.9)."""
    size = kind.size
    data = {"M": 0b00, "Q": 0b11, "H": 0b10}[kind.error] << 3 | mask
    rest = data << 10
    for shift in range(4, -1, -1):
        if rest >> (shift + 10) & 1:
            rest ^= 0b10100110111 << shift
    bits = (data << 10 | rest) ^ 0b101010000010010
    up = [(at, 8) for at in (0, 1, 2, 3, 4, 5, 7, 8)] + [(8, at) for at in (7, 5, 4, 3, 2, 1, 0)]
    across = [(8, size - 1 - at) for at in range(8)] + [(size - 7 + at, 8) for at in range(7)]
    return {copy[bit] for copy in (up, across) for bit in range(15) if bits >> bit & 1}


def _symbol(dark: Iterable[tuple[int, int]], size: int) -> _Symbol:
    return reduce(xor, [_module(y, x, size) for y, x in dark])


@lru_cache(maxsize=32)
def _tables(kind: _Kind) -> tuple[Mapping[str, _Symbol], ...]:
    """By place of half a byte of data: what each hexadecimal digit adds to the symbol.

    Halves, since tables of bytes are eight times as large: more than a processor has at hand.
    """
    correction, *sizes = _BLOCKS[kind]
    tables: list[Mapping[str, _Symbol]] = []
    for places, size in zip(_places(kind), sizes, strict=True):
        for at in range(size):
            basis = []
            for bit in range(8):
                words = bytearray(size)
                words[at] = 128 >> bit
                coded = [(at, words[at]), *enumerate(_remainder(words, correction), size)]
                basis.append(_sum(places, coded))
            tables += [_sums(basis[:4]), _sums(basis[4:])]
    return tuple(tables)


def _sums(bits: Sequence[_Symbol]) -> Mapping[str, _Symbol]:
    """What each hexadecimal digit comes to, the highest of its bits first."""
    sums = [0]
    for bit in reversed(bits):
        sums += [bit ^ one for one in sums]
    return dict(zip("0123456789abcdef", sums, strict=True))


def _sum(places: Sequence[Sequence[_Symbol]], coded: Iterable[tuple[int, int]]) -> _Symbol:
    """The modules that bytes of a block turn dark."""
    found = 0
    for at, byte in coded:
        for bit, module in enumerate(places[at]):
            if byte >> (7 - bit) & 1:
                found ^= module
    return found


@lru_cache(maxsize=32)
def _places(kind: _Kind) -> list[list[list[_Symbol]]]:
    """By block, byte (data, then correction) and bit from the highest: its module."""
    correction, *sizes = _BLOCKS[kind]
    order = list(_zigzag(kind))
    shares = [[(block, at) for at in range(size)] for block, size in enumerate(sizes)]
    more = [[(b, size + at) for at in range(correction)] for b, size in enumerate(sizes)]
    bytes_ = [
        place for place in chain(*zip_longest(*shares), *zip_longest(*more)) if place is not None
    ]
    found: list[list[list[_Symbol]]] = [[[] for _ in range(size + correction)] for size in sizes]
    for number, (block, at) in enumerate(bytes_):
        found[block][at] = order[8 * number : 8 * number + 8]
    return found


def _zigzag(kind: _Kind) -> list[_Symbol]:
    """The modules for data in the order in which they are filled (7.7.3)."""
    size = kind.size
    taken = _taken(kind)
    order = []
    right = size - 1
    upwards = True
    while right > 0:
        right -= right == 6
        rows = range(size - 1, -1, -1) if upwards else range(size)
        order += [(y, x) for y in rows for x in (right, right - 1) if (y, x) not in taken]
        right, upwards = right - 2, not upwards
    return [_module(y, x, size) for y, x in order]


@lru_cache(maxsize=32)
def _taken(kind: _Kind) -> set[tuple[int, int]]:
    """Finder, timing and alignment patterns and format information (6.3), versions 1 to 6."""
    size = kind.size
    near, far = range(9), range(size - 8, size)
    taken = {
        (y, x)
        for rows, columns in ((near, near), (near, far), (far, near))
        for y in rows
        for x in columns
    }
    taken |= {(6, at) for at in range(size)} | {(at, 6) for at in range(size)}
    if kind.version > 1:
        middle = range(size - 9, size - 4)
        taken |= {(y, x) for y in middle for x in middle}
    return taken


def _remainder(words: Sequence[int], count: int) -> list[int]:
    """Bytes of error correction (7.5.2): what is left of the data divided by the generator."""
    logs, powers, generator = _field(count)
    rest = [0] * count
    for word in words:
        factor = word ^ rest.pop(0)
        rest.append(0)
        if factor:
            for at, log in enumerate(generator):
                rest[at] ^= powers[(log + logs[factor]) % 255]
    return rest


@lru_cache(maxsize=32)
def _field(count: int) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Logarithms and powers of 2 in GF(256), and those of the generator's coefficients."""
    powers, value = [], 1
    for _ in range(255):
        powers.append(value)
        value = value << 1 ^ (0x11D if value & 0x80 else 0)
    logs = [0] * 256
    for log, power in enumerate(powers):
        logs[power] = log
    poly = [1]
    for root in range(count):
        shifted = [powers[(logs[c] + root) % 255] if c else 0 for c in poly]
        poly = [a ^ b for a, b in zip([*poly, 0], [0, *shifted], strict=True)]
    return tuple(logs), tuple(powers), tuple(logs[c] for c in poly[1:])


def _module(row: int, column: int, size: int) -> _Symbol:
    """A symbol with one dark module."""
    below, right = size - 1 - row, size - 1 - column
    step = size + _GAP
    return 1 << _GAP + (size + below) * step + right | 1 << _GAP + right * step + below


def _taken_apart(symbol: _Symbol, size: int) -> tuple[str, ...]:
    step = size + _GAP
    written = f"{symbol >> size * step + _GAP:0{step * size - _GAP}b}"
    return tuple(written[start : start + size] for start in range(0, step * size, step))


@lru_cache(maxsize=32)
def _modules(size: int) -> _Symbol:
    """A symbol all dark."""
    return _symbol([(y, x) for y in range(size) for x in range(size)], size)


def _penalty(symbol: _Symbol, size: int) -> int:
    """ISO/IEC 18004:2015, table 11."""
    light = _modules(size) & ~symbol
    dark = symbol.bit_count() // 2
    score = 10 * (abs(200 * dark - 100 * size * size) // (10 * size * size))
    return score + _alike(symbol, size) + _alike(light, size) + 40 * _finders(symbol)


def _alike(lines: _Symbol, size: int) -> int:
    """Modules of one colour: 3 for five in a line and 1 for each one more, 3 for two by two."""
    two = lines & lines >> 1
    five = two & two >> 2 & lines >> 4
    step = size + _GAP
    rows = two >> size * step
    ends, squares = five & ~(five >> 1), rows & rows >> step
    return five.bit_count() + 2 * ends.bit_count() + 3 * squares.bit_count()


def _finders(lines: _Symbol) -> int:
    """Patterns like a finder's with four light modules before or after; outside all is light."""
    light = ~lines
    three, pair = lines & lines >> 1 & lines >> 2, light & light >> 1
    core = lines & three >> 2 & lines >> 6 & light >> 1 & light >> 5
    after, before = pair << 2 & pair << 4, pair >> 7 & pair >> 9
    return (core & (after | before)).bit_count()
