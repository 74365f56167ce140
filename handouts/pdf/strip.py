"""A stretch of a page on its way into a content stream, with exactly two ways to paint.

`marked` paints content of a structure element, `artifact` paints everything else; `begin` does
either again by its operator.
"""

from __future__ import annotations

from collections.abc import Callable
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
        return self.begin(content_operator(role, mcid))

    def artifact(self, kind: Artifact) -> Strip:
        """Paints something that is not content."""
        return self.begin(artifact_operator(kind))

    def begin(self, operator: str) -> Strip:
        """Opens a mark."""
        if self._open:
            raise RenderError("marked content inside marked content")
        self._check_sealed()
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
            self.end()

    def end(self) -> None:
        """Closes the open mark."""
        self._code.append("EMC")
        self._open = False
        self._sealed = len(self._code)

    def insert(self, painted: str) -> None:
        """Adds what was painted before: whole marks, after which nobody knows the state."""
        self._check_sealed()
        self._code.append(painted)
        self._sealed = len(self._code)

    def write(self, operators: str) -> None:
        """Adds operators to the open mark.

        Raises:
            RenderError: outside of any mark.
        """
        if not self._open:
            raise RenderError(f"painted without a mark: {operators[:80]}")
        self._code.append(operators)

    def writer(self) -> Callable[[str], None]:
        """`write` for the open mark only, checked once.

        Raises:
            RenderError: outside of any mark.
        """
        if not self._open:
            raise RenderError("painted without a mark")
        return self._code.append

    def taken(self) -> str:
        """What has been painted; nothing of it may be unmarked."""
        if self._open:
            raise RenderError("the stretch ends inside marked content")
        self._check_sealed()
        return "\n".join(self._code)

    def _check_sealed(self) -> None:
        if len(self._code) > self._sealed:
            stray = self._code[self._sealed :]
            raise RenderError(f"painted without a mark: {' '.join(map(str, stray))[:80]}")


def content_operator(role: Role, mcid: int) -> str:
    """The operator that opens content of a structure element."""
    return f"/{role}<</MCID {mcid}>>BDC"


def artifact_operator(kind: Artifact) -> str:
    """The operator that opens what is not content."""
    return f"/Artifact<</Type/{kind}>>BDC"
