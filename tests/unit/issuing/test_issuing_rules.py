"""Every rule of the issuing room is met by its wrong example and by nothing else, and not by its right one."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from edc_microcred.elm import (
    DisplayDetail,
    DisplayParameter,
    EuropeanDigitalCredential,
    IndividualDisplay,
    LanguageMap,
    LegalIdentifier,
    MediaObject,
    Organisation,
    Person,
)
from edc_microcred.findings import Finding, Rule
from edc_microcred.issuing import RULES, Mandate, issue, making
from edc_microcred.issuing.completion import complete_issuer
from edc_microcred.issuing.mandate import check_authority
from edc_microcred.issuing.pictures import check_pictures
from edc_microcred.issuing.plan import FileState, Origin, decide
from edc_microcred.issuing.preparing import StandIn
from edc_microcred.microcredential import Course, Learner, RowError
from edc_microcred.seals import FileSigner
from tests.unit.issuing.conftest import AT, learner
from tests.unit.issuing.test_outputs import RULE as OF_A_ROW

UNIVERSITY = Organisation(legal_name=LanguageMap({"en": "Example University"}))


def sealer(organisation: str, identifier: str) -> StandIn:
    return StandIn(name="seal", organisation=organisation, organisation_identifier=identifier, country="RS")


def of_the_issuer(example: Mapping[str, Any]) -> list[Finding]:
    said = example["issuer"]
    issuer = Organisation(legal_name=LanguageMap(said["legalName"])) if said is not None else None
    credential = EuropeanDigitalCredential(issuer=issuer, credential_subject=Person())
    return complete_issuer(credential, sealer("Example University", "VATRS-1"), at=AT)[1]


def of_the_authority(example: Mapping[str, Any]) -> list[Finding]:
    mandate = None
    if "mandate" in example:
        mandate = Mandate(statement=example["mandate"], sealed_by=example.get("sealed_by"))
    body = UNIVERSITY
    if "body" in example:
        body = UNIVERSITY.model_copy(update={"eidas_identifier": LegalIdentifier(notation=example["body"])})
    return check_authority(sealer(**example["sealer"]), [body], mandate)


def of_the_pictures(example: Mapping[str, Any]) -> list[Finding]:
    details = [DisplayDetail(image=MediaObject(content=bytes(size))) for size in example["pictures"]]
    return check_pictures(DisplayParameter(individual_display=[IndividualDisplay(display_detail=details)]))


def of_the_plan(example: Mapping[str, Any]) -> list[Finding]:
    issued = example["issued"]
    origin = Origin(row=issued["row"], course=issued["course"], seal=issued["seal"])
    now = Origin(**{name: example.get(name, issued[name]) for name in ("row", "course", "seal")})
    state = FileState(issued["file"])
    return list(decide(origin, state, now, file="00001.jsonld", reissue=example.get("reissue", False)).findings)


def raising(build: Callable[..., EuropeanDigitalCredential]) -> Callable[..., EuropeanDigitalCredential]:
    """What builds credentials, but none under an id that was given out."""

    def made(*arguments: Any, credential_id: str, **more: Any) -> EuropeanDigitalCredential:
        if not credential_id.endswith("-000000000000"):
            raise ZeroDivisionError
        return build(*arguments, credential_id=credential_id, **more)

    return made


@pytest.fixture
def of_a_run(
    course: Course, signer: FileSigner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Mapping[str, Any]], list[Finding]]:
    def run(example: Mapping[str, Any], folder: Path) -> list[Finding]:
        if example.get("build") == "raises":
            monkeypatch.setattr(making, "build", raising(making.build))
        rows: list[Learner | RowError] = [learner(n, key=key) for n, key in enumerate(example.get("keys", ["a"]), 1)]
        only = example.get("only")
        first = list(issue(course, rows, signer=signer, out=folder, at=AT, only=only))
        refused = [
            RowError(row=9, key=key, findings=(OF_A_ROW.found(value=""),), cells={})
            for key in example.get("refused", [])
        ]
        again = list(issue(course, refused, signer=signer, out=folder, at=AT)) if refused else []
        monkeypatch.undo()
        return [f for result in (*first, *again) for f in result.findings if f.rule != OF_A_ROW.id]

    counter = iter(range(10))
    return lambda example: run(example, tmp_path / str(next(counter)))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_wrong_example_meets_exactly_its_rule_and_the_right_one_meets_none(
    rule: Rule, of_a_run: Callable[[Mapping[str, Any]], list[Finding]]
) -> None:
    def found(example: Mapping[str, Any]) -> list[str]:
        for name, check in (
            ("issuer", of_the_issuer), ("sealer", of_the_authority), ("issued", of_the_plan),
            ("pictures", of_the_pictures),
        ):  # fmt: skip
            if name in example:
                return [finding.rule for finding in check(example)]
        return [finding.rule for finding in of_a_run(example)]

    assert found(rule.wrong) == [rule.id]
    assert found(rule.right) == []


def test_rule_ids_are_unique_and_belong_to_the_room() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert all(one.startswith(("issue/", "edc/")) for one in ids)
