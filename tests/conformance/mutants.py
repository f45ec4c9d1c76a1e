"""Credentials with one to three faults each, made from the published samples by a seeded generator.

Images are cut to a few bytes, so that a mutant is judged in the time that its data take.
"""

import copy
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from edc_microcred.elm import CLASSES
from tests.conformance.published_shapes import CONTEXTS, RETIRED, expected, read_sample

Members = dict[str, Any]
PICTURE = "iVBORw0KGgo="
LONGEST = 400
LARGEST = 60_000
"""Samples beyond this many characters, images cut, are left out: the other program takes seconds for one."""

TYPES = (*CLASSES, "VerifiableCredential", "Unknown", "elm:Person", "http://data.europa.eu/snb/model/elm/Note", "title")
TERMS = tuple(sorted({fact.name for cls in CLASSES.values() for fact in cls.terms().values()} - {"proof"}))
SCALARS: tuple[Any, ...] = (
    "", "x", "7", "-7", "0", "007", "+7", " 7", "1_000", "7.0", "1e3", "NaN", "true", "True", "yes",
    7, 0, -1, 250, 10**25, 1.5, 3.0, 1e30, True, False, None,
    "2026-03-01", "2026-03-01T09:00:00", "2026-03-01T09:00:00Z", "2026-02-30T09:00:00Z", "2026-03-01T24:00:00Z",
    "20260301T090000Z", "2026-03-01 09:00:00", "1.3.2026", "12026-03-01T09:00:00Z", "2026-W09-7T09:00:00",
    "P1W", "PT75H", "P1Y2M3DT4H5M6.5S", "-P1D", "P", "PT", "P1.5D", "PT0,5H", "1 hour", "P2026-03-01T09:00:00",
    "urn:epass:x:1", "https://example.org/x", "elm:Person", "mailto:a@example.org", "relative", "/x/../y", "#part",
    "?q", "//host/x/./y", ":x", "a b", "urn:a b", "_:b7", "Ана", "x\ny", 'say "x"', "back\\slash", "\t",
)  # fmt: skip
MAPS: tuple[Any, ...] = (
    {"en": "x"}, {"en": ["x", "y"]}, {"en": "x", "EN": "y"}, {"en": "x", "EN": "x"}, {"sr-Latn": "x", "sr-Cyrl": "x"},
    {"@none": "x"}, {"en": None}, {"en": []}, {}, {"und": ""}, {"en": ["x", "x"]}, {"x-private": "x"}, [{"en": "x"}],
    ["x", "y"], "x", {"en": "x", "de": "y", "fr": "z"},
)  # fmt: skip


def seeds(reference: Path) -> list[Members]:
    """The samples that mutants are made from, images cut, contexts the two usual ones."""
    found = []
    for entry in expected(reference):
        members = read_sample(reference, entry["file"])
        context = members["@context"]
        if context == CONTEXTS or (len(context) == 2 and context[1] in RETIRED):
            cut = {**_cut(members), "@context": CONTEXTS}
            if len(json.dumps(cut)) <= LARGEST and not _has_bad_tag(cut):
                found.append(cut)
    unique = {json.dumps(members, sort_keys=True): members for members in found}
    return list(unique.values())


def _cut(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _cut(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_cut(item) for item in value]
    return PICTURE if isinstance(value, str) and len(value) > LONGEST else value


def _has_bad_tag(value: Any) -> bool:
    return '"en ":' in json.dumps(value)


def mutants(originals: list[Members], seed: int) -> Iterator[tuple[Members, list[str]]]:
    """Endlessly: a mutant and the names of what was done to it. The same seed gives the same mutants."""
    chance = random.Random(seed)  # noqa: S311  # reproducible, not secret
    while True:
        members = copy.deepcopy(chance.choice(originals))
        done = []
        for _ in range(chance.choice((1, 1, 2, 3))):
            name, mutate = chance.choice(MUTATIONS)
            if mutate(chance, members):
                done.append(name)
        if done:
            yield members, done


def _objects(value: Any) -> list[Members]:
    found = []
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            found.append(item)
            stack += [below for name, below in item.items() if name != "@context"]
        elif isinstance(item, list):
            stack += item
    return found


def _nodes(members: Members) -> list[Members]:
    return [item for item in _objects(members) if "type" in item or "id" in item]


def _pick(chance: random.Random, members: Members, fits: Callable[[str, Any], bool]) -> tuple[Members, str] | None:
    """An object and one of its members that fits, each class of object as likely as the others."""
    nodes = _nodes(members)
    chance.shuffle(nodes)
    kinds: dict[str, list[Members]] = {}
    for node in nodes:
        kinds.setdefault(str(node.get("type")), []).append(node)
    for kind in chance.sample(sorted(kinds), len(kinds)):
        for node in kinds[kind]:
            names = [name for name, value in node.items() if name != "@context" and fits(name, value)]
            if names:
                return node, chance.choice(names)
    return None


def _any(name: str, value: Any) -> bool:
    return name not in ("id", "type")


def _changing(fits: Callable[[str, Any], bool]) -> Callable[[Callable[..., Any]], Callable[..., bool]]:
    """Makes a mutation of a function from (chance, value) to the new value of one fitting member."""

    def decorate(change: Callable[[random.Random, Any], Any]) -> Callable[..., bool]:
        def mutate(chance: random.Random, members: Members) -> bool:
            found = _pick(chance, members, fits)
            if found is None:
                return False
            node, name = found
            node[name] = change(chance, node[name])
            return True

        mutate.__name__ = change.__name__
        return mutate

    return decorate


def delete(chance: random.Random, members: Members) -> bool:
    found = _pick(chance, members, lambda _name, _value: True)
    if found is None or (found[0] is members and found[1] == "type" and chance.random() < 0.8):
        return False
    del found[0][found[1]]
    return True


@_changing(_any)
def duplicate(chance: random.Random, value: Any) -> Any:
    values = list(value) if isinstance(value, list) else [value]
    again = copy.deepcopy(chance.choice(values)) if values else {}
    if isinstance(again, dict) and chance.random() < 0.6 and "id" in again:
        again["id"] += "-again"
    return [*values, again]


@_changing(lambda name, _value: name == "type")
def retype(chance: random.Random, value: Any) -> Any:
    new = chance.choice(TYPES)
    return chance.choice((new, [new], [value, new] if isinstance(value, str) else [*value, new], [new, new]))


@_changing(lambda _name, value: isinstance(value, dict) and not value.keys() & {"id", "type"})
def relabel(chance: random.Random, value: Any) -> Any:
    return copy.deepcopy(chance.choice(MAPS))


@_changing(lambda name, value: _any(name, value) and isinstance(value, (str, int, float)))
def wrong_datatype(chance: random.Random, value: Any) -> Any:
    new = chance.choice(SCALARS)
    return [value, new] if chance.random() < 0.2 else new


@_changing(lambda _name, value: isinstance(value, dict) and not value.keys() & {"id", "type"})
def wrong_language(chance: random.Random, value: Any) -> Any:
    tag = chance.choice(("EN", "En-GB", "sr-Latn", "zz", "i-klingon", "de-1996"))
    return {**value, tag: next(iter(value.values()), "x")}


def merge_ids(chance: random.Random, members: Members) -> bool:
    nodes = [node for node in _nodes(members) if isinstance(node.get("id"), str)]
    if len(nodes) < 2:
        return False
    first, second = chance.sample(nodes, 2)
    if chance.random() < 0.5:
        alike = [node for node in nodes if node.get("type") == first.get("type") and node is not first]
        second = chance.choice(alike) if alike else second
    first["id"] = second["id"]
    return True


@_changing(lambda name, value: name == "id" and isinstance(value, str))
def split_id(chance: random.Random, value: Any) -> Any:
    return chance.choice((f"{value}-split", "urn:epass:other:1", *(one for one in SCALARS if isinstance(one, str))))


@_changing(lambda name, value: _any(name, value) and isinstance(value, (dict, list)))
def to_scalar(chance: random.Random, value: Any) -> Any:
    new = chance.choice(SCALARS)
    return [*value, new] if isinstance(value, list) and chance.random() < 0.5 else new


@_changing(lambda name, value: _any(name, value) and isinstance(value, dict) and "id" in value)
def to_reference(chance: random.Random, value: Any) -> Any:
    return value["id"] if chance.random() < 0.5 else {"id": value["id"]}


def to_blank(chance: random.Random, members: Members) -> bool:
    found = _pick(chance, members, lambda name, _value: name == "id")
    if found is None:
        return False
    if chance.random() < 0.5:
        del found[0]["id"]
    else:
        found[0]["id"] = chance.choice(("_:b1", "_:b2", "_:x"))
    return True


def move(chance: random.Random, members: Members) -> bool:
    found = _pick(chance, members, _any)
    if found is None:
        return False
    node, name = found
    value = node.pop(name) if chance.random() < 0.5 else copy.deepcopy(node[name])
    target = chance.choice(_nodes(members) or [members])
    other = chance.choice((name, chance.choice(TERMS), f"elm:{name}", "unknownTerm", f"https://example.org/{name}"))
    target[other] = value
    return True


@_changing(_any)
def empty(chance: random.Random, value: Any) -> Any:
    return copy.deepcopy(chance.choice((None, [], {}, [None], [[value]], [value, None], [[], value], [{}])))


@_changing(lambda name, _value: name == "inScheme")
def other_scheme(chance: random.Random, value: Any) -> Any:
    other: dict[str, Any] = {"id": "http://data.europa.eu/snb/eqf/25831c2", "type": "ConceptScheme"}
    bare = {"id": value["id"]} if isinstance(value, dict) and "id" in value else value
    return copy.deepcopy(
        chance.choice((other, [value, other], bare, "x", {**other, "type": "Concept"}, [value, {"id": other["id"]}],
                       {"type": "ConceptScheme"}, [value, "urn:x:y"], [value, {"type": "ConceptScheme"}]))
    )  # fmt: skip


def keyword_name(chance: random.Random, members: Members) -> bool:
    node = chance.choice(_nodes(members) or [members])
    for name, keyword in (("id", "@id"), ("type", "@type")):
        if name in node and chance.random() < 0.7:
            node[keyword] = node.pop(name)
    return True


@_changing(_any)
def keyword_value(chance: random.Random, value: Any) -> Any:
    scalar = chance.choice(SCALARS)
    return copy.deepcopy(
        chance.choice((
            {"@value": scalar}, {"@value": scalar, "@type": "xsd:dateTime"}, {"@value": scalar, "@type": "xsd:string"},
            {"@value": "x", "@language": chance.choice(("en", "EN", "sr-Latn"))}, {"@list": [value]}, {"@set": [value]},
            {"@id": "urn:epass:x:1"}, {"@value": scalar, "@type": "xsd:double"}, {"@value": scalar, "@type": "urn:x:y"},
            {"@list": []}, {"@graph": [value]}, {"@included": [{"id": "urn:x:2", "type": "Note"}], "id": "urn:x:3"},
            {"@reverse": {"elm:hasClaim": {"id": "urn:epass:x:4", "type": "Person"}}, "type": "LearningActivity"},
        ))
    )  # fmt: skip


def other_member(chance: random.Random, members: Members) -> bool:
    node = members if chance.random() < 0.5 else chance.choice(_nodes(members) or [members])
    name, value = chance.choice((
        ("proof", {"type": "Proof", "jws": "x"}),
        ("refreshService", {"type": "ManualRefreshService2018", "id": "urn:x:5"}),
        ("credentialSchema", {"type": "JsonSchemaValidator2018", "id": "urn:x:6"}),
        ("credentialStatus", {"type": "CredentialStatus", "id": "urn:x:7"}),
        ("termsOfUse", {"type": "TermsOfUse"}),
        ("holder", {"id": "urn:epass:person:1", "type": "Person"}),
        ("issuer", "urn:x:8"),
        ("rdf:type", {"id": "elm:Note"}),
        ("rdfs:subClassOf", {"id": "elm:Organisation"}),
        ("elm:hasClaim", {"type": "Person"}),
        ("@context", {"x": "urn:x:9"}),
        ("verifiableCredential", {"type": "EuropeanDigitalCredential"}),
        ("status", {"type": "VerifiablePresentation"}),
        ("@index", "x"),
    ))  # fmt: skip
    if name == "@context":
        value = [*CONTEXTS, value]
    node[name] = copy.deepcopy(value)
    return True


MUTATIONS: tuple[tuple[str, Callable[[random.Random, Members], bool]], ...] = tuple(
    (change.__name__, change)
    for change in (
        delete, duplicate, retype, relabel, wrong_datatype, wrong_datatype, wrong_language, merge_ids, split_id,
        to_scalar, to_reference, to_blank, move, empty, other_scheme, keyword_name, keyword_value, other_member,
    )
)  # fmt: skip
