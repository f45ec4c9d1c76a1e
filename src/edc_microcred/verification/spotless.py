"""Whether there is nothing to say of a credential but by its profile: the way of almost every credential, in one pass.

What reading finds (`elm.check_credential`) and what is lost as data (`jsonld.dropped_terms`, `relative_iris`) are both
looked for by ways of their own through the whole tree. Here each object of the graph is looked at once, by itself: its
id, its names, its texts, and the classes of the objects that it holds. Whatever is unusual gets a no, and the long ways
say what it is, if anything.
"""

import binascii
from collections.abc import Callable, Mapping
from functools import cache
from string import ascii_lowercase
from typing import Any, Final

from edc_microcred.elm import CLASSES, EuropeanDigitalCredential, MediaObject
from edc_microcred.elm.media import file_type_differs
from edc_microcred.elm.raw_values import Fault, is_plain_base64, read_media
from edc_microcred.elm.reading import Slot, plan_of
from edc_microcred.elm.writing import CONTEXTS
from edc_microcred.jsonld.canonical import stands_as_it_is
from edc_microcred.jsonld.definitions import iri_terms
from edc_microcred.shapes import Graph

_TAGS: Final = frozenset(first + second for first in ascii_lowercase for second in ascii_lowercase)
_MENTION: Final = frozenset({"id", "type"})
_TEXT: Final = {str}

Look = Callable[[Any], bool]
"""Whether a value of one property is right, the members of the objects in it left aside."""


def is_spotless(graph: Graph) -> bool:
    """Whether `check_credential`, `dropped_terms` and `relative_iris` all find nothing in the graph's `source`."""
    root = graph.source
    if graph.scope is None or graph.dropped or graph.bad_language or graph.nameless or root.__class__ is not dict:
        return False
    if root.get("@context") != list(CONTEXTS) or root.get("type") != EuropeanDigitalCredential.type_members():
        return False
    looks = _looks()
    for node in graph.nodes:
        for number, members in enumerate(node.described):
            if number and members != node.described[0] and not members.keys() <= _MENTION:
                return False  # one id, two objects
            kind = members.get("type")
            own = looks.get(kind if kind.__class__ is str else _ROOT if members is root else "")
            if own is None:
                return False
            for name, value in members.items():
                look = own.get(name)
                if look is _is_text:
                    if value.__class__ is not str:
                        return False
                elif look is None or not (look is _anything or look(value)):
                    return False
            if kind == MediaObject.TYPE and not _is_of_its_type(members):
                return False
    return True


_ROOT: Final = "@root"


@cache
def _looks() -> Mapping[str, Mapping[str, Look]]:
    """Class -> name -> how its value is looked at; of classes whose objects can be faulty in themselves only media."""
    found: dict[str, Mapping[str, Look]] = {}
    for cls in CLASSES.values():
        plan = plan_of(cls)
        if plan.type.__class__ is str and (not plan.has_faults or cls is MediaObject):
            slots = {name: _look(slot) for name, slot in plan.slots.items() if not slot.lost}
            found[cls.TYPE] = {"id": _is_id, "type": _anything, **slots}
    slots = {name: _look(slot) for name, slot in plan_of(EuropeanDigitalCredential).slots.items() if not slot.lost}
    found[_ROOT] = {"id": _is_id, "type": _anything, "@context": _anything, **slots}
    return found


def _look(slot: Slot) -> Look:
    if slot.default is not None:
        return _look_at_objects(slot)
    if slot.term.name in iri_terms():  # the contexts take some dates for IRIs: nothing is right there
        return _is_id if slot.plain else _nothing
    if slot.value is None:
        return _are_texts
    if slot.plain:
        return _is_text
    return _is_media if slot.value is read_media else _look_at_value(slot.value)


def _look_at_objects(slot: Slot) -> Look:
    classes, many = slot.classes, slot.many

    def look(value: Any) -> bool:
        if value.__class__ is dict:
            kind = value.get("type")
            return kind.__class__ is str and kind in classes
        return many and value.__class__ is list and all(item.__class__ is dict and look(item) for item in value)

    return look


def _look_at_value(read: Callable[[Any], Any]) -> Look:
    def look(value: Any) -> bool:
        if value is None or value.__class__ is list or value.__class__ is dict:
            return False
        try:
            read(value)
        except Fault:
            return False
        return True

    return look


def _anything(value: Any) -> bool:  # noqa: ARG001  # looked at for the whole object
    return True


def _nothing(value: Any) -> bool:  # noqa: ARG001  # there is none
    return False


def _is_id(value: Any) -> bool:
    return value.__class__ is str and stands_as_it_is(value)


def _is_text(value: Any) -> bool:
    return value.__class__ is str


def _is_media(value: Any) -> bool:
    return value.__class__ is str and is_plain_base64(value)


def _are_texts(value: Any) -> bool:
    return value.__class__ is dict and value.keys() <= _TAGS and set(map(type, value.values())) == _TEXT


def _is_of_its_type(media: Mapping[str, Any]) -> bool:
    content, kind = media.get("content"), media.get("contentType", {}).get("id")
    return content is None or kind is None or not file_type_differs(binascii.a2b_base64(content[:64]), kind)
