"""Widths of a row's cells and a table's columns."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.model.document import Track
from handouts.typeset.boxes.laid import Extent


def widths(tracks: Sequence[Track], extents: Sequence[Extent], room: float) -> tuple[float, ...]:
    """Shares `room` (gaps already taken off) among tracks.

    Fixed tracks have their points; content tracks are as wide as their content but give way
    until every share can hold its longest word; shares divide what is left.
    """
    fixed = [t.value if t.kind == "fixed" else 0.0 for t in tracks]
    room -= sum(fixed)
    content = _content(tracks, extents, room)
    shares = _shares(tracks, extents, room - sum(content))
    return tuple(map(sum, zip(fixed, content, shares, strict=True)))


def sole_share(tracks: Sequence[Track], room: float) -> tuple[float, ...] | None:
    """Widths when one share takes all that fixed tracks leave, which no content can change.

    Most rows are like that (a marker and its text), and asking their content how wide it is
    would cost more than setting it.
    """
    fixed = 0.0
    shares = 0
    for track in tracks:
        kind = track.kind
        if kind == "content":
            return None
        if kind == "share":
            shares += 1
        else:
            fixed += track.value
    if shares > 1:
        return None
    rest = max(0.0, room - fixed)
    return tuple([track.value if track.kind == "fixed" else rest for track in tracks])


def _content(tracks: Sequence[Track], extents: Sequence[Extent], room: float) -> list[float]:
    for_shares = sum(e.narrowest for t, e in zip(tracks, extents, strict=True) if t.kind == "share")
    pairs = [
        e if t.kind == "content" else Extent(0.0, 0.0) for t, e in zip(tracks, extents, strict=True)
    ]
    wanted = sum(e.widest for e in pairs)
    give = sum(e.widest - e.narrowest for e in pairs)
    missing = max(0.0, wanted - (room - for_shares))
    part = min(1.0, missing / give) if give else 0.0
    return [e.widest - (e.widest - e.narrowest) * part for e in pairs]


def _shares(tracks: Sequence[Track], extents: Sequence[Extent], room: float) -> list[float]:
    """Proportional, but none narrower than its longest word while others can give."""
    open_ = {i for i, track in enumerate(tracks) if track.kind == "share"}
    result = [0.0] * len(tracks)
    room = max(0.0, room)
    while open_:
        total = sum(tracks[i].value for i in open_)
        for i in open_:
            result[i] = room * tracks[i].value / total if total else room / len(open_)
        tight = {i for i in open_ if result[i] < extents[i].narrowest}
        if not tight or tight == open_:
            break
        for i in tight:
            result[i] = extents[i].narrowest
            room = max(0.0, room - result[i])
        open_ -= tight
    return result
