"""Embedded files: how large they may be."""

from typing import Any, Final

from edc_microcred.conventions.survey import Survey, iri
from edc_microcred.findings import Rule, Severity
from edc_microcred.shapes import Node

CONTENT: Final = iri("elm:content")
LARGEST: Final = 5_000_000
"""Bytes. The Commission's front ends take no file of more than 5 MB."""

_FILE: Final = {"id": "urn:epass:mediaObject:1", "type": "MediaObject", "content": "iVBORw0KGgo="}

MEDIA_TOO_LARGE: Final = Rule(
    id="edc/media-too-large", severity=Severity.WARNING, since="0.1", source="EDC issuer 2.0.6, maxUploadSizeMB",
    title="An embedded file that is too large",
    message="The embedded file has about {size} bytes; more than {most} are too many.",
    why="The Commission's tools refuse credentials of more than 5 MB, and every reader has to load the whole.",
    fix="Embed a smaller picture, or link to the file with `contentURL`.",
    wrong={**_FILE, "media_size": 5}, right={**_FILE, "media_size": LARGEST},
)  # fmt: skip

RULES: Final[tuple[Rule, ...]] = (MEDIA_TOO_LARGE,)


def check_content(node: Node, path: str, values: list[Any], survey: Survey) -> None:
    """The bytes of base64 text are counted, not decoded."""
    for value in values:
        if isinstance(value, tuple) and len(value[0]) * 3 // 4 > survey.media_size:
            survey.report(MEDIA_TOO_LARGE, node, path, value, size=len(value[0]) * 3 // 4, most=survey.media_size)


def is_small(text: str) -> bool:
    """Whether base64 text is of fewer bytes than any limit that is usual."""
    return len(text) * 3 // 4 <= LARGEST
