"""From the JSON of a credential to its model: whatever can be read is read, and what cannot stays where it is.

Real files hold scalars where lists belong, dates that are none, members of nobody's model. Nothing of that stops the
reading: each fault becomes a finding, the raw value stays with its object, and writing puts it back in its place.

    >>> person, findings = read_object(Person, {"type": "Person", "givenName": {"en": ["Ana"]}, "dateOfBirth": "May"})
    >>> person.given_name["en"], person.date_of_birth, person.unread_members, [f.rule for f in findings]
    ('Ana', None, {'dateOfBirth': 'May'}, ['elm/not-a-date'])
"""

import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from edc_microcred.elm import rules
from edc_microcred.elm.credential import EuropeanDigitalCredential
from edc_microcred.elm.model import ABSENT, ElmObject, Source, is_absolute, leaf_types, subclasses
from edc_microcred.elm.terms import Term
from edc_microcred.elm.values import LANGUAGE_TAG, Duration, LanguageMap, is_zoneless_date_time, parse_date_time
from edc_microcred.errors import LimitError
from edc_microcred.findings import Finding
from edc_microcred.json_text import pointer
from edc_microcred.limits import DEFAULT_LIMITS, Limits

T = TypeVar("T", bound=ElmObject)

_CONTEXT: Final = "@context"
# As pydantic's own `model_construct` fills an object, past the checks of its `__setattr__`.
_set: Final = object.__setattr__
_set_fields, _set_extra, _set_private = (
    vars(BaseModel)[slot].__set__ for slot in ("__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
)


class _Fault(Exception):  # never leaves this module: a value that cannot be read into its field
    def __init__(self, finding: Callable[..., Finding], **values: object) -> None:
        super().__init__()
        self.finding = finding
        self.values = values


@dataclass(frozen=True, slots=True)
class _Slot:
    """One property, ready for reading: how its values are read, and which classes they may be of."""

    term: Term
    field: str
    many: bool
    value: Callable[[Any], Any] | None
    classes: Mapping[str, type[ElmObject]]
    default: type[ElmObject] | None
    plain: bool
    """Whether any text is a value as it stands."""
    spelling: bool
    """Whether the value can be spelt in more than one way, so that the spelling must be remembered."""
    lost: bool
    """Whether the context in use drops the property."""


@dataclass(frozen=True, slots=True)
class _Plan:
    slots: Mapping[str, _Slot]
    empty: dict[str, Any]
    lists: tuple[str, ...]
    type: Any
    has_faults: bool


def read_object(
    cls: type[T], members: Mapping[str, Any], *, limits: Limits = DEFAULT_LIMITS
) -> tuple[T, list[Finding]]:
    """The object that JSON `members` describe, and what is wrong with them.

    `members` are the values that `json_text.parse` gives, in compact JSON-LD with EDC's terms. Raises `LimitError`
    when there are more faults than `limits.findings`, and nothing else.
    """
    reader = _Reader(limits)
    return reader.object(cls, members), reader.findings


def read_credential(
    members: Mapping[str, Any], *, limits: Limits = DEFAULT_LIMITS
) -> tuple[EuropeanDigitalCredential, list[Finding]]:
    """The credential that JSON `members` describe; see `read_object`."""
    return read_object(EuropeanDigitalCredential, members, limits=limits)


def check_credential(members: Mapping[str, Any], *, limits: Limits = DEFAULT_LIMITS) -> list[Finding]:
    """What `read_credential` finds, in a third of its time, for those who do not want the credential."""
    checker = _Checker(limits)
    checker.object(EuropeanDigitalCredential, members)
    return checker.findings


class _Reader:
    def __init__(self, limits: Limits) -> None:
        self.findings: list[Finding] = []
        self.limits = limits
        self.path: list[str | int] = []
        self.seen: dict[str, Mapping[str, Any]] = {}

    def report(self, found: Callable[..., Finding], *tokens: str | int, **values: object) -> None:
        if len(self.findings) >= self.limits.findings:
            raise LimitError(
                f"The credential has more than {self.limits.findings:,} faults.",
                remedy="Correct those first that come up most often.",
            )
        self.findings.append(found(pointer(*self.path, *tokens), **values))

    def object(self, cls: type[T], members: Mapping[str, Any]) -> T:
        """One object. This is the hot path: what is right is dealt with here, what is not in the methods below."""
        plan = _plan(cls)
        slots, path = plan.slots, self.path
        values = plan.empty.copy()
        for name in plan.lists:
            values[name] = []
        source = Source()
        found_fields: set[str] = set()
        for name, raw in members.items():
            slot = slots.get(name)
            if slot is None:
                if name == "id" and type(raw) is str and is_absolute(raw):
                    values["id"] = raw
                elif name != "type" or raw != plan.type:
                    self._other_member(cls, name, raw, values, source)
                continue
            if not raw and (raw is None or type(raw) is list):
                source.own("unread")[name] = raw
                continue
            value: Any
            if slot.plain and type(raw) is str:
                value = raw
            else:
                path.append(name)
                if (
                    slot.default is not None
                    and type(raw) is dict
                    and type(kind := raw.get("type")) is str
                    and (below := slot.classes.get(kind)) is not None
                ):
                    value = self.object(below, raw)
                    if slot.many:
                        value = [value]
                else:
                    value = self._slot(slot, raw, source)
                path.pop()
            if value is not None:
                values[slot.field] = value
                found_fields.add(slot.field)
            if slot.lost:
                self._lost(cls, slot)
        identifier = values["id"]
        if identifier is not None:
            first = self.seen.setdefault(identifier, members)
            if first is not members and first != members:
                self._two_of_one_id(identifier, first, members)
        if "type" not in members:
            source.type = ABSENT
        new = cls.__new__(cls)
        _set(new, "__dict__", values)
        _set_fields(new, found_fields)
        _set_extra(new, None)
        _set_private(new, {"_source": source})
        if plan.has_faults:
            for found, name, texts in new.faults():
                self.report(found, name, **texts)
        return new

    def _lost(self, cls: type[ElmObject], slot: _Slot) -> None:
        name = slot.term.name
        if slot.term.since == "3.3":
            self.report(rules.NEWER_TERM.found, name, member=name)
        else:
            self.report(rules.DROPPED_TERM.found, name, member=name, cls=cls.__name__)

    def _other_member(self, cls: type[ElmObject], name: str, raw: Any, values: dict[str, Any], source: Source) -> None:
        if name == "id":
            if isinstance(raw, str):
                values["id"] = raw
                if not is_absolute(raw):
                    self.report(rules.ID_NOT_ABSOLUTE.found, name, value=raw)
            else:
                source.own("unread")["id"] = raw
                self.report(rules.WRONG_KIND.found, name, member="id", wanted="text", seen=_kind(raw))
        elif name == "type":
            source.type = raw
        elif name == _CONTEXT:
            source.context = raw
        else:
            source.own("unknown")[name] = raw
            self.report(rules.UNKNOWN_MEMBER.found, name, member=name, cls=cls.__name__)

    def _two_of_one_id(self, identifier: str, first: Mapping[str, Any], members: Mapping[str, Any]) -> None:
        """Objects that share an id must say the same; one that says nothing but id and type is a mere mention."""
        if members.keys() <= {"id", "type"}:
            return
        if first.keys() <= {"id", "type"}:
            self.seen[identifier] = members
        else:
            self.report(rules.ONE_ID_TWO_OBJECTS.found, focus=identifier, value=identifier)

    def _slot(self, slot: _Slot, raw: Any, source: Source) -> Any:
        name = slot.term.name
        if slot.default is None and slot.value is None:
            return self._texts(slot, raw, source)
        if not slot.many:
            if isinstance(raw, list):
                if len(raw) != 1:
                    source.own("unread")[name] = raw
                    self.report(
                        rules.WRONG_KIND.found, member=name, wanted="a single value", seen=f"a list of {len(raw)}"
                    )
                    return None
                raw = raw[0]
            try:
                value = self._one(slot, raw)
            except _Fault as fault:
                source.own("unread")[name] = raw
                self.report(fault.finding, member=name, **fault.values)
                return None
            if slot.spelling:
                source.own("found")[slot.field] = (value, raw)
            return value
        items = raw if isinstance(raw, list) else [raw]
        read: list[Any] = []
        several = items is raw
        for index, item in enumerate(items):
            if several:
                self.path.append(index)
            try:
                read.append(self._one(slot, item))
            except _Fault as fault:
                source.own("unread_items").setdefault(name, []).append((index, item))
                self.report(fault.finding, member=name, **fault.values)
            if several:
                self.path.pop()
        if slot.spelling:
            source.own("found")[slot.field] = (tuple(read), list(items))
        return read

    def _one(self, slot: _Slot, raw: Any) -> Any:
        if slot.value is not None:
            return slot.value(raw)
        assert slot.default is not None  # noqa: S101  # a slot has either
        if isinstance(raw, str):
            return self._reference(slot.default, raw)
        if not isinstance(raw, dict):
            raise _Fault(rules.WRONG_KIND.found, wanted="an object", seen=_kind(raw))
        types = raw.get("type")
        if isinstance(types, str) and types in slot.classes:
            return self.object(slot.classes[types], raw)
        named = [types] if isinstance(types, str) else types if isinstance(types, list) else []
        for name in reversed(named):
            if isinstance(name, str) and name in slot.classes:
                return self.object(slot.classes[name], raw)
        if named:
            raise _Fault(
                rules.WRONG_CLASS.found,
                wanted=" or ".join(slot.classes),
                seen=", ".join(str(name) for name in named),
            )
        cls = _guess(slot, raw)
        if raw.keys() - {"id"}:
            self.report(rules.TYPE_MISSING.found, member=slot.term.name, assumed=cls.__name__)
        return self.object(cls, raw)

    def _reference(self, cls: type[ElmObject], identifier: str) -> ElmObject:
        if not is_absolute(identifier):
            raise _Fault(rules.WRONG_KIND.found, wanted="an object or an absolute IRI", seen="other text")
        reference = self.object(cls, {"id": identifier})
        assert reference.source is not None  # noqa: S101  # every object that is read has one
        reference.source.reference = True
        return reference

    def _texts(self, slot: _Slot, raw: Any, source: Source) -> LanguageMap | None:
        name = slot.term.name
        if not isinstance(raw, dict):
            source.own("unread")[name] = raw
            self.report(
                rules.WRONG_KIND.found, member=name, wanted='text with its language ({"en": "…"})', seen=_kind(raw)
            )
            return None
        texts: dict[str, tuple[str, ...]] = {}
        for tag, value in raw.items():
            if type(value) is str and len(tag) == 2 and tag.isascii() and tag.isalpha():
                texts[tag] = (value,)
                continue
            if not LANGUAGE_TAG.fullmatch(tag):
                source.own("unread")[name] = raw
                self.report(rules.LANGUAGE_TAG_WRONG.found, tag, member=name, tag=tag)
                return None
            if isinstance(value, str):
                texts[tag] = (value,)
            elif isinstance(value, list) and all(isinstance(text, str) for text in value):
                if value:
                    texts[tag] = tuple(value)
            else:
                source.own("unread")[name] = raw
                self.report(rules.WRONG_KIND.found, tag, member=f"{name}, {tag}", wanted="text", seen=_kind(value))
                return None
        if not texts:
            source.own("unread")[name] = raw
            return None
        value = LanguageMap._as_read(texts)
        if len(texts) != len(raw):  # a language without a text: it is written back while nobody touches the map
            source.own("found")[slot.field] = (value, raw)
        return value


class _MakerToCheck(_Reader):
    """Makes objects whose faults show in them only; of a file inside one it decodes no more than how it begins."""

    def _one(self, slot: _Slot, raw: Any) -> Any:
        if slot.value is _media and isinstance(raw, str) and _is_plain_base64(raw):
            return binascii.a2b_base64(raw[:64])
        return super()._one(slot, raw)


class _Checker(_Reader):
    """Reads without making the objects. What stands in the file again to the letter, and was right, is passed over.

    Not so what holds a number or truth value: to Python 1, 1.0 and true are equal.
    """

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.numbers = 0
        self.right: dict[tuple[str, type[ElmObject]], Mapping[str, Any]] = {}
        self.forgotten = Source()
        self.maker = _MakerToCheck(limits)
        self.maker.findings, self.maker.path, self.maker.seen = self.findings, self.path, self.seen

    def object(self, cls: type[T], members: Mapping[str, Any]) -> Any:
        """Step by step what the reader does."""
        plan = _plan(cls)
        if plan.has_faults:
            return self.maker.object(cls, members)
        identifier = members.get("id")
        if type(identifier) is not str:
            identifier = None
        elif self.right.get((identifier, cls)) == members:
            return None
        before = len(self.findings) + self.numbers
        slots, path = plan.slots, self.path
        for name, raw in members.items():
            slot = slots.get(name)
            if slot is None:
                if (name != "id" or type(raw) is not str or not is_absolute(raw)) and (
                    name != "type" or raw != plan.type
                ):
                    self._other_member(cls, name, raw, {}, self.forgotten)
                continue
            if not raw and (raw is None or type(raw) is list):
                continue
            if not slot.plain or type(raw) is not str:
                path.append(name)
                if (
                    slot.default is not None
                    and type(raw) is dict
                    and type(kind := raw.get("type")) is str
                    and (below := slot.classes.get(kind)) is not None
                ):
                    self.object(below, raw)
                else:
                    self._slot(slot, raw, self.forgotten)
                path.pop()
            if slot.lost:
                self._lost(cls, slot)
        if identifier is not None:
            first = self.seen.setdefault(identifier, members)
            if first is not members and first != members:
                self._two_of_one_id(identifier, first, members)
            if len(self.findings) + self.numbers == before:
                self.right[identifier, cls] = members
        return None

    def _one(self, slot: _Slot, raw: Any) -> Any:
        if not isinstance(raw, (str, dict)):
            self.numbers += 1
        return super()._one(slot, raw)

    def _reference(self, cls: type[ElmObject], identifier: str) -> Any:
        if not is_absolute(identifier):
            return super()._reference(cls, identifier)
        self.seen.setdefault(identifier, {"id": identifier})
        return None


def _guess(slot: _Slot, raw: Mapping[str, Any]) -> type[ElmObject]:
    """The class of an object without a type: the one whose properties cover most of its members."""
    candidates = list(slot.classes.values())
    return max(candidates, key=lambda cls: len(_plan(cls).slots.keys() & raw.keys()))


@cache
def _plan(cls: type[ElmObject]) -> _Plan:
    slots: dict[str, _Slot] = {}
    for name, fact in cls.terms().items():
        leaves = leaf_types(cls, name)
        value = default = None
        classes: dict[str, type[ElmObject]] = {}
        if fact.ranges:
            classes = {below.TYPE: below for leaf in leaves for below in subclasses(leaf)}
            default = leaves[0]
        elif leaves[0] is not LanguageMap:
            value = _BY_TYPE.get(leaves[0]) or _READERS[fact.datatype or ""]
        slots[fact.name] = _Slot(
            term=fact,
            field=name,
            many=fact.many,
            value=value,
            classes=classes,
            default=default,
            plain=value in (_text, _literal) and not fact.many,
            spelling=value is not None and value is not _text,
            lost=fact.since == "3.3" or fact.in_context is None,
        )
    return _Plan(
        slots=slots,
        empty={"id": None, **{name: None for name, fact in cls.terms().items() if not fact.many}},
        lists=tuple(name for name, fact in cls.terms().items() if fact.many),
        type=cls.type_members(),
        has_faults=cls.faults is not ElmObject.faults,
    )


def _kind(value: Any) -> str:
    """What a JSON value is, in words, without its content (it may be personal)."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true or false"
    for kind, words in ((str, "text"), (dict, "an object"), (list, "a list")):
        if isinstance(value, kind):
            return words
    return "a number"


def _text(raw: Any) -> str:
    if isinstance(raw, str):
        return raw
    raise _Fault(rules.WRONG_KIND.found, wanted="text", seen=_kind(raw))


def _literal(raw: Any) -> str:
    """A value of which the profile asks only that it is a literal: a number stands for its own digits."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return repr(raw)
    raise _Fault(rules.WRONG_KIND.found, wanted="text", seen=_kind(raw))


def _date_time(raw: Any) -> datetime:
    text = _text(raw)
    moment = parse_date_time(text)
    if moment is None:
        rule = rules.DATE_WITHOUT_ZONE if is_zoneless_date_time(text) else rules.NOT_A_DATE
        raise _Fault(rule.found, value=text)
    return moment


def _birth_date(raw: Any) -> date:
    return _date_time(raw).date()


def _duration(raw: Any) -> Duration:
    text = _text(raw)
    try:
        return Duration.parse(text)
    except ValueError:
        raise _Fault(rules.NOT_A_DURATION.found, value=text) from None


def _media(raw: Any) -> bytes:
    text = _text(raw)
    try:
        return binascii.a2b_base64(text, strict_mode=True)
    except ValueError:  # binascii.Error, or text that is not ASCII
        raise _Fault(rules.NOT_BASE64.found) from None


_BASE64: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def _is_plain_base64(text: str) -> bool:
    """Whether `_media` would decode the text, seen without doing it; it may decode what this says no to."""
    if len(text) % 4 or not text.isascii():
        return False
    octets = text.encode("ascii")
    padding = 2 if octets.endswith(b"==") else octets.endswith(b"=")
    return len(octets.translate(None, _BASE64)) == padding


def _integer(raw: Any) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and len(raw) < 30 and raw.lstrip("+-").isascii() and raw.lstrip("+-").isdigit():
        return int(raw)
    raise _Fault(rules.WRONG_KIND.found, wanted="a whole number", seen=_kind(raw))


def _decimal(raw: Any) -> Decimal:
    if isinstance(raw, (int, str)) and not isinstance(raw, bool):
        try:
            number = Decimal(raw)
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite():
            return number
    elif isinstance(raw, float):
        return Decimal(repr(raw))
    raise _Fault(rules.WRONG_KIND.found, wanted="a decimal number", seen=_kind(raw))


def _boolean(raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    if raw in ("true", "false"):
        return bool(raw == "true")
    raise _Fault(rules.WRONG_KIND.found, wanted="true or false", seen=_kind(raw))


_BY_TYPE: Final[Mapping[Any, Callable[[Any], Any]]] = {
    datetime: _date_time,
    date: _birth_date,
    Duration: _duration,
    bytes: _media,
    int: _integer,
    Decimal: _decimal,
    bool: _boolean,
}
_READERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "xsd:string": _text,
    "xsd:anyURI": _text,
    "rdf:HTML": _text,
    "sh:IRI": _text,
    "sh:Literal": _literal,
    "rdf:langString": _text,
}
