"""Texts in languages, durations and dates."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edc_microcred.elm import Duration, LanguageMap
from edc_microcred.elm.values import is_zoneless_date_time, parse_date_time, write_birth_date, write_date_time


def test_tags_compare_without_regard_to_case() -> None:
    assert LanguageMap({"EN": "x"}) == LanguageMap({"en": "x"}) == {"en": "x"}
    assert hash(LanguageMap({"EN": "x"})) == hash(LanguageMap({"en": "x"}))


def test_the_best_text_is_the_first_asked_for_then_english_then_any() -> None:
    text = LanguageMap({"sr": "да", "en": "yes"})
    assert (text.best("de", "sr"), text.best("de"), LanguageMap({"hu": "igen"}).best("de"), LanguageMap({}).best()) == (
        "да", "yes", "igen", "",
    )  # fmt: skip


def test_several_texts_of_one_language_are_all_there() -> None:
    assert LanguageMap({"en": ["a", "b"]}).texts("en") == ("a", "b")


@pytest.mark.parametrize("text", ["P1W", "PT", "P", "1H", "P1H", "PT1D", "P-1D", "", "PT1.H", "P1D ", "pt1h", "PT1H30"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no duration"):
        Duration.parse(text)


@pytest.mark.parametrize(
    "text", ["P1M", "P21D", "P60M", "PT60H", "P2DT12H", "P1Y2M3DT4H5M6.7S", "-P1D", "PT0S", "PT0.5S"]
)
def test_durations_are_written_as_they_were_read(text: str) -> None:
    assert str(Duration.parse(text)) == text


def test_months_and_hours_do_not_mix() -> None:
    assert Duration(months=1) != Duration(days=30)
    assert Duration(years=1) == Duration(months=12)
    assert Duration(days=1, hours=1).total_hours == 25


@given(st.timedeltas(min_value=timedelta(days=-9999), max_value=timedelta(days=9999)))
def test_a_timedelta_keeps_its_length(span: timedelta) -> None:
    duration = Duration.of(span)
    exact = Decimal(span.days) * 86400 + span.seconds + Decimal(span.microseconds) / 1_000_000
    assert duration.total_seconds == exact
    assert Duration.parse(str(duration)) == duration


@pytest.mark.parametrize(
    "text",
    ["2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01", "2026-01-01T24:00:00Z", "20260101T000000Z",
     "2026-01-01T00:00:00+15:00", "2026-01-01T00:00Z", "2026-01-01 00:00:00Z", "2026-01-01T00:00:00,5Z",
     "٢٠٢٦-01-01T00:00:00Z"],
)  # fmt: skip
def test_what_is_no_moment_is_none(text: str) -> None:
    assert parse_date_time(text) is None


@pytest.mark.parametrize(
    "text", ["2023-09-27T13:54:17+02:00", "2024-01-01T00:00:00.000Z", "2024-01-01T00:00:00.1234567Z"]
)
def test_the_spellings_of_real_files_are_moments(text: str) -> None:
    moment = parse_date_time(text)
    assert moment is not None
    assert moment.utcoffset() is not None


def test_a_time_without_a_zone_is_told_from_nonsense() -> None:
    assert is_zoneless_date_time("2026-01-01T00:00:00")
    assert not is_zoneless_date_time("2026-01-01T00:00:00Z")
    assert not is_zoneless_date_time("tomorrow")


@given(st.dates())
def test_a_day_of_birth_is_midnight_utc_of_that_day(day: date) -> None:
    moment = parse_date_time(write_birth_date(day))
    assert moment is not None
    assert (moment.date(), moment.utcoffset(), moment.hour) == (day, timedelta(0), 0)
    assert write_date_time(moment) == write_birth_date(day)
