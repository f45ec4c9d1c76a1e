"""Words that a credential needs beside the course's own texts, in the languages of the first users.

A language that is not here is served in English, under its own tag, so that no text claims to be what it is not.

    >>> phrase("passed", ("sr-Latn", "fr"))
    {'sr': 'položeno', 'en': 'passed'}
"""

from collections.abc import Mapping
from typing import Final

from edc_microcred.microcredential.text import Text

PHRASES: Final[Mapping[str, Mapping[str, str]]] = {
    "passed": {"en": "passed", "sr": "положено", "sr-Latn": "položeno", "de": "bestanden", "es": "apto"},
    "overall": {
        "en": "Overall result", "sr": "Укупна оцена", "sr-Latn": "Ukupna ocena", "de": "Gesamtergebnis",
        "es": "Resultado global",
    },
    "weight": {
        "en": "Weight: {value} %", "sr": "Удео у оцени: {value} %", "sr-Latn": "Udeo u oceni: {value} %",
        "de": "Gewicht: {value} %", "es": "Peso: {value} %",
    },
    "covers": {
        "en": "Assesses: {value}", "sr": "Проверава исходе: {value}", "sr-Latn": "Proverava ishode: {value}",
        "de": "Prüft die Lernergebnisse: {value}", "es": "Evalúa: {value}",
    },
    "stand-alone": {
        "en": "Stand-alone micro-credential", "sr": "Самосталан микрокреденцијал",
        "sr-Latn": "Samostalan mikrokredencijal", "de": "Eigenständiger Microcredential",
        "es": "Microcredencial independiente",
    },
    "stackable": {
        "en": "Stackable towards: {value}", "sr": "Може се урачунати у: {value}",
        "sr-Latn": "Može se uračunati u: {value}", "de": "Anrechenbar auf: {value}", "es": "Acumulable para: {value}",
    },
    "integrated": {
        "en": "Part of: {value}", "sr": "Део програма: {value}", "sr-Latn": "Deo programa: {value}",
        "de": "Teil von: {value}", "es": "Parte de: {value}",
    },
    "recognition": {
        "en": "Recognition: {value}", "sr": "Признавање: {value}", "sr-Latn": "Priznavanje: {value}",
        "de": "Anerkennung: {value}", "es": "Reconocimiento: {value}",
    },
    "prior-learning": {
        "en": "Recognition of prior learning: {value}", "sr": "Признавање претходног учења: {value}",
        "sr-Latn": "Priznavanje prethodnog učenja: {value}", "de": "Anerkennung früheren Lernens: {value}",
        "es": "Reconocimiento de aprendizajes previos: {value}",
    },
    "quality": {
        "en": "Quality assurance: {value}", "sr": "Обезбеђење квалитета: {value}",
        "sr-Latn": "Obezbeđenje kvaliteta: {value}", "de": "Qualitätssicherung: {value}",
        "es": "Garantía de calidad: {value}",
    },
    "esg": {
        "en": "Internal quality assurance under part 1 of the European Standards and Guidelines (ESG 2015)",
        "sr": "Унутрашње обезбеђење квалитета према првом делу европских стандарда и смерница (ESG 2015)",
        "sr-Latn": "Unutrašnje obezbeđenje kvaliteta prema prvom delu evropskih standarda i smernica (ESG 2015)",
        "de": "Interne Qualitätssicherung nach Teil 1 der Europäischen Standards und Leitlinien (ESG 2015)",
        "es": "Garantía interna de calidad según la parte 1 de los Estándares y Directrices Europeos (ESG 2015)",
    },
    "cycle": {
        "en": "Cycle of the European Higher Education Area: {value}",
        "sr": "Циклус европског простора високог образовања: {value}",
        "sr-Latn": "Ciklus evropskog prostora visokog obrazovanja: {value}",
        "de": "Zyklus im Europäischen Hochschulraum: {value}",
        "es": "Ciclo del Espacio Europeo de Educación Superior: {value}",
    },
    "cycle-short": {"en": "short", "sr": "кратки", "sr-Latn": "kratki", "de": "Kurzstudium", "es": "corto"},
    "cycle-first": {"en": "first", "sr": "први", "sr-Latn": "prvi", "de": "erster", "es": "primero"},
    "cycle-second": {"en": "second", "sr": "други", "sr-Latn": "drugi", "de": "zweiter", "es": "segundo"},
    "cycle-third": {"en": "third", "sr": "трећи", "sr-Latn": "treći", "de": "dritter", "es": "tercero"},
    # What a note is about, as the label of its subject.
    "about-quality-assurance": {
        "en": "Quality assurance", "sr": "Обезбеђење квалитета", "sr-Latn": "Obezbeđenje kvaliteta",
        "de": "Qualitätssicherung", "es": "Garantía de calidad",
    },
    "about-stackability": {
        "en": "Stackability", "sr": "Могућност урачунавања", "sr-Latn": "Mogućnost uračunavanja",
        "de": "Anrechenbarkeit", "es": "Acumulabilidad",
    },
    "about-recognition": {
        "en": "Recognition", "sr": "Признавање", "sr-Latn": "Priznavanje", "de": "Anerkennung", "es": "Reconocimiento",
    },
    "about-prior-learning": {
        "en": "Recognition of prior learning", "sr": "Признавање претходног учења",
        "sr-Latn": "Priznavanje prethodnog učenja", "de": "Anerkennung früheren Lernens",
        "es": "Reconocimiento de aprendizajes previos",
    },
    "about-qf-ehea-cycle": {
        "en": "Cycle of the European Higher Education Area", "sr": "Циклус европског простора високог образовања",
        "sr-Latn": "Ciklus evropskog prostora visokog obrazovanja", "de": "Zyklus im Europäischen Hochschulraum",
        "es": "Ciclo del Espacio Europeo de Educación Superior",
    },
    "about-weight": {
        "en": "Weight", "sr": "Удео у оцени", "sr-Latn": "Udeo u oceni", "de": "Gewicht", "es": "Peso",
    },
    "about-learning-outcomes": {
        "en": "Learning outcomes", "sr": "Исходи учења", "sr-Latn": "Ishodi učenja", "de": "Lernergebnisse",
        "es": "Resultados de aprendizaje",
    },
    "student-number": {
        "en": "Student number", "sr": "Број индекса", "sr-Latn": "Broj indeksa", "de": "Matrikelnummer",
        "es": "Número de estudiante",
    },
}  # fmt: skip


def phrase(name: str, languages: tuple[str, ...]) -> dict[str, str]:
    """The phrase in each of `languages`, by two letters; English where one of them is not known."""
    texts = PHRASES[name]
    found, _ = Text(texts).in_languages(languages)
    if len(found) < len({tag[:2] for tag in languages}):
        found.setdefault("en", texts["en"])
    return found


def filled(name: str, value: Mapping[str, str], languages: tuple[str, ...]) -> dict[str, str]:
    """The phrase with `value` in it, in each language that `value` has."""
    known = phrase(name, languages)
    return {tag: known.get(tag, PHRASES[name]["en"]).replace("{value}", text) for tag, text in value.items()}
