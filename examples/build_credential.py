"""Build a micro-credential with the typed model and write it, unsealed, as `credential.jsonld`.

    python examples/build_credential.py [OUTPUT]

The course and the learner are invented. The issuer is left out: whoever seals the credential is its issuer, and
sealing writes it from the seal certificate.
"""

import sys
import uuid
from datetime import UTC, date, datetime
from pathlib import Path

from edc_microcred import EuropeanDigitalCredential, concept
from edc_microcred.elm import (
    Address,
    AwardingProcess,
    CreditPoint,
    DisplayDetail,
    DisplayParameter,
    Duration,
    IndividualDisplay,
    LearningAchievement,
    LearningAssessment,
    LearningAssessmentSpecification,
    LearningOutcome,
    LegalIdentifier,
    Location,
    MediaObject,
    Note,
    Organisation,
    Person,
    Qualification,
    ShaclValidator2017,
    write_credential,
)

HERE = Path(__file__).parent
TITLE = {"en": "Environmental DNA Methods in Biodiversity Monitoring", "sr": "Metode DNK iz životne sredine (eDNK)"}

serbia = concept("country", "SRB")
english = concept("language", "en")
university = Organisation(
    legal_name={"en": "Example University (TEST)"},
    eidas_identifier=LegalIdentifier(notation="VATRS-000000000", spatial=serbia),
    location=[Location(address=[Address(country_code=serbia)])],
)
awarded = AwardingProcess(awarding_body=[university], awarding_date=datetime(2026, 6, 30, tzinfo=UTC))

course = Qualification(
    title=TITLE,
    learning_outcome=[
        LearningOutcome(
            title={"en": "Design an eDNA sampling plan for a given habitat, with contamination safeguards"},
            dc_type=concept("skill-type", "skill"),
        ),
        LearningOutcome(
            title={"en": "Analyse metabarcoding data and assign taxa with stated confidence"},
            dc_type=concept("skill-type", "skill"),
        ),
    ],
    credit_point=[CreditPoint(framework=concept("education-credit", "European Credit Transfer System"), point="5")],
    volume_of_learning=Duration(hours=140),
    eqf_level=concept("eqf", 7),
    nqf_level=[concept("nqf", "http://data.europa.eu/snb/qdr/c_cca41928")],
    thematic_area=[concept("isced-f", "0511")],
    language=[english],
)
exam = LearningAssessment(
    title={"en": "Laboratory and field record"},
    grade=Note(note_literal={"en": "9 (nine)"}),
    awarded_by=awarded,
    specified_by=LearningAssessmentSpecification(title={"en": "Laboratory and field record"}),
)
learner = Person(
    given_name={"en": "Ana"},
    family_name={"en": "Primer"},
    full_name={"en": "Ana Primer"},
    date_of_birth=date(1999, 10, 2),
    has_claim=[LearningAchievement(title=TITLE, awarded_by=awarded, specified_by=course, proven_by=[exam])],
)
page = MediaObject(
    content=(HERE / "page.png").read_bytes(),
    content_type=concept("file-type", "PNG"),
    content_encoding=concept("encoding", "base64"),
)
credential = EuropeanDigitalCredential(
    id=f"urn:credential:{uuid.uuid5(uuid.NAMESPACE_URL, 'https://example.org/edna/ana')}",
    credential_profiles=[concept("credential", "Generic")],
    credential_schema=[ShaclValidator2017(id="http://data.europa.eu/snb/model/ap/edc-generic-full")],
    credential_subject=learner,
    valid_from=datetime(2026, 6, 30, tzinfo=UTC),
    display_parameter=DisplayParameter(
        title=TITLE,
        language=[english],
        primary_language=english,
        individual_display=[
            IndividualDisplay(language=english, display_detail=[DisplayDetail(page=1, image=page)]),
        ],
    ),
)

output = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "credential.jsonld"
output.write_text(write_credential(credential) + "\n", encoding="utf-8")
print(f"{output}: {output.stat().st_size} bytes")
