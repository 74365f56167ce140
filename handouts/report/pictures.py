"""Small pictures of first pages, so that a person sees at a glance what came out.

Only a sample of a batch gets one: making them costs more than the sheets themselves.
"""

from __future__ import annotations

import base64
import io
import time
from collections.abc import Callable, Iterable, Iterator

LIMIT = 200
"""Pictures in a report: some megabytes at most."""
PATIENCE = 20.0
"""Seconds after which there are enough."""
WIDTH = 240
"""Pixels across, about twice what the report shows: sharp on fine screens."""
_QUALITY = 70

Reader = Callable[[str], bytes]


def pictures(paths: Iterable[str], read: Reader) -> Iterator[tuple[str, str]]:
    """For each output its path and the picture as a ``data:`` URI.

    A file that went away or cannot be read has none: the report tells what was, and must come
    about whatever happened since.
    """
    started = time.perf_counter()
    for path in paths:
        if time.perf_counter() - started > PATIENCE:
            return
        uri = _picture(path, read)
        if uri:
            yield path, uri


def _picture(path: str, read: Reader) -> str:
    from pypdfium2 import PdfiumError  # type: ignore[import-untyped]

    try:
        data = _first_page(read(path))
    except (OSError, PdfiumError):
        return ""
    return f"data:image/webp;base64,{base64.b64encode(data).decode('ascii')}"


def _first_page(pdf: bytes) -> bytes:
    """The first page as a WebP image."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        bitmap = page.render(scale=WIDTH / page.get_width())
        image = bitmap.to_pil()
        stream = io.BytesIO()
        image.save(stream, "WEBP", quality=_QUALITY, method=2)
        bitmap.close()
        page.close()
        return stream.getvalue()
    finally:
        document.close()
