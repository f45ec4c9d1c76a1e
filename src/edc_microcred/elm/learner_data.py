"""Findings without the learner's own data in their words, for reports and errors that are kept, sent or logged.

A finding quotes what it was met at. For whoever corrects a credential that is a help; in the report on somebody's
diploma it would carry a date of birth or a grade to where nobody looks for it. Place and rule tell enough there.

    >>> from edc_microcred.elm import read_credential
    >>> members = {"credentialSubject": {"type": "Person", "dateOfBirth": "1 May 1999"}}
    >>> found = read_credential(members)[1]
    >>> [f.message for f in hide_learner_data(found, members) if f.rule == "elm/not-a-date"]
    ['“dateOfBirth” must be a date with time and zone, and reads “…”.']
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from types import MappingProxyType
from typing import Any, Final

from edc_microcred import json_text
from edc_microcred.findings import Finding, shorten

_LEARNER: Final = "/credentialSubject"
_HIDDEN: Final = "…"
_NOT_SHOWN: Final = "What stands here breaks the rule; it is not shown, because it is the learner's."
_SHORT: Final = 4
"""Texts of fewer characters are hidden where they are quoted only: they are parts of other words."""
_BEGINNING: Final = 12
_DEEPEST: Final = 5
_MOST_TEXTS: Final = 500
_NOBODYS: Final = ("http://", "https://", "urn:")
_OF_LISTS: Final = re.compile(r"http://(?:data|publications)\.europa\.eu/[!-~]*")
"""IRIs of the EU's controlled lists and of their values, which are everybody's."""


def hide_learner_data(findings: Iterable[Finding], *values: Any, everywhere: bool = False) -> list[Finding]:
    """The findings, those at or below the credential's subject without what they quote of it.

    Pointers are looked up in each of the JSON `values`, where one document has several forms. `everywhere` hides what
    any finding quotes: for documents in which the learner may stand anywhere. Contexts and the IRIs of the EU's lists
    are shown all the same.
    """
    return [
        _without(finding, [json_text.at(value, finding.pointer) for value in values])
        if _is_learners(finding.pointer, everywhere)
        else finding
        for finding in findings
    ]


def _is_learners(pointer: str, everywhere: bool) -> bool:
    if everywhere:
        return "@context" not in pointer.split("/")
    return pointer == _LEARNER or pointer.startswith(f"{_LEARNER}/")


def _without(finding: Finding, values: list[Any]) -> Finding:
    message = finding.message
    for text in dict.fromkeys(islice(_texts(values), _MOST_TEXTS)):
        if _OF_LISTS.fullmatch(text) is not None:
            continue
        shown = shorten(text)
        message = message.replace(f"“{shown}”", f"“{_HIDDEN}”")
        if len(shown) >= _SHORT:
            message = message.replace(shown, _HIDDEN)
            if shown[:_BEGINNING] in message:  # a part of it, in a text that was cut
                message = _NOT_SHOWN
    return finding if message == finding.message else replace(finding, message=message, values=MappingProxyType({}))


def _texts(value: Any, depth: int = _DEEPEST) -> Iterator[str]:
    """What a finding at this value can quote: texts and numbers in it, but no types, and no ids that are nobody's."""
    if isinstance(value, dict) and depth:
        for name, item in value.items():
            if name not in ("type", "@type"):
                yield from (text for text in _texts(item, depth - 1) if not text.startswith(_NOBODYS))
    elif isinstance(value, list) and depth:
        for item in value:
            yield from _texts(item, depth - 1)
    elif isinstance(value, (str, int, float)) and not isinstance(value, bool) and value != "":
        yield str(value)
