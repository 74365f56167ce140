"""A stretch of a page on its way into a content stream, with exactly two ways to paint.

`marked` paints content of a structure element, `artifact` paints everything else.
"""

from __future__ import annotations

from types import TracebackType

from handouts.model.document import Role
from handouts.model.pages import Artifact
from handouts.pdf.errors import RenderError
from handouts.pdf.state import GraphicsState


class Strip:
    """Operators, each of them inside a mark, which is the context `marked` and `artifact` open."""

    _code: list[str]

    def __init__(self, state: GraphicsState) -> None:
        self.start(state)

    def start(self, state: GraphicsState) -> None:
        """Begins anew with what is known of the graphics state."""
        self._code = []
        self._sealed = 0
        self._open = False
        self.state = state

    def marked(self, role: Role, mcid: int) -> Strip:
        """Paints content of a structure element."""
        return self._begin(f"/{role.value}<</MCID {mcid}>>BDC")

    def artifact(self, kind: Artifact) -> Strip:
        """Paints something that is not content."""
        return self._begin(f"/Artifact<</Type/{kind.value}>>BDC")

    def _begin(self, operator: str) -> Strip:
        self._check_sealed()
        if self._open:
            raise RenderError("marked content inside marked content")
        self._open = True
        self._code.append(operator)
        return self

    def __enter__(self) -> Strip:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self._code.append("EMC")
            self._open = False
            self._sealed = len(self._code)

    def write(self, operators: str) -> None:
        """Adds operators to the open mark.

        Raises:
            RenderError: outside of any mark.
        """
        if not self._open:
            raise RenderError(f"painted without a mark: {operators[:80]}")
        self._code.append(operators)

    def taken(self) -> str:
        """What has been painted; nothing of it may be unmarked."""
        if self._open:
            raise RenderError("the stretch ends inside marked content")
        self._check_sealed()
        return "\n".join(self._code)

    def _check_sealed(self) -> None:
        if not self._open and len(self._code) > self._sealed:
            stray = self._code[self._sealed :]
            raise RenderError(f"painted without a mark: {' '.join(map(str, stray))[:80]}")
