"""JSON is read in one way only, and a pointer finds its line and column."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edc_microcred.errors import LimitError, UnreadableError
from edc_microcred.json_text import parse, places, pointer
from edc_microcred.limits import Limits

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda below: st.lists(below, max_size=5) | st.dictionaries(st.text(), below, max_size=5),
    max_leaves=30,
)


@given(JSON, st.sampled_from([None, 0, 2, "\t"]), st.booleans())
def test_good_json_is_read_as_the_standard_library_reads_it(value: object, indent: object, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)  # type: ignore[arg-type]
    assert parse(text) == value


@given(JSON, st.sampled_from([None, 2]))
def test_every_value_has_its_place(value: object, indent: int | None) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    lines = text.split("\n")

    def walk(item: object, where: str) -> None:
        line, column = places(text, [where])[where]
        rest = "\n".join([lines[line - 1][column - 1 :], *lines[line:]])
        assert json.JSONDecoder().raw_decode(rest)[0] == item
        children = item.items() if isinstance(item, dict) else enumerate(item) if isinstance(item, list) else ()
        for name, child in children:
            walk(child, where + pointer(name))

    walk(value, "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param('{"a":1,"a":1}', "twice", id="a member twice"),
        pytest.param('{"a":{"b":[{"c":1,"d":2,"c":3}]}}', "twice", id="a member twice, deep inside"),
        pytest.param('{"a":1,"\\u0061":2}', "twice", id="a member twice in two spellings"),
        pytest.param("[NaN]", "NaN", id="not a number"),
        pytest.param("[-Infinity]", "Infinity", id="infinity"),
        pytest.param("[1e400]", "out of range", id="beyond a double"),
        pytest.param("[" + "1" * 5000 + "]", "out of range", id="5,000 digits"),
        pytest.param('["\\ud83d"]', "half a character", id="lone surrogate"),
        pytest.param('{"\\udc00": 1}', "half a character", id="lone surrogate in a name"),
        pytest.param('["a\tb"]', "not JSON", id="raw control character"),
        pytest.param("[1,]", "not JSON", id="comma at the end"),
        pytest.param("", "not JSON", id="nothing"),
        pytest.param("{} {}", "not JSON", id="two values"),
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(text: str, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        parse(text)


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_depth_is_limited_however_deep(opening: str) -> None:
    closing = "]" if opening == "[" else "}"
    assert parse(opening * 100 + "1" + closing * 100)
    for depth in (129, 5_000, 200_000):
        with pytest.raises(LimitError, match="levels deep"):
            parse(opening * depth + "1" + closing * depth)


def test_size_and_members_are_limited() -> None:
    with pytest.raises(LimitError, match="the limit is 10"):
        parse("[1,2,3,4,5,6]", limits=Limits(size=10))
    with pytest.raises(LimitError, match="members"):
        parse("[1,2,3,4,5,6]", limits=Limits(members=3))


def test_the_second_of_two_members_is_pointed_at() -> None:
    with pytest.raises(UnreadableError, match=r"line 3, column 7"):
        parse('{"a": 1,\n "b": 2,\n "a": 3}')
