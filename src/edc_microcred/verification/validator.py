"""`Validator` and `validate`: the content of a credential, from whatever holds it, against everything that is known.

    >>> validator = Validator("generic-full")
    >>> [finding.rule for finding in validator.validate({"hello": "world"})]
    ['edc/unreadable']

Looked at are reading, terms that are lost, the profile's shapes, conventions and checks of one's own; a seal is not.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from edc_microcred.document import Document, document_of
from edc_microcred.elm import EuropeanDigitalCredential, write_credential
from edc_microcred.errors import UnreadableError
from edc_microcred.findings import Finding
from edc_microcred.limits import DEFAULT_LIMITS, Limits
from edc_microcred.verification.content import ContentCheck, findings_of, unreadable

if TYPE_CHECKING:
    from edc_microcred.shapes import Profile

Content = Document | EuropeanDigitalCredential | Mapping[str, Any] | list[Any] | Path | str | bytes | BinaryIO


class Validator:
    """Validates the content of credentials. Made once; safe to share between threads if its `checks` are.

    `profile` (a name or a `Profile`) is checked instead of the one that each credential declares; `elm` is the version
    whose shapes are meant, 3.2 or 3.1. `checks` are checks of one's own: each is given the `shapes.Graph` of a
    credential and yields findings of a `Rule` of one's own. Raises `VocabularyError` for a profile and `ValueError` for
    a version that is not known.
    """

    def __init__(
        self, profile: "Profile | str | None" = None, *, elm: str = "3.2", checks: Iterable[ContentCheck] = ()
    ) -> None:
        from edc_microcred.shapes import validator_for

        chosen = validator_for(profile or "generic-full", elm)  # refuses what is not known, also where each declares
        self._shapes: Final = None if profile is None else chosen
        self.elm: Final = elm
        self.checks: Final = tuple(checks)

    def validate(self, source: Content, *, limits: Limits = DEFAULT_LIMITS) -> list[Finding]:
        """What is wrong with the content of a credential; its seal is not looked at.

        `source` is a file (path), bytes, an open stream, JSON members, a model, or a `Document`. One that cannot be
        read gives one finding that says why. What a check of one's own raises passes through.
        """
        try:
            return findings_of(_document(source, limits), self._shapes, elm=self.elm, checks=self.checks)
        except UnreadableError as error:
            return [unreadable(error)]


def validate(
    source: Content,
    *,
    profile: "Profile | str | None" = None,
    elm: str = "3.2",
    limits: Limits = DEFAULT_LIMITS,
) -> list[Finding]:
    """What is wrong with the content of a credential; see `Validator`, which also takes checks of one's own."""
    return Validator(profile, elm=elm).validate(source, limits=limits)


def _document(source: Content, limits: Limits) -> Document:
    if isinstance(source, Document):
        return source
    if isinstance(source, EuropeanDigitalCredential):
        return Document(write_credential(source).encode("utf-8"), name="The credential", limits=limits)
    if isinstance(source, (Mapping, list)):
        try:
            octets = json.dumps(source, ensure_ascii=False).encode("utf-8")
        except (TypeError, ValueError, RecursionError):
            raise UnreadableError(
                "The members given are no JSON: nested too deep or in a circle, half a character, or of other types.",
                remedy="Give texts, numbers, lists and dicts as json.loads makes them.",
            ) from None  # the exception may hold the value
        return Document(octets, name="The credential", limits=limits)
    return document_of(source, limits=limits)
