"""Does a credential keep its profile? The verdict of the published shapes, some hundred times faster, and in words.

    >>> from edc_microcred.elm.writing import CONTEXTS
    >>> validator = ProfileValidator("generic-full")
    >>> findings = validator.validate({"@context": list(CONTEXTS), "id": "urn:epass:note:1", "type": "Note"})
    >>> [(finding.rule, finding.constraint) for finding in findings]
    [('edc/no-credential', None), ('elm/missing', 'MinCountConstraintComponent')]

Findings with a `constraint` are those of the shapes: `focus`, `path` and `constraint` are what a SHACL report says.
The others are our own: where the shapes look at nothing and so find nothing, or take a form that XML Schema refuses.

Clauses: SHACL, 3.4 (validation), 3.6 (report).
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from edc_microcred.elm import CLASSES
from edc_microcred.elm.model import object_iri
from edc_microcred.findings import Finding
from edc_microcred.limits import DEFAULT_LIMITS, Limits
from edc_microcred.shapes import rules
from edc_microcred.shapes.constraints import Slot, is_in_lexical_form, is_of_datatype, plans_of
from edc_microcred.shapes.graph import Graph, Node
from edc_microcred.shapes.places import Places
from edc_microcred.shapes.profiles import PROFILES, Profile, profile, profile_of
from edc_microcred.shapes.scopes import ELM_VERSIONS
from edc_microcred.shapes.wording import Wording, why_no_credential

CREDENTIAL_CLASS: Final = object_iri(CLASSES["EuropeanDigitalCredential"])


class ProfileValidator:
    """Holds credentials to the shapes of one profile and to nothing else; `edc_microcred.Validator` looks at the rest.

    Made once; safe to share between threads. Raises `VocabularyError` for a profile and `ValueError` for a version of
    ELM that is not known.
    """

    def __init__(self, profile_: Profile | str = "generic-full", *, elm: str = ELM_VERSIONS[0]) -> None:
        if elm not in ELM_VERSIONS:
            raise ValueError(f"The shapes of ELM {elm[:20]!r} are not known; there are those of 3.2 and 3.1.")
        self.profile: Final = profile(profile_) if isinstance(profile_, str) else profile_
        self.elm: Final = elm
        self._plans: Final = {
            iri: (plan, {path: slot.accepts for path, slot in plan.slots.items()}, plan.mandatory)
            for iri, plan in plans_of(self.profile, elm).items()
            if plan.slots
        }

    def slots_of(self, types: Iterable[str]) -> Mapping[str, Slot] | None:
        """What is asked of each property, by its IRI, of objects with these types (IRIs); `None` where several of
        the types ask for something.
        """
        asking = [self._plans[kind][0].slots for kind in types if kind in self._plans]
        return None if len(asking) > 1 else asking[0] if asking else {}

    def validate(
        self, source: Graph | Mapping[str, Any] | list[Any], *, limits: Limits = DEFAULT_LIMITS
    ) -> list[Finding]:
        """What is wrong with a credential, given as its graph or as its JSON value (any form of JSON-LD).

        Pointers are into that JSON value. Raises `LimitError` for more than `limits.findings` findings, and what
        `Graph.of` raises for a document that cannot be read.
        """
        graph = source if isinstance(source, Graph) else Graph.of(source, elm=self.elm, limits=limits)
        faults: list[tuple[Node, Slot]] = []
        credentials = 0
        plans = self._plans
        for node in graph.nodes:
            types = node.types
            for kind in types if types.__class__ is tuple else sorted(types):
                if kind not in plans:
                    continue
                plan, accepted, mandatory = plans[kind]
                values = node.values
                for path, found in values.items():
                    accepts = accepted.get(path)
                    if accepts is not None and not accepts(found):
                        faults.append((node, plan.slots[path]))
                if not mandatory <= values.keys():
                    faults += [
                        (node, plan.slots[path]) for path in accepted if path in mandatory and path not in values
                    ]
                if kind == CREDENTIAL_CLASS:
                    credentials += 1
        if not faults and credentials == 1 and not graph.bad_language:
            return []
        return list(_limited(self._findings(graph, faults, credentials), limits))

    def _findings(self, graph: Graph, faults: list[tuple[Node, Slot]], credentials: int) -> Iterator[Finding]:
        if credentials == 0:
            yield rules.NO_CREDENTIAL.found(because=why_no_credential(graph))
        elif credentials > 1:
            yield rules.SEVERAL_CREDENTIALS.found(count=credentials)
        places = Places(graph)
        for node, path, tag in graph.bad_language:
            yield rules.LANGUAGE_TAG.found(places.of_language(node, path, tag), focus=node.iri, path=path, tag=tag)
        wording = Wording(places, self.profile)
        known: dict[tuple[str, Node], bool] = {}
        said: set[Any] = set()
        for node, slot in faults:
            values = node.values.get(slot.path, ())
            for violation in slot.violations(values, known):
                component, value, by = violation
                key = (node, slot.path, component, value, by and by.name)
                if key not in said:
                    said.add(key)
                    yield wording.of(node, slot, violation)
                    if violation.component == "MinCount" and wording.has_no_end(slot, violation):
                        yield wording.cycle(node)
            for value in values:
                literal = (node, slot.path, value)
                if is_of_datatype(value, slot.datatype) and not is_in_lexical_form(value) and literal not in said:
                    said.add(literal)
                    yield wording.lexical(node, slot, value)


def _limited(findings: Iterable[Finding], limits: Limits) -> Iterator[Finding]:
    for count, finding in enumerate(findings, start=1):
        limits.check_findings(count)
        yield finding


def conforms(findings: Iterable[Finding]) -> bool:
    """Whether the published shapes would say that the credential conforms: no finding is theirs.

    That is not yet a good credential: they also pass a file in which there is none (`edc/no-credential`).
    """
    return not any(finding.constraint for finding in findings)


def findings_of_members(
    members: Mapping[str, Any] | list[Any],
    profile_: Profile | str | None = None,
    *,
    elm: str = ELM_VERSIONS[0],
    limits: Limits = DEFAULT_LIMITS,
) -> list[Finding]:
    """What is wrong with a credential by a profile; `None`: by the one that it declares, and with how it does that.

    `members` are its JSON value in any form of JSON-LD; pointers and errors are those of `ProfileValidator.validate`.
    """
    graph = Graph.of(members, elm=elm, limits=limits)
    declared: list[Finding] = []
    if profile_ is None:
        profile_, declared = profile_of(graph)
    return [*declared, *validator_for(profile_, elm).validate(graph, limits=limits)]


def validator_for(profile_: Profile | str, elm: str = ELM_VERSIONS[0]) -> ProfileValidator:
    """The validator for a profile; those of the published profiles, and of some others, are made once."""
    chosen = profile(profile_) if isinstance(profile_, str) else profile_
    if PROFILES.get(chosen.name) is not chosen:
        return _other(chosen, elm)
    known = _made.get((chosen.name, elm))
    if known is None:
        known = _made[chosen.name, elm] = ProfileValidator(chosen, elm=elm)
    return known


_made: Final[dict[tuple[str, str], ProfileValidator]] = {}


@lru_cache(maxsize=16)
def _other(profile_: Profile, elm: str) -> ProfileValidator:
    return ProfileValidator(profile_, elm=elm)
