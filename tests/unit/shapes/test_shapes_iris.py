"""Names become the IRIs that a JSON-LD processor makes of them."""

import pytest

from edc_microcred.shapes.iris import KeywordError, complete

PREFIXES = {"elm": "http://data.europa.eu/snb/model/elm/"}


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("urn:epass:person:1", "urn:epass:person:1"),
        ("elm:Person", "http://data.europa.eu/snb/model/elm/Person"),
        ("elm://host", "elm://host"),
        ("_:b1", "_:b1"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("7", "http://example.org/base/7"),
        ("", "http://example.org/base/"),
        ("#part", "http://example.org/base/#part"),
        ("?q", "http://example.org/base/?q"),
        ("/x/../y", "http://example.org/y"),
        ("../../x", "http://example.org/x"),
        ("a/./b/..", "http://example.org/base/a/"),
        ("//host/x/./y", "http://host/x/y"),
        ("//host", "http://host"),
        ("a/../b?c/../d", "http://example.org/base/b?c/../d"),
    ],
)
def test_a_name_is_completed(text: str, iri: str) -> None:
    assert complete(text, PREFIXES) == iri


@pytest.mark.parametrize("text", ["Ana Ivić", "urn:a b", ":x", "2026-03-01T09:00:00Z", 'urn:"x"', "<urn:x>", "urn:x\n"])
def test_what_is_no_iri_is_none(text: str) -> None:
    assert complete(text, PREFIXES) is None


def test_a_keyword_is_no_name() -> None:
    with pytest.raises(KeywordError):
        complete("@id", PREFIXES)
