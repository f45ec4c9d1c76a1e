"""The dated table of key sizes and digests."""

from datetime import date

import pytest

from edc_microcred.errors import TrustError
from edc_microcred.trust.suites import digest_end, suite_end


@pytest.mark.parametrize(
    ("kind", "bits", "end"),
    [
        ("RSA", 1023, date(2010, 8, 1)),
        ("RSA", 1024, date(2019, 10, 1)),
        ("RSA", 2048, date(2029, 1, 1)),
        ("RSA", 4096, date(2029, 1, 1)),
        ("RSASSA-PSS", 2048, date(2029, 1, 1)),
        ("RSASSA-PSS", 3072, None),
        ("ECDSA", 192, date(2012, 8, 1)),
        ("ECDSA", 224, date(2021, 10, 1)),
        ("ECDSA", 256, None),
    ],
)
def test_a_key_size_ends_when_the_catalogue_says(kind: str, bits: int, end: date | None) -> None:
    assert suite_end(kind, bits) == end


def test_a_digest_ends_when_the_catalogue_says_however_it_is_spelled() -> None:
    assert digest_end("SHA-1") == digest_end("sha1") == date(2012, 8, 1)
    assert digest_end("SHA-224") == date(2029, 1, 1)
    assert digest_end("SHA3-512") is None


def test_what_the_catalogue_does_not_hold_is_refused_and_not_taken_for_endless() -> None:
    with pytest.raises(TrustError, match="no signature kind"):
        suite_end("HMAC", 256)
    with pytest.raises(TrustError, match="no digest"):
        digest_end("CRC-32")
