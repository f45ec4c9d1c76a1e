"""A course's texts and codes as values of the European Learning Model, in the course's languages."""

from collections.abc import Mapping
from typing import Final

from edc_microcred.elm import Concept, ConceptScheme, LanguageMap, Note
from edc_microcred.microcredential.course import Course
from edc_microcred.microcredential.phrases import PHRASES, filled, phrase
from edc_microcred.microcredential.text import Text, base_of, scripts_of
from edc_microcred.vocabularies import Entry, vocabulary

ABOUT: Final = "urn:edc-microcred:about:"
"""The notes that Annex I speaks of, told apart by their subject: `urn:edc-microcred:about:quality-assurance`."""


class Wording:
    """Turns the texts of one course into language maps and its codes into concepts. Safe to share."""

    def __init__(self, course: Course) -> None:
        self.languages: Final = tuple(_with_script(tag, course.title) for tag in course.languages)
        self.codes: Final = course.language_codes
        self.main: Final = course.main_language

    def text(self, text: Text) -> LanguageMap:
        """The main text in each language."""
        return LanguageMap(text.in_languages(self.languages)[0])

    def other_scripts(self, text: Text | None) -> LanguageMap | None:
        """The texts in the other script, for a property that takes several of a language; None when there are none."""
        other = text.in_languages(self.languages)[1] if text is not None else {}
        return LanguageMap(other) if other else None

    def both_scripts(self, text: Text) -> LanguageMap:
        """All texts, for a property that takes several of a language, the main script first."""
        main, other = text.in_languages(self.languages)
        return LanguageMap({tag: [said, *other.get(tag, ())] for tag, said in main.items()})

    def note(self, text: Text) -> Note:
        """A note with the text in both scripts."""
        return Note(note_literal=self.both_scripts(text))

    def notes_in_other_script(self, *texts: Text | None) -> list[Note]:
        """Notes that hold the other script of texts whose own property takes one of a language."""
        return [Note(note_literal=other) for text in texts if (other := self.other_scripts(text)) is not None]

    def phrase(self, name: str) -> LanguageMap:
        """One of our phrases in the course's languages."""
        return LanguageMap(phrase(name, self.languages))

    def filled(self, name: str, value: Mapping[str, str] | str) -> LanguageMap:
        """One of our phrases with a value in it; a bare value is the same in every language."""
        if isinstance(value, str):
            value = dict.fromkeys(phrase(name, self.languages), value)
        return LanguageMap(filled(name, value, self.languages))

    def about(self, subject: str, text: LanguageMap) -> Note:
        """A note whose subject tells programs what it is about, and people in the course's languages and English."""
        name = f"about-{subject}"
        labels = {**phrase(name, self.languages), "en": PHRASES[name]["en"]}
        return Note(note_literal=text, subject=Concept(id=ABOUT + subject, pref_label=LanguageMap(labels)))

    def label(self, entry: Entry) -> LanguageMap:
        """The label of an entry in the course's languages, else in English, else its code."""
        found = {tag: entry.labels[tag] for tag in self.codes if tag in entry.labels}
        return LanguageMap(found or {"en": entry.label()})

    def title(self, text: Text | None, kind: Entry | None) -> LanguageMap | None:
        """A title, with the label of its type in the languages that it lacks; None where there is neither."""
        if text is None:
            return self.label(kind) if kind is not None else None
        main = text.in_languages(self.languages)[0]
        labels = kind.labels if kind is not None else {}
        return LanguageMap({tag: main.get(tag) or labels[tag] for tag in self.codes if tag in main or tag in labels})

    def concept(self, entry: Entry) -> Concept:
        """The entry as EDC writes it: labels in the course's languages and English, as far as the list has them."""
        listed = vocabulary(entry.vocabulary)
        wanted = dict.fromkeys((*self.codes, "en"))
        labels = {tag: entry.labels[tag] for tag in wanted if tag in entry.labels} or dict(entry.labels)
        return Concept(
            id=entry.uri,
            in_scheme=[ConceptScheme(id=listed.scheme)],
            notation=listed.notation,
            pref_label=LanguageMap(labels) if labels else None,
        )


def _with_script(tag: str, title: Text) -> str:
    """`sr` as `sr-Latn` where the title's Serbian is in Latin letters, so that our own phrases match it."""
    if tag != "sr":
        return tag
    said = dict(title.items())
    text = said.get("sr") or (said.get("") if base_of(tag) == "sr" else "") or ""
    return "sr-Latn" if scripts_of(text) == {"Latin"} else tag
