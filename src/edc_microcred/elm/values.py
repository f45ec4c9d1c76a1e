"""Values that Python has no type for: texts in several languages, and durations with months.

    >>> title = LanguageMap({"en": "Data basics", "sr": ["Основе података"]})
    >>> title["en"], title.best("de", "sr")
    ('Data basics', 'Основе података')
    >>> str(Duration(hours=75)), Duration.parse("P2DT12H") == Duration(hours=60)
    ('PT75H', True)

Clauses: JSON-LD 1.1, 4.6.2 (language maps); BCP 47 (language tags); XML Schema 1.1 part 2, 3.3.6 `duration`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from string import ascii_lowercase
from typing import Any, Final

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

LANGUAGE_TAG: Final = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
SHORT_TAGS: Final = frozenset(first + second for first in ascii_lowercase for second in ascii_lowercase)
"""The language tags of two small letters, right as they are and compared as they are."""
_DURATION: Final = re.compile(
    r"(-)?P(?=.)(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?"
    r"(?:T(?=.)(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]+)?)S)?)?"
)
_DATE_TIME: Final = re.compile(
    r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?"
    r"(Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?"
)
_FRACTION: Final = re.compile(r"(\.[0-9]{6})[0-9]+")


class LanguageMap(Mapping[str, str]):
    """A text in one or more languages, immutable. Keys are BCP 47 tags; a value is the first text of that language.

    ELM allows some properties several texts of one language (alternative labels): `texts("en")` gives them all.
    Two maps are equal when they hold the same texts; tags compare without regard to case (BCP 47, 2.1.1).
    Raises `ValueError` for a tag that is none and `TypeError` for anything but text.
    """

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, str | list[str] | tuple[str, ...]]) -> None:
        read: dict[str, str | tuple[str, ...]] = {}
        for tag, value in texts.items():
            if not isinstance(tag, str) or not LANGUAGE_TAG.fullmatch(tag):
                # It is not quoted: where tag and text were exchanged it is the text.
                raise ValueError("A key is no language tag (BCP 47): write en, sr, sr-Latn")
            values = tuple(value) if isinstance(value, (list, tuple)) else (value,)
            for text in values:
                if not isinstance(text, str):
                    raise TypeError(f"under the language {tag} a text is wanted, no {type(text).__name__}")
            if values:
                read[tag] = values if len(values) > 1 else values[0]
        self._texts = read

    @classmethod
    def _if_simple(cls, texts: Mapping[str, Any]) -> "LanguageMap | None":
        """The map of a JSON object with one text for each of its tags, all of two small letters; else `None`."""
        for tag, text in texts.items():
            if tag not in SHORT_TAGS or type(text) is not str:
                return None
        return cls._as_read(dict(texts)) if texts else None

    @classmethod
    def _as_read(cls, texts: dict[str, str | tuple[str, ...]]) -> "LanguageMap":
        """A map whose tags and texts the reader has checked already; one text stands for itself, several in a tuple."""
        new = cls.__new__(cls)
        new._texts = texts
        return new

    def __getitem__(self, tag: str) -> str:
        texts = self._texts[tag]
        return texts if isinstance(texts, str) else texts[0]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def texts(self, tag: str) -> tuple[str, ...]:
        """All texts of one language, in their order; empty when there is none."""
        texts = self._texts.get(tag, ())
        return (texts,) if isinstance(texts, str) else texts

    def best(self, *tags: str) -> str:
        """The text in the first of `tags` that is there, else in English, else in whatever language comes first.

        Empty text when there is none at all.
        """
        for tag in (*tags, "en"):
            if tag in self._texts:
                return self[tag]
        return next(iter(self.values()), "")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, LanguageMap):
            if not isinstance(other, Mapping):
                return NotImplemented
            try:
                other = LanguageMap(other)
            except (TypeError, ValueError):
                return False
        return self._folded() == other._folded()

    def __hash__(self) -> int:
        return hash(frozenset(self._folded().items()))

    def _folded(self) -> dict[str, str | tuple[str, ...]]:
        return {tag.lower(): values for tag, values in self._texts.items()}

    def __repr__(self) -> str:
        return f"LanguageMap({self.as_json()!r})"

    def as_json(self) -> dict[str, str | list[str]]:
        """The JSON-LD language map in compact form: one text as a string, several as a list."""
        written: dict[str, Any] = self._texts.copy()
        for tag, texts in self._texts.items():
            if type(texts) is tuple:
                written[tag] = list(texts)
        return written

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._built, serialization=core_schema.plain_serializer_function_ser_schema(cls.as_json)
        )

    @classmethod
    def _built(cls, value: object) -> "LanguageMap":
        if isinstance(value, cls):
            return value
        if not isinstance(value, Mapping):
            raise ValueError('a text needs its language: write {"en": "…"}')
        try:
            return cls(value)
        except TypeError as error:
            raise ValueError(str(error)) from error

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        return {
            "type": "object",
            "propertyNames": {"pattern": f"^{LANGUAGE_TAG.pattern}$"},
            "additionalProperties": {"type": ["string", "array"], "items": {"type": "string"}},
        }


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Duration:
    """An `xsd:duration`: months and seconds, which cannot be turned into each other. There are no weeks in it.

    It is written with the parts it was made of (`Duration(hours=75)` is `PT75H`) and compared by its value
    (`Duration(hours=60) == Duration(days=2, hours=12)`). Raises `ValueError` for a negative part.
    """

    years: int = 0
    months: int = 0
    days: int = 0
    hours: int = 0
    minutes: int = 0
    seconds: Decimal = field(default=Decimal(0))
    negative: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "seconds", Decimal(self.seconds))
        parts = (self.years, self.months, self.days, self.hours, self.minutes, self.seconds)
        if any(part < 0 for part in parts):
            raise ValueError("The parts of a duration are not negative; the whole may be: Duration(..., negative=True)")

    @classmethod
    def parse(cls, text: str) -> "Duration":
        """The duration that an `xsd:duration` writes. Raises `ValueError` for anything else, weeks (P1W) included."""
        match = _DURATION.fullmatch(text)
        if match is None:
            raise ValueError("The text is no duration (write PT75H, P21D or P2M)")
        years, months, days, hours, minutes = (int(part or 0) for part in match.groups()[1:6])
        return cls(
            years=years, months=months, days=days, hours=hours, minutes=minutes,
            seconds=Decimal(match[7] or 0), negative=bool(match[1]),
        )  # fmt: skip

    @classmethod
    def of(cls, span: timedelta) -> "Duration":
        """The duration of a `timedelta`, in days, hours, minutes and seconds."""
        whole = abs(span)
        hours, rest = divmod(whole.seconds, 3600)
        minutes, seconds = divmod(rest, 60)
        exact = Decimal(seconds) + Decimal(whole.microseconds) / 1_000_000
        return cls(days=whole.days, hours=hours, minutes=minutes, seconds=exact, negative=span < timedelta(0))

    @property
    def total_months(self) -> int:
        """The months of it, years included, signed."""
        return (-1 if self.negative else 1) * (self.years * 12 + self.months)

    @property
    def total_seconds(self) -> Decimal:
        """The seconds of it, days to minutes included, months not, signed."""
        total = ((self.days * 24 + self.hours) * 60 + self.minutes) * 60 + self.seconds
        return -total if self.negative else total

    @property
    def total_hours(self) -> Decimal:
        """`total_seconds` in hours. Months are not in it: ask `total_months` before you rely on it."""
        return self.total_seconds / 3600

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Duration):
            return NotImplemented
        return (self.total_months, self.total_seconds) == (other.total_months, other.total_seconds)

    def __hash__(self) -> int:
        return hash((self.total_months, self.total_seconds))

    def __str__(self) -> str:
        day_part = "".join(f"{n}{c}" for n, c in ((self.years, "Y"), (self.months, "M"), (self.days, "D")) if n)
        time_part = "".join(f"{n}{c}" for n, c in ((self.hours, "H"), (self.minutes, "M")) if n)
        if self.seconds:
            time_part += f"{self.seconds.normalize():f}S"
        if not day_part and not time_part:
            return "PT0S"
        return ("-" if self.negative else "") + "P" + day_part + ("T" + time_part if time_part else "")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._built, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def _built(cls, value: object) -> "Duration":
        if isinstance(value, cls):
            return value
        if isinstance(value, timedelta):
            return cls.of(value)
        raise ValueError("a duration is wanted: Duration(hours=75), Duration.parse('PT75H') or a timedelta")

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{_DURATION.pattern}$"}


def parse_date_time(text: str) -> datetime | None:
    """The moment that an `xsd:dateTime` with a zone names, or `None` when the text is not one.

    Years of four digits only, as Python has them; beyond microseconds digits are cut (the text itself is kept
    elsewhere). A text without a zone names no moment: `None`.
    """
    match = _DATE_TIME.fullmatch(text)
    if match is None or match[1] is None:
        return None
    if "." in text:
        text = _FRACTION.sub(r"\1", text)
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # 2026-02-30, +14:30
        return None


def is_zoneless_date_time(text: str) -> bool:
    """Whether the text is an `xsd:dateTime` that lacks only its zone."""
    match = _DATE_TIME.fullmatch(text)
    return match is not None and match[1] is None


def write_date_time(moment: datetime) -> str:
    """The moment as the Commission's issuer writes it: `2026-03-01T09:00:00+01:00`, seconds and offset."""
    return moment.isoformat(timespec="seconds")


def write_birth_date(day: date) -> str:
    """A date of birth on the wire: midnight UTC of that very day, so that no zone can shift it."""
    return f"{day.isoformat()}T00:00:00+00:00"
