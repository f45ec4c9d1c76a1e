"""Single values of a JSON text changed, and every other character left as it is.

    >>> edited('{"a": [1, 2.50]}', [Replace("/a/0", 7), Add("", "b", {"c": True})])
    '{"a": [7, 2.50], "b": {"c": true}}'

Clause: RFC 6901 (JSON Pointer).
"""

import json
import re
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from edc_microcred import json_text

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_COLON: Final = re.compile(r'"\s*:( ?)')
_DECODER: Final = json.JSONDecoder()


class Replace(NamedTuple):
    """Another value at a pointer."""

    pointer: str
    value: Any


class Add(NamedTuple):
    """A new last member of the object at a pointer."""

    pointer: str
    name: str
    value: Any


Edit = Replace | Add


def edited(text: str, edits: Sequence[Edit]) -> str:
    """Valid JSON `text` with `edits` made; those whose pointer leads to nothing are left out.

    New members are written in the style of the object that they join: its line breaks, indentation and spaces. No two
    edits may concern one value, or a value and what is in it.
    """
    offsets = json_text.offsets(text, {edit.pointer for edit in edits})
    style = _Style(text)
    pieces: list[tuple[int, int, str]] = []
    for edit in edits:
        start = offsets.get(edit.pointer)
        if start is None:
            continue
        end = _DECODER.raw_decode(text, start)[1]
        if isinstance(edit, Replace):
            pieces.append((start, end, style.value(edit.value, _indentation(text, start))))
        elif text[start] == "{":
            pieces.append(style.member(start, end, edit))
    parts: list[str] = []
    position = 0
    for start, end, new in sorted(pieces):
        parts += (text[position:start], new)
        position = end
    return "".join((*parts, text[position:]))


def _indentation(text: str, offset: int) -> str:
    """The white space that the line of an offset begins with."""
    line = text.rfind("\n", 0, offset) + 1
    return text[line : _SPACE.match(text, line).end()]  # type: ignore[union-attr]  # matches the empty string


class _Style:
    """How a text is written: its line ends, one step of indentation, the space behind a colon, escapes."""

    def __init__(self, text: str) -> None:
        self._text = text
        first = _SPACE.match(text, text.find("{") + 1)
        space = first.group() if first is not None else ""
        self._step = space.rpartition("\n")[2] if "\n" in space else None
        self._newline = "\r\n" if "\r\n" in space else "\n"
        colon = _COLON.search(text)
        self._colon = ": " if colon is None or colon[1] else ":"
        self._escaped = text.isascii() and "\\u" in text

    def value(self, value: Any, indentation: str) -> str:
        """A value as it is written in a line that begins with `indentation`."""
        comma = "," if self._step is not None or self._colon == ":" else ", "
        text = json.dumps(value, ensure_ascii=self._escaped, indent=self._step or None, separators=(comma, self._colon))
        return text.replace("\n", self._newline + indentation)

    def member(self, start: int, end: int, edit: Add) -> tuple[int, int, str]:
        """Where and how a member is added to the object between two offsets."""
        first = _SPACE.match(self._text, start + 1)
        space = first.group() if first is not None else ""
        last = end - 1
        while self._text[last - 1] in " \t\r\n":
            last -= 1
        inside = space.rpartition("\n")[2] if "\n" in space else _indentation(self._text, start)
        written = f"{json.dumps(edit.name)}{self._colon}{self.value(edit.value, inside)}"
        if last == start + 1:
            return start + 1, end - 1, written
        between = space if "\n" in space else " " if self._colon == ": " else ""
        return last, last, f",{between}{written}"


def objects_by_id(value: Any) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """Every object of a JSON value that has an `id`, with its pointer, by that id."""
    found: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    stack: list[tuple[str, Any]] = [("", value)]
    while stack:
        where, item = stack.pop()
        if isinstance(item, dict):
            if isinstance(item.get("id"), str):
                found.setdefault(item["id"], []).append((where, item))
            stack += [(f"{where}/{json_text.escape_pointer(name)}", below) for name, below in item.items()]
        elif isinstance(item, list):
            stack += [(f"{where}/{index}", below) for index, below in enumerate(item)]
    return found
