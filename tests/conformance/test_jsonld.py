"""Our contexts, quads and readings beside the published contexts and pyld's own, on every published sample."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld

from edc_microcred.elm import ElmObject, EuropeanDigitalCredential, LanguageMap, read_credential, write_credential
from edc_microcred.errors import ContextError
from edc_microcred.jsonld import (
    CREDENTIALS_V1,
    EDC_AP,
    RETIRED,
    Quad,
    credentials_v1_context,
    dropped_terms,
    edc_ap_context,
    expand,
    from_graph,
    is_canonical,
    load,
    nquads,
    to_compact,
    to_graph,
    to_quads,
)
from edc_microcred.jsonld.watching import expand_watching

# pyld completes relative IRIs with this address when it is given none.
PYLDS_BASE = "http://example.org/base/"
CONTEXTS = [CREDENTIALS_V1, EDC_AP]
ONLY_IN_3_1 = {"resultDestribution"}
EU = {"eu-2023", "eu-2024"}
MOST_TO_NAME = 2_000


@pytest.fixture(scope="module")
def published(reference: Path) -> dict[str, Any]:
    edc = json.loads((reference / "elm-3.2" / "edc-ap-context.jsonld").read_text(encoding="utf-8"))
    w3c = json.loads((reference / "w3c" / "credentials-v1.jsonld").read_text(encoding="utf-8"))
    return {CREDENTIALS_V1: w3c, EDC_AP: edc, **dict.fromkeys(RETIRED, edc)}


@pytest.fixture(scope="module")
def samples(reference: Path) -> dict[str, dict[str, Any]]:
    """Every document with a context of the reference, taken out of its seal; an upload is given the two contexts."""
    found = {}
    for path in sorted((reference / "credentials").rglob("*.json*")):
        try:
            value = json.loads(path.read_text(encoding="utf-8"))
            if isinstance(value.get("payload"), str):
                value = json.loads(value["payload"])
        except (AttributeError, ValueError):
            continue
        if "credentialSubject" in value.get("credential", {}):
            value = value["credential"]
        if "credentialSubject" in value:
            value = {"@context": CONTEXTS, **value}
        if "@context" in value:
            found[str(path.relative_to(reference / "credentials"))] = value
    return found


@pytest.fixture(scope="module")
def readable(samples: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The samples whose contexts exist."""
    found = {}
    for name, members in samples.items():
        try:
            expand(members)
        except ContextError:
            continue
        found[name] = members
    assert len(found) >= 37
    return found


def loader(documents: dict[str, Any]) -> Callable[..., dict[str, Any]]:
    def load_published(address: str, options: object = None) -> dict[str, Any]:
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": address,
                "document": documents[address]}  # fmt: skip

    return load_published


def canonical(text: str) -> str:
    """N-Quads with blank nodes named by their place in the graph (RDFC-1.0), so that equal graphs are equal texts.

    In the two largest samples, where that takes seconds, blank nodes are only counted.
    """
    lines = sorted(text.splitlines(keepends=True))
    if "_:" not in text:
        return "".join(lines)
    if len(lines) > MOST_TO_NAME:
        return "".join(sorted(re.sub(r"_:b[0-9]+", "_:", line) for line in lines))
    options = {"algorithm": "URDNA2015", "inputFormat": "application/n-quads", "format": "application/n-quads"}
    normal: str = jsonld.JsonLdProcessor().normalize(text, options)
    return normal


def graph_of(value: Any) -> str:
    return canonical(nquads(to_quads(value)))


def test_the_contexts_written_from_the_models_define_what_the_published_ones_define(published: dict[str, Any]) -> None:
    assert edc_ap_context() == published[EDC_AP]
    assert credentials_v1_context() == published[CREDENTIALS_V1]


def test_every_sample_expands_to_the_same_with_our_contexts_and_the_published_ones(
    published: dict[str, Any], readable: dict[str, dict[str, Any]]
) -> None:
    statements, older = 0, []
    for name, members in readable.items():
        theirs = jsonld.JsonLdProcessor().expand(members, {"documentLoader": loader(published)})
        ours = jsonld.JsonLdProcessor().expand(members, {"documentLoader": load})
        assert ours == theirs, name
        statements += len(to_quads(members))
        if ONLY_IN_3_1 & {word.name for word in expand_watching(members)[1]}:
            older.append(name)
    print(f"{len(readable)} samples, {statements:,} quads, the same with both contexts; with names of ELM 3.1: {older}")
    assert statements > 10_000


def test_our_quads_are_those_of_pyld(readable: dict[str, dict[str, Any]]) -> None:
    """But for texts with an ill-formed language tag (`en ` with a space): RDF has no such, pyld writes them."""
    equal, without_ill_formed_tags = 0, 0
    for name, members in readable.items():
        options = {"documentLoader": load, "format": "application/n-quads"}
        theirs: str = jsonld.JsonLdProcessor().to_rdf(members, options)
        well_formed = "".join(line for line in theirs.splitlines(keepends=True) if '"@en  .' not in line)
        without_ill_formed_tags += well_formed != theirs
        equal += 1
        assert canonical(nquads(to_quads(members, base=PYLDS_BASE))) == canonical(well_formed), name
    print(f"{equal} samples with pyld's own quads, {without_ill_formed_tags} of them with ill-formed language tags")
    assert equal == len(readable)


def test_a_graph_holds_the_quads_of_the_default_graph(readable: dict[str, dict[str, Any]]) -> None:
    for name, members in readable.items():
        quads = to_quads(members)
        assert len(to_graph(members)) == sum(not quad.graph for quad in quads), name


def other_forms(members: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The same credential as pyld and other software write it."""
    options = {"documentLoader": load, "base": ""}
    expanded = jsonld.JsonLdProcessor().expand(members, dict(options))
    prefixes = {name: iri for name, iri in edc_ap_context()["@context"].items() if isinstance(iri, str)
                and iri.endswith(("/", "#"))}  # fmt: skip
    yield "expanded", expanded
    yield "flattened", jsonld.JsonLdProcessor().flatten(members, None, dict(options))
    yield "@graph", jsonld.JsonLdProcessor().flatten(members, CONTEXTS, dict(options))
    yield "prefixed", jsonld.JsonLdProcessor().compact(expanded, {"@context": prefixes}, dict(options))
    yield "prefixed @graph", jsonld.JsonLdProcessor().flatten(members, {"@context": prefixes}, dict(options))
    yield "one context more", {**members, "@context": [CREDENTIALS_V1, EDC_AP, {"@version": 1.1}]}
    yield "keywords", with_keywords(members)


def with_keywords(value: Any) -> Any:
    if isinstance(value, dict):
        names = {"id": "@id", "type": "@type"}
        return {names.get(name, name): with_keywords(item) for name, item in value.items()}
    return [with_keywords(item) for item in value] if isinstance(value, list) else value


def described(model: EuropeanDigitalCredential) -> dict[str, ElmObject]:
    """Each object that has an id, as it is first described."""
    found: dict[str, ElmObject] = {}
    for thing in model.walk():
        if thing.id is not None and not thing.is_reference:
            found.setdefault(thing.id, thing)
    return found


def facts(model: EuropeanDigitalCredential) -> dict[str, dict[str, Any]]:
    """What is said of each id, objects below it given by their own: the model with shared objects taken apart.

    The order of values is left out (RDF has none), as are blank ids, and what an object below says when it has no id.
    """
    said: dict[str, dict[str, Any]] = {}
    for thing in model.walk():
        if thing.id is not None and not thing.id.startswith("_:"):
            of_thing = said.setdefault(thing.id, {"class": set()})
            if not thing.is_reference:
                of_thing["class"].add(type(thing).__name__)
            for name in type(thing).terms():
                values = getattr(thing, name)
                for value in values if isinstance(values, list) else [values]:
                    if value is not None:
                        of_thing.setdefault(name, Counter())[fact(value)] = 1
    return said


def fact(value: Any) -> str:
    if isinstance(value, ElmObject):
        return value.id if value.id is not None and not value.id.startswith("_:") else type(value).__name__
    if isinstance(value, LanguageMap):
        return str(sorted((tag.lower(), sorted(value.texts(tag))) for tag in value))
    return repr(value)


@pytest.mark.slow
def test_every_other_form_of_the_european_samples_reads_into_the_same_model(
    readable: dict[str, dict[str, Any]],
) -> None:
    read: Counter[str] = Counter()
    equal: Counter[str] = Counter()
    with_dropped_members = 0
    chosen = {name: members for name, members in readable.items() if name.split("/")[0] in EU}
    assert len(chosen) >= 12
    for name, members in chosen.items():
        if not is_canonical(members):
            continue
        with_dropped_members += bool(dropped_terms(members))
        usual, usual_findings = read_credential(members)
        wanted = graph_of(members)
        for form, value in other_forms(members):
            assert not is_canonical(value), (name, form)
            tree, findings = to_compact(value)
            model, more = read_credential(tree)
            watched = [f.rule for f in findings if f.rule != "ld/look-alike-term"]
            assert watched == [], (name, form, watched)
            assert graph_of(tree) == wanted, (name, form)
            assert facts(model) == facts(usual), (name, form)
            assert {f.rule for f in more} <= {f.rule for f in usual_findings}, (name, form)
            read[form] += 1
            equal[form] += model == usual
    print("forms read into the same facts:", dict(read), "into an equal object:", dict(equal))
    assert min(read.values()) >= 12
    for tree_like in ("expanded", "prefixed", "one context more", "keywords"):
        assert equal[tree_like] == read[tree_like] - with_dropped_members


def test_every_readable_sample_survives_the_way_through_rdf(readable: dict[str, dict[str, Any]]) -> None:
    """credential -> graph -> tree -> model -> text -> graph: the same statements, and no finding that is not known."""
    rules: Counter[str] = Counter()
    survived = 0
    for name, members in readable.items():
        wanted = nquads(Quad(*quad) for quad in to_quads(members) if not quad.graph)
        tree, findings = from_graph(to_graph(members))
        rules.update(finding.rule for finding in findings)
        if any(finding.rule == "ld/no-credential" for finding in findings):
            continue
        model, _ = read_credential(tree)
        again = json.loads(write_credential(model))
        assert graph_of(again) == canonical(wanted), name
        survived += 1
    print(f"{survived} samples with the same quads after the way through rdflib and the model; findings: {dict(rules)}")
    assert survived >= 33


def test_every_readable_sample_means_the_same_after_it_was_read_and_written(
    readable: dict[str, dict[str, Any]],
) -> None:
    written = 0
    for name, members in readable.items():
        tree, findings = to_compact(members)
        if any(finding.rule == "ld/no-credential" for finding in findings):
            continue
        model, _ = read_credential(tree)
        assert graph_of(json.loads(write_credential(model))) == graph_of(members), name
        written += 1
    print(f"{written} samples with the same quads after reading and writing")
    assert written >= 33


def test_what_our_tables_say_is_dropped_is_what_pyld_drops(readable: dict[str, dict[str, Any]]) -> None:
    found: Counter[str] = Counter()
    for name, members in readable.items():
        ours = sorted(finding.pointer for finding in dropped_terms(members))
        assert ours == [dropped.pointer for dropped in expand_watching(members)[1]], name
        found[name] = len(ours)
    print(f"{sum(found.values())} members dropped, in {sum(map(bool, found.values()))} of {len(found)} samples")
    assert sum(found.values()) > 50


def test_the_greek_iota_in_the_ontologys_own_sample_is_named(readable: dict[str, dict[str, Any]]) -> None:
    (finding,) = dropped_terms(readable["eu-2023/credential-sample.jsonld"])
    assert (finding.rule, finding.values["meant"]) == ("ld/look-alike-term", "eIDASIdentifier")
    assert "GREEK CAPITAL LETTER IOTA" in finding.message


def test_samples_with_contexts_that_do_not_exist_or_cannot_be_mixed_are_refused_by_name(
    samples: dict[str, dict[str, Any]], readable: dict[str, dict[str, Any]]
) -> None:
    refused = samples.keys() - readable.keys()
    for name in refused:
        with pytest.raises(ContextError) as caught:
            to_compact(samples[name])
        named = [address for address in samples[name]["@context"] if address in str(caught.value)]
        assert named and named != CONTEXTS, name
        assert "Nothing is fetched" in str(caught.value)
    print(f"{len(refused)} samples refused for their contexts: {sorted(refused)}")
    assert len(refused) >= 19
