"""Cross-references of files that are larger than any sheet."""

from __future__ import annotations

import struct

from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.pdf.document import Register, references, start
from tests.pdf.spelled import objects, rows


def _row(number: int) -> bytes:
    return struct.pack(">BII", 1, number, 0)


@settings(max_examples=20, deadline=None)
@given(before=st.integers(0, 20_000), inside=st.integers(0, 300), after=st.integers(0, 20_000))
def test_rows_stand_in_the_order_of_numbers(before: int, inside: int, after: int) -> None:
    register = Register(before + 1)
    for number in range(inside):
        register.add(b"<</N %d>>" % number)
    block = start().and_then(register)
    first = b"".join(_row(number) for number in range(1, before + 1))
    last = b"".join(_row(number) for number in range(after))
    data = b"".join(block.pieces)
    data += references(first, block, last, 1, 2, "0" * 32, len(data))
    found = rows(data)
    own = inside + bool(inside)  # And the object stream that holds them.
    assert len(found) == 1 + before + own + after + 1
    assert [row[1] for row in found[1 : before + 1]] == list(range(1, before + 1))
    assert [row[2] for row in found[before + 1 :][:inside]] == list(range(inside))
    assert [row[1] for row in found[before + own + 1 : -1]] == list(range(after))
    assert data[found[-1][1] :].startswith(b"%d 0 obj\n" % (len(found) - 1))
    assert list(objects(data).values()) == [b"<</N %d>>" % number for number in range(inside)]
