"""The table of algorithms: what fits which key, and what a signature value looks like."""

import hashlib

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding

from edc_microcred.seals import ALGORITHMS, base64url
from edc_microcred.seals.algorithms import default_algorithm, describe_key
from tests.unit.seals.workshop import key, kind_for

KEY_KINDS = ("RSA-2048", "EC P-256", "EC P-384", "EC P-521")


def test_the_table_holds_the_nine_algorithms_of_the_issue_and_no_other() -> None:
    assert sorted(ALGORITHMS) == sorted(f"{kind}{size}" for kind in ("RS", "PS", "ES") for size in (256, 384, 512))


@pytest.mark.parametrize("name", ALGORITHMS)
def test_an_algorithm_fits_its_own_kind_of_key_only(name: str) -> None:
    fitting = [kind for kind in KEY_KINDS if ALGORITHMS[name].fits(key(kind))]
    assert fitting == [kind_for(name)]
    assert [kind for kind in KEY_KINDS if ALGORITHMS[name].fits(key(kind).public_key())] == fitting


@pytest.mark.parametrize("name", ALGORITHMS)
def test_a_signature_verifies_with_its_key_and_with_nothing_else(name: str) -> None:
    algorithm, private = ALGORITHMS[name], key(kind_for(name))
    digest = algorithm.digest_of(b"header", b".", b"payload")
    value = algorithm.sign(private, digest)
    public = private.public_key()
    assert algorithm.verifies(public, value, digest)
    assert not algorithm.verifies(public, value, algorithm.digest_of(b"header.payloae"))
    assert not algorithm.verifies(public, value[:-1] + bytes((value[-1] ^ 1,)), digest)
    assert not algorithm.verifies(public, value + b"\0", digest)
    assert not algorithm.verifies(public, b"", digest)
    other = key("EC P-384" if kind_for(name) == "EC P-256" else "EC P-256").public_key()
    assert not algorithm.verifies(other, value, digest)


def test_the_digest_of_parts_is_the_digest_of_the_whole() -> None:
    assert ALGORITHMS["ES384"].digest_of(b"a", b".", b"b") == hashlib.sha384(b"a.b").digest()


@pytest.mark.parametrize(("name", "size"), [("ES256", 64), ("ES384", 96), ("ES512", 132)])
def test_an_ecdsa_value_is_r_and_s_of_fixed_length_and_not_der(name: str, size: int) -> None:
    algorithm, private = ALGORITHMS[name], key(kind_for(name))
    digest = algorithm.digest_of(b"x")
    assert {len(algorithm.sign(private, digest)) for _ in range(8)} == {size} == {algorithm.value_size}
    der = private.sign(b"x", ec.ECDSA(algorithm.hash))
    assert not algorithm.verifies(private.public_key(), der, digest)
    assert not algorithm.verifies(private.public_key(), bytes(size), digest)


def test_a_pss_signature_with_another_salt_length_is_refused() -> None:
    algorithm, private = ALGORITHMS["PS256"], key("RSA-2048")
    short = padding.PSS(padding.MGF1(hashes.SHA256()), 20)
    assert not algorithm.verifies(
        private.public_key(), private.sign(b"x", short, hashes.SHA256()), algorithm.digest_of(b"x")
    )


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("RSA-2048", "RS256"),
        ("EC P-256", "ES256"),
        ("EC P-384", "ES384"),
        ("EC P-521", "ES512"),
        ("EC secp256k1", None),
    ],
)
def test_a_key_has_a_default_algorithm_or_none(kind: str, name: str | None) -> None:
    assert default_algorithm(key(kind)) == name


def test_a_key_is_described_by_kind_and_size() -> None:
    assert [describe_key(key(k)) for k in ("RSA-2048", "EC P-256", "Ed25519")] == [
        "RSA-2048", "EC secp256r1", "a key of kind Ed25519",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["a", "aa=", "aa==", "a a", "aa\n", "+/8", "-_9", "é", "aGk=\n"])
def test_base64url_in_any_other_spelling_is_refused(text: str) -> None:
    assert base64url.decode(text) is None


@pytest.mark.parametrize("data", [b"", b"\0", b"\xff" * 5, bytes(range(256))])
def test_base64url_reads_what_it_writes(data: bytes) -> None:
    assert base64url.decode(base64url.encode(data)) == data
    assert base64url.decode_leniently(base64url.encode(data) + "=" * (-len(data) % 3)) == data
