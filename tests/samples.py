"""The published samples, as tests want them: the credential's text inside each file, sealed or not."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDERS = ("eu-2023", "eu-2024", "mynextid", "edc-test", "edc-upload", "dc4eu-elmo", "ebsi-elm-3.2/examples", "dc4eu")


def credential_texts(reference: Path) -> Iterator[tuple[str, str]]:
    """(name, text of the credential) for every file of the reference that holds JSON of a credential."""
    for folder in FOLDERS:
        for path in sorted((reference / "credentials" / folder).glob("*.json*")):
            text = path.read_text(encoding="utf-8")
            try:
                value = json.loads(text)
            except ValueError:
                continue
            if not isinstance(value, dict):
                continue
            if isinstance(value.get("payload"), str):
                text = value["payload"]
                value = json.loads(text)
            if "@context" not in value and isinstance(value.get("credential"), dict):
                text = json.dumps(value["credential"], ensure_ascii=False)
                value = value["credential"]
            if "credentialSubject" in value:
                yield f"{folder}/{path.name}", text


def collapsed(value: Any) -> Any:
    """The value with every list of one replaced by its item: the forms that mean the same in JSON-LD."""
    if isinstance(value, dict):
        return {name: collapsed(item) for name, item in value.items()}
    if isinstance(value, list):
        return collapsed(value[0]) if len(value) == 1 else [collapsed(item) for item in value]
    return value
