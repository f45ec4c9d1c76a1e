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
    """Looks for the data of all persons in all ids."""
    for person in survey.persons:
        if _EMAIL.search(unquote(person.iri)) is not None:
            survey.report(PERSONAL_DATA_IN_ID, person, ID, kind="e-mail address")
    sought = list(dict.fromkeys(pair for person in survey.persons for pair in _data(person)))
    if not sought:
        return
    iris = survey.graph.iris(but_of=MAILBOX)
    if len(sought) <= _FEW:
        sought, iris = _narrowed(sought, iris)
    for kind, id_ in _mentions(sought, iris) if sought else ():
        survey.report(PERSONAL_DATA_IN_ID, survey.graph.node_of(id_), ID, kind=kind)


def _narrowed(sought: list[tuple[str, str]], iris: list[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Those of the texts that are sought, and those ids, of which all letters or digits meet somewhere."""
    joined = "\n".join(iris)
    joined = unquote(joined) if "%" in joined else joined
    joined = joined.lower() if joined.isascii() else "\n".join(_words(one) for one in joined.split("\n"))
    squeezed = _squeezed(joined) if any(needle.isdigit() for _, needle in sought) else ""
    there = [
        (kind, needle)
        for kind, needle in sought
        if (needle in squeezed if needle.isdigit() else all(word in joined for word in needle.split()))
    ]
    if not there or joined.count("\n") != len(iris) - 1:  # an encoded line break
        return there, iris
    words = [needle if needle.isdigit() else needle.split()[0] for _, needle in there]
    parts = zip(iris, joined.split("\n"), (squeezed or joined).split("\n"), strict=True)
    return there, [one for one, *forms in parts if any(word in form for word in words for form in forms)]


def _mentions(sought: Iterable[tuple[str, str]], iris: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What of the data that are sought is in which id, by an index of the words of all ids."""
    by_word: dict[str, list[str]] = {}
    for one in iris:
        if scheme_of(one) is None and not one.startswith("_:"):
            below_host = _below_host(one)
            for word in {*_words(below_host).split(), *_NUMBER.findall(_BETWEEN_DIGITS.sub("", below_host))}:
                by_word.setdefault(word, []).append(one)
    for kind, needle in sought:
        for one in min((by_word.get(word, []) for word in needle.split()), key=len):
            if " " not in needle or f" {needle} " in _words(_below_host(one)):
                yield kind, one


def _below_host(id_: str) -> str:
    """An id without the host of a web address or the usual word of a made id, its encoded letters as letters."""
    return _HOST.sub(" ", unquote(id_) if "%" in id_ else id_)


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
