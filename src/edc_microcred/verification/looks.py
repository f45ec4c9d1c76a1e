"""How each value of each class is looked at on the short way of `spotless`, read off the models and a profile's shapes.

A look answers yes only where reading, the contexts and the profile have surely nothing to say of a value; it knows
neither why nor where else. What is rare, or needs the whole graph, has no look at all, and goes the long way.
"""

import binascii
import copy
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Final

from edc_microcred.conventions import quiet_of
from edc_microcred.elm import CLASSES, Concept, EuropeanDigitalCredential, MediaObject
from edc_microcred.elm.media import file_type_differs
from edc_microcred.elm.model import ElmObject, object_iri
from edc_microcred.elm.raw_values import BY_TYPE, Fault, is_plain_base64, read_media
from edc_microcred.elm.reading import Slot as Reading
from edc_microcred.elm.reading import plan_of
from edc_microcred.elm.values import SHORT_TAGS, Duration
from edc_microcred.jsonld.definitions import iri_terms
from edc_microcred.shapes import ProfileValidator, Slot
from edc_microcred.shapes.constraints import CONCEPT_SCHEME, IN_SCHEME, UNBOUNDED, NodeShape, is_in_lexical_form
from edc_microcred.shapes.datatypes import DATE_TIME, DURATION, UNDISPUTED
from edc_microcred.shapes.graph import LANG_STRING, STRING
from edc_microcred.shapes.scopes import LANGUAGE, TO_IRI, TYPED, Meaning, Scope, scope

Look = Callable[[Any], bool]

_IN_SCHEME: Final = next(term.name for term in CLASSES["Concept"].terms().values() if term.iri == IN_SCHEME)
_SCHEME: Final = {"type": next(cls.TYPE for cls in CLASSES.values() if object_iri(cls) == CONCEPT_SCHEME)}


@dataclass(frozen=True, slots=True)
class Property:
    """How the values of one property are looked at: a single one that is no object by `look` alone.

    Objects are looked at by the looks of their class, which must be one of `classes` (names in the JSON) and is found
    in `below`; `look` is then what the property asks of them beside. `most` is how many a list may hold.
    """

    look: Look
    map_look: Callable[[Any], int] | None = None
    """For a map of texts by language instead: the quotation marks in it, none where it is not surely right."""
    numbers: bool = False
    """Whether a value may be a number or a truth value."""
    classes: frozenset[str] = frozenset()
    below: "Looks | None" = None
    most: int = 1


@dataclass(frozen=True, slots=True)
class Form:
    """The members of an object by how they are looked at, for one set of names in one order.

    `texts` may be any texts, `maps` hold texts by language, `single` values are other ones that are no objects, and
    those of `numbers` are among them. `marks` are the quotation marks that JSON has around all names and all texts but
    those in maps and in objects.
    """

    texts: tuple[str, ...]
    maps: tuple[tuple[str, Callable[[Any], int]], ...]
    single: tuple[tuple[str, Look], ...]
    numbers: tuple[str, ...]
    objects: tuple[tuple[str, Property], ...]
    marks: int


class ClassLooks:
    """How objects of one class are looked at.

    `whole` looks at an object once all its members are right, and `is_quiet` says that no convention has anything to
    say of it. `remembered` are coded values of the packaged lists that were right and quiet, each with its quotation
    marks, for a class that can have them: they come again in every credential.
    """

    __slots__ = ("_forms", "_mandatory", "_properties", "is_quiet", "remembered", "whole")

    def __init__(
        self,
        properties: Mapping[str, Property],
        mandatory: Collection[str],
        *,
        whole: Look | None,
        is_quiet: Look | None,
        remembers: bool,
    ) -> None:
        self.remembered: dict[str, tuple[Mapping[str, Any], int]] | None = {} if remembers else None
        self._properties = properties
        self._mandatory = frozenset(mandatory)
        self._forms: dict[tuple[str, ...], Form | None] = {}
        self.whole = whole
        self.is_quiet = is_quiet

    def remember(self, concept: Mapping[str, Any], marks: int) -> None:
        """Takes note of a coded value that is right and quiet, in its usual form; of a few thousand at most."""
        if self.remembered is None or len(self.remembered) >= _MOST_REMEMBERED or not concept.keys() <= _OF_CONCEPT:
            return
        if concept.get(_IN_SCHEME, _SCHEME).keys() <= {"id", "type"} and len(str(concept)) < _LONGEST_REMEMBERED:
            self.remembered[concept["id"]] = (copy.deepcopy(concept), marks)  # whoever has it may alter it

    def form(self, names: tuple[str, ...]) -> Form | None:
        """The form of an object whose members have these `names`; `None` if one is missing or has no looks."""
        form = self._forms.get(names)
        if form is not None:
            return form
        if self._mandatory <= set(names):
            form = self._form([name for name in names if name not in _OF_THE_WHOLE])
        if form is not None and len(self._forms) < _MOST_FORMS:
            self._forms[names] = form
        return form

    def _form(self, names: list[str]) -> Form | None:
        if not self._properties.keys() >= set(names):
            return None
        found = [(name, self._properties[name]) for name in names]
        single = [(name, one) for name, one in found if one.below is None and one.map_look is None]
        return Form(
            texts=tuple(name for name, one in single if one.look is is_text),
            maps=tuple((name, one.map_look) for name, one in found if one.map_look is not None),
            single=tuple((name, one.look) for name, one in single if one.look is not is_text),
            numbers=tuple(name for name, one in single if one.numbers),
            objects=tuple((name, one) for name, one in found if one.below is not None),
            marks=2 * (len(names) + 2 * len(_OF_THE_WHOLE) + len(single)),
        )


_OF_THE_WHOLE: Final = ("id", "type")
"""Members that are looked at with their object."""
_OF_CONCEPT: Final = frozenset(("id", "type", _IN_SCHEME, "prefLabel", "notation"))
_MOST_REMEMBERED: Final = 4096
_LONGEST_REMEMBERED: Final = 2048
"""Characters; a label in a language that the list does not have can be of any length."""
_MOST_FORMS: Final = 256
"""For an object with many members, any order of them is a form of its own."""


class Looks(dict[str, ClassLooks | None]):
    """Class -> its looks in one scope under one profile, made when the first such object is met; `None` for no class.

    `root` are those of the credential itself. `is_base` says that the scope is that of almost all objects.
    """

    def __init__(self, validator: ProfileValidator, here: Scope) -> None:
        super().__init__()
        self._validator = validator
        self._here = here
        self._within: dict[int, Looks] = {}
        self.is_base: Final = here is scope(validator.elm)

    def __missing__(self, kind: str) -> ClassLooks | None:
        """The looks of a class of one type; none where objects can be faulty as a whole, but for media."""
        cls = CLASSES.get(kind)
        types = self._here.plain_types.get(kind)
        found = None
        if cls is not None and types is not None and cls.type_members() == kind:
            found = self._class_looks(cls, types, self._here)
        self[kind] = found
        return found

    def root(self) -> ClassLooks | None:
        """The looks of the credential itself."""
        cls = EuropeanDigitalCredential
        types = tuple(self._here.types[name][0] for name in cls.type_members())
        return self._class_looks(cls, types, self._here.credential)

    def _class_looks(self, cls: type[ElmObject], types: tuple[str, ...], own: Scope) -> ClassLooks | None:
        if plan_of(cls).has_faults and cls is not MediaObject:
            return None
        asked = self._validator.slots_of(types)
        if asked is None:
            return None
        readings = plan_of(cls).slots
        paths = [own.terms[name][0] for name in readings if name in own.terms]
        properties: dict[str, Property] = {}
        if cls is EuropeanDigitalCredential:
            properties["@context"] = Property(is_anything)  # it was looked at before all others
        mandatory = {path for path, slot in asked.items() if slot.is_mandatory}
        names = set()
        for name, reading in readings.items():
            meaning = own.terms.get(name)
            if meaning is None or reading.lost or paths.count(meaning[0]) > 1:
                continue
            if meaning[0] in mandatory:
                names.add(name)
            if found := self._property(reading, meaning, asked.get(meaning[0])):
                properties[name] = found
        if len(names) < len(mandatory):
            return None  # there is no name for what must be there
        return ClassLooks(
            properties,
            names,
            whole=_is_of_its_type if cls is MediaObject else None,
            remembers=cls is Concept,
            is_quiet=quiet_of(types, {name: own.terms[name][0] for name in properties if name in own.terms}),
        )

    def _property(self, reading: Reading, meaning: Meaning, asked: Slot | None) -> Property | None:
        _, coercion, datatype, within = meaning
        most = 1 if asked is None else asked.most
        if reading.default is not None:
            return self._objects(reading, within, asked) if coercion == TO_IRI else None
        if asked is not None and (asked.takes_objects or most < 1):
            return None
        if reading.value is None:
            if coercion != LANGUAGE or (asked is not None and asked.datatype not in ("", LANG_STRING)):
                return None
            unique = asked is not None and asked.unique_lang
            return Property(is_anything, map_look=_texts(UNBOUNDED if asked is None else most, unique))
        if coercion == LANGUAGE or reading.term.name in iri_terms():
            return None  # the contexts take some dates for IRIs: nothing is right there
        right = None if asked is None else _literal(asked, datatype or STRING)
        read = None if reading.plain else _read(reading.value, None if asked is None else asked.datatype)
        if asked is not None and asked.datatype not in ("", datatype or STRING):
            return None
        numbers = coercion == TYPED and reading.value in _TAKE_NUMBERS
        return Property(_value(read, right, numbers=numbers), numbers=numbers)

    def _objects(self, reading: Reading, within: Scope | None, asked: Slot | None) -> Property | None:
        below = self if within is None else self._within.setdefault(id(within), Looks(self._validator, within))
        classes = frozenset(reading.classes)
        look: Look = is_anything
        most = UNBOUNDED if reading.many else 1
        if asked is not None:
            if asked.datatype or asked.maximum is not None or asked.kind == "Literal":
                return None
            most = min(most, asked.most)
            classes = frozenset(kind for kind in classes if self._fits(kind, below, asked))
            needed = {path for shape in asked.shapes if not shape.classes for path in shape.slots}
            if asked.scheme:
                look = _from_list(asked.scheme)
            elif needed:
                look = _has(below.names_of(needed, classes))
        return Property(look, classes=classes, below=below, most=most) if classes and most > 0 else None

    def _fits(self, kind: str, below: "Looks", asked: Slot) -> bool:
        """Whether objects of a class are what a property asks for, once they are right themselves."""
        types = below._here.plain_types.get(kind, ())
        if asked.classes.isdisjoint(types) and asked.classes:
            return False
        for shape in (*asked.shapes, *asked.demanded):
            if shape.classes:
                if shape.classes.isdisjoint(types):
                    return False
            elif not self._asks_no_more(shape, types):
                return False
        return not asked.scheme or (kind == "Concept" and not asked.shapes)

    def _asks_no_more(self, shape: NodeShape, types: tuple[str, ...]) -> bool:
        """Whether a shape asks of objects only what their class does, but for what must be there."""
        own = self._validator.slots_of(types) or {}
        return all(
            path in own
            and replace(own[path], at_least=1, demands=(), demanded=(), accepts=slot.accepts)
            == replace(slot, at_least=1)
            for path, slot in shape.slots.items()
        )

    def names_of(self, paths: Collection[str], classes: Iterable[str]) -> frozenset[str]:
        """The names that objects of some classes have for properties."""
        names = {name for kind in classes for name in plan_of(CLASSES[kind]).slots}
        return frozenset(name for name in names if name in self._here.terms and self._here.terms[name][0] in paths)


@cache
def longest_name() -> int:
    """The length of the longest name that has looks."""
    return max(len(term.name) for cls in CLASSES.values() for term in cls.terms().values())


@lru_cache(maxsize=32)
def looks_of(validator: ProfileValidator) -> tuple[Looks, ClassLooks | None]:
    """The looks of all classes under the profile of a validator, and those of the credential itself."""
    looks = Looks(validator, scope(validator.elm))
    return looks, looks.root()


def _texts(most: int, unique: bool) -> Callable[[Any], int]:
    lists = not unique and most == UNBOUNDED

    def look(value: Any) -> int:
        if value.__class__ is not dict or len(value) > most:
            return 0
        marks = 0
        for tag, text in value.items():
            if tag not in SHORT_TAGS:
                return 0
            if text.__class__ is str:
                marks += 4
            elif lists and text.__class__ is list and text and all(one.__class__ is str for one in text):
                marks += 2 + 2 * len(text)
            else:
                return 0
        return marks

    return look


def _literal(asked: Slot, datatype: str) -> Callable[[str], object] | None:
    """How a profile looks at one text of the datatype that the contexts give it; `None` where any is right."""
    if asked.maximum is None:
        return UNDISPUTED.get(asked.datatype)

    def look(text: str) -> bool:
        literal = (text, datatype, None)
        return is_in_lexical_form(literal) and not any(asked.violations((literal,), {}))

    return look


def _read(read: Callable[[Any], Any], datatype: str | None) -> Look | None:
    """Whether a value, whose text is right for a `datatype` if one is asked, can be read; `None` if it surely can."""
    if read is read_media:
        return is_plain_base64
    if read is BY_TYPE[Duration] and datatype == DURATION:
        return None
    if read in (BY_TYPE[datetime], BY_TYPE[date]) and datatype == DATE_TIME:
        return _has_zone

    def look(value: Any) -> bool:
        try:
            read(value)
        except Fault:
            return False
        return True

    return look


def _has_zone(moment: str) -> bool:
    return moment[-1] == "Z" or moment[-6] in "+-"


def is_anything(_: Any) -> bool:
    """The look of a property that asks nothing of its objects but their class."""
    return True


def is_text(value: Any) -> bool:
    """The look of a property that any text is right for."""
    return value.__class__ is str


def _value(read: Look | None, right: Callable[[str], object] | None, *, numbers: bool) -> Look:
    """The look of one value: its text is `right`, and it can be `read`. `numbers` and truth values may have a text."""
    if read is None and right is None:
        return is_text

    def look(value: Any) -> bool:
        text = value
        if value.__class__ is not str:
            if not numbers or not (value.__class__ is bool or (value.__class__ is int and abs(value) < _LARGE)):
                return False
            text = str(value).lower()
        return (right is None or bool(right(text))) and (read is None or read(value))

    return look


_TAKE_NUMBERS: Final = (BY_TYPE[int], BY_TYPE[Decimal], BY_TYPE[bool])
"""Those of the ways to read a value that take a number or a truth value as it is."""
_LARGE: Final = 10**18


def _has(names: frozenset[str]) -> Look:
    return lambda value: names <= value.keys()


def _from_list(scheme: str) -> Look:
    named = {"id": scheme, **_SCHEME}
    return lambda value: value.get(_IN_SCHEME) == named


def _is_of_its_type(media: Mapping[str, Any]) -> bool:
    content, kind = media.get("content"), media.get("contentType")
    if content is None or kind is None:
        return True
    return kind.__class__ is dict and not file_type_differs(binascii.a2b_base64(content[:64]), kind["id"])
