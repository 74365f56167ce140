"""XML to a small tree, with everything refused that could reach out of the file or blow up."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from handouts.diagnostics import Diagnostic, HandoutsError, Place

MAX_DEPTH = 64
MAX_ELEMENTS = 20_000
_SVG = "http://www.w3.org/2000/svg"


@dataclass(slots=True)
class Element:
    """An element of the SVG namespace (others are left out), and where it began."""

    name: str
    attributes: dict[str, str]
    place: Place
    children: list[Element] = field(default_factory=list)
    text: str = ""


def parse_xml(content: bytes, path: str) -> Element:
    """The root element.

    Raises:
        HandoutsError: for what is not XML, and for a document type, an entity, too much depth.
    """
    return _Reader(path).read(content)


class _Reader:
    """expat's handlers. Namespaces are resolved; a name is ``namespace name``."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.stack: list[Element | None] = []
        self.root: Element | None = None
        self.count = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._entity
        self.parser.ExternalEntityRefHandler = self._entity
        self.parser.SkippedEntityHandler = self._entity
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.buffer_text = True

    def read(self, content: bytes) -> Element:
        try:
            self.parser.Parse(content, True)
        except expat.ExpatError as error:
            place = Place(self.path, error.lineno, error.offset + 1)
            message = f"this is not well-formed XML: {expat.ErrorString(error.code)}"
            raise _refused("svg-syntax", message, "export it again", place) from None
        if self.root is None:
            raise _refused("svg-syntax", "there is no <svg>", "", Place(self.path))
        return self.root

    def _place(self) -> Place:
        return Place(self.path, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if len(self.stack) >= MAX_DEPTH or self.count > MAX_ELEMENTS:
            raise _refused("svg-too-complex", "too many elements", "simplify it", self._place())
        namespace, _, local = name.rpartition(" ")
        if namespace not in (_SVG, ""):
            self.stack.append(None)
            return
        element = Element(local, attributes, self._place())
        parent = self.stack[-1] if self.stack else None
        if not self.stack:
            self.root = element
        elif parent is not None:
            parent.children.append(element)
        self.stack.append(element if not self.stack or parent is not None else None)

    def _end(self, name: str) -> None:
        self.stack.pop()

    def _text(self, text: str) -> None:
        if self.stack and self.stack[-1] is not None:
            self.stack[-1].text += text

    def _doctype(self, name: str, system: str | None, public: str | None, own: bool) -> None:
        """The bare type that drawing programs write is harmless: expat opens nothing for it."""
        if own:
            self._entity()

    def _entity(self, *_: object) -> int:
        raise _refused(
            "svg-doctype",
            "the document type declares something, or an entity is used",
            "delete the <!DOCTYPE …> line, or export as plain SVG",
            self._place(),
        )

    def _instruction(self, target: str, data: str) -> None:
        raise _refused(
            "svg-instruction", f"<?{target}?> is not allowed", "delete it", self._place()
        )


def _refused(code: str, message: str, hint: str, place: Place) -> HandoutsError:
    return HandoutsError([Diagnostic(code, message, hint, place)])
