"""Reading a credential into its model and writing it back, beside parsers that go less far and processors that go
another way on the same bytes.
"""

import json
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

from benchmarks.lines import Line, beside, under
from benchmarks.material import Material
from benchmarks.timing import Effort, in_turns
from edc_microcred import load
from edc_microcred.elm import write_credential
from edc_microcred.jsonld import loading as contexts

TITLE = "Reading and writing"


def measure(material: Material, effort: Effort) -> Iterator[Line]:
    from pyld import jsonld
    from rdflib import Graph

    text = material.text
    credential = load(text).credential
    members = json.loads(text)

    def expand() -> Any:
        return jsonld.expand(json.loads(text), {"documentLoader": contexts.load})

    def to_graph() -> Any:
        return Graph().parse(data=text, format="json-ld")

    # rdflib fetches contexts from the web, and cannot be told to look elsewhere.
    with patch("rdflib.plugins.shared.jsonld.context.source_to_json", _context):
        times = in_turns(
            {
                "load": lambda: load(text).credential,
                "write": lambda: write_credential(credential),
                "json.loads": lambda: json.loads(text),
                "json.dumps": lambda: json.dumps(members, ensure_ascii=False, separators=(",", ":")),
                "pyld": expand,
                "rdflib": to_graph,
            },
            effort,
        )
    yield under("bytes to model", times["load"], 0.002, "under 2 ms")
    yield beside("bytes to model", times["load"], "json.loads, members only", times["json.loads"])
    yield beside("bytes to model", times["load"], "pyld, expanded form", times["pyld"])
    yield beside("bytes to model", times["load"], "rdflib, graph", times["rdflib"])
    yield under("model to text", times["write"], 0.001, "under 1 ms")
    yield beside("model to text", times["write"], "json.dumps, of members", times["json.dumps"])


def _context(address: Any, *_: Any, **__: Any) -> Any:
    return contexts.load(str(address))["document"], None
