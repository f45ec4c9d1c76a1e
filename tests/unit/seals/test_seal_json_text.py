"""A payload that is known to be JSON text is sealed to the same file as any other."""

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from edc_microcred.seals import FileSigner, JsonText, seal
from edc_microcred.testing import TestAuthority

NOW = datetime(2026, 9, 1, tzinfo=UTC)
SIGNER: FileSigner = TestAuthority(now=NOW, key_type="p-256").signer()

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.text(max_size=8), below, max_size=4),
)


@given(_JSON, st.sampled_from([None, 2, "\t"]), st.booleans())
def test_json_text_is_escaped_as_carefully_as_any_payload(value: object, indent: object, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode()
    sealed = seal(JsonText(text), SIGNER, at=NOW)
    assert json.loads(sealed)["payload"].encode() == text
    assert json.loads(seal(text, SIGNER, at=NOW))["payload"] == json.loads(sealed)["payload"]
