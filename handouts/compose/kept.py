"""Answers kept by the identity of what they are about.

A batch asks the same of the same catalogue, layout and languages for every document, and
comparing those takes longer than answering.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def kept(
    most: int, *, things: int = 1
) -> Callable[[Callable[Asked, Answer]], Callable[Asked, Answer]]:
    """Has a pure function remember at most so many answers; all go when there are too many.

    Args:
        most: how many.
        things: how many of the arguments, from the first on, are compared by identity. They are
            held, so that no identity comes back. The others are compared as they are. All have
            to be given by position.
    """

    def keeping(answer: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
        known: dict[tuple[object, ...], tuple[tuple[object, ...], Answer]] = {}

        @wraps(answer)
        def remembered(*args: Asked.args, **none: Asked.kwargs) -> Answer:
            key = (*map(id, args[:things]), *args[things:])
            found = known.get(key)
            if found is None:
                if len(known) >= most:
                    known.clear()
                found = known[key] = (args, answer(*args, **none))
            return found[1]

        return remembered

    return keeping
