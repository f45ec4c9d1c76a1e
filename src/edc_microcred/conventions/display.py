"""What the Commission's viewer needs to show a credential, though no shape asks for it.

The viewer makes each page a data address of the labels of the image's type and encoding, picks the display of the
reader's language or else of the primary one, and sorts pages by number.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from edc_microcred.conventions.concepts import PREF_LABEL
from edc_microcred.conventions.survey import Survey, iri, languages, nodes, texts
from edc_microcred.findings import Rule, Severity
from edc_microcred.shapes import Node
from edc_microcred.vocabularies import vocabulary

DISPLAY_PARAMETER: Final = iri("elm:DisplayParameter")
INDIVIDUAL_DISPLAY: Final = iri("elm:IndividualDisplay")
DISPLAY_DETAIL: Final = iri("elm:DisplayDetail")
CREDENTIAL: Final = iri("elm:EuropeanDigitalCredential")
_DISPLAY_PARAMETER: Final = iri("elm:displayParameter")
_INDIVIDUAL_DISPLAY: Final = iri("elm:individualDisplay")
_DISPLAY_DETAIL: Final = iri("elm:displayDetail")
_IMAGE: Final = iri("elm:image")
_PAGE: Final = iri("elm:page")
_PRIMARY_LANGUAGE: Final = iri("elm:primaryLanguage")
_LANGUAGE: Final = iri("dc:language")
_TITLE: Final = iri("dc:title")
_ISSUER: Final = iri("cred:issuer")
_LEGAL_NAME: Final = iri("rov:legalName")
_LABELLED: Final = (("contentType", iri("elm:contentType")), ("contentEncoding", iri("elm:contentEncoding")))

_VIEWER: Final = "Europass viewer 2.0.6, DiplomaUtil"
_LANGUAGES: Final = "http://publications.europa.eu/resource/authority/language"
_ENGLISH: Final = {"id": f"{_LANGUAGES}/ENG", "type": "Concept"}
_SERBIAN: Final = {"id": f"{_LANGUAGES}/SRP", "type": "Concept"}
_PNG: Final = {"id": "http://publications.europa.eu/resource/authority/file-type/PNG", "type": "Concept",
               "prefLabel": {"en": "PNG"}}  # fmt: skip
_BASE64: Final = {"id": "http://data.europa.eu/snb/encoding/6146cde7dd", "type": "Concept",
                  "prefLabel": {"en": "base64"}}  # fmt: skip


def _detail(page: int = 1, **changed: Any) -> dict[str, Any]:
    image = {"id": f"urn:epass:mediaObject:{page}", "type": "MediaObject", "content": "iVBORw0KGgo=",
             "contentType": _PNG, "contentEncoding": _BASE64, **changed}  # fmt: skip
    return {"id": f"urn:epass:displayDetail:{page}", "type": "DisplayDetail", "page": page, "image": image}


def _parameter(*details: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return {"id": "urn:epass:displayParameter:1", "type": "DisplayParameter", "title": {"en": "Data"},
            "primaryLanguage": _ENGLISH, "language": _ENGLISH, "individualDisplay": [
                {"id": "urn:epass:individualDisplay:1", "type": "IndividualDisplay", "language": _ENGLISH,
                 "displayDetail": list(details) or [_detail()]}], **changed}  # fmt: skip


def _issued(name: dict[str, str]) -> dict[str, Any]:
    return {"id": "urn:credential:1", "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
            "displayParameter": _parameter(),
            "issuer": {"id": "urn:epass:org:1", "type": "Organisation", "legalName": name}}  # fmt: skip


MEDIA_LABEL: Final = Rule(
    id="edc/viewer-media-label", severity=Severity.WARNING, since="0.1", source=f"{_VIEWER}.java:89-96",
    title="A page image whose type or encoding has no label",
    message="“{member}” of a page image has no “prefLabel”: the Commission's viewer cannot show the page.",
    why="The viewer makes the picture's address of these labels, and fails where one is missing; no shape asks for "
        "them.",
    fix="Add prefLabel with the list's English label (`validate --fix` does).",
    wrong=_detail(contentType={"id": _PNG["id"], "type": "Concept"}), right=_detail(),
)  # fmt: skip
PRIMARY_LANGUAGE: Final = Rule(
    id="edc/viewer-primary-language", severity=Severity.WARNING, since="0.1",
    source="EDC issuer 2.0.6, CredentialLanguageConsumer",
    title="A primary language that is none of the credential's languages",
    message="“primaryLanguage” is {language}, which “language” of the display does not name.",
    why="The Commission's software takes `language` for all there is; it shows lists of credentials by it.",
    fix="Add the primary language to `language`.",
    wrong=_parameter(language=_SERBIAN), right=_parameter(),
)  # fmt: skip
NO_DISPLAY: Final = Rule(
    id="edc/viewer-no-display", severity=Severity.WARNING, since="0.1", source=f"{_VIEWER}.java:50-87",
    title="No pages in the primary language",
    message="There is no “individualDisplay” in the primary language {language}.",
    why="A reader whose own language is missing gets the pages of the primary language, and here those of whatever "
        "language comes first.",
    fix="Add the pages of the primary language, or name a language as primary that has pages.",
    wrong=_parameter(primaryLanguage=_SERBIAN, language=[_SERBIAN, _ENGLISH], title={"sr": "Podaci", "en": "Data"}),
    right=_parameter(),
)  # fmt: skip
TITLE: Final = Rule(
    id="edc/viewer-title", severity=Severity.WARNING, since="0.1", source="Europass wallet 2.0.6, list of credentials",
    title="No title in the primary language",
    message="The title of the display has no text in the primary language {language}.",
    why="Wallets list the credential by this title.",
    fix="Add the title in the primary language.",
    wrong=_parameter(title={"sr": "Podaci"}), right=_parameter(),
)  # fmt: skip
PAGES: Final = Rule(
    id="edc/viewer-pages", severity=Severity.WARNING, since="0.1", source=f"{_VIEWER}.java:36-48",
    title="Pages that are not numbered 1, 2, 3",
    message="The pages of a display are numbered {pages}; they must be 1 to {count}, each once.",
    why="The viewer sorts by number and takes page 1 for the small picture of the credential.",
    fix="Number the pages of each language from 1 without a gap.",
    wrong=_parameter(_detail(1), _detail(3)), right=_parameter(_detail(1), _detail(2)),
)  # fmt: skip
ISSUER_NAME: Final = Rule(
    id="edc/viewer-issuer-name", severity=Severity.WARNING, since="0.1", source="EDC issuer 2.0.6, seal of credentials",
    title="The issuer has no name in the primary language",
    message="“legalName” of the issuer has no text in the primary language {language}.",
    why="The Commission's issuer writes the name in this language, and its viewer looks for it there.",
    fix="Add legalName in the primary language.",
    wrong=_issued({"sr": "Univerzitet"}), right=_issued({"en": "University"}),
)  # fmt: skip

RULES: Final[tuple[Rule, ...]] = (MEDIA_LABEL, PRIMARY_LANGUAGE, NO_DISPLAY, TITLE, PAGES, ISSUER_NAME)


@lru_cache(maxsize=512)
def tags_of(language: str) -> frozenset[str]:
    """The language tags of a language of the EU list: its two letters, else its three; empty for what is none."""
    entry = vocabulary("language").by_uri(language)
    return frozenset() if entry is None else frozenset(code.lower() for code in (*entry.codes, entry.code))


def _has_text(node: Node, path: str, language: str) -> bool:
    """Whether a text in the language is there, regional forms of it included; true where nobody can tell."""
    tags = tags_of(language)
    there = languages(node, path)
    return not tags or not tags.isdisjoint(there) or any(tag.partition("-")[0] in tags for tag in there)


def _primary(parameter: Node) -> str | None:
    stated = nodes(parameter, _PRIMARY_LANGUAGE)
    return stated[0].iri if len(stated) == 1 and tags_of(stated[0].iri) else None


def check_credential(node: Node, survey: Survey) -> None:
    """The issuer's name, if the credential is issued already."""
    for parameter in nodes(node, _DISPLAY_PARAMETER):
        language = _primary(parameter)
        for issuer in nodes(node, _ISSUER):
            if language is not None and _LEGAL_NAME in issuer.values and not _has_text(issuer, _LEGAL_NAME, language):
                survey.report(ISSUER_NAME, issuer, _LEGAL_NAME, language=_code(language))


def check_parameter(node: Node, survey: Survey) -> None:
    """Title and pages in the primary language, which must be one of the credential's own."""
    language = _primary(node)
    if language is None:
        return  # the profile says so
    if _LANGUAGE in node.values and language not in [one.iri for one in nodes(node, _LANGUAGE)]:
        survey.report(PRIMARY_LANGUAGE, node, _PRIMARY_LANGUAGE, language=_code(language))
    if _TITLE in node.values and not _has_text(node, _TITLE, language):
        survey.report(TITLE, node, _TITLE, language=_code(language))
    displays = nodes(node, _INDIVIDUAL_DISPLAY)
    if displays and not any(one.iri == language for display in displays for one in nodes(display, _LANGUAGE)):
        survey.report(NO_DISPLAY, node, _INDIVIDUAL_DISPLAY, language=_code(language))


def check_display(node: Node, survey: Survey) -> None:
    """The numbers of the pages of one language."""
    pages = [page for detail in nodes(node, _DISPLAY_DETAIL) for page in texts(detail, _PAGE)]
    if sorted(pages) != sorted(str(number) for number in range(1, len(pages) + 1)):
        survey.report(PAGES, node, _DISPLAY_DETAIL, pages=", ".join(pages), count=len(pages))


def check_detail(node: Node, survey: Survey) -> None:
    """The labels that the picture's data address is made of."""
    for image in nodes(node, _IMAGE):
        for member, path in _LABELLED:
            for concept in nodes(image, path):
                if PREF_LABEL not in concept.values:
                    survey.report(MEDIA_LABEL, concept, member=member)


def _code(language: str) -> str:
    return language.rpartition("/")[2]


# The same, of JSON objects that are right by their profile. Yes is said of the usual form only, no says nothing.


def has_issuer_in_primary_language(credential: Mapping[str, Any]) -> bool:
    """Whether `check_credential` surely finds nothing."""
    parameter, issuer = credential.get("displayParameter"), credential.get("issuer")
    if parameter.__class__ is not dict or issuer.__class__ is not dict:
        return False
    language = parameter.get("primaryLanguage")
    return language.__class__ is dict and not tags_of(language["id"]).isdisjoint(issuer.get("legalName", ()))


def is_in_primary_language(parameter: Mapping[str, Any]) -> bool:
    """Whether `check_parameter` surely finds nothing."""
    language, title = parameter.get("primaryLanguage"), parameter.get("title")
    if language.__class__ is not dict or title is None or tags_of(language["id"]).isdisjoint(title):
        return False
    return language in _listed(parameter.get("language")) and any(
        language in _listed(display.get("language")) for display in _listed(parameter.get("individualDisplay"))
    )


def is_numbered(display: Mapping[str, Any]) -> bool:
    """Whether `check_display` surely finds nothing."""
    details = _listed(display.get("displayDetail"))
    pages = [detail.get("page") for detail in details]
    return set(map(type, pages)) == {int} and sorted(pages) == list(range(1, len(pages) + 1))


def is_labelled(detail: Mapping[str, Any]) -> bool:
    """Whether `check_detail` surely finds nothing."""
    image = detail.get("image")
    return image.__class__ is dict and all("prefLabel" in _first(image.get(member)) for member, _ in _LABELLED)


def _listed(value: Any) -> list[Any]:
    return value if value.__class__ is list else [] if value is None else [value]


def _first(value: Any) -> Any:
    return value if value.__class__ is dict else ()
