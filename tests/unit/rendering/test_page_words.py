"""The fixed words: the same in every language, with numbers and dates as the language writes them."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from edc_microcred.elm import Address, Location, Organisation
from edc_microcred.microcredential.phrases import PHRASES
from edc_microcred.microcredential.wording import ABOUT
from edc_microcred.rendering import SealStatement, read_page
from edc_microcred.rendering.labels import LANGUAGES, words
from edc_microcred.rendering.text import latin
from edc_microcred.vocabularies import concept, find
from tests.unit.rendering import samples

CYRILLIC = re.compile("[а-яА-ЯђјљњћџЂЈЉЊЋЏ]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_word_with_the_same_places_to_fill(language: str) -> None:
    english, there = words("en"), words(language)
    assert there.language == language
    assert set(there) == set(english)
    for name in english:
        assert there[name].strip(), name
        if "|" not in english[name]:
            assert sorted(re.findall(r"{\w+}", there[name])) == sorted(re.findall(r"{\w+}", english[name])), name
        else:
            assert there[name].count("{n}") == there[name].count("|") + 1
    assert len(there["months_of_year"].split()) == 12


def test_serbian_words_are_in_one_script_each_and_say_the_same() -> None:
    cyrillic, in_latin = words("sr"), words("sr-Latn")
    for name, text in cyrillic.items():
        assert not CYRILLIC.search(in_latin[name])
        assert in_latin[name] == latin(text)
        bare = re.sub(r"{\w+}|\(ESCO\)|\bQR\b|\|", "", text)
        assert not re.search("[A-Za-z]", bare), text


def test_languages_differ_in_their_words() -> None:
    for name in ("outcomes", "quality", "seal_none", "awarded_to", "hours"):
        assert len({words(language)[name] for language in LANGUAGES}) == len(LANGUAGES), name


@pytest.mark.parametrize("list_name", ["assessment", "learning-assessment", "learning-activity", "skill-type",
                                       "supervision-verification", "accreditation", "education-credit"])  # fmt: skip
def test_every_value_of_a_short_list_has_a_word_in_every_language(list_name: str) -> None:
    for entry in find(list_name, ""):
        for language in LANGUAGES:
            assert words(language).coded(entry.uri), (entry.uri, language)


def test_numbers_take_the_form_that_the_grammar_wants() -> None:
    serbian = words("sr")
    said = [serbian.count("hours", n) for n in (1, 2, 5, 11, 12, 21, 22, 25, 111, 112)]
    assert said == ["1 сат", "2 сата", "5 сати", "11 сати", "12 сати", "21 сат", "22 сата", "25 сати", "111 сати",
                    "112 сати"]  # fmt: skip
    assert [words("de").count("hours", n) for n in (1, 2)] == ["1 Stunde", "2 Stunden"]


def test_decimal_numbers_have_the_sign_of_the_language_and_other_text_stays() -> None:
    assert [words(language).number("2.5") for language in ("en", "sr", "de", "es")] == ["2.5", "2,5", "2,5", "2,5"]
    assert words("de").number("v1.2.3") == "v1.2.3"


def test_dates_are_written_out_in_each_language() -> None:
    day = date(2026, 4, 3)
    assert [words(language).day(day) for language in LANGUAGES] == [
        "3 April 2026", "3. априла 2026.", "3. aprila 2026.", "3. April 2026", "3 de abril de 2026",
    ]  # fmt: skip


def test_a_moment_names_its_offset() -> None:
    moment = datetime(2026, 4, 3, 9, 5, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert words("en").moment(moment) == "3 April 2026, 09:05 UTC+05:30"
    assert words("en").moment(moment.astimezone(UTC)) == "3 April 2026, 03:35 UTC"


def test_a_language_without_words_has_english_ones() -> None:
    assert words("fr").language == "en"
    assert words("de-AT").language == "de"
    assert words("sr-Cyrl-RS").language == "sr"


@pytest.mark.parametrize(
    ("subject", "name"),
    [("quality-assurance", "quality"), ("recognition", "recognition"), ("prior-learning", "prior-learning"),
     ("qf-ehea-cycle", "cycle"), ("weight", "weight")],
)  # fmt: skip
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_subject_of_a_note_is_called_as_its_text_begins(subject: str, name: str, language: str) -> None:
    assert PHRASES[name][language].startswith(f"{words(language).coded(ABOUT + subject)}:")


@pytest.mark.parametrize("name", [name for name in PHRASES if name.startswith("about-")])
def test_a_page_calls_the_subject_of_a_note_what_the_credential_calls_it(name: str) -> None:
    for language in LANGUAGES:
        assert words(language).coded(ABOUT + name.removeprefix("about-")) == PHRASES[name][language]


def test_the_countries_of_the_examples_have_a_name_in_every_language() -> None:
    for code, names in (("AUT", ["Austria", "Аустрија", "Austrija", "Österreich", "Austria"]),
                        ("SRB", ["Serbia", "Србија", "Srbija", "Serbien", "Serbia"]),
                        ("ESP", ["Spain", "Шпанија", "Španija", "Spanien", "España"])):  # fmt: skip
        body = Organisation(
            legal_name={"en": "X"}, location=[Location(address=[Address(country_code=concept("country", code))])]
        )
        credential = samples.credential()
        awarded = samples.achievement(credential).awarded_by
        assert awarded is not None
        awarded.awarding_body = [body]
        pages = [read_page(credential, language, seal=SealStatement("unknown")) for language in LANGUAGES]
        assert [page.bodies[0].country and page.bodies[0].country.value for page in pages] == names
