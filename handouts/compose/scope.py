"""Variables a layout may use, and the conditions over them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache
from typing import TYPE_CHECKING

from handouts.model.frozen import dataclass

if TYPE_CHECKING:
    from handouts.compose.slots import Slots

OF_THE_BRAND = ("brand.", "class.")
"""How names of variables begin that differ from brand to brand."""

_CONDITION = re.compile(
    r"(?P<no>not\s+)?\$(?P<name>[a-z_.]+)(?:\s*(?P<op>==|!=)\s*(?P<value>\S+))?"
)
_BRACES = re.compile(r"\{([a-z_.]+)\}")


@dataclass(frozen=True, slots=True)
class Value:
    """A variable's text: its language when it is not the sheet's, and what kind of thing it is.

    `kind` decides how it is isolated in right-to-left text: phone numbers, addresses on the
    web and codes always run left to right.
    """

    text: str
    lang: str | None = None
    kind: str = "name"
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Variables by dotted name. A missing variable is None: the brand or project does not say."""

    variables: Mapping[str, Value]
    twin: Scope | None = None
    """The same place in the other language of a sheet in two."""
    slots: Slots | None = field(default=None, compare=False, repr=False)
    """Is told what of the brand is asked for."""

    def with_values(self, values: Mapping[str, Value]) -> Scope:
        """A scope inside this one."""
        return Scope({**self.variables, **values}, self.twin, self.slots)

    def get(self, name: str) -> Value | None:
        """The variable's value, without its dollar sign."""
        if self.slots is not None and name.startswith(OF_THE_BRAND):
            self.slots.read(name)
        return self.variables.get(name)

    def expand(self, template: str) -> str:
        """An id with its ``{group.id}`` parts filled in."""
        if "{" not in template:
            return template
        return _BRACES.sub(lambda m: self._text(m[1]), template)

    def _text(self, name: str) -> str:
        value = self.get(name)
        return value.text if value else ""

    def holds(self, condition: str | None) -> bool:
        """Whether a block's ``when`` is met. Its form was checked when it was loaded."""
        if condition is None:
            return True
        no, name, op, wanted = _understood(condition)
        value = self.variables.get(name)
        text = value.text if value else ""
        met = bool(text) if op is None else (text == wanted) is (op == "==")
        holds = met is not no
        if self.slots is not None and name.startswith(OF_THE_BRAND):
            self.slots.decided(self, condition, holds)
        return holds


@lru_cache(maxsize=1024)
def _understood(condition: str) -> tuple[bool, str, str | None, str | None]:
    """Whether it is turned round, the variable, how it is compared and with what."""
    match = _CONDITION.fullmatch(condition.strip())
    if not match:
        raise ValueError(f"condition not understood: {condition}")
    return bool(match["no"]), match["name"], match["op"], match["value"]
