"""The credential's status: which kinds of it arrive as data."""

from typing import Any, Final

from edc_microcred.conventions.survey import Survey, iri
from edc_microcred.findings import Rule, Severity
from edc_microcred.shapes import Node

CREDENTIAL_STATUS: Final = iri("cred:credentialStatus")
STATUS_CLASS: Final = iri("elm:CredentialStatus")
_NAMES: Final = frozenset(("CredentialStatus", STATUS_CLASS))

_CREDENTIAL: Final = {"id": "urn:credential:1", "type": ["VerifiableCredential", "EuropeanDigitalCredential"]}
_STATUS: Final = {"id": "https://example.org/status/1#7", "type": "CredentialStatus"}

STATUS_NOT_CARRIED: Final = Rule(
    id="edc/status-not-carried", severity=Severity.WARNING, since="0.1",
    source="EDC application profile, credentialStatus; context edc-ap of 2023-09-28",
    title="A status that the profile cannot carry",
    message="“credentialStatus” is of type {seen}; the profile and its context know CredentialStatus alone.",
    why="The contexts do not define other types of status nor their members: as data there is only an id left, and "
        "whoever checks the credential does not learn how to look up whether it was revoked.",
    fix="Write type CredentialStatus and nothing else, its id being where the status can be looked up.",
    wrong={**_CREDENTIAL, "credentialStatus": {**_STATUS, "type": "StatusList2021Entry"}},
    right={**_CREDENTIAL, "credentialStatus": _STATUS},
)  # fmt: skip

RULES: Final[tuple[Rule, ...]] = (STATUS_NOT_CARRIED,)


def check_status(node: Node, path: str, values: list[Any], survey: Survey) -> None:
    """Every type of the status other than the model's own; types that the contexts drop are read off the document."""
    for value in values:
        if not isinstance(value, Node):
            continue
        others = dict.fromkeys(kind for kind in value.types if kind not in _NAMES)
        for members in value.described:
            written = members.get("type")
            for kind in written if isinstance(written, list) else [written]:
                if isinstance(kind, str) and kind not in _NAMES:
                    others[kind] = None
        if others or (value.described and STATUS_CLASS not in value.types):
            survey.report(STATUS_NOT_CARRIED, node, path, value, seen=", ".join(others) or "none")
