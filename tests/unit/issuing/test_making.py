"""Making credentials elsewhere: in other processes, where a reference to the key goes and the key does not."""

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from edc_microcred.document import load
from edc_microcred.elm import DisplayParameter, EuropeanDigitalCredential
from edc_microcred.errors import SignerError
from edc_microcred.issuing import KeyReference, issue, process_pool
from edc_microcred.issuing.making import Made, Maker, order_of
from edc_microcred.issuing.preparing import Preparation
from edc_microcred.microcredential import Course
from edc_microcred.seals import FileSigner
from edc_microcred.testing import write_demo_pki
from tests.unit.issuing.conftest import AT, COURSE, course_from, learner, tiny_display


def travelled(thing: Any) -> Any:
    return pickle.loads(pickle.dumps(thing))  # noqa: S301  # what we packed ourselves


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> KeyReference:
    pki = write_demo_pki(tmp_path_factory.mktemp("keys"), key_type="p-256", now=AT)
    return KeyReference(pki.key, password_file=pki.password_file)


def test_a_maker_travels_with_a_reference_and_makes_the_same_there(course: Course, reference: KeyReference) -> None:
    maker = Preparation(course, reference, at=AT).maker_for(learner(1))
    packed = pickle.dumps((maker, [order_of(learner(2), "urn:credential:2")]))
    assert reference.password() is not None
    assert reference.password().encode() not in packed  # type: ignore[union-attr]  # as just asserted
    there, orders = travelled((maker, [order_of(learner(2), "urn:credential:2")]))
    assert isinstance(there, Maker)
    [made] = there(orders)
    assert isinstance(made, Made)
    assert load(made.data).text == load(maker(orders)[0].data).text  # type: ignore[union-attr]  # Made as well


def test_a_maker_that_travels_twice_is_opened_once(course: Course, reference: KeyReference) -> None:
    maker = Preparation(course, reference, at=AT).maker_for(learner(1))
    assert travelled(maker) is travelled(maker)


class Session:
    """A reference of somebody's own, as to a session with a hardware module."""

    def __init__(self, reference: KeyReference) -> None:
        self._reference = reference

    def open(self) -> FileSigner:
        return self._reference.open()


def test_a_reference_of_ones_own_will_do(course: Course, reference: KeyReference, tmp_path: Path) -> None:
    with process_pool(1) as pool:
        results = list(issue(course, [learner(1)], signer=Session(reference), out=tmp_path, executor=pool, at=AT))
    assert [result.state for result in results] == ["issued"]


@pytest.mark.parametrize("personal", [False, True])
def test_a_page_picture_is_drawn_of_a_credential_that_has_its_mandate(
    personal: bool, signer_for: Callable[..., FileSigner], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[list[str | None], str]] = []

    def drawn(credential: EuropeanDigitalCredential, languages: tuple[str, ...], **more: object) -> DisplayParameter:
        issuer = getattr(credential.issuer, "legal_name", None)
        seen.append(([one.evidence_statement for one in credential.evidence], issuer.best() if issuer else ""))
        return tiny_display(credential, languages)

    monkeypatch.setattr("edc_microcred.issuing.preparing.display_parameter", drawn)
    text = COURSE + "\nmandate: By contract 7/2026.\n" + ("display: {personal: true}\n" if personal else "")
    other = signer_for("Another University", organisation_identifier="VATRS-2")
    results = list(issue(course_from(text), [learner(1), learner(2)], signer=other, out=tmp_path, at=AT))
    assert [result.state for result in results] == ["issued", "issued"]
    assert seen[-1] == (["By contract 7/2026."], "Another University")


def test_a_key_does_not_travel(course: Course, signer: FileSigner) -> None:
    with pytest.raises(SignerError, match="not handed to other processes"):
        pickle.dumps(Preparation(course, signer, at=AT).maker_for(learner(1)))


def test_processes_issue_what_threads_issue(course: Course, reference: KeyReference, tmp_path: Path) -> None:
    rows = [learner(number) for number in range(1, 40)]
    with process_pool(2) as pool:
        results = list(issue(course, rows, signer=reference, out=tmp_path, executor=pool, at=AT))
    assert [(result.row, result.state) for result in results] == [(one.row, "issued") for one in rows]
    assert [(load(result.path).credential.id, result.findings) for result in results if result.path] == [
        (result.credential_id, ()) for result in results
    ]


def test_processes_and_a_key_in_memory_stop_the_run_with_the_remedy(
    course: Course, signer: FileSigner, tmp_path: Path
) -> None:
    with process_pool(1) as pool, pytest.raises(SignerError, match="path of the key file"):
        list(issue(course, [learner(1)], signer=signer, out=tmp_path, executor=pool, at=AT))


def test_a_reference_finds_its_password_in_a_file_or_a_variable(
    reference: KeyReference, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reference.open() is reference.open()
    monkeypatch.setenv("SEAL_PASSWORD", reference.password() or "")
    assert KeyReference(reference.path, password_variable="SEAL_PASSWORD").open().algorithm == "ES256"


def test_a_reference_whose_password_is_not_there_says_where_it_was_to_be(
    reference: KeyReference, tmp_path: Path
) -> None:
    with pytest.raises(SignerError, match="ANOTHER_PASSWORD is not set"):
        KeyReference(reference.path, password_variable="ANOTHER_PASSWORD").open()
    with pytest.raises(SignerError, match="cannot be read"):
        KeyReference(reference.path, password_file=tmp_path / "missing").open()
