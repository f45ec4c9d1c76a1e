"""What counts as well typed is what rdflib, on which pySHACL rests, takes for it; what is lexical is what XSD has."""

import calendar
import itertools
import logging
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Literal, URIRef

from edc_microcred.shapes.datatypes import (
    BOOLEAN,
    DATE_TIME,
    DECIMAL,
    DURATION,
    INTEGER,
    POSITIVE,
    UNDISPUTED,
    is_lexical,
    is_well_typed,
)

TEXTS = [
    "", "x", "7", "-7", "0", "007", "+7", " 7 ", "1_000", "7.0", ".5", "5.", "1e3", "NaN", "Infinity", "٣",
    "true", "True", "1", "yes", "2026-03-01", "2026-03-01T09:00:00", "2026-03-01T09:00:00Z", "2026-03-01T09:00:00.123Z",
    "2026-03-01T09:00:00+14:00", "2026-03-01T09:00:00+15:00", "2026-02-30T09:00:00Z", "2024-02-29T00:00:00Z",
    "2025-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2026-03-31T00:00:00Z", "2026-03-01T24:00:00Z",
    "0000-01-01T00:00:00Z", "12026-03-01T09:00:00Z", "-0044-03-15T00:00:00Z", "20260301T090000Z",
    "2026-03-01 09:00:00Z",
    "2026-W09-7T09:00:00", "2026-03-01T09:00Z", "2026-03-01T09:00:00z", "P1W", "PT75H", "P1Y2M3DT4H5M6.5S", "-P1D", "P",
    "PT", "P1.5D", "PT0,5H", "+P1D", "P1Y1W", "1 hour", "P2026-03-01T09:00:00", "P99999999999999D", "P1S", "PT1H1D",
]  # fmt: skip
DATATYPES = (BOOLEAN, DATE_TIME, DECIMAL, DURATION, INTEGER, POSITIVE)


def taken_by_rdflib(text: str, datatype: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logging.disable(logging.CRITICAL)
        try:
            return not Literal(text, datatype=URIRef(datatype), normalize=False).ill_typed
        finally:
            logging.disable(logging.NOTSET)


@pytest.mark.parametrize("datatype", DATATYPES)
def test_a_literal_is_well_typed_where_rdflib_takes_it(datatype: str) -> None:
    assert {text: is_well_typed(text, datatype) for text in TEXTS} == {
        text: taken_by_rdflib(text, datatype) for text in TEXTS
    }


@pytest.mark.parametrize(
    ("datatype", "right", "wrong"),
    [
        (BOOLEAN, ["true", "0"], ["True", "yes", ""]),
        (INTEGER, ["7", "-7", "+7", "007"], [" 7 ", "1_000", "7.0", "٣", ""]),
        (POSITIVE, ["7", "+7", "007"], ["0", "-7", "1_000"]),
        (DECIMAL, ["7", "-7.25", ".5", "5."], ["1e3", "NaN", "", "."]),
        (DURATION, ["PT75H", "-P1D", "P1Y2M3DT4H5M6.5S"], ["P1W", "P", "PT", "P1.5D", "PT0,5H", "P1S"]),
        (
            DATE_TIME,
            ["2026-03-01T09:00:00", "2026-03-01T09:00:00+14:00", "2024-02-29T00:00:00Z", "2026-03-01T24:00:00Z",
             "12026-03-01T09:00:00Z", "-0044-03-15T00:00:00Z", "2000-02-29T00:00:00Z"],
            ["2026-03-01", "2025-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-03-01T09:00Z", "20260301T090000Z",
             "2026-03-01T09:00:00+15:00", "2026-03-01T24:00:01Z", "02026-03-01T09:00:00Z"],
        ),
    ],
)  # fmt: skip
def test_a_text_is_lexical_where_xml_schema_has_it(datatype: str, right: list[str], wrong: list[str]) -> None:
    assert [text for text in right if not is_lexical(text, datatype)] == []
    assert [text for text in wrong if is_lexical(text, datatype)] == []


@given(st.text(alphabet="0123456789-+:.TZPYMDHSW ,eE_true", max_size=26))
def test_what_the_quick_test_takes_nobody_disputes(text: str) -> None:
    for datatype in DATATYPES:
        if UNDISPUTED[datatype](text):
            assert is_well_typed(text, datatype) and is_lexical(text, datatype) and taken_by_rdflib(text, datatype)


@pytest.mark.parametrize("year", [1900, 1999, 2000, 2024])
def test_every_day_that_there_is_is_taken_quickly_and_no_other(year: int) -> None:
    for month, day in itertools.product(range(14), range(33)):
        there = 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
        text = f"{year}-{month:02}-{day:02}T00:00:00+02:00"
        assert bool(UNDISPUTED[DATE_TIME](text)) is there, text


def test_every_usual_duration_is_taken_quickly() -> None:
    parts = itertools.product(("", "2Y"), ("", "6M"), ("", "3D"), ("", "T4H", "T30M", "T4H30M", "T90S"))
    durations = {f"P{''.join(some)}" for some in parts} - {"P"}
    assert all(UNDISPUTED[DURATION](duration) for duration in durations)
    assert not any(UNDISPUTED[DURATION](wrong) for wrong in ("P", "PT", "P1W", "P1DT", "P5", "-P1D", "P1D2M"))
