"""Coded values: are they in the list that they name, and is their label the list's?

A value belongs to the list that its `inScheme` names, else to the one whose URIs look like its own. Only a complete
list proves that a value does not exist; that a list could not be asked is said once.

    >>> known("http://data.europa.eu/snb/eqf/6").labels["en"]
    'Level 6'
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from edc_microcred.conventions.survey import ID, Survey, iri, nodes
from edc_microcred.errors import VocabularyError
from edc_microcred.findings import Rule, Severity
from edc_microcred.shapes import Node
from edc_microcred.vocabularies import Vocabulary, scheme_of, vocabulary
from edc_microcred.vocabularies.folding import fold

CONCEPT: Final = iri("skos:Concept")
IN_SCHEME: Final = iri("skos:inScheme")
PREF_LABEL: Final = iri("skos:prefLabel")
_LANGUAGE: Final = "http://publications.europa.eu/resource/authority/language"
_SOURCE: Final = "Controlled lists of the EU, as of the year that `vocab` names"


def _serbian(**changed: object) -> dict[str, object]:
    return {
        "primaryLanguage": {
            "id": f"{_LANGUAGE}/SRP",
            "type": "Concept",
            "inScheme": {"id": _LANGUAGE, "type": "ConceptScheme"},
            "prefLabel": {"en": "Serbian"},
            **changed,
        },
        "id": "urn:epass:displayParameter:1",
    }


NOT_IN_LIST: Final = Rule(
    id="cv/not-in-list", severity=Severity.ERROR, since="0.1", source=_SOURCE,
    title="A coded value that its list does not have",
    message="The list “{list}” ({date}) has no value {value}.",
    why="It looks like an official code and means nothing to anybody; the published profiles do not notice.",
    fix="Look the value up with `edc-microcred vocab {list}`, and take its id from there.".replace("{list}", "LIST"),
    wrong=_serbian(id=f"{_LANGUAGE}/SERBIAN"), right=_serbian(),
)  # fmt: skip
NOT_CHECKED: Final = Rule(
    id="cv/not-checked", severity=Severity.INFO, since="0.1", source=_SOURCE,
    title="A list that could not be asked",
    message="Values of the list “{list}” were not checked: it is {completeness} here. The first one: {value}.",
    why="Nobody looked whether the values exist; that is not the credential's fault.",
    fix="Compare the values with the list on the web.",
    wrong={"id": "http://data.europa.eu/snb/claim-type/1", "type": "Concept"}, right=_serbian(),
)  # fmt: skip
LABEL_WRONG: Final = Rule(
    id="cv/label-wrong", severity=Severity.WARNING, since="0.1", source=_SOURCE,
    title="A label that is not the value's own",
    message="{value} is called “{label}” in the list “{list}”, and “{seen}” here.",
    why="People read the label and computers the id: the two see different things.",
    fix="Take the label from the list (`validate --fix` does), or the id of the value that is meant.",
    wrong=_serbian(prefLabel={"en": "Croatian"}), right=_serbian(),
)  # fmt: skip
SCHEME_MEMBERS: Final = Rule(
    id="cv/scheme-members", severity=Severity.WARNING, since="0.1", source=_SOURCE,
    title="A coded value put into a list that is not its own",
    message="{value} is of the list {scheme}, and not of {seen}.",
    why="Whoever looks the value up in the list named here does not find it.",
    fix="Name the value's own list in `inScheme` (`validate --fix` does).",
    wrong=_serbian(inScheme={"id": "https://example.org/languages", "type": "ConceptScheme"}), right=_serbian(),
)  # fmt: skip

RULES: Final[tuple[Rule, ...]] = (NOT_IN_LIST, NOT_CHECKED, LABEL_WRONG, SCHEME_MEMBERS)


class Known(NamedTuple):
    """A value that a list in the package has: its list, the list's URI, and its labels by language."""

    listed: Vocabulary
    scheme: str
    labels: Mapping[str, str]


@lru_cache(maxsize=4096)
def known(uri: str) -> Known | None:
    """What is known of a value with this URI; `None` for what no list in the package has."""
    scheme = scheme_of(uri)
    listed = None if scheme is None else vocabulary(scheme)
    entry = None if listed is None else listed.by_uri(uri)
    return None if listed is None or entry is None else Known(listed, listed.scheme, entry.labels)


def check_concept(node: Node, survey: Survey) -> None:
    """All that is to be said of one coded value; a quick look first, since almost all are right."""
    value = known(node.iri)
    schemes = node.values.get(IN_SCHEME, ())
    if value is None:
        _check_unknown(node, survey)
        return
    for scheme in schemes:
        if scheme.__class__ is Node and scheme.iri != value.scheme:
            _check_other_scheme(node, scheme, value.listed, survey)
    for label in node.values.get(PREF_LABEL, ()):
        if label.__class__ is not tuple:
            continue
        text, _, tag = label
        right = value.labels.get(tag)
        if right is not None and right != text and fold(right) != fold(text):
            survey.report(
                LABEL_WRONG, node, PREF_LABEL, label,
                value=node.iri, label=right, language=tag, seen=text, list=value.listed.name,
            )  # fmt: skip


def is_as_listed(concept: Mapping[str, Any]) -> bool:
    """Whether the JSON object of a coded value has an id, a list and labels that a list in the package has so."""
    value = known(concept["id"])
    if value is None:
        return False
    scheme = concept.get("inScheme")
    if scheme is not None and (scheme.__class__ is not dict or scheme.get("id") != value.scheme):
        return False
    labels = concept.get("prefLabel")
    if labels is not None:
        right = value.labels
        for tag, text in labels.items():
            if right.get(tag, text) != text:
                return False
    return True


def _check_other_scheme(node: Node, scheme: Node, own: Vocabulary, survey: Survey) -> None:
    """A value of the list `own` that names another one: an error where that is complete and has no such value."""
    claimed = list_of(scheme.iri)
    if claimed is not None and claimed.complete:
        if claimed.by_uri(node.iri) is None:
            survey.report(NOT_IN_LIST, node, ID, value=node.iri, list=claimed.name, date=claimed.date)
    elif own.complete:
        survey.report(SCHEME_MEMBERS, node, IN_SCHEME, scheme, value=node.iri, scheme=own.scheme, seen=scheme.iri)


def _check_unknown(node: Node, survey: Survey) -> None:
    """A value that no list in the package has: a list that it claims to be of may be able to tell."""
    if not node.iri or node.iri.startswith("_:"):
        return  # without a code; the profile says so
    claimed = [listed for scheme in nodes(node, IN_SCHEME) if (listed := list_of(scheme.iri)) is not None]
    by_form = scheme_of(node.iri)
    if not claimed and by_form is not None:
        claimed = [vocabulary(by_form)]
    for listed in claimed:
        if listed.complete:
            survey.report(NOT_IN_LIST, node, ID, value=node.iri, list=listed.name, date=listed.date)
        elif listed.name not in survey.not_checked:
            survey.not_checked.add(listed.name)
            survey.report(
                NOT_CHECKED, node, ID, value=node.iri, list=listed.name, completeness=listed.completeness.value
            )


@lru_cache(maxsize=256)
def list_of(scheme: str) -> Vocabulary | None:
    """The list with this scheme URI, if it is known."""
    try:
        listed = vocabulary(scheme)
    except VocabularyError:
        return None
    return listed if listed.scheme == scheme else None
