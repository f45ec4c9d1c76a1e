"""JSON is read strictly, whichever of the two parsers reads it."""

import json
import math
import re
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from edc_microcred import json_text
from edc_microcred.errors import LimitError, UnreadableError
from edc_microcred.limits import Limits

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.text(max_size=3), below, max_size=4),
    max_leaves=12,
)
# Pieces of JSON and near-JSON: put together at random they hit what two parsers read in two ways.
_PIECES = st.sampled_from([
    '{"a":1,"a":2}', '{"a":1,"a" :2}', '"a"', '"b"', '"\\""', '"\\\\"', '"\\\\\\""', '"a\\\\":1', '"\\u0022"',
    '"\\ud83d"', '"\\ud83d\\ude00"', "{", "}", "[", "]", ":", ",", " ", "\n", "1", "-0", "01", "1.5", "1e400", "1E5",
    "NaN", "Infinity", "true", "null", "\\", '"', "\x00", "\x7f", "é", "\u2028", "\ufeff", "9" * 30,
    "[" * 140, "]" * 140,
])  # fmt: skip


def strictly(text: str) -> Any:
    """What the text is by the rules alone, read the slow way: the value, or the exception's class."""

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({name for name, _ in pairs}) != len(pairs):
            raise ValueError("named twice")
        return dict(pairs)

    def refuse(name: str) -> None:
        raise ValueError(name)

    try:
        value = json.loads(text, object_pairs_hook=members, parse_constant=refuse)
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        return UnreadableError
    return UnreadableError if depth(value) > Limits().depth or "inf" in repr(floats(value)) else value


def depth(value: Any) -> int:
    if not isinstance(value, (dict, list)):
        return 0
    return 1 + max(map(depth, value.values() if isinstance(value, dict) else value), default=0)


def floats(value: Any) -> list[float]:
    if isinstance(value, (dict, list)):
        return [number for item in (value.values() if isinstance(value, dict) else value) for number in floats(item)]
    return [value] if isinstance(value, float) else []


def read(text: str) -> Any:
    assert same(read_as(text), read_as(text.encode())), "a text and its bytes are read in two ways"
    return read_as(text)


def read_as(text: str | bytes) -> Any:
    try:
        return json_text.parse(text)
    except UnreadableError:
        return UnreadableError


def same(one: Any, other: Any) -> bool:
    return repr(one) == repr(other)  # tells 1 from 1.0 and from True, and keeps the order of members


@given(_VALUES, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_every_value_is_read_as_it_was_written(value: Any, indent: Any, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert same(read(text), strictly(text))


@settings(max_examples=1500)
@given(st.lists(_PIECES, max_size=12).map("".join))
@example('{"a\\\\":1,"b":1,"b":2}')
@example('{"a":1,"a":2,"c":"\\u0022\\u0022"}')
@example('{"a":1,"a":"\\"\\""}')
@example('{"x":"\\"","a":1,"a":2}')
def test_near_json_is_read_or_refused_as_the_rules_have_it(text: str) -> None:
    assert same(read(text), strictly(text))


@given(_VALUES, st.data())
def test_a_member_put_in_twice_is_always_refused(value: Any, data: st.DataObject) -> None:
    text = json.dumps({"a": {"b": value, "c": [value]}}, ensure_ascii=data.draw(st.booleans()))
    names = list(re.finditer(r'"(?:[^"\\]|\\.)*"(?=: )', text))
    member = data.draw(st.sampled_from(names))
    doubled = f'{text[: member.start()]}{member[0]}: "\\u0022",{text[member.start() :]}'
    with pytest.raises(UnreadableError, match="twice"):
        json_text.parse(doubled)


@given(st.binary(max_size=12), st.sampled_from(["", '"', '["', '{"']))
def test_bytes_are_read_as_the_text_that_they_are_or_refused(data: bytes, before: str) -> None:
    octets = before.encode() + data + before.translate({ord("["): "]", ord("{"): ":1}"}).encode()[::-1]
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        assert read_as(octets) is UnreadableError
    else:
        assert same(read_as(octets), strictly(text))


@given(_VALUES)
def test_what_is_written_is_read_as_the_same_value(value: Any) -> None:
    assert same(json.loads(json_text.write(value)), value)
    assert json_text.write(value).encode("utf-8")


def test_half_a_character_and_deep_nesting_are_written_all_the_same() -> None:
    deep: list[Any] = []
    for _ in range(300):
        deep = [deep]
    assert json_text.write(deep) == json.dumps(deep)
    assert json_text.write("\ud83d") == '"\ud83d"'


@pytest.mark.parametrize("depth", [1, 5, 128, 140, 180])
def test_the_limit_on_depth_is_kept_to_the_level(depth: int) -> None:
    limits = Limits(depth=depth)
    assert json_text.parse('{"a":' * depth + "1" + "}" * depth, limits=limits)
    with pytest.raises(LimitError, match=f"more than {depth} levels"):
        json_text.parse("[" * (depth + 1) + "]" * (depth + 1), limits=limits)


def test_a_number_beyond_a_double_is_refused_and_not_infinite() -> None:
    assert math.isfinite(json_text.parse("[1e308]")[0])
    with pytest.raises(UnreadableError, match="out of range"):
        json_text.parse("[1e309]")


LONG = "a" * 3_000


@pytest.mark.parametrize("more", ["", '"\\\\"', "1.5"], ids=["fast parser", "backslashes", "fraction"])
def test_names_that_lead_too_far_to_be_pointed_at_are_refused(more: str) -> None:
    deep = f'{{"{LONG}": {{"{LONG}": [{{"{LONG}": 1}}]}}}}'
    text = f"[{deep}, {more}]" if more else deep
    with pytest.raises(LimitError, match="names"):
        json_text.parse(text)
    assert json_text.parse(text, limits=Limits(pointer=9_000))


def test_many_names_side_by_side_lead_nowhere_and_are_taken() -> None:
    members = {f"{LONG}{number}": [1] for number in range(9)}
    assert json_text.parse(json.dumps(members)) == members


def test_a_name_given_twice_far_below_long_names_is_found_without_holding_every_pointer() -> None:
    text = f'{{"{"a" * 1_000_000}": [{"0," * 2_000}{{"x": 1, "y": [1], "x": 2}}]}}'
    tracemalloc.start()
    with pytest.raises(UnreadableError, match=rf"'x' twice in one object \(line 1, column {text.rindex('2') + 1}\)"):
        json_text.parse(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * len(text)  # a pointer for each of the 2,000 items would be 2 GB


def test_offsets_of_pointers_with_escapes_and_indices() -> None:
    text = '{"a/b": {"~": [1, {"0": [[2]]}]}, "": {"": 3}}'
    found = json_text.offsets(text, ["", "/a~1b/~0/0", "/a~1b/~0/1/0/0/0", "//", "/", "/nothing", "/a~1b/~0/7"])
    assert {where: text[offset] for where, offset in found.items()} == {
        "": "{", "/a~1b/~0/0": "1", "/a~1b/~0/1/0/0/0": "2", "//": "3", "/": "{",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["a" * 300, "a\0b", "nothing-here", "."])
def test_a_name_that_no_file_can_have_is_unreadable(name: str) -> None:
    with pytest.raises(UnreadableError, match="cannot be read"):
        json_text.read_bytes(Path(name))


def test_the_words_of_an_error_cannot_command_a_terminal() -> None:
    with pytest.raises(UnreadableError) as found:
        json_text.read_bytes(Path("\x1b[2J\x9b31m\u202e\udcff"))
    assert all(c.isprintable() or c == "\n" for c in str(found.value))
    str(found.value).encode("utf-8")
