"""One pass over a graph with all conventions."""

from collections.abc import Callable, Collection, Iterable, Mapping
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


_QUIET_CLASS: Final[Mapping[str, Callable[[Mapping[str, Any]], bool]]] = {
    concepts.CONCEPT: concepts.is_as_listed,
    contacts.MAILBOX: contacts.is_address,
    display.CREDENTIAL: display.has_issuer_in_primary_language,
    display.DISPLAY_PARAMETER: display.is_in_primary_language,
    display.INDIVIDUAL_DISPLAY: display.is_numbered,
    display.DISPLAY_DETAIL: display.is_labelled,
}
_QUIET_PROPERTY: Final[Mapping[str, Callable[[str], bool]]] = {
    times.DATE_OF_BIRTH: times.is_day,
    times.WORKLOAD: times.is_usual_duration,
    times.VOLUME_OF_LEARNING: times.is_usual_duration,
    times.MAXIMUM_DURATION: times.is_usual_duration,
    media.CONTENT: media.is_small,
    contacts.CONTENT_URL: contacts.is_web_address,
    contacts.PHONE_NUMBER: contacts.is_phone_number,
}


def quiet_of(types: Collection[str], paths: Mapping[str, str]) -> Callable[[Mapping[str, Any]], bool] | None:
    """Says quickly of a JSON object that is right by its profile that no convention finds anything in it by itself.

    Its class has the IRIs `types`; `paths` are the IRIs of its properties by name. `None` where no convention is about
    objects of the class. A no says nothing; what is said of ids is not part of it.
    """
    tests = [_QUIET_CLASS.get(kind, _never) for kind in types if kind in _OF_CLASS]
    texts = [(name, _QUIET_PROPERTY.get(path)) for name, path in paths.items() if path in _OF_PROPERTY]
    if not texts:
        return tests[0] if len(tests) == 1 else _never if tests else None

    def quiet(members: Mapping[str, Any]) -> bool:
        for name, test in texts:
            text = members.get(name)
            if text is not None and (test is None or text.__class__ is not str or not test(text)):
                return False
        return not tests or all(test(members) for test in tests)

    return quiet


def _never(_: Mapping[str, Any]) -> bool:
    return False


def check_conventions(
    graph: Graph, *, limits: Limits = DEFAULT_LIMITS, remarkable: Iterable[Node] | None = None
) -> list[Finding]:
    """What a credential says that no published shape forbids and that goes wrong all the same.

    Pointers are into the graph's `source`. An embedded file may have 5 MB, or less by `limits.media_size`. `remarkable`
    are the nodes to look at where `quiet_of` has said so of all others. Raises `LimitError` beyond
    `limits.findings`.
    """
    survey = Survey(graph, min(limits.media_size, media.LARGEST), limits)
    of_class, of_property = _OF_CLASS, _properties()
    for node in graph.nodes if remarkable is None else remarkable:
        for kind in node.types:
            check = of_class.get(kind)
            if check is not None:
                check(node, survey)
        values = node.values
        met = of_property.intersection(values)
        for path in met if len(met) < 2 else [path for path in values if path in met]:  # a set has no order
            _OF_PROPERTY[path](node, path, values[path], survey)
    for node in graph.nameless:  # in no graph, and for an address the id is all there is
        if contacts.MAILBOX in node.types:
            contacts.check_mailbox(node, survey)
    personal.check_ids(survey)
    return survey.findings


@cache
def _properties() -> frozenset[str]:
    return frozenset(_OF_PROPERTY)
