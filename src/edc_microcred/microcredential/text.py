"""Texts of a course: in one or more languages, Serbian in either script or both.

A text is written plainly, in the main language of the course, or by language tag. `in_languages` makes of it what the
European Learning Model can say: one text per language under its two letters, in the script that the course's
`languages` name (else the one without a script tag), and apart from that the texts in the other script, for which the
model has a place here and none there.

    >>> title = Text({"sr": "Основе података", "sr-Latn": "Osnove podataka", "en": "Data basics"})
    >>> title.in_languages(("sr", "en"))
    ({'sr': 'Основе података', 'en': 'Data basics'}, {'sr': ['Osnove podataka']})
    >>> title.in_languages(("sr-Latn",))
    ({'sr': 'Osnove podataka'}, {'sr': ['Основе података']})

Clauses: BCP 47, 2.2.3 (script subtags); ELM 3.2, generic shapes (uniqueLang).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from edc_microcred.microcredential import course_rules as rules
from edc_microcred.microcredential.refusal import refusal
from edc_microcred.vocabularies import vocabulary

LONGEST: Final = 5_000
TAG: Final = re.compile(r"([a-z]{2})(-[A-Z][a-z]{3})?")
_SCRIPTS: Final = {"Latn": ("LATIN", "Latin"), "Cyrl": ("CYRILLIC", "Cyrillic")}


class Text:
    """A text, plain (in the main language of the course) or by language tag. Immutable; equal by its texts."""

    __slots__ = ("_texts",)

    def __init__(self, texts: str | Mapping[str, str]) -> None:
        self._texts: dict[str, str] = {"": texts} if isinstance(texts, str) else dict(texts)

    @property
    def plain(self) -> str | None:
        """The text, when it was given without a language."""
        return self._texts.get("")

    @property
    def tags(self) -> tuple[str, ...]:
        """The language tags that were given; none for a plain text."""
        return tuple(tag for tag in self._texts if tag)

    def in_languages(self, languages: tuple[str, ...]) -> tuple[dict[str, str], dict[str, list[str]]]:
        """What ELM can say: the text of each of `languages` by two letters, and the texts in the other script."""
        if "" in self._texts:
            return {base_of(languages[0]): self._texts[""]}, {}
        main: dict[str, str] = {}
        other: dict[str, list[str]] = {}
        for language in languages:
            base = base_of(language)
            tags = [tag for tag in self._texts if base_of(tag) == base]
            if not tags or base in main:
                continue
            chosen = next((tag for tag in (language, base) if tag in tags), tags[0])
            main[base] = self._texts[chosen]
            if rest := [self._texts[tag] for tag in tags if tag != chosen]:
                other[base] = rest
        return main, other

    def has_other_script(self) -> bool:
        """Whether one language is given in more than one script."""
        bases = [base_of(tag) for tag in self.tags]
        return len(set(bases)) < len(bases)

    def items(self) -> Iterable[tuple[str, str]]:
        """Tag and text of each; the tag of a plain text is empty."""
        return self._texts.items()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self._texts == other._texts

    def __hash__(self) -> int:
        return hash(frozenset(self._texts.items()))

    def __repr__(self) -> str:
        return f"Text({self._texts['']!r})" if "" in self._texts else f"Text({self._texts!r})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._read, serialization=core_schema.plain_serializer_function_ser_schema(cls._written)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        text = {"type": "string", "minLength": 1, "maxLength": LONGEST}
        by_tag = {"type": "object", "patternProperties": {f"^{TAG.pattern}$": text}, "additionalProperties": False}
        return {"anyOf": [text, {**by_tag, "minProperties": 1}]}

    def _written(self) -> str | dict[str, str]:
        return self._texts.get("") or dict(self._texts)

    @classmethod
    def _read(cls, value: object) -> "Text":
        if isinstance(value, Text):
            return value
        if isinstance(value, str):
            return cls(fit(value))
        if not isinstance(value, Mapping):
            raise refusal(rules.KIND_WRONG, wanted="A text, or texts by language", seen=kind_of(value))
        if not value:
            raise refusal(rules.VALUE_EMPTY, key="the text")
        for tag, text in value.items():
            check_tag(tag)
            if not isinstance(text, str):
                raise refusal(rules.KIND_WRONG, wanted=f"A text in “{tag}”", seen=kind_of(text))
            _check_script(tag, text)
        return cls({tag: fit(text) for tag, text in value.items()})


def base_of(tag: str) -> str:
    """The two letters of a language tag: `sr` of `sr-Latn`."""
    return tag.partition("-")[0]


def check_tag(tag: object) -> None:
    """Refuses what is no language tag of the form `en` or `sr-Latn`."""
    match = TAG.fullmatch(tag) if isinstance(tag, str) else None
    if match is None or vocabulary("language").by_code(match[1]) is None or (match[2] or "-Latn")[1:] not in _SCRIPTS:
        said = str(tag)
        close = re.sub(r"[_ ]", "-", said.lower())
        base, _, script = close.partition("-")
        guess = f"{base}-{script.title()}" if script in ("latn", "cyrl") else base
        near = f"Did you mean “{guess}”?" if guess != said and TAG.fullmatch(guess) else ""
        raise refusal(rules.LANGUAGE_TAG, value=said, near=near)


def fit(text: str) -> str:
    """`text` without spaces at its ends, in Unicode form C; refused when empty, too long, or with hidden characters."""
    clean = unicodedata.normalize("NFC", text.strip())
    if not clean:
        raise refusal(rules.VALUE_EMPTY, key="the text")
    if len(clean) > LONGEST:
        raise refusal(rules.TEXT_UNFIT, problem=f"The text has {len(clean):,} characters; {LONGEST:,} is the most")
    if not clean.isprintable():
        for character in clean:
            if character != "\n" and unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
                name = unicodedata.name(character, "a control character")
                raise refusal(rules.TEXT_UNFIT, problem=f"The text holds U+{ord(character):04X} ({name})")
    return clean


def scripts_of(text: str) -> set[str]:
    """The scripts of the letters of `text`, of those that are told apart here: Latin, Cyrillic, Greek."""
    found = set()
    for character in text:
        if character.isalpha():
            script = unicodedata.name(character, "").partition(" ")[0]
            if script in ("LATIN", "CYRILLIC", "GREEK"):
                found.add(script.title())
    return found


def _check_script(tag: str, text: str) -> None:
    subtag = tag.partition("-")[2]
    if not subtag:
        return
    seen = scripts_of(text)
    wanted = _SCRIPTS[subtag][1]
    # Latin letters in a Cyrillic text are usual (DNA, a name, a web address); the other way round they are not.
    if (subtag == "Latn" and "Cyrillic" in seen) or (subtag == "Cyrl" and "Cyrillic" not in seen and seen):
        raise refusal(rules.SCRIPT_WRONG, tag=tag, script=wanted, seen=" and ".join(sorted(seen)))


def kind_of(value: object) -> str:
    """What a value is, in a registrar's words."""
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "keys with values"
    if isinstance(value, list | tuple):
        return "a list"
    return f"“{str(value)[:40]}”" if isinstance(value, str) else f"{type(value).__name__} {str(value)[:40]}"
