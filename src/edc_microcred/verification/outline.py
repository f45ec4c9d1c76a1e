"""The part of a credential that a verdict looks at: its dates, its issuer, its title and profiles, and what limits it.

To read all the rest into the model would take as long as everything else in a verification; the content is checked
without that.
"""

from typing import Final

from edc_microcred.document import Document
from edc_microcred.elm import EuropeanDigitalCredential, read_credential
from edc_microcred.verification.limiting import meant

LOOKED_AT: Final = (
    "id", "type", "validFrom", "validUntil", "expirationDate", "issued", "issuanceDate", "issuer", "credentialProfiles",
)  # fmt: skip
LOOKED_AT_OF_DISPLAY: Final = ("id", "type", "title")


def outline_of(document: Document) -> EuropeanDigitalCredential:
    """The credential with no more members than these. Raises `UnreadableError` when the document holds none."""
    members = {name: value for name, value in document.members.items() if name in LOOKED_AT or meant(name)}
    display = document.members.get("displayParameter")
    if isinstance(display, dict):
        members["displayParameter"] = {name: display[name] for name in LOOKED_AT_OF_DISPLAY if name in display}
    return read_credential(members, limits=document.limits)[0]
