"""Further information: which notes a page shows, and what it says of quality assurance.

ELM has no property for some of what a micro-credential has to state. `issue` writes it into notes whose subject says
what they are about (`urn:edc-microcred:about:…`); their texts begin with the same words, for viewers that show no
subject. Notes without a subject may hold the other Serbian script of a text that takes one only.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from edc_microcred.elm import Concept, LanguageMap, Note
from edc_microcred.rendering.labels import words
from edc_microcred.rendering.text import Text, harmless, is_latin, latin

QUALITY: Final = "urn:edc-microcred:about:quality-assurance"
"""The subject of notes that say how quality is assured."""


def about_quality(note: Note) -> bool:
    """Whether a note says how quality is assured."""
    return note.subject is not None and note.subject.id == QUALITY


def without_subject(text: Text, subject: Concept | None) -> Text:
    """The text without the words for its subject before it, which the page has already."""
    uri = (subject.id or "") if subject is not None else ""
    in_scripts = ("sr", "sr-Latn") if _base(text.language) == "sr" else (text.language,)
    for called in (words(tag).coded(uri) for tag in in_scripts):
        if called is not None and text.value[: len(called) + 1].casefold() == f"{called}:".casefold():
            said = text.value[len(called) + 1 :].strip()
            return Text(said[:1].upper() + said[1:], text.language) if said else text
    return text


def in_cyrillic(text: Text, notes: Iterable[Note]) -> Text:
    """A Serbian text in Latin letters as a note without a subject says it in Cyrillic; any other as it is."""
    if text.language == "sr-Latn":
        for note in notes:
            for other in _texts(note.note_literal) if note.subject is None else ():
                if not is_latin(other.value) and _folded(other) == _folded(text):
                    return Text(other.value, "sr")
    return text


def for_page(
    notes: Iterable[Note], language: str, title: LanguageMap | None, *others: LanguageMap | None
) -> Iterator[Note]:
    """The notes that a page in `language` shows.

    One without a subject is left out where it says in other letters or again what a text of `others` or another note
    says, and where all its texts belong on the page of another language or script that the title is in.
    """
    notes = list(notes)
    said = {_folded(text) for one in others for text in _texts(one)}
    for note in notes:
        if note.subject is not None:
            said |= {_folded(without_subject(text, note.subject)) for text in _texts(note.note_literal)}
    for note in notes:
        if note.subject is None:
            texts = {_folded(text) for text in _texts(note.note_literal)}
            if texts <= said or _is_elsewhere(note.note_literal, language, title):
                continue
            said |= texts
        yield note


def _is_elsewhere(texts: LanguageMap | None, language: str, title: LanguageMap | None) -> bool:
    """Whether all of `texts` are in one language, or one script, in which the credential has another page."""
    if not texts or not title:
        return False
    wanted, written, titled = _base(language), {_base(tag) for tag in texts}, {_base(tag) for tag in title}
    if wanted not in written and "en" not in written:
        return written <= titled and bool(titled & {wanted, "en"})
    if written != {"sr"} or wanted != "sr":
        return False
    in_latin = {is_latin(text.value) for text in _texts(texts)}
    of_title = {is_latin(text.value) for text in _texts(title) if _base(text.language) == "sr"}
    of_page = "latn" in language.lower()
    return of_title == {of_page} and in_latin == {not of_page}


def _texts(texts: LanguageMap | None) -> list[Text]:
    return [Text(harmless(text), tag) for tag in texts or () for text in (texts.texts(tag) if texts else ())]


def _folded(text: Text) -> str:
    return "".join(filter(str.isalnum, latin(text.value).casefold()))


def _base(tag: str) -> str:
    return tag.partition("-")[0].lower()
