"""One pass over a graph with all conventions."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from edc_microcred.conventions import concepts, contacts, display, media, personal, status, times
from edc_microcred.conventions.survey import Survey
from edc_microcred.findings import Finding
from edc_microcred.limits import DEFAULT_LIMITS, Limits
from edc_microcred.shapes import Graph, Node

_OF_CLASS: Final[Mapping[str, Callable[[Node, Survey], None]]] = {
    concepts.CONCEPT: concepts.check_concept,
    contacts.MAILBOX: contacts.check_mailbox,
    display.CREDENTIAL: display.check_credential,
    display.DISPLAY_PARAMETER: display.check_parameter,
    display.INDIVIDUAL_DISPLAY: display.check_display,
    display.DISPLAY_DETAIL: display.check_detail,
    personal.PERSON: lambda node, survey: survey.persons.append(node),
}
_OF_PROPERTY: Final[Mapping[str, Callable[[Node, str, list[Any], Survey], None]]] = {
    times.DATE_OF_BIRTH: times.check_date_of_birth,
    times.WORKLOAD: times.check_duration,
    times.VOLUME_OF_LEARNING: times.check_duration,
    times.MAXIMUM_DURATION: times.check_duration,
    media.CONTENT: media.check_content,
    contacts.CONTENT_URL: contacts.check_url,
    contacts.PHONE_NUMBER: contacts.check_phone,
    status.CREDENTIAL_STATUS: status.check_status,
}


def check_conventions(graph: Graph, *, limits: Limits = DEFAULT_LIMITS) -> list[Finding]:
    """What a credential says that no published shape forbids and that goes wrong all the same.

    Pointers are into the graph's `source`. An embedded file may have 5 MB, or less by `limits.media_size`. Raises
    `LimitError` beyond `limits.findings`.
    """
    survey = Survey(graph, min(limits.media_size, media.LARGEST), limits)
    of_class, of_property = _OF_CLASS, _properties()
    for node in graph.nodes:
        for kind in node.types:
            check = of_class.get(kind)
            if check is not None:
                check(node, survey)
        values = node.values
        if not of_property.isdisjoint(values):
            for path in of_property.intersection(values):
                _OF_PROPERTY[path](node, path, values[path], survey)
    for node in graph.nameless:  # in no graph, and for an address the id is all there is
        if contacts.MAILBOX in node.types:
            contacts.check_mailbox(node, survey)
    personal.check_ids(survey)
    return survey.findings


@cache
def _properties() -> frozenset[str]:
    return frozenset(_OF_PROPERTY)
