"""JSON text, read strictly: what two parsers could read in two ways is refused.

Refused are members named twice, NaN and Infinity, numbers beyond a double, lone surrogates, a byte order mark, text
that is not UTF-8, and whatever exceeds the `Limits`. A fast parser reads first; where it is not certain that the text
is as plain as that, the strict one reads again and says what is wrong. `places` finds line and column of JSON Pointers;
it is a further reading, made only when somebody wants to be shown where.

    >>> parse('{"a": [1, 2]}')
    {'a': [1, 2]}
    >>> places('{"a": [1,\\n 2]}', ["/a/1"])
    {'/a/1': (2, 2)}

Clauses: RFC 8259; RFC 7493 (I-JSON) 2.1 and 2.3; RFC 6901 (JSON Pointer).
"""

import json
import math
import re
from collections.abc import Iterable
from json.decoder import scanstring  # type: ignore[attr-defined]  # the decoder's own string reader, not in the stubs
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple, NoReturn

from pydantic_core import from_json, to_json

from edc_microcred.errors import LimitError, UnreadableError
from edc_microcred.limits import DEFAULT_LIMITS, Limits

_SURROGATE_ESCAPE: Final = re.compile(r"\\u[dD][89a-fA-F]")
_SPACE: Final = re.compile(r"[ \t\n\r]*")
_SCALAR: Final = re.compile(r"-?[0-9.eE+-]+|true|false|null")
_LONGEST_NAME: Final = 120
_BOM: Final = b"\xef\xbb\xbf"


class _DuplicateError(Exception):
    pass


def read_bytes(source: Path | BinaryIO, *, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """All bytes of a file or stream; a larger one than `limits.size` raises `LimitError` before it is read."""
    if isinstance(source, Path):
        try:
            limits.check_size(source.stat().st_size, str(source))
            with source.open("rb") as stream:
                return _read_stream(stream, str(source), limits)
        except (OSError, ValueError) as error:  # ValueError: a name with a zero octet
            raise UnreadableError(
                f"{short_name(source)} cannot be read: {getattr(error, 'strerror', error)}.",
                remedy="Check the path and who may read it.",
            ) from error
    return _read_stream(source, "The input", limits)


def short_name(path: Path) -> str:
    """The name of a file as messages call it: a long one without its middle, in case it is no name but a text."""
    name = str(path)
    return name if len(name) <= _LONGEST_NAME else f"{name[:20]}…{name[-60:]}"


def _read_stream(stream: BinaryIO, what: str, limits: Limits) -> bytes:
    data = stream.read(limits.size + 1)
    limits.check_size(len(data), what)
    return data


def decode(data: bytes, *, what: str = "The input") -> str:
    """`data` as text. Raises `UnreadableError` for an empty input, a byte order mark, or bytes that are not UTF-8."""
    if not data.strip():
        raise UnreadableError(f"{what} is empty.", remedy="Give a file that holds a credential.")
    if data.startswith(_BOM):
        raise UnreadableError(
            f"{what} starts with a byte order mark, which JSON forbids.",
            remedy="Save it as UTF-8 without BOM. A sealed file must be had again as the issuer made it.",
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"{what} is not UTF-8: byte {error.start} is 0x{data[error.start]:02x}.",
            remedy="JSON is UTF-8. Convert it, or get the file again: it may have been cut or compressed.",
        ) from error


class Unproven(NamedTuple):
    """What a fast parser makes of a text, of members named twice the last; and the quotation marks around the names and
    texts that the text has. Whoever meets as many in `value` has shown that nothing was named twice.
    """

    value: Any
    marks: int


def parse_unproven(octets: bytes, limits: Limits) -> Unproven | None:
    """The value of a text by a fast parser; `None` for a text that it is not to be asked about, which may be right.

    To be shown yet: that no name is there twice, no number has a fraction, and `limits` of depth and names are kept.
    """
    if len(octets) > limits.size or (len(octets) > limits.members and octets.count(b",") > limits.members):
        return None
    marks = octets.count(b'"')
    if b"\\" in octets:  # marks inside a text; they can be told apart as long as no backslash is written itself
        inside = octets.count(b'\\"')
        if inside != octets.count(b"\\") and b"\\\\" in octets:
            return None
        marks -= inside
    try:
        return Unproven(from_json(octets, allow_inf_nan=False, cache_strings="keys"), marks)
    except ValueError:
        return None


def parse(
    text: str | bytes, *, limits: Limits = DEFAULT_LIMITS, what: str = "The input", unproven: Unproven | None = None
) -> Any:
    """The value of a JSON text, or of its bytes; `unproven` is what `parse_unproven` gave for it, if it was asked.

    Raises `UnreadableError` or `LimitError` as the module says.
    """
    limits.check_size(len(text), what)
    octets = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    if len(octets) > limits.members and octets.count(b",") > limits.members:  # all but a container's first follow one
        raise LimitError(
            f"{what} holds more than {limits.members:,} members.",
            remedy="No credential does. If it is meant, raise the limit: Limits(members=...).",
        )
    unproven = unproven or parse_unproven(octets, limits)
    if unproven is not None and _marks(unproven.value, limits) == unproven.marks:
        return unproven.value
    return _parse_strictly(decode(text, what=what) if isinstance(text, bytes) else text, limits, what)


def _marks(value: Any, limits: Limits) -> int | None:
    """How many quotation marks the names and texts of a value have around them.

    `None` for what the strict parser shall look at: too deep nesting, names that may lead too far, numbers with a
    fraction (may be infinite).
    """
    texts = depth = 0
    names: set[str] = set()
    inside: Iterable[Any]
    level: list[Any] = [[value]]
    while level:
        if depth > limits.depth:
            return None
        depth += 1
        below: list[Any] = []
        for item in level:
            if type(item) is dict:
                texts += len(item)
                names.update(item)
                inside = item.values()
            elif type(item) is list:
                inside = item
            elif type(item) is float:
                return None
            else:
                continue
            for one in inside:
                if type(one) is str:
                    texts += 1
                else:
                    below.append(one)
        level = below
    return 2 * texts if depth * max(map(len, names), default=0) <= limits.pointer else None


def _parse_strictly(text: str, limits: Limits, what: str) -> Any:
    try:
        value = _DECODER.decode(text)
    except _DuplicateError as error:
        line, column = _duplicate_place(text, str(error))
        raise UnreadableError(
            f"{what} names the member {str(error)[:80]!r} twice in one object (line {line}, column {column}).",
            remedy="Two readers would see two different files. Keep one of the two.",
        ) from None
    except RecursionError:
        raise _too_deep(what, limits) from None
    except json.JSONDecodeError as error:
        raise UnreadableError(
            f"{what} is not JSON: {error.msg} (line {error.lineno}, column {error.colno}).",
            remedy="Give the file as it was issued; a page, a PDF or a cut download is not a credential.",
        ) from error
    except ValueError as error:
        raise UnreadableError(
            f"{what} holds a number that is out of range: {str(error)[:80]}.", remedy="Write it as text."
        ) from error
    _check_ways(value, limits, what)
    if "\\u" in text and _SURROGATE_ESCAPE.search(text):
        _check_surrogates(value, what)
    return value


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise _DuplicateError(name)
            seen.add(name)
    return members


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:40]} is beyond a double")
    return number


def _constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _too_deep(what: str, limits: Limits) -> LimitError:
    return LimitError(
        f"{what} is nested more than {limits.depth} levels deep.", remedy="No credential is. It was not read further."
    )


def _check_ways(value: Any, limits: Limits, what: str) -> None:
    """How deep the value is and how long the names to its parts: level by level, so that no depth can hurt."""
    level: list[tuple[Any, int]] = [(value, 0)] if isinstance(value, (dict, list)) else []
    for _ in range(limits.depth):
        below: list[tuple[Any, int]] = []
        for container, way in level:
            if type(container) is dict:
                for name, item in container.items():
                    longer = way + len(name)
                    if longer > limits.pointer:
                        raise LimitError(
                            f"{what} holds a value that names of more than {limits.pointer:,} characters lead to.",
                            remedy="No credential does. If it is meant, raise the limit: Limits(pointer=...).",
                        )
                    if type(item) is dict or type(item) is list:
                        below.append((item, longer))
            else:
                below += [(item, way) for item in container if type(item) is dict or type(item) is list]
        if not below:
            return
        level = below
    raise _too_deep(what, limits)


def _check_surrogates(value: Any, what: str) -> None:
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            try:
                item.encode("utf-8")
            except UnicodeEncodeError:
                raise UnreadableError(
                    f"{what} holds half a character (a lone surrogate, written \\uD8xx).",
                    remedy="Such text has no bytes that could be signed. Write the whole character.",
                ) from None
        elif isinstance(item, dict):
            stack += item.keys()
            stack += item.values()
        elif isinstance(item, list):
            stack += item


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_members, parse_float=_number, parse_constant=_constant)


def write(value: Any) -> str:
    """The compact JSON text of a value that `parse` gave, or that is made of the same types with finite numbers."""
    try:
        return to_json(value).decode("utf-8")
    except ValueError:  # half a character, or deeper than that writer goes
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def escape_pointer(token: str) -> str:
    """One reference token of a JSON Pointer."""
    return token.replace("~", "~0").replace("/", "~1") if "~" in token or "/" in token else token


def pointer(*tokens: str | int) -> str:
    """The JSON Pointer through `tokens`: `pointer("a", 0)` is `/a/0`."""
    return "".join("/" + (str(t) if isinstance(t, int) else escape_pointer(t)) for t in tokens)


def at(value: Any, where: str) -> Any:
    """What a JSON Pointer leads to in a parsed value; `None` where that is nothing."""
    for token in map(_unescape, where.split("/")[1:]):
        if isinstance(value, dict):
            value = value.get(token)
        elif isinstance(value, list) and token.isdecimal() and int(token) < len(value):
            value = value[int(token)]
        else:
            return None
    return value


def places(text: str, pointers: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Line and column (both from 1, columns in characters) of each pointer that exists in valid JSON `text`."""
    return {where: line_and_column(text, offset) for where, offset in offsets(text, pointers).items()}


def offsets(text: str, pointers: Iterable[str]) -> dict[str, int]:
    """The offset in characters of each pointer that exists in valid JSON `text`; the first where names repeat."""
    wanted = {tuple(map(_unescape, where.split("/")[1:])): where for where in pointers}
    found: dict[str, int] = {}
    for way, offset, _ in _walk(text):
        where = wanted.get(tuple(way))
        if where is not None and where not in found:
            found[where] = offset
            if len(found) == len(wanted):
                break
    return found


def _unescape(token: str) -> str:
    return token.replace("~1", "/").replace("~0", "~")


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of a character offset."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _walk(text: str) -> Iterable[tuple[list[str], int, bool]]:
    """Every value of valid JSON `text`, in order of the text, without recursion.

    Each as the tokens that lead to it (a list that changes when the walk goes on: pointers to all values could outgrow
    the text by far), its offset, and whether its object has held a member of this name before.
    """
    position = _SPACE.match(text, 0).end()  # type: ignore[union-attr]  # matches the empty string
    way: list[str] = []
    stack: list[set[str] | int] = []  # of each open container: the names of an object so far, or the items of an array
    twice = False
    while True:
        yield way, position, twice
        twice = False
        character = text[position]
        if character in "{[":
            stack.append(0 if character == "[" else set())
            way.append("")
            position += 1
        elif character == '"':
            position = scanstring(text, position + 1)[1]
        else:
            match = _SCALAR.match(text, position)
            position = match.end() if match else position + 1
        while True:
            position = _SPACE.match(text, position).end()  # type: ignore[union-attr]  # as above
            if not stack:
                return
            if text[position] in "}]":
                stack.pop()
                way.pop()
                position += 1
                continue
            if text[position] == ",":
                position = _SPACE.match(text, position + 1).end()  # type: ignore[union-attr]  # as above
            break
        top = stack[-1]
        if isinstance(top, int):
            way[-1] = str(top)
            stack[-1] = top + 1
        else:
            name, position = scanstring(text, position + 1)
            position = text.index(":", position) + 1
            position = _SPACE.match(text, position).end()  # type: ignore[union-attr]  # as above
            twice = name in top
            top.add(name)
            way[-1] = name


def _duplicate_place(text: str, name: str) -> tuple[int, int]:
    for way, offset, twice in _walk(text):
        if twice and way[-1] == name:
            return line_and_column(text, offset)
    return 1, 1
