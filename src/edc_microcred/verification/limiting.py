"""Members that limit what a credential is worth, found even where they are misspelt or cannot be read.

An expiry under a wrong name is lost as data, and still the issuer meant one: only a file without anything of the kind
may pass as one without a limit.

    >>> meant("expirationdate"), meant("https://www.w3.org/2018/credentials#credentialStatus"), meant("title")
    ('expirationDate', 'credentialStatus', None)
"""

import re
from typing import Final

from edc_microcred.elm import EuropeanDigitalCredential
from edc_microcred.jsonld.look_alikes import plain

LIMITING: Final = (
    "validFrom", "validUntil", "expirationDate", "credentialStatus", "termsOfUse", "refreshService", "proof",
)  # fmt: skip
"""The members of the W3C data model that restrict a credential, or claim to prove it."""

_LONGEST_NAME: Final = 200
_ENDS_A_PREFIX: Final = re.compile(r"[:/#]")
_NO_LETTER: Final = re.compile(r"[^a-z]")
_BY_LETTERS: Final = {name.lower(): name for name in LIMITING}


def meant(name: str) -> str | None:
    """The limiting member that a name is meant for: itself, in another case or look-alike letters, or an IRI's end."""
    if name in LIMITING:
        return name
    letters = _NO_LETTER.sub("", _ENDS_A_PREFIX.split(plain(name[:_LONGEST_NAME]))[-1].lower())
    return _BY_LETTERS.get(letters)


def stated_unread(credential: EuropeanDigitalCredential, member: str) -> list[str]:
    """The names under which the credential states `member` and it was not read; null and an empty list say nothing."""
    unread = [name for name, raw in credential.unread_members.items() if name == member and raw not in (None, [])]
    return unread + [
        name for name, raw in credential.unknown_members.items() if meant(name) == member and raw not in (None, [])
    ]
