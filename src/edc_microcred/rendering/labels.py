"""The fixed words of a page, in English, Serbian in both scripts, German and Spanish; and how these write numbers.

`data/words.json` holds the words, `data/coded.json` what the codes of the EU lists are called (in the order en, sr, de,
es), because the lists' own labels are missing in many languages and their Serbian ones are in Latin letters only.
Serbian in Latin letters is transcribed from the Cyrillic. A page in any other language has English words around texts
in that language; an institution's template folder may bring its own.

    >>> words("sr-Latn")["outcomes"], words("de").day(date(2026, 6, 30)), words("sr").count("hours", 22)
    ('Ishodi učenja', '30. Juni 2026', '22 сата')
    >>> words("es").coded("http://data.europa.eu/snb/assessment/d30284d7df")
    'examen oral'
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Final

from edc_microcred.rendering.text import latin, tags_for

LANGUAGES: Final = ("en", "sr", "sr-Latn", "de", "es")
"""The languages that have words of their own, as BCP 47 tags."""
_DECIMAL: Final = re.compile(r"[0-9]+\.[0-9]+")
_IN_THE_DATA: Final = ("en", "sr", "de", "es")


class Words(Mapping[str, str]):
    """The fixed words of one language, by name. `language` is the language that they are in."""

    def __init__(self, language: str, texts: Mapping[str, str], codes: Mapping[str, str]) -> None:
        self.language: Final = language
        self._texts: Final = MappingProxyType(dict(texts))
        self._codes: Final = codes

    def __getitem__(self, name: str) -> str:
        return self._texts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def with_texts(self, texts: Mapping[str, str]) -> "Words":
        """The same words with some of them replaced."""
        return Words(self.language, {**self._texts, **texts}, self._codes)

    def coded(self, uri: str) -> str | None:
        """What the concept with this URI is called on a page; None where we have no word for it."""
        return self._codes.get(uri)

    def number(self, written: str) -> str:
        """A number written with a point, as the language writes it; no grouping. Other text stays as it is."""
        return written.replace(".", self["decimal"]) if _DECIMAL.fullmatch(written) else written

    def count(self, unit: str, number: int) -> str:
        """`number` of `hours`, `minutes`, `days` or `months`, in the grammatical number that it takes."""
        forms = self[unit].split("|")
        return forms[_form(number, len(forms))].format(n=number)

    def day(self, day: date) -> str:
        """A date in full, as the language writes it."""
        month = self["months_of_year"].split()[day.month - 1]
        return self["day_form"].format(d=day.day, month=month, y=day.year)

    def moment(self, moment: datetime) -> str:
        """A date with time to the minute and offset to UTC, as stated."""
        offset = moment.strftime("%z")
        zone = "UTC" if offset in ("", "+0000") else f"UTC{offset[:3]}:{offset[3:5]}"
        return f"{self.day(moment.date())}, {moment:%H:%M} {zone}"

    def joined(self, texts: list[str]) -> str:
        """Names in a row: commas, and the word for *and* before the last."""
        return self["and"].join(filter(None, (", ".join(texts[:-1]), *texts[-1:])))


def _form(number: int, forms: int) -> int:
    if forms == 2:
        return 0 if number == 1 else 1
    last, last_two = number % 10, number % 100
    if last == 1 and last_two != 11:
        return 0
    return 1 if last in (2, 3, 4) and last_two not in (12, 13, 14) else 2


@lru_cache(maxsize=64)
def words(language: str) -> Words:
    """The words for a page in `language` (a BCP 47 tag); those in English where we have none in it."""
    mine = next((tag for tag in tags_for(language) if tag in LANGUAGES), "en")
    source = "sr" if mine == "sr-Latn" else mine
    texts = _data("words.json")[source]
    codes = {uri: names[_IN_THE_DATA.index(source)] for uri, names in _data("coded.json").items()}
    if mine == "sr-Latn":
        texts = {name: latin(text) for name, text in texts.items()}
        codes = {uri: latin(name) for uri, name in codes.items()}
    return Words(mine, texts, MappingProxyType(codes))


@cache
def _data(name: str) -> Any:
    return json.loads(resources.files("edc_microcred.rendering").joinpath("data", name).read_bytes())
