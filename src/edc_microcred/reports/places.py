"""Line and column of findings: a second reading of the text, made only when somebody wants to be shown where.

Findings point into the credential. In a sealed file the credential is the text of a JSON string; its places are given
in the file itself, so that an editor jumps to the very letter.
"""

from collections.abc import Sequence
from dataclasses import replace
from json.decoder import scanstring  # type: ignore[attr-defined]  # the decoder's own string reader, not in the stubs

from edc_microcred import json_text
from edc_microcred.document import Document
from edc_microcred.errors import UnreadableError
from edc_microcred.findings import Finding


def with_places(document: Document, findings: Sequence[Finding]) -> list[Finding]:
    """The findings with line and column in the file, where there is one: both from 1, columns in characters.

    A pointer to something that is not in the file (a missing member) gets the place of what should hold it. A file
    whose credential is base64 text, or no JSON, has no places.
    """
    if not findings:
        return []
    try:
        text = json_text.decode(document.raw, what=document.name)
        places = _places(document, text, findings)
    except UnreadableError:
        return list(findings)
    return [
        replace(finding, line=places[finding.pointer][0], column=places[finding.pointer][1])
        if finding.pointer in places
        else finding
        for finding in findings
    ]


def _places(document: Document, text: str, findings: Sequence[Finding]) -> dict[str, tuple[int, int]]:
    wanted = {finding.pointer for finding in findings}
    inside = document.text
    prefix = "" if document.credential_value is document.value else "/credential"
    chains = {pointer: _chain(prefix + pointer) for pointer in wanted}
    offsets = json_text.offsets(inside, {step for chain in chains.values() for step in chain})
    found = {
        pointer: next(offsets[step] for step in chain if step in offsets)
        for pointer, chain in chains.items()
        if any(step in offsets for step in chain)
    }
    if not document.is_sealed:
        return {pointer: json_text.line_and_column(text, offset) for pointer, offset in found.items()}
    start = json_text.offsets(text, {"/payload"}).get("/payload")
    if start is None or scanstring(text, start + 1)[0] != inside:
        return {}
    raw = _raw_offsets(text, start + 1, sorted(set(found.values())))
    return {pointer: json_text.line_and_column(text, raw[offset]) for pointer, offset in found.items()}


def _chain(pointer: str) -> list[str]:
    """A pointer and those of what holds it, innermost first."""
    steps = [pointer]
    while pointer:
        pointer = pointer.rpartition("/")[0]
        steps.append(pointer)
    return steps


def _raw_offsets(text: str, start: int, decoded: Sequence[int]) -> dict[int, int]:
    """Offsets inside a JSON string's value as offsets in the text that writes the string, which begins at `start`."""
    raw: dict[int, int] = {}
    at, position = 0, start
    for wanted in decoded:
        while at < wanted:
            escape = text.find("\\", position, position + wanted - at)
            if escape < 0:
                position += wanted - at
                at = wanted
                break
            at += escape - position
            position = escape
            if text[position + 1] != "u":
                at, position = at + 1, position + 2
            elif text[position + 2 : position + 4].lower() in _HIGH and text[position + 6 : position + 8] == "\\u":
                at, position = at + 1, position + 12
            else:
                at, position = at + 1, position + 6
        raw[wanted] = position
    return raw


_HIGH = ("d8", "d9", "da", "db")
