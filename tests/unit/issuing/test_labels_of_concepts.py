"""Concepts carry a label in English and in each language that the credential is shown in, as far as there is one."""

import pytest

from edc_microcred.elm import Concept, DisplayParameter, EuropeanDigitalCredential
from edc_microcred.issuing.completion import complete_issuer
from edc_microcred.issuing.preparing import Preparation, StandIn, specimen_learner
from edc_microcred.microcredential import Course
from edc_microcred.vocabularies import concept, vocabularies
from tests.conftest import ROOT
from tests.unit.issuing.conftest import AT


@pytest.mark.parametrize("example", ["edna", "gis", "data-ml"])
def test_every_concept_has_the_labels_that_its_list_has(example: str) -> None:
    course = Course.load(ROOT / "examples" / example / "course.yaml")
    credential = Preparation(course, None).credential(specimen_learner(course), "urn:credential:1", AT)
    credential = credential.model_copy(update={"display_parameter": None})  # a stand-in here, see conftest
    own = 0
    for one in (thing for thing in credential.walk() if isinstance(thing, Concept)):
        listed = next((found for known in vocabularies() if (found := known.by_uri(one.id or ""))), None)
        there = set(one.pref_label or ())
        if listed is not None:
            assert there >= {"en", "sr"} & set(listed.labels), one.id
        elif (one.id or "").startswith("urn:edc-microcred:about:"):
            own += 1
            assert there == {"en", "sr"}, one.id
    assert own >= 5


def test_the_country_of_the_seal_is_named_in_the_languages_of_the_credential() -> None:
    shown = DisplayParameter(language=[concept("language", tag) for tag in ("sr", "de")])
    sealer = StandIn(name="x", organisation="X", organisation_identifier="VATRS-1", country="RS")
    completed, _ = complete_issuer(EuropeanDigitalCredential(display_parameter=shown), sealer, at=AT)
    assert completed.issuer is not None
    country = completed.issuer.location[0].address[0].country_code
    assert country is not None
    assert country.pref_label == {"sr": "Србија", "de": "Serbien", "en": "Serbia"}
