"""Credentials to make pages of: one with everything that a page shows, in four languages, and ways to change it."""

from datetime import UTC, date, datetime
from typing import Final

from edc_microcred.elm import (
    Accreditation,
    Address,
    AwardingProcess,
    Concept,
    CreditPoint,
    Duration,
    EuropeanDigitalCredential,
    GradingScheme,
    LanguageMap,
    LearningAchievement,
    LearningActivity,
    LearningActivitySpecification,
    LearningAssessment,
    LearningAssessmentSpecification,
    LearningOutcome,
    LegalIdentifier,
    Location,
    Note,
    Organisation,
    Person,
    Qualification,
    WebResource,
)
from edc_microcred.vocabularies import concept

CREDENTIAL_ID: Final = "urn:credential:2f0f1a34-6f0b-4f0e-9d43-0c0de0c0de00"
TITLES: Final = {
    "en": "Environmental DNA Methods in Biodiversity Monitoring",
    "sr": "Методе еДНК у праћењу биодиверзитета",
    "de": "Umwelt-DNA-Methoden im Biodiversitätsmonitoring",
    "es": "Métodos de ADN ambiental en el seguimiento de la biodiversidad",
}
LONG_TITLES: Final = {
    "en": (
        "Environmental DNA Sampling, Laboratory Practice and Metabarcoding "
        "Data Analysis for Freshwater Biodiversity Monitoring I"
    ),
    "sr": (
        "Узорковање ДНК из животне средине, лабораторијска пракса и "
        "анализа података у праћењу биодиверзитета слатких вода, део I"
    ),
    "de": (
        "Umwelt-DNA-Probenahme, Laborpraxis und Metabarcoding-Datenauswertung im "
        "Biodiversitätsmonitoring von Süßgewässern, Teil 1"
    ),
    "es": (
        "Muestreo de ADN ambiental, práctica de laboratorio y análisis "
        "de metabarcoding para la biodiversidad de agua dulce, uno"
    ),
}
LONG_NAME: Final = "Maria-Magdalena Konstantinopoulou-Schwarzenberger Đorđević M."
OUTCOMES: Final = (
    {
        "en": "Explain how DNA enters, moves through and degrades in the environment",
        "sr": "Објасни како ДНК доспева у средину, преноси се и разграђује",
        "de": "Erklären, wie DNA in die Umwelt gelangt, sich ausbreitet und abgebaut wird",
        "es": "Explicar cómo el ADN llega al medio, se desplaza y se degrada",
    },
    {
        "en": "Design an eDNA sampling plan for a given habitat, with controls and contamination safeguards",
        "sr": "Осмисли план узорковања за задато станиште, са контролама и мерама против контаминације",
        "de": "Einen Beprobungsplan für ein Habitat mit Kontrollen und Schutz vor Kontamination entwerfen",
        "es": "Diseñar un plan de muestreo para un hábitat, con controles y medidas contra la contaminación",
    },
    {
        "en": "Extract and amplify eDNA in the laboratory following good laboratory practice",
        "sr": "Изолује и умножи еДНК у лабораторији поштујући добру лабораторијску праксу",
        "de": "eDNA im Labor nach guter Laborpraxis extrahieren und vervielfältigen",
        "es": "Extraer y amplificar ADN ambiental según las buenas prácticas de laboratorio",
    },
    {
        "en": "Analyse metabarcoding data with an open procedure and assign taxa with stated confidence",
        "sr": "Анализира податке метабаркодирања отвореним поступком и одреди таксоне уз наведену поузданост",
        "de": "Metabarcoding-Daten mit einem offenen Verfahren auswerten und Taxa mit Konfidenz zuordnen",
        "es": "Analizar datos de metabarcoding con un procedimiento abierto y asignar taxones con su confianza",
    },
    {
        "en": "Present monitoring results to a nature-protection authority in a form fit for decisions",
        "sr": "Прикаже резултате праћења органу за заштиту природе у облику погодном за доношење одлука",
        "de": "Ergebnisse einer Naturschutzbehörde entscheidungsreif darstellen",
        "es": "Presentar los resultados a una autoridad de protección de la naturaleza de forma útil para decidir",
    },
)


def credential(
    *,
    titles: dict[str, str] | None = None,
    name: str = "Ana Primer",
    outcomes: tuple[dict[str, str], ...] = OUTCOMES,
    grade: str = "9 (nine)",
    credential_id: str | None = CREDENTIAL_ID,
) -> EuropeanDigitalCredential:
    """A joint award of two invented universities, with a unit, activities, two assessments and an accreditation."""
    titles = titles or TITLES
    first = _university(
        {"en": "Example University of Belgrade (TEST)", "sr": "Пример универзитет у Београду (ТЕСТ)"}, "SRB", "VATRS-1"
    )
    second = _university(
        {"en": "Example University of Graz (TEST)", "de": "Beispieluniversität Graz (TEST)"}, "AUT", "VATAT-2"
    )
    unit = Organisation(legal_name={"en": "Faculty of Biology", "sr": "Биолошки факултет"}, location=_seat("SRB"))
    awarded = AwardingProcess(awarding_body=[first, second], awarding_date=datetime(2026, 6, 30, 12, tzinfo=UTC))
    course = Qualification(
        title=titles,
        learning_outcome=[
            LearningOutcome(
                title=LanguageMap(dict(title)),
                dc_type=concept("skill-type", "skill"),
                related_esco_skill=[
                    Concept(
                        id=f"http://data.europa.eu/esco/skill/{at}", pref_label={"en": f"analyse ecological data {at}"}
                    )
                ],
            )
            for at, title in enumerate(outcomes)
        ],
        credit_point=[
            CreditPoint(framework=concept("education-credit", "European Credit Transfer System"), point="5.5")
        ],
        volume_of_learning=Duration(hours=142),
        eqf_level=concept("eqf", 7),
        nqf_level=[concept("nqf", "http://data.europa.eu/snb/qdr/c_cca41928")],
        thematic_area=[concept("isced-f", "0511")],
        language=[concept("language", "en")],
        mode=[concept("learning-assessment", "Blended")],
        entry_requirement=Note(note_literal={"en": "A first-cycle degree in biology or a related field"}),
        accreditation=[
            Accreditation(
                title={
                    "en": "Accreditation of the master programme in ecology",
                    "sr": "Акредитација мастер програма екологије",
                },
                dc_type=concept("accreditation", "Program Quality Assurance"),
                accrediting_agent=Organisation(
                    legal_name={"en": "Example Accreditation Body (TEST)"}, location=_seat("SRB")
                ),
                expiry_date=datetime(2031, 1, 31, tzinfo=UTC),
            )
        ],
        additional_note=[Note(note_literal={"en": "An invented course, for tests only."})],
    )
    scale = GradingScheme(title={"en": "5 (fail) to 10 (excellent)", "sr": "5 (није положио) до 10 (одличан)"})
    learner = Person(
        given_name={"en": name.partition(" ")[0] or "Ana"},
        family_name={"en": name.partition(" ")[2] or "Primer"},
        full_name={"en": name},
        date_of_birth=date(1999, 10, 2),
        has_claim=[
            LearningAchievement(
                title=titles,
                awarded_by=awarded,
                specified_by=course,
                influenced_by=[_activity("Lectures", "classroom coursework", 30, awarded, unit),
                               _activity("Independent study", "self-motivated study", 112, awarded, unit)],
                proven_by=[
                    _assessment("Written examination", "written examination", grade, awarded, scale),
                    _assessment("Laboratory record", "practical assessment", "10 (ten)", awarded, scale),
                ],
            )
        ],
    )  # fmt: skip
    return EuropeanDigitalCredential(
        id=credential_id,
        credential_profiles=[concept("credential", "Generic")],
        credential_subject=learner,
        issued=datetime(2026, 7, 1, 9, tzinfo=UTC),
        valid_from=datetime(2026, 7, 1, tzinfo=UTC),
    )


def _seat(country: str) -> list[Location]:
    return [Location(address=[Address(country_code=concept("country", country))])]


def _university(names: dict[str, str], country: str, number: str) -> Organisation:
    return Organisation(
        legal_name=LanguageMap(dict(names)),
        eidas_identifier=LegalIdentifier(notation=number, spatial=concept("country", country)),
        location=_seat(country),
        homepage=[WebResource(content_url=f"https://www.example.org/{country.lower()}/university")],
    )


def _activity(title: str, kind: str, hours: int, awarded: AwardingProcess, unit: Organisation) -> LearningActivity:
    return LearningActivity(
        title={"en": title},
        awarded_by=awarded,
        directed_by=[unit],
        specified_by=LearningActivitySpecification(
            title={"en": title}, dc_type=[concept("learning-activity", kind)], volume_of_learning=Duration(hours=hours)
        ),
    )


def _assessment(
    title: str, kind: str, grade: str, awarded: AwardingProcess, scale: GradingScheme
) -> LearningAssessment:
    return LearningAssessment(
        title={"en": title},
        awarded_by=awarded,
        grade=Note(note_literal={"en": grade}),
        id_verification=concept("supervision-verification", "Supervised with ID Verification"),
        date_issued=datetime(2026, 6, 25, tzinfo=UTC),
        specified_by=LearningAssessmentSpecification(
            title={"en": title},
            description={"en": "At least 51 of 100 points"},
            dc_type=[concept("assessment", kind)],
            grading_scheme=scale,
        ),
    )


def achievement(credential: EuropeanDigitalCredential) -> LearningAchievement:
    assert isinstance(credential.credential_subject, Person)
    claim = credential.credential_subject.has_claim[0]
    assert isinstance(claim, LearningAchievement)
    return claim


def specification(credential: EuropeanDigitalCredential) -> Qualification:
    spec = achievement(credential).specified_by
    assert isinstance(spec, Qualification)
    return spec
