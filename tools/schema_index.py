"""`schemas/index.json`: which schemas there are. It is read off the schemas themselves, so that none is forgotten."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from edc_microcred.jsonld import EDC_AP
from edc_microcred.shapes.scopes import ELM_VERSIONS

FOLDER: Final = "schemas/"
_ONTOLOGY: Final = re.compile(r'<([^>]+)> a owl:Ontology ;\s+rdfs:label "([^"]+)"@en')


def schema_index(texts: Mapping[str, str]) -> dict[str, Any]:
    """The index of the schemas, given the text of each by its path below the repository.

    No hashes: the files and their index come together, from one commit or in one package.
    """
    return {
        "version": 1,
        "elm": ELM_VERSIONS[0],
        "files": [_entry(path.removeprefix(FOLDER), text) for path, text in sorted(texts.items())],
    }


def _entry(path: str, text: str) -> dict[str, str]:
    if path.endswith(".schema.json"):
        schema = json.loads(text)
        kind, identifier, title = "application/schema+json", schema["$id"], schema["title"]
        purpose = "Editors and validators of JSON Schema 2020-12."
    elif path.endswith(".ttl"):
        ((identifier, title),) = _ONTOLOGY.findall(text)
        kind = "text/turtle"
        purpose = "SHACL validators such as Jena and pySHACL. The file stands alone: what it builds on is in it."
    else:
        kind, identifier, title = "application/ld+json", EDC_AP, "JSON-LD context of a European Digital Credential"
        purpose = "JSON-LD processors that fetch nothing. It means what the published context of this id means."
    return {"file": path, "media_type": kind, "id": identifier, "title": title, "purpose": purpose}
