"""From the JSON of a credential to its model: whatever can be read is read, and what cannot stays where it is.

Real files hold scalars where lists belong, dates that are none, members of nobody's model. Nothing of that stops the
reading: each fault becomes a finding, the raw value stays with its object, and writing puts it back in its place.
Where an object without a fault stands in the file again, to the letter, one object of the model can stand in both
places, since one id is one thing: to have two, edit a copy.

    >>> person, findings = read_object(Person, {"type": "Person", "givenName": {"en": ["Ana"]}, "dateOfBirth": "May"})
    >>> person.given_name["en"], person.date_of_birth, person.unread_members, [f.rule for f in findings]
    ('Ana', None, {'dateOfBirth': 'May'}, ['elm/not-a-date'])
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from edc_microcred.elm import rules
from edc_microcred.elm.credential import EuropeanDigitalCredential
from edc_microcred.elm.model import ABSENT, NOTHING_MORE, ElmObject, Source, is_absolute, leaf_types, subclasses
from edc_microcred.elm.raw_values import BY_TYPE, READERS, Fault, kind_of, read_literal, read_text
from edc_microcred.elm.terms import Term
from edc_microcred.elm.values import LANGUAGE_TAG, LanguageMap
from edc_microcred.findings import Finding
from edc_microcred.json_text import pointer
from edc_microcred.limits import DEFAULT_LIMITS, Limits

T = TypeVar("T", bound=ElmObject)

_CONTEXT: Final = "@context"
# As pydantic's own `model_construct` fills an object, past the checks of its `__setattr__`.
_new: Final = object.__new__
_set_values, _set_fields, _set_extra, _set_private = (
    vars(BaseModel)[slot].__set__
    for slot in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
)


@dataclass(frozen=True, slots=True)
class Slot:
    """One property, ready for reading: how its values are read, and which classes they may be of."""

    term: Term
    field: str
    many: bool
    value: Callable[[Any], Any] | None
    classes: Mapping[str, type[ElmObject]]
    default: type[ElmObject] | None
    plain: bool
    """Whether any text is a value as it stands."""
    texts: bool
    """Whether the value is a text in its languages."""
    spelling: bool
    """Whether the value can be spelt in more than one way, so that the spelling must be remembered."""
    lost: bool
    """Whether the context in use drops the property."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One class, ready for reading: its properties by term, and the values of an object that says nothing."""

    slots: Mapping[str, Slot]
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
    reader = Reader(limits)
    return reader.object(cls, members), reader.findings


def read_credential(
    members: Mapping[str, Any], *, limits: Limits = DEFAULT_LIMITS
) -> tuple[EuropeanDigitalCredential, list[Finding]]:
    """The credential that JSON `members` describe; see `read_object`."""
    return read_object(EuropeanDigitalCredential, members, limits=limits)


class Reader:
    """Reads one credential: its findings, the way to where it is, and the ids it has seen."""

    def __init__(self, limits: Limits) -> None:
        self.findings: list[Finding] = []
        self.limits = limits
        self.path: list[str | int] = []
        self.seen: dict[str, Mapping[str, Any]] = {}
        self.right: dict[str, tuple[Any, Mapping[str, Any]]] = {}
        """By id: an object without a fault and its members, of which equal ones are the same to the letter."""
        self.loose = 0
        """How many values were read that others can be equal to and yet not the same: 1 is 1.0, and languages have no
        order."""

    def report(self, found: Callable[..., Finding], *tokens: str | int, **values: object) -> None:
        """Adds a finding at the present place, `tokens` further down. Raises `LimitError` for one too many."""
        self.limits.check_findings(len(self.findings) + 1)
        self.findings.append(found(pointer(*self.path, *tokens), **values))

    def object(self, cls: type[T], members: Mapping[str, Any]) -> T:
        """One object. This is the hot path: what is right is dealt with here, what is not in the methods below."""
        identifier = members.get("id")
        if type(identifier) is str and identifier in self.right:
            known, first = self.right[identifier]
            if type(known) is cls and first == members:
                return known
        before = len(self.findings) + self.loose
        plan = plan_of(cls)
        slots = plan.slots
        values = plan.empty.copy()
        for field in plan.lists:
            values[field] = []
        source: Source | None = None
        found_fields: set[str] = set()
        for name, raw in members.items():
            if name not in slots:
                if name == "id" and type(raw) is str and is_absolute(raw):
                    values["id"] = raw
                elif name != "type" or raw != plan.type:
                    source = source or Source()
                    self._other_member(cls, name, raw, values, source)
                continue
            slot = slots[name]
            value: Any
            if type(raw) is str and slot.plain:
                value = raw
            elif type(raw) is dict and type(kind := raw.get("type")) is str and kind in slot.classes:
                self.path.append(name)
                value = self.object(slot.classes[kind], raw)
                self.path.pop()
                if slot.many:
                    value = [value]
            elif slot.texts and type(raw) is dict and (value := LanguageMap._if_simple(raw)) is not None:
                self.loose += len(raw) > 1
            else:
                source = source or Source()
                if not raw and (raw is None or type(raw) is list):
                    source.own("unread")[name] = raw
                    continue
                self.path.append(name)
                value = self._slot(slot, raw, source)
                self.path.pop()
                self.loose += slot.texts
            if value is not None:
                values[slot.field] = value
                found_fields.add(slot.field)
            if slot.lost:
                self._lost(cls, slot)
        if type(identifier) is str:
            first = self.seen.setdefault(identifier, members)
            if first is not members and first != members:
                self._two_of_one_id(identifier, first, members)
        if "type" not in members:
            source = source or Source()
            source.type = ABSENT
        new = _new(cls)
        _set_values(new, values)
        _set_fields(new, found_fields)
        _set_extra(new, None)
        _set_private(new, {"_source": source} if source else NOTHING_MORE)
        if plan.has_faults:
            for found, name, texts in new.faults():
                self.report(found, name, **texts)
        if type(identifier) is str and "type" in members and len(self.findings) + self.loose == before:
            self.right[identifier] = new, members
        return new

    def _lost(self, cls: type[ElmObject], slot: Slot) -> None:
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
                self.report(rules.WRONG_KIND.found, name, member="id", wanted="text", seen=kind_of(raw))
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

    def _slot(self, slot: Slot, raw: Any, source: Source) -> Any:
        name = slot.term.name
        if slot.texts:
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
            except Fault as fault:
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
            except Fault as fault:
                source.own("unread_items").setdefault(name, []).append((index, item))
                self.report(fault.finding, member=name, **fault.values)
            if several:
                self.path.pop()
        if slot.spelling:
            source.own("found")[slot.field] = (tuple(read), list(items))
        return read

    def _one(self, slot: Slot, raw: Any) -> Any:
        if not isinstance(raw, (str, dict)):
            self.loose += 1
        if slot.value is not None:
            return slot.value(raw)
        assert slot.default is not None  # noqa: S101  # a slot has either
        if isinstance(raw, str):
            return self._reference(slot.default, raw)
        if not isinstance(raw, dict):
            raise Fault(rules.WRONG_KIND.found, wanted="an object", seen=kind_of(raw))
        types = raw.get("type")
        if isinstance(types, str) and types in slot.classes:
            return self.object(slot.classes[types], raw)
        named = [types] if isinstance(types, str) else types if isinstance(types, list) else []
        for name in reversed(named):
            if isinstance(name, str) and name in slot.classes:
                return self.object(slot.classes[name], raw)
        if named:
            raise Fault(
                rules.WRONG_CLASS.found,
                wanted=" or ".join(slot.classes),
                seen=", ".join(str(name) for name in named),
            )
        cls = guess(slot, raw)
        if raw.keys() - {"id"}:
            self.report(rules.TYPE_MISSING.found, member=slot.term.name, assumed=cls.__name__)
        return self.object(cls, raw)

    def _reference(self, cls: type[ElmObject], identifier: str) -> ElmObject:
        if not is_absolute(identifier):
            raise Fault(rules.WRONG_KIND.found, wanted="an object or an absolute IRI", seen="other text")
        reference = self.object(cls, {"id": identifier})
        assert reference.source is not None  # noqa: S101  # every object that is read has one
        reference.source.reference = True
        return reference

    def _texts(self, slot: Slot, raw: Any, source: Source) -> LanguageMap | None:
        if type(raw) is dict and (simple := LanguageMap._if_simple(raw)) is not None:
            return simple
        name = slot.term.name
        if not isinstance(raw, dict):
            source.own("unread")[name] = raw
            self.report(
                rules.WRONG_KIND.found, member=name, wanted='text with its language ({"en": "…"})', seen=kind_of(raw)
            )
            return None
        texts: dict[str, str | tuple[str, ...]] = {}
        for tag, value in raw.items():
            if not LANGUAGE_TAG.fullmatch(tag):
                source.own("unread")[name] = raw
                self.report(rules.LANGUAGE_TAG_WRONG.found, tag, member=name, tag=tag)
                return None
            if isinstance(value, str):
                texts[tag] = value
            elif isinstance(value, list) and all(isinstance(text, str) for text in value):
                if value:
                    texts[tag] = tuple(value) if len(value) > 1 else value[0]
            else:
                source.own("unread")[name] = raw
                self.report(rules.WRONG_KIND.found, tag, member=f"{name}, {tag}", wanted="text", seen=kind_of(value))
                return None
        if not texts:
            source.own("unread")[name] = raw
            return None
        value = LanguageMap._as_read(texts)
        if len(texts) != len(raw):  # a language without a text: it is written back while nobody touches the map
            source.own("found")[slot.field] = (value, raw)
        return value


def guess(slot: Slot, raw: Mapping[str, Any]) -> type[ElmObject]:
    """The class of an object without a type: the one whose properties cover most of its members."""
    candidates = list(slot.classes.values())
    return max(candidates, key=lambda cls: len(plan_of(cls).slots.keys() & raw.keys()))


@cache
def plan_of(cls: type[ElmObject]) -> Plan:
    """The plan of a class, made once."""
    slots: dict[str, Slot] = {}
    for name, fact in cls.terms().items():
        leaves = leaf_types(cls, name)
        value = default = None
        classes: dict[str, type[ElmObject]] = {}
        if fact.ranges:
            classes = {below.TYPE: below for leaf in leaves for below in subclasses(leaf)}
            default = leaves[0]
        elif leaves[0] is not LanguageMap:
            value = BY_TYPE.get(leaves[0]) or READERS[fact.datatype or ""]
        slots[fact.name] = Slot(
            term=fact,
            field=name,
            many=fact.many,
            value=value,
            classes=classes,
            default=default,
            plain=value in (read_text, read_literal) and not fact.many,
            texts=leaves[0] is LanguageMap,
            spelling=value is not None and value is not read_text,
            lost=fact.since == "3.3" or fact.in_context is None,
        )
    return Plan(
        slots=slots,
        empty={"id": None, **{name: None for name, fact in cls.terms().items() if not fact.many}},
        lists=tuple(name for name, fact in cls.terms().items() if fact.many),
        type=cls.type_members(),
        has_faults=cls.faults is not ElmObject.faults,
    )
