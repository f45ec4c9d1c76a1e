"""The check of the credential's status: may it have been withdrawn since? And what else of it was not looked at?

A status is looked up over the network, which is not done: a credential that names one is *indeterminate*, in whatever
form it names it. What does not decide by itself is named.
"""

from collections.abc import Iterator
from typing import Final

from edc_microcred.elm import EuropeanDigitalCredential
from edc_microcred.findings import Check, Finding, Rule, Severity
from edc_microcred.json_text import pointer
from edc_microcred.verification.limiting import stated_unread

STATUS_NOT_CHECKED: Final = Rule(
    id="edc/status-not-checked", severity=Severity.ERROR, indeterminate=True, since="0.1",
    source="W3C VC Data Model 1.1, 4.9 (credentialStatus)",
    title="The status of the credential was not looked up",
    message="The credential says where its status stands (`{member}`), and that was not looked up: it may have been "
            "withdrawn.",
    why="An issuer who gives a status can take the credential back. Only that place tells.",
    fix="Look the status up at its address, or ask the issuer whether the credential still holds.",
    wrong={"credentialStatus": {"id": "https://example.org/status/7", "type": "CredentialStatus"}},
    right={"credentialStatus": None},
)  # fmt: skip
NOT_EVALUATED: Final = Rule(
    id="edc/not-evaluated", severity=Severity.WARNING, since="0.1",
    source="W3C VC Data Model 1.1, 4.7 (proof), 5.4 (refreshService), 5.5 (termsOfUse)",
    title="A part of the credential was not evaluated",
    message="The credential holds what nobody here has evaluated: {names}.",
    why="A proof inside it was not checked beside the seal, conditions of use bind whoever relies on the credential, "
        "and a newer one may be had.",
    fix="Read the conditions; rely on nothing but the seal.",
    wrong={"termsOfUse": {"id": "urn:example:terms:1", "type": "TermsOfUse"}}, right={"termsOfUse": []},
)  # fmt: skip

RULES: Final = (STATUS_NOT_CHECKED, NOT_EVALUATED)


def check_status_of(credential: EuropeanDigitalCredential) -> Check:
    """The check called *status*."""
    return Check.of("status", _findings(credential), message="The credential names no status that could be looked up.")


def _findings(credential: EuropeanDigitalCredential) -> Iterator[Finding]:
    status = ["credentialStatus"] if credential.credential_status is not None else []
    for name in (*status, *stated_unread(credential, "credentialStatus")):
        yield STATUS_NOT_CHECKED.found(pointer(name), member=name)
    read = [name for name, value in (("proof", credential.proof), ("termsOfUse", credential.terms_of_use)) if value]
    others = ("proof", "termsOfUse", "refreshService")
    unread = [name for member in others for name in stated_unread(credential, member)]
    if names := list(dict.fromkeys((*read, *unread))):
        yield NOT_EVALUATED.found(pointer(names[0]), names=", ".join(f"`{name}`" for name in names[:5]))
