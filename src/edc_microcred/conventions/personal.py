"""Personal data inside ids: ids travel into logs, addresses and indexes where nobody expects a name.

The learner's own mailbox is an address by its nature and is left out, and so are the EU's lists and web hosts.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import unquote

from edc_microcred.conventions.contacts import MAILBOX
from edc_microcred.conventions.survey import ID, Survey, iri, nodes, texts
from edc_microcred.conventions.times import DATE_OF_BIRTH
from edc_microcred.findings import Rule, Severity
from edc_microcred.shapes import Node
from edc_microcred.vocabularies import scheme_of
from edc_microcred.vocabularies.folding import fold

PERSON: Final = iri("elm:Person")
_GIVEN_NAME: Final = iri("foaf:givenName")
_FAMILY_NAME: Final = iri("foaf:familyName")
_CONTACT_POINT: Final = iri("elm:contactPoint")
_EMAIL_ADDRESS: Final = iri("elm:emailAddress")
_NATIONAL_ID: Final = (iri("elm:nationalId"), iri("elm:nationalID"))
_NOTATION: Final = iri("skos:notation")
_SHORTEST_NAME: Final = 3
_SHORTEST_NUMBER: Final = 5
_HOST: Final = re.compile(r"https?://[^/?#]*|urn:epass:[A-Za-z]+:")
"""Beginnings of ids that say nothing of a person, whatever word is in them."""
_FEW: Final = 64
"""Texts that are looked for one by one; beyond, an index of all ids is made at once."""
_EMAIL: Final = re.compile(r"[^\s/:@]@[^\s/:@.]+\.[^\s/:@]")
_NUMBER: Final = re.compile(r"[0-9]+")
_BETWEEN_DIGITS: Final = re.compile(r"(?<=[0-9])[-._/](?=[0-9])")
_LEFT_OUT: Final = str.maketrans("", "", "-._/ ")
_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")

_PERSON: Final = {"type": "Person", "givenName": {"en": "Ana"}, "familyName": {"en": "Petrović"}}

PERSONAL_DATA_IN_ID: Final = Rule(
    id="edc/personal-data-in-id", severity=Severity.WARNING, since="0.1", source="GDPR, Article 5(1)(c) and 25",
    title="Personal data inside an id",
    message="The id contains the {kind} of a person.",
    why="Ids are written into logs, addresses and indexes, are public where nothing else of the credential is, and "
        "cannot be taken back.",
    fix="Use an id that says nothing, such as urn:epass:person:1 or urn:uuid:….",
    wrong={**_PERSON, "id": "https://example.org/learners/ana-petrovic"},
    right={**_PERSON, "id": "urn:epass:person:1"},
)  # fmt: skip

RULES: Final[tuple[Rule, ...]] = (PERSONAL_DATA_IN_ID,)


def check_ids(survey: Survey) -> None:
    """Looks for the data of all persons in all ids at once, and further only where something may be there."""
    if not survey.persons:
        return
    for person in survey.persons:
        if _EMAIL.search(unquote(person.iri)) is not None:
            survey.report(PERSONAL_DATA_IN_ID, person, ID, kind="e-mail address")
    every = [node for node in survey.graph.nodes if MAILBOX not in node.types and not node.iri.startswith("_:")]
    sought = dict.fromkeys(pair for person in survey.persons for pair in _data(person))
    if len(sought) <= _FEW:
        joined = "|".join([node.iri for node in every])
        joined = unquote(joined) if "%" in joined else joined
        joined = joined.lower() if joined.isascii() else _words(joined)
        squeezed = _squeezed(joined) if any(needle.isdigit() for _, needle in sought) else ""
        sought = {
            (kind, needle): None
            for kind, needle in sought
            if (needle in squeezed if needle.isdigit() else all(word in joined for word in needle.split()))
        }
    if not sought:
        return
    by_word: dict[str, list[Node]] = {}
    for node in every:
        if scheme_of(node.iri) is None:
            below_host = _below_host(node.iri)
            for word in {*_words(below_host).split(), *_NUMBER.findall(_BETWEEN_DIGITS.sub("", below_host))}:
                by_word.setdefault(word, []).append(node)
    for kind, needle in sought:
        for node in min((by_word.get(word, []) for word in needle.split()), key=len):
            if " " not in needle or f" {needle} " in _words(_below_host(node.iri)):
                survey.report(PERSONAL_DATA_IN_ID, node, ID, kind=kind)


def _below_host(id_: str) -> str:
    """An id without the host of a web address or the usual word of a made id, its encoded letters as letters."""
    return _HOST.sub("", unquote(id_) if "%" in id_ else id_)


def _squeezed(text: str) -> str:
    """A text without what people write between digits."""
    return text.translate(_LEFT_OUT)


def _data(person: Node) -> Iterator[tuple[str, str]]:
    """What is known of a person, folded as `_words` folds ids, with what it is called."""
    for kind, path in (("given name", _GIVEN_NAME), ("family name", _FAMILY_NAME)):
        yield from ((kind, name) for name in _long(texts(person, path), _SHORTEST_NAME))
    for contact in nodes(person, _CONTACT_POINT):
        addresses = [mailbox.iri.removeprefix("mailto:") for mailbox in nodes(contact, _EMAIL_ADDRESS)]
        yield from (("e-mail address", address) for address in _long(addresses, _SHORTEST_NAME) if " " in address)
    for path in _NATIONAL_ID:
        for identifier in nodes(person, path):
            numbers = _long(texts(identifier, _NOTATION), _SHORTEST_NUMBER)
            for number in numbers:
                whole = number.replace(" ", "")
                yield "national number", whole if whole.isdigit() else number
    for text in texts(person, DATE_OF_BIRTH):
        if (day := _DAY.match(text)) is not None:
            yield from (("date of birth", "".join(parts)) for parts in (day.groups(), reversed(day.groups())))


def _long(values: Iterable[str], least: int) -> Iterator[str]:
    return (folded for value in values if len(folded := fold(value)) >= least)


def _words(text: str) -> str:
    return f" {fold(text)} "
