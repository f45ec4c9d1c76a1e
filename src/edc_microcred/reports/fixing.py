"""Faults that have one safe answer, put right in the text of a file: `validate --fix`.

    fixed = fix(load(Path("credential.json")))
    print(fixed.diff())
    write_file(Path("credential.json"), fixed.after, overwrite=True)

Put right are: a label that is not the list's, a wrong or missing `inScheme` of a value that the list has, the labels
that the viewer needs of a file's type and encoding, these two themselves where they are missing, durations in weeks or
in small letters, and a content type that is not what the bytes are. All else in the text stays as it is, to the letter.
What carries a seal or a proof is refused.
"""

import base64
import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from edc_microcred import json_text
from edc_microcred.conventions.concepts import known
from edc_microcred.document import Document
from edc_microcred.elm.media import file_type
from edc_microcred.elm.values import Duration
from edc_microcred.elm.writing import write_members
from edc_microcred.errors import EdcMicrocredError
from edc_microcred.findings import Finding
from edc_microcred.json_text import at
from edc_microcred.reports.editing import Add, Edit, Replace, edited, objects_by_id
from edc_microcred.reports.settings import Settings
from edc_microcred.verification.content import findings_of
from edc_microcred.vocabularies import concept, vocabulary

FIXED: Final = (
    "cv/label-wrong", "cv/scheme-members", "cv/scheme", "edc/viewer-media-label", "elm/not-a-duration",
    "elm/lexical-form", "elm/media-type-wrong", "elm/missing",
)  # fmt: skip
"""The rules whose findings may have one safe answer."""

_MOST_ROUNDS: Final = 6
_WEEKS: Final = re.compile(r"P([0-9]{1,6})W")
_LONGEST_LINE: Final = 160

Objects = Mapping[str, list[tuple[str, dict[str, Any]]]]
"""The objects of a credential by their ids, each with its pointer."""


class FixError(EdcMicrocredError):
    """A file that must not be changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """A file before and after; equal when there was nothing to put right. `rules` are those whose faults are gone."""

    name: str
    before: bytes
    after: bytes
    rules: tuple[str, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether anything was put right."""
        return self.before != self.after

    def diff(self) -> str:
        """What was changed, as a unified diff. Long lines are cut; a text without line breaks is shown with some."""
        old, new = self.before.decode("utf-8"), self.after.decode("utf-8")
        if max(map(len, old.splitlines()), default=0) > _LONGEST_LINE and old.count("\n") < 2:
            old, new = (json.dumps(json.loads(text), ensure_ascii=False, indent=2) for text in (old, new))
        lines = difflib.unified_diff(old.splitlines(), new.splitlines(), self.name, self.name, lineterm="", n=2)
        return "\n".join(line if len(line) <= _LONGEST_LINE else line[: _LONGEST_LINE - 1] + "…" for line in lines)


def fix(document: Document, settings: Settings | None = None) -> Fixed:
    """A file with all put right that has one safe answer; rules that `settings` switch off are left alone.

    Raises `FixError` for a sealed file and for one with a proof, `UnreadableError` for one that holds no credential.
    """
    settings = settings or Settings()
    if document.is_sealed or "proof" in document.members:
        what = "sealed" if document.is_sealed else "signed (it has a “proof”)"
        raise FixError(
            f"{document.name} is {what} and was left as it is.",
            remedy="Any change would break the seal. Correct the credential before it is sealed, and seal it anew.",
        )
    before, rules = document.raw, dict[str, None]()
    for _ in range(_MOST_ROUNDS if document.is_canonical else 0):
        edits, fixed = _round(document, settings)
        if not edits:
            break
        rules.update(fixed)
        text = edited(json_text.decode(document.raw, what=document.name), edits)
        document = Document(text.encode("utf-8"), name=document.name, limits=document.limits)
    return Fixed(name=document.name, before=before, after=document.raw, rules=tuple(rules))


def _round(document: Document, settings: Settings) -> tuple[list[Edit], dict[str, None]]:
    """What can be put right at once: no two edits concern one value, or a value and what is in it."""
    credential = document.credential_value
    prefix = "" if credential is document.value else "/credential"
    found = settings.weighed(findings_of(document, settings.profile, elm=settings.elm), document.name)
    objects = objects_by_id(credential) if any(finding.rule in FIXED for finding in found) else {}
    edits: dict[str, Edit] = {}
    above: set[str] = set()
    fixed: dict[str, None] = {}
    for finding in found:
        for edit in _edits(finding, credential, objects) if finding.rule in FIXED else ():
            place = f"{edit.pointer}/{edit.name}" if isinstance(edit, Add) else edit.pointer
            holders = [place[:end] for end, character in enumerate(place) if character == "/"]
            if place not in edits and place not in above and not any(holder in edits for holder in holders):
                edits[place] = edit._replace(pointer=prefix + edit.pointer)
                above.update(holders)
                fixed[finding.rule] = None
    return list(edits.values()), fixed


def _edits(finding: Finding, credential: Any, objects: Objects) -> Iterator[Edit]:
    """What puts one finding right; nothing where more than one answer is thinkable."""
    if finding.rule in ("elm/not-a-duration", "elm/lexical-form"):
        yield from _duration(finding.pointer, at(credential, finding.pointer))
    elif finding.rule == "elm/media-type-wrong":
        media = finding.pointer.removesuffix("/content")
        yield from _content_type(f"{media}/contentType", at(credential, f"{media}/contentType"), finding.values)
    elif finding.rule == "elm/missing":
        yield from _media(finding, at(credential, finding.pointer))
    elif finding.rule == "cv/scheme":
        yield from _scheme(finding.pointer, at(credential, finding.pointer), str(finding.values.get("scheme", "")))
    elif finding.focus is not None:
        for pointer, concept in objects.get(finding.focus, ()):
            if finding.rule == "cv/label-wrong":
                yield from _label(pointer, concept, finding.values)
            elif finding.rule == "cv/scheme-members":
                yield from _scheme(pointer, concept, str(finding.values["scheme"]))
            elif "prefLabel" not in concept and (value := known(finding.focus)) and "en" in value.labels:
                yield Add(pointer, "prefLabel", {"en": value.labels["en"]})


def _duration(pointer: str, text: Any) -> Iterable[Edit]:
    """Weeks as days, and letters and spaces as XML Schema has them: the same length of time."""
    if not isinstance(text, str):
        return
    plain = text.strip().upper()
    weeks = _WEEKS.fullmatch(plain)
    plain = f"P{7 * int(weeks[1])}D" if weeks is not None else plain
    try:
        Duration.parse(plain)
    except ValueError:
        return
    if plain != text:
        yield Replace(pointer, plain)


def _content_type(pointer: str, concept: Any, values: Mapping[str, object]) -> Iterable[Edit]:
    """The type that the bytes are of, where their beginning tells."""
    right = vocabulary("file-type").by_code(str(values.get("seen")))
    if right is None or not isinstance(concept, dict) or not isinstance(concept.get("id"), str):
        return
    yield Replace(f"{pointer}/id", right.uri)
    labels = concept.get("prefLabel")
    if isinstance(labels, dict) and labels and "en" in right.labels:
        yield Replace(f"{pointer}/prefLabel", {tag: right.labels.get(tag, right.labels["en"]) for tag in labels})


def _media(finding: Finding, media: Any) -> Iterable[Edit]:
    """The encoding of a file, which is base64 always, and its type where its beginning tells."""
    member = finding.values.get("member")
    if member not in ("contentEncoding", "contentType") or not isinstance(media, dict) or member in media:
        return
    try:
        content = base64.b64decode(media.get("content", ""), validate=True)
    except (ValueError, TypeError):
        return
    kind = file_type(content)
    if member == "contentType" and kind is not None:
        yield Add(finding.pointer, member, write_members(concept("file-type", kind)))
    elif member == "contentEncoding" and content:
        yield Add(finding.pointer, member, write_members(concept("encoding", "base64")))


def _label(pointer: str, concept: Mapping[str, Any], values: Mapping[str, object]) -> Iterable[Edit]:
    """The label of the list, in the one language, wherever the object is described."""
    labels = concept.get("prefLabel")
    for tag, text in labels.items() if isinstance(labels, dict) else ():
        if tag.lower() == values["language"] and text == values["seen"]:
            yield Replace(f"{pointer}/prefLabel/{json_text.escape_pointer(tag)}", values["label"])


def _scheme(pointer: str, concept: Any, scheme: str) -> Iterable[Edit]:
    """The list that a value is really in. A value that names several lists is left to its author."""
    value = known(str(concept.get("id"))) if isinstance(concept, dict) else None
    if value is None or value.listed.scheme != scheme:
        return
    right = {"id": scheme, "type": "ConceptScheme"}
    named = concept.get("inScheme")
    if "inScheme" not in concept:
        yield Add(pointer, "inScheme", right)
    elif (
        not isinstance(named, list) and (not isinstance(named, dict) or named.keys() <= right.keys()) and named != right
    ):
        yield Replace(f"{pointer}/inScheme", right)
