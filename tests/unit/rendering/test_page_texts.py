"""Texts on a page: harmless, in the best language there is, in the script that the reader wants."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edc_microcred.elm import LanguageMap
from edc_microcred.rendering.text import Reader, Text, harmless, latin, tags_for

ACTING = {
    "a right-to-left override": ("invoice\u202efdp.exe", "invoice�fdp.exe"),
    "a right-to-left embedding": ("a\u202bb", "a�b"),
    "a bell": ("Ana\x07", "Ana�"),
    "an escape sequence": ("\x1b[31mAna", "�[31mAna"),
    "a null": ("A\x00na", "A�na"),
    "a private character": ("\ue000", "�"),
    "a lone surrogate": ("\ud800x", "�x"),
    "a tag character": ("A\U000e0041", "A�"),
    "direction marks and isolates": ("\u2067Ana\u2069\u200f", "Ana"),
    "a zero-width space and a byte order mark": ("A\u200bn\ufeffa", "Ana"),
    "a soft hyphen": ("mi\u00adcro", "micro"),
    "tabs and odd spaces": (" Ana\t \u00a0Primer ", "Ana Primer"),
    "line ends of other systems": ("a\r\nb\u2028c", "a\nb\nc"),
    "a tower of accents": ("a" + "\u0323" * 50, "ạ" + "\u0323" * 4),
    "letters that are written in two characters": ("c\u030c", "č"),
}


@pytest.mark.parametrize("what", ACTING)
def test_a_text_cannot_act_on_the_page_by(what: str) -> None:
    given_text, shown = ACTING[what]
    assert harmless(given_text) == shown


def test_names_of_living_scripts_stay_as_they_are() -> None:
    for name in (
        "Љубица Ђурђевић",
        "Zoë Åström-Łukasz",
        "محمد علی",
        "李明",
        "नरेन्द्र",
        "می\u200cخواهم",
        "👩\u200d🎓 Ana",
    ):
        assert harmless(name) == unicodedata.normalize("NFC", name)


@given(st.text(max_size=300), st.integers(1, 300))
def test_whatever_it_is_a_text_comes_out_short_plain_and_settled(text: str, longest: int) -> None:
    shown = harmless(text, longest)
    assert len(shown) <= longest * 3  # NFC may make three characters of one
    assert not {c for c in shown if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")} - set(
        "\n\u200c\u200d"
    )
    assert harmless(shown, 10_000) == shown


def test_serbian_in_latin_letters_keeps_the_capitals_of_its_double_letters() -> None:
    assert latin("ЉУБАВ, Љубав, КРАЉ, Њ.") == "LJUBAV, Ljubav, KRALJ, Nj."
    assert latin("Џеп и ЏЕП; eDNK остаје") == "Džep i DŽEP; eDNK ostaje"


@pytest.mark.parametrize(
    ("language", "texts", "shown"),
    [
        ("de", {"en": "Data", "de": "Daten"}, Text("Daten", "de")),
        ("de", {"en": "Data", "de-AT": "Daten"}, Text("Daten", "de-AT")),
        ("de-AT", {"en": "Data", "de": "Daten"}, Text("Daten", "de")),
        ("es", {"sr": "Подаци", "en": "Data"}, Text("Data", "en")),
        ("es", {"sr": "Подаци"}, Text("Подаци", "sr")),
        ("sr", {"sr-Latn": "Podaci", "en": "Data"}, Text("Podaci", "sr-Latn")),
        ("sr", {"sr": "Podaci"}, Text("Podaci", "sr-Latn")),
        ("sr-Latn", {"sr": "Подаци", "en": "Data"}, Text("Podaci", "sr-Latn")),
        ("sr-Latn", {"sr": "Подаци", "sr-Latn": "Podaci!"}, Text("Podaci!", "sr-Latn")),
        ("fr", {"de": "Daten"}, Text("Daten", "de")),
        ("en", {"en": " \u202a"}, Text("�", "en")),
        ("en", {"en": "   "}, None),
    ],
)
def test_a_reader_gets_the_text_that_suits_best(language: str, texts: dict[str, str], shown: Text | None) -> None:
    assert Reader(language).text(LanguageMap(texts)) == shown


def test_names_of_people_are_never_transcribed() -> None:
    name = LanguageMap({"sr": "Љубица Његош"})
    assert Reader("sr-Latn").name(name) == Text("Љубица Његош", "sr")


def test_cyrillic_among_the_alternative_labels_is_taken_only_when_it_says_the_same() -> None:
    title, same, other = LanguageMap({"sr": "Osnove podataka"}), ["Основе података"], ["Увод"]
    reader = Reader("sr")
    assert reader.in_script(title, LanguageMap({"sr": [*other, *same]})) == Text("Основе података", "sr")
    assert reader.in_script(title, LanguageMap({"sr": other})) == Text("Osnove podataka", "sr-Latn")


def test_script_and_region_of_a_language_are_understood_in_any_spelling() -> None:
    assert tags_for("SR-latn-RS") == tags_for("sr-Latn")
    assert tags_for("sr-Cyrl")[0] == "sr"
