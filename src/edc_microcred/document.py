"""What one file holds: its bytes, the envelope of its seal, the credential's text, and the model read from it.

The bytes are kept as they are and each further view is made from them when it is first asked for. Nothing here judges:
`verification` does.

    document = load(Path("credential.jsonld"))
    document.credential.credential_subject      # the learner, typed
    [f.message for f in document.findings]      # what could not be read as the model has it

A file may hold a sealed credential, a bare one, or the wrapper that the Commission's issuer takes for uploads.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, Final

from edc_microcred import json_text
from edc_microcred.elm.checking import check_credential
from edc_microcred.elm.credential import EuropeanDigitalCredential
from edc_microcred.elm.reading import read_credential
from edc_microcred.errors import ContextError, LimitError, UnreadableError
from edc_microcred.findings import Finding, Rule, Severity, shorten
from edc_microcred.limits import DEFAULT_LIMITS, Limits
from edc_microcred.seals.envelope import Envelope, begins_as_sealed, has_seal, is_sealed

NO_CREDENTIAL: Final = Rule(
    id="edc/no-credential-in-file", severity=Severity.ERROR, since="0.1", source="W3C VC Data Model 1.1, 4.3",
    title="There is no credential in the file",
    message="The file holds {seen}, and no European Digital Credential.",
    why="Only a credential can be checked; a seal around something else says nothing about a learner.",
    fix="Give the file that the issuer sent: it starts with {\"payload\" when it is sealed.",
    wrong={"hello": "world"}, right={"type": ["VerifiableCredential", "EuropeanDigitalCredential"]},
)  # fmt: skip
CONTEXT_WRONG: Final = Rule(
    id="edc/context-wrong", severity=Severity.ERROR, since="0.1", source="W3C VC Data Model 1.1, 4.1",
    title="The contexts are not those of a European Digital Credential",
    message="The members were read by their names alone, because the contexts cannot be used: {reason}",
    why="The contexts give the members their meaning. With others, the same words may mean something else or nothing.",
    fix="Use https://www.w3.org/2018/credentials/v1 and http://data.europa.eu/snb/model/context/edc-ap, in this order.",
    wrong={"@context": "https://www.w3.org/ns/credentials/v2", "credentialSubject": {}},
    right={"@context": ["https://www.w3.org/2018/credentials/v1", "http://data.europa.eu/snb/model/context/edc-ap"],
           "credentialSubject": {}},
)  # fmt: skip
UPLOAD_WRAPPER: Final = Rule(
    id="edc/upload-wrapper", severity=Severity.INFO, since="0.1", source="EDC issuer, upload format",
    title="A file made for uploading",
    message="The credential stands inside the wrapper that the Commission's issuer takes for uploads.",
    why="The wrapper adds where to deliver the credential; it is no part of it.",
    fix="Nothing: the credential inside was looked at.",
    wrong={"credential": {"credentialSubject": {}}, "deliveryDetails": {}}, right={"credentialSubject": {}},
)  # fmt: skip

WRAPPER_SEALED: Final = Rule(
    id="edc/wrapper-sealed", severity=Severity.ERROR, since="0.1", source="EDC issuer, upload format; W3C VC 1.1, 4.3",
    title="Not the credential was sealed, but a wrapper around one",
    message="The seal is around a file made for uploading, in which a credential stands beside other things.",
    why="Other software finds no credential under such a seal; whoever unpacked it would lend the seal's credit to one "
        "part of what was sealed.",
    fix="Ask the issuer for the credential itself, sealed.",
    wrong={"payload": '{"credential": {"credentialSubject": {}}}',
           "signatures": [{"protected": "eyJiNjQiOmZhbHNlfQ", "signature": ""}]},
    right={"payload": '{"credentialSubject": {}}',
           "signatures": [{"protected": "eyJiNjQiOmZhbHNlfQ", "signature": ""}]},
)  # fmt: skip
TERMS_REDEFINED: Final = Rule(
    id="edc/terms-redefined", severity=Severity.ERROR, indeterminate=True, since="0.1",
    source="JSON-LD 1.1, 4.1 (contexts); W3C VC Data Model 1.1, 4.1",
    title="The file gives terms of the contexts another meaning",
    message="A context in the file defines anew what the contexts of a credential define already: {names}.",
    why="Software that follows the contexts and software that goes by the names, as the Commission's does, see two "
        "different credentials.",
    fix="Ask the issuer for a credential with the two contexts alone; terms of one's own need names of their own.",
    wrong={"@context": ["https://www.w3.org/2018/credentials/v1", "http://data.europa.eu/snb/model/context/edc-ap",
                        {"title": "urn:example:remark"}],
           "type": ["VerifiableCredential", "EuropeanDigitalCredential"]},
    right={"@context": ["https://www.w3.org/2018/credentials/v1", "http://data.europa.eu/snb/model/context/edc-ap",
                        {"remark": "urn:example:remark"}],
           "type": ["VerifiableCredential", "EuropeanDigitalCredential"]},
)  # fmt: skip

RULES: Final[tuple[Rule, ...]] = (NO_CREDENTIAL, CONTEXT_WRONG, UPLOAD_WRAPPER, WRAPPER_SEALED, TERMS_REDEFINED)
_LONGEST_REMEDY: Final = 400


class Document:
    """One file. Its bytes never change; safe to share between threads.

    `raw` are the bytes as found, `name` is what messages call it. Made by `load`.
    """

    def __init__(self, raw: bytes, *, name: str = "The input", limits: Limits = DEFAULT_LIMITS) -> None:
        self.raw: Final = raw
        self.name: Final = name
        self.limits: Final = limits

    def __repr__(self) -> str:
        return f"Document({self.name!r}, {len(self.raw)} bytes, {'sealed' if self.is_sealed else 'not sealed'})"

    @cached_property
    def is_sealed(self) -> bool:
        """Whether the file has the form of a seal around something; whether the seal is worth anything is not asked."""
        if not begins_as_sealed(self.raw):
            try:
                return has_seal(self._whole)
            except UnreadableError:
                pass  # faulty JSON can be a faulty seal
        return is_sealed(self.raw)

    @cached_property
    def _whole(self) -> Any:
        """The JSON value of the file."""
        return json_text.parse(self.raw, limits=self.limits, what=self.name, unproven=self.unproven)

    @cached_property
    def unproven(self) -> json_text.Unproven | None:
        """The JSON value of the file as it is read at first, not shown to be right yet; `None` where that cannot be."""
        return None if begins_as_sealed(self.raw) else json_text.parse_unproven(self.raw, self.limits)

    @cached_property
    def envelope(self) -> Envelope | None:
        """The seal's envelope, or `None` for a file that is not sealed. Raises `UnreadableError`."""
        return Envelope.read(self.raw, self.limits) if self.is_sealed else None

    @cached_property
    def text(self) -> str:
        """The text inside the seal, or of the whole file when it is not sealed, exactly as found.

        Raises `UnreadableError` when there is none: bytes that are not UTF-8, a seal without its payload.
        """
        if self.envelope is None:
            return json_text.decode(self.raw, what=self.name)
        if self.envelope.payload_text is None:
            raise UnreadableError(
                f"{self.name} is a seal without readable content.",
                remedy="The content may be in another file (a detached seal); a European credential holds it inside.",
            )
        return self.envelope.payload_text

    @cached_property
    def value(self) -> Any:
        """The JSON value of `text`. Raises `UnreadableError` when it is no JSON or beyond the limits."""
        sealed = self.envelope
        if sealed is None:
            return self._whole
        payload = self.text if sealed.payload is None or sealed.payload_text is None else sealed.payload
        return json_text.parse(payload, limits=self.limits, what=self.name)

    @cached_property
    def credential_value(self) -> Any:
        """The JSON value of the credential as it stands in the file: all of it, or what the upload wrapper holds."""
        value = self.value
        wrapped = isinstance(value, dict) and "@context" not in value and isinstance(value.get("credential"), dict)
        return value["credential"] if wrapped else value

    @cached_property
    def is_usual(self) -> bool:
        """Whether the credential is canonical and there is nothing to say of it as JSON-LD."""
        from edc_microcred.jsonld import is_usual

        return is_usual(self.credential_value)

    @cached_property
    def is_canonical(self) -> bool:
        """Whether the credential is in the form of the Commission's issuer, so that names alone give the meaning."""
        from edc_microcred.jsonld import is_canonical

        return self.is_usual or is_canonical(self.credential_value)

    @cached_property
    def _tree(self) -> tuple[Mapping[str, Any], list[Finding]]:
        """The credential's members in compact form with EDC's terms, and what had to be done to get them."""
        value = self.credential_value
        rule = WRAPPER_SEALED if self.is_sealed else UPLOAD_WRAPPER
        wrapped = [rule.found()] if value is not self.value else []
        if self.is_canonical:
            return value, wrapped
        members, findings = self._compact(value)
        return members, [*wrapped, *findings]

    def _compact(self, value: Any) -> tuple[Mapping[str, Any], list[Finding]]:
        from edc_microcred.jsonld import to_compact

        reason = "there are none."
        remedy = ""
        if isinstance(value, list) or (isinstance(value, dict) and "@context" in value) or _has_keywords(value):
            try:
                members, findings = to_compact(value, limits=self.limits)
                return members, [*_redefined(value, self.limits), *findings]
            except LimitError:  # what was too much to be worked through is not read by its names instead
                raise
            except (ContextError, UnreadableError) as error:
                reason, remedy = error.message, error.remedy
        if isinstance(value, dict) and ("credentialSubject" in value or _is_credential(value.get("type"))):
            found = CONTEXT_WRONG.found("/@context" if "@context" in value else "", reason=reason)
            return value, [with_remedy(found, remedy)]
        raise UnreadableError(
            NO_CREDENTIAL.found(seen=_described(value)).message, remedy=NO_CREDENTIAL.fix, state="It was not checked."
        )

    @cached_property
    def holds_credential(self) -> bool:
        """Whether something that is meant for a European Digital Credential can be read from the file."""
        try:
            return not self.members.keys() <= {"@context"}
        except UnreadableError:
            return False

    @property
    def members(self) -> Mapping[str, Any]:
        """The members of the credential, compact and with EDC's terms. Raises `UnreadableError` when there is none."""
        return self._tree[0]

    @cached_property
    def _read(self) -> tuple[EuropeanDigitalCredential, list[Finding]]:
        return read_credential(self.members, limits=self.limits)

    @property
    def credential(self) -> EuropeanDigitalCredential:
        """The credential as a model; altering it alters neither the file nor `text`. Raises `UnreadableError`.

        What stands in the file several times under one id, to the letter, can be one object of the model.
        """
        return self._read[0]

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What did not fit when the credential was read; empty for a file from which none can be read."""
        try:
            members, found = self._tree
        except UnreadableError:
            return ()
        read = self._read[1] if "_read" in vars(self) else check_credential(members, limits=self.limits)
        return (*found, *read)


def load(source: Path | str | bytes | BinaryIO, *, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The document in a file (a path, also as `str`), in `bytes`, or in an open binary stream; never a text as `str`.

    Raises `UnreadableError` (`LimitError`) at once when it is not UTF-8, no JSON, ambiguous or too large. A file that
    holds something else than a credential loads; its `.credential` raises.
    """
    document = document_of(source, limits=limits)
    if document.envelope is None:
        _ = document.value
    return document


def document_of(source: Path | str | bytes | BinaryIO, *, limits: Limits = DEFAULT_LIMITS) -> Document:
    """As `load`, but nothing is looked into yet: what is no JSON, or ambiguous, raises when the value is asked for."""
    if isinstance(source, bytes):
        limits.check_size(len(source), "The input")
        return Document(source, limits=limits)
    if isinstance(source, (str, Path)):
        if is_json_text(source):
            raise UnreadableError(
                "A str is taken for the name of a file, and this one begins as JSON does.",
                remedy="Give the text as bytes: text.encode().",
                state="Nothing was read.",
            )
        path = Path(source)
        return Document(json_text.read_bytes(path, limits=limits), name=str(path), limits=limits)
    return Document(json_text.read_bytes(source, limits=limits), limits=limits)


def is_json_text(source: object) -> bool:
    """Whether something is a text that begins as JSON does, and so cannot be meant for the name of a file."""
    return isinstance(source, str) and source.lstrip().startswith(("{", "["))


def with_remedy(finding: Finding, remedy: str) -> Finding:
    """A finding made of an error, with what the error says is to be done."""
    return replace(finding, message=f"{finding.message} {shorten(remedy, _LONGEST_REMEDY)}") if remedy else finding


def _is_credential(types: Any) -> bool:
    return "EuropeanDigitalCredential" in _listed(types)


def _redefined(value: Any, limits: Limits) -> list[Finding]:
    """One finding for all terms of the two contexts that a context in the file itself gives another meaning."""
    from edc_microcred.jsonld.definitions import terms, type_scoped
    from edc_microcred.jsonld.loading import survey

    known = {name: term.iri for scope in (terms(), *type_scoped().values()) for name, term in scope.items()}
    known |= {"id": "@id", "type": "@type"}
    parts = [part for context in survey(value, limits=limits) for part in _listed(context) if isinstance(part, dict)]
    names = {name: None for part in parts for name, meaning in part.items() if known.get(name, meaning) != meaning}
    shown = ", ".join(f"“{name}”" for name in list(names)[:5])
    return [TERMS_REDEFINED.found("/@context", names=shown)] if names else []


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _has_keywords(value: Any) -> bool:
    return isinstance(value, dict) and any(name.startswith("@") for name in value)


def _described(value: Any) -> str:
    if isinstance(value, dict):
        return "a JSON object of another kind" if value else "an empty JSON object"
    return {list: "a JSON list", str: "a text", type(None): "null"}.get(type(value), "a number")
