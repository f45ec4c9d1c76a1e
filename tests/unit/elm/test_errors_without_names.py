"""What a constructor says reaches logs; it names the field and what is wanted there, never what was given."""

import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from edc_microcred.elm import (
    Duration,
    EuropeanDigitalCredential,
    Identifier,
    LanguageMap,
    LearningActivity,
    Mailbox,
    Person,
)
from edc_microcred.microcredential import Course
from edc_microcred.microcredential.part import Part

NAME = "Zdravka Ljubičić"
KNOWN = Person(given_name=LanguageMap({"en": NAME}), full_name=LanguageMap({"en": NAME}))


def assigned(person: Any) -> None:
    person.given_name = NAME


FAULTS: dict[str, tuple[Any, dict[str, Any], str]] = {
    "text without its language": (Person, {"given_name": NAME}, "given_name"),
    "text and tag exchanged": (Person, {"given_name": {NAME: "en"}}, "language tag"),
    "text where a list belongs": (Person, {"identifier": NAME}, "identifier"),
    "text where a date belongs": (Person, {"date_of_birth": NAME}, "date_of_birth"),
    "text where a time belongs": (EuropeanDigitalCredential, {"issued": NAME}, "issued"),
    "text where a duration belongs": (LearningActivity, {"workload": NAME}, "workload"),
    "text where a number belongs": (LearningActivity, {"level_of_completion": NAME}, "level_of_completion"),
    "list where text belongs": (Identifier, {"notation": [NAME]}, "notation"),
    "name as an id": (Mailbox, {"id": NAME}, "absolute IRI"),
    "unknown field": (Person, {"nickname": NAME}, "nickname"),
    "object of another class": (EuropeanDigitalCredential, {"issuer": Identifier(notation=NAME)}, "issuer"),
    "members of an object": (EuropeanDigitalCredential, {"credential_subject": {"given_name": NAME}}, "subject"),
    "time without a zone": (EuropeanDigitalCredential, {
        "issued": datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None), "credential_subject": KNOWN}, "zone"),
    "assignment": (lambda: assigned(KNOWN.model_copy()), {}, "given_name"),
    "JSON members": (lambda: Person.model_validate({"givenName": NAME}), {}, "givenName"),
    "JSON text": (lambda: Person.model_validate_json(f'{{"givenName": "{NAME}"}}'), {}, "givenName"),
    "part of a course": (lambda: Course.model_validate({"title": {"en": "x"}, "ects": NAME}), {}, "ects"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_the_text_of_a_validation_error_says_what_is_wrong_and_holds_no_name(fault: str) -> None:
    build, arguments, said = FAULTS[fault]
    with pytest.raises(ValidationError) as refused:
        build(**arguments)
    error = refused.value
    shown = "".join(traceback.format_exception_only(error)) + str(error) + repr(error)
    assert said in shown
    for part in NAME.split():
        assert part not in shown
        assert ascii(part)[1:-1] not in shown


@pytest.mark.parametrize("build", [lambda: LanguageMap({NAME: "en"}), lambda: Duration.parse(NAME)])
def test_the_error_of_a_value_holds_no_name(build: Callable[[], Any]) -> None:
    with pytest.raises(ValueError, match=r"language tag|duration") as refused:
        build()
    assert NAME.split()[0] not in str(refused.value)


def test_no_model_of_ours_quotes_what_it_was_given() -> None:
    def below(cls: type[BaseModel]) -> list[type[BaseModel]]:
        return [cls, *(one for child in cls.__subclasses__() for one in below(child))]

    ours = [cls for cls in below(BaseModel) if cls.__module__.startswith("edc_microcred.")]
    assert Person in ours
    assert any(issubclass(cls, Part) for cls in ours)
    assert [cls.__name__ for cls in ours if not cls.model_config.get("hide_input_in_errors")] == []


def test_durations_are_still_told_what_is_wanted() -> None:
    with pytest.raises(ValueError, match="PT75H"):
        Duration.parse("3 weeks")
