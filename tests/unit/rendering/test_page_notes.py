"""Further information and quality assurance: once, under words of the page's language, on the pages that it is for."""

import pytest

from edc_microcred.elm import Concept, LanguageMap, Note
from edc_microcred.microcredential.wording import ABOUT
from edc_microcred.rendering import LANGUAGES, Design, PageContent, SealStatement, read_page
from edc_microcred.rendering.html import to_html
from edc_microcred.rendering.notes import QUALITY
from tests.unit.rendering import samples
from tests.unit.rendering.samples import achievement, specification

STATEMENT = {
    "en": "Quality assurance: reviewed every year",
    "sr": "Обезбеђење квалитета: преиспитује се сваке године",
    "de": "Qualitätssicherung: jährlich überprüft",
    "es": "Garantía de calidad: revisada cada año",
}
CYRILLIC = "Како се из узорка воде сазнаје које врсте ту живе"
LATIN = "Kako se iz uzorka vode saznaje koje vrste tu žive"


def about(subject: str, texts: dict[str, str]) -> Note:
    return Note(note_literal=LanguageMap(texts), subject=Concept(id=ABOUT + subject, pref_label={"en": subject}))


def page_with(*notes: Note, language: str = "en", description: dict[str, str] | None = None) -> PageContent:
    credential = samples.credential()
    specification(credential).additional_note = list(notes)
    achievement(credential).description = LanguageMap(description) if description is not None else None
    return read_page(credential, language, seal=SealStatement("unknown"))


def test_quality_in_words_stands_beside_the_accreditations_and_not_among_the_notes() -> None:
    assert ABOUT + "quality-assurance" == QUALITY
    said = {
        language: page_with(about("quality-assurance", STATEMENT), language=language).quality[-1].title.value
        for language in LANGUAGES
    }
    assert said == {
        "en": "Reviewed every year", "sr": "Преиспитује се сваке године", "sr-Latn": "Preispituje se svake godine",
        "de": "Jährlich überprüft", "es": "Revisada cada año",
    }  # fmt: skip
    page = page_with(about("quality-assurance", STATEMENT))
    assert len(page.quality) == 2
    assert page.notes == ()
    assert to_html(page, Design()).count(b"Reviewed every year") == 2  # on the certificate and among the details


def test_a_long_statement_is_short_on_the_certificate_and_whole_among_the_details() -> None:
    page = page_with(about("quality-assurance", {"en": "word " * 200}))
    assert len(page.quality[-1].title.value) <= 300
    assert page.quality[-1].statement is not None
    assert len(page.quality[-1].statement.value) == 999
    assert to_html(page, Design()).count(b"word " * 150) == 1


@pytest.mark.parametrize(
    ("language", "about_it", "text"),
    [
        ("en", "Recognition", "Counts as an elective"),
        ("sr", "Признавање", "Рачуна се као изборни предмет"),
        ("sr-Latn", "Priznavanje", "Računa se kao izborni predmet"),
        ("de", "Anerkennung", "Counts as an elective"),
        ("es", "Reconocimiento", "Counts as an elective"),
    ],
)
def test_what_a_note_is_about_is_said_once_and_in_the_language_of_the_page(
    language: str, about_it: str, text: str
) -> None:
    texts = {"en": "Recognition: counts as an elective", "sr": "Признавање: рачуна се као изборни предмет"}
    [note] = page_with(about("recognition", texts), language=language).notes
    assert note.about is not None
    assert (note.about.value, note.text.value) == (about_it, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_other_script_of_the_description_is_on_no_page_twice(language: str) -> None:
    note = Note(note_literal={"sr": LATIN})
    page = page_with(note, language=language, description={"en": "How", "sr": CYRILLIC})
    assert page.notes == ()
    assert page.description is not None
    assert page.description.value == {"sr": CYRILLIC, "sr-Latn": LATIN}.get(language, "How")


def test_a_cyrillic_page_takes_the_cyrillic_text_where_the_main_one_is_latin() -> None:
    latin = {"en": "Recognition: counts", "sr": f"Priznavanje: {LATIN}"}
    notes = (about("recognition", latin), Note(note_literal={"sr": CYRILLIC}))
    [note] = page_with(*notes, language="sr").notes
    assert note.text.value == CYRILLIC
    [note] = page_with(*notes, language="sr-Latn").notes
    assert note.text.value == LATIN


def test_a_cyrillic_page_takes_the_cyrillic_outcome_from_its_note() -> None:
    credential = samples.credential(outcomes=({"en": "How", "sr": LATIN},))
    [outcome] = specification(credential).learning_outcome
    outcome.additional_note = [Note(note_literal={"sr": CYRILLIC})]
    seal = SealStatement("unknown")
    said = {language: read_page(credential, language, seal=seal).outcomes[0].title.value for language in LANGUAGES}
    assert said == {"en": "How", "sr": CYRILLIC, "sr-Latn": LATIN, "de": "How", "es": "How"}


def test_a_note_that_says_something_else_is_shown() -> None:
    note = Note(note_literal={"sr": "Нешто друго"})
    assert [n.text.value for n in page_with(note, language="sr", description={"sr": CYRILLIC}).notes] == ["Нешто друго"]
    assert page_with(note, language="de").notes == ()  # its page is the Serbian one
    foreign = Note(note_literal={"fr": "Autre chose"})  # the credential has no page in French
    assert [n.text.value for n in page_with(foreign, language="de").notes] == ["Autre chose"]
