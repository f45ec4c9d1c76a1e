"""Writes the packaged controlled lists, `src/edc_microcred/vocabularies/data`, from collected facts.

    python tools/vocabularies.py SOURCE [TARGET]

SOURCE is the folder of collected facts: `vocab/*.json` (one list each, with `_index.json`) and `policy/nqf.json`.
The two-letter codes of countries and languages are in `iso-codes.json` beside this file. What is written is the same
for the same input, one concept a line, so that a change of a list can be read in review.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "src" / "edc_microcred" / "vocabularies" / "data"
SNB = "http://data.europa.eu/snb/"

# How each kind of source is named in the package, and how the collected facts name it.
ELM_XSD = "European Commission, European Learning Model, XSD code lists, commit 9d7c5d2 of 2024-02-14 (CC BY 4.0)"
OP_2026 = "Publications Office of the EU, EU Vocabularies, as of 2026 (CC BY 4.0)"
EDC = "European Commission, European Digital Credentials for Learning, source code 2.0.6 (EUPL 1.2): names and URIs"
SAMPLES = "Labels in sample and test credentials of the European Commission and in MyNextID's, 2022 to 2025"
SOURCES = (
    (re.compile(r"xsd|from the label prefix"), ELM_XSD),
    (re.compile(r"elm_vocabularies_php|SPARQL"), OP_2026),
    (re.compile(r"EDC source|ControlledList\.java"), EDC),
    (re.compile(r"[Ss]ample|test presentation"), SAMPLES),
    (re.compile(r"no public copy found"), ""),
)


class Row(NamedTuple):
    """What the package says of one list beside its concepts. `note` says what the completeness rests on."""

    collected: str
    name: str
    title: str
    completeness: str
    date: str
    note: str = ""
    aliases: tuple[str, ...] = ()


XSD = "The whole XSD code list."
XSD_2023 = "The whole XSD code list, state of 2023."
LIVE = "The live list of 2026."
SOFTWARE = "The concepts that the EDC software knows; the live list may hold more."
SEEN = "Only concepts seen in published credentials."
SCHEME_ONLY = "Only the scheme is known: no public copy of its concepts was found."

LISTS = (
    Row("accreditation", "accreditation", "Accreditation types", "partial", "2025", "The live list is longer."),
    Row("accreditation-decision", "accreditation-decision", "Accreditation decisions", "partial", "2025", SEEN),
    Row("assessment", "assessment", "Assessment types", "complete", "2026", LIVE),
    Row("claim-type", "claim-type", "Claim types", "missing", "", SCHEME_ONLY),
    Row("com-channel", "com-channel", "Communication channels", "missing", "", SCHEME_ONLY),
    Row("com-channel-usg", "com-channel-usg", "Uses of communication channels", "missing", "", SCHEME_ONLY),
    Row("corporate-body", "corporate-body", "Corporate bodies", "missing", "", SCHEME_ONLY),
    Row("credential", "credential", "Credential profiles", "partial", "2025", SOFTWARE),
    Row("dataset-type", "dataset-type", "Dataset types", "missing", "", SCHEME_ONLY),
    Row("dcf-digcomp", "dcf", "Digital competence framework (DigComp)", "partial", "2025", SEEN, ("digcomp",)),
    Row("education-credit", "education-credit", "Educational credit systems", "complete", "2024", XSD),
    Row("encoding", "encoding", "Content encodings", "complete", "2024", XSD),
    Row("entitlement", "entitlement", "Learning entitlement types", "complete", "2024", XSD),
    Row("entitlement-status", "entitlement-status", "Learning entitlement statuses", "complete", "2024", XSD),
    Row(
        "eqf",
        "eqf",
        "European Qualifications Framework levels",
        "complete",
        "2024",
        "Levels 6 and 7 have labels in 29 languages.",
    ),
    Row("esco-occupations-seen", "esco-occupations", "ESCO occupations", "partial", "2025", SEEN),
    Row("esco-skills-seen", "esco-skills", "ESCO skills and competences", "partial", "2025", SEEN),
    Row(
        "evidence-type",
        "evidence-type",
        "Evidence types",
        "partial",
        "2025",
        SOFTWARE + " “Conversion” is the name of a constant, not a label.",
    ),
    Row("family-relationship", "family-relationship", "Family relationships", "partial", "2025", "One concept."),
    Row("frequency", "frequency", "Frequencies", "missing", "", SCHEME_ONLY),
    Row("grade-status", "grade-status", "Grade statuses", "missing", "", SCHEME_ONLY),
    Row("isced-f", "isced-f", "ISCED fields of education and training 2013", "complete", "2024", XSD),
    Row("learning-activity", "learning-activity", "Learning activity types", "complete", "2026", LIVE),
    Row("learning-assessment", "learning-assessment", "Modes of learning and assessment", "complete", "2026", LIVE),
    Row("learning-opportunity", "learning-opportunity", "Learning opportunity types", "complete", "2026", LIVE),
    Row("learning-schedule", "learning-schedule", "Learning schedules", "complete", "2026", LIVE),
    Row("learning-setting", "learning-setting", "Learning settings", "complete", "2026", LIVE),
    Row("nal-atu", "atu", "Administrative territorial units", "complete", "2023", XSD_2023),
    Row("nal-country", "country", "Countries and territories", "complete", "2023", XSD_2023),
    Row("nal-currency", "currency", "Currencies", "complete", "2023", XSD_2023),
    Row("nal-file-type", "file-type", "File types", "complete", "2023", XSD_2023),
    Row("nal-human-sex", "human-sex", "Human sexes", "partial", "2025", SOFTWARE),
    Row(
        "nal-language",
        "language",
        "Languages",
        "complete",
        "2023",
        XSD_2023 + " Nine concepts in ten have a code and no label.",
    ),
    Row("nal-nuts", "nuts", "NUTS regions", "complete", "2023", XSD_2023),
    Row("nqf-qdr", "nqf", "National qualifications frameworks and levels", "complete", "2024", XSD, ("qdr",)),
    Row("qualification-topic", "qualification-topic", "Qualification topics", "partial", "2024", "URIs, no labels."),
    Row("skill-reuse-level", "skill-reuse-level", "Skill reuse levels", "complete", "2024", XSD),
    Row("skill-type", "skill-type", "Skill types", "complete", "2024", XSD),
    Row("status", "status", "Accreditation statuses", "missing", "", SCHEME_ONLY),
    Row("supervision-verification", "supervision-verification", "Supervision and identity checks", "complete", "2026"),
    Row("target-group", "target-group", "Target groups", "complete", "2024", XSD, ("target-groups",)),
    Row(
        "verifiable-presentation",
        "verifiable-presentation",
        "Verifiable presentation types",
        "partial",
        "2025",
        SOFTWARE + " Two labels are names of constants.",
    ),
    Row(
        "verification",
        "verification",
        "Verification checks",
        "partial",
        "2025",
        SOFTWARE + " English labels are missing.",
        ("verification-checks",),
    ),
    Row("verification-status", "verification-status", "Verification statuses", "complete", "2025", "Three colours."),
)

# Where the URI of a concept is not the scheme's without its last part, plus the code.
BASES = {
    "nuts": "http://data.europa.eu/nuts/code/",
    "qualification-topic": SNB + "qualification-topics#",
    "esco-skills": "http://data.europa.eu/esco/skill/",
    "esco-occupations": "http://data.europa.eu/esco/occupation/",
}
# EDC gives a concept a `notation` only where the list has a table of that name, and then the table's name.
NOTATIONS = {"esco-skills": "Skill", "esco-occupations": "Occupation"}
AUTHORITY = "http://publications.europa.eu/resource/authority/"

# Labels that the Commission's issuer writes in its samples of 2023 and 2024 and that the collected lists lack.
IN_29_LANGUAGES = "bg cs da de el en es et fi fr ga hr hu is it lt lv mk mt nl no pl pt ro sk sl sr sv tr"
ISSUED = {
    "atu": {"IRL_CTH_DUB": {"en": "Dublin city"}},
    "encoding": {"6146cde7dd": dict.fromkeys(IN_29_LANGUAGES.split(), "base64")},
}

# Frameworks whose year of referencing was read in a source; for the others no year is shipped.
YEARS_READ = (
    *("AL", "AT", "BE-FL", "BE-FR", "BG", "CH", "CZ", "DK", "EE", "ES", "FI", "GR", "HR"),
    *("HU", "LU", "ME", "MK", "MT", "NL", "NO", "RO", "RS", "SK", "TR", "XK"),
)
NOTES = {  # in place of the collected note
    "BE-DE": "Not referenced to the EQF (state of 2024): a credential must not claim an EQF level from a QDG level.",
    "DK": "Levels 1 to 3 are in doubt; levels 4 to 8 were read.",
    "XK": "",
}


def main(arguments: list[str]) -> None:
    """Writes all files anew; raises when the collected facts hold a list that is not named here."""
    source = Path(arguments[0])
    target = Path(arguments[1]) if len(arguments) > 1 else TARGET
    write(source, target)
    print(f"{sum(1 for _ in target.glob('*.json'))} files, {sum(f.stat().st_size for f in target.glob('*.json')):,} B")


def write(source: Path, target: Path) -> None:
    """The packaged data from the collected facts in `source`."""
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("*.json"):
        old.unlink()
    collected = {f.stem: read(f) for f in (source / "vocab").glob("*.json") if f.stem not in ("_index", "nqf-serbia")}
    unnamed = sorted(collected.keys() ^ {row.collected for row in LISTS})
    if unnamed:
        raise SystemExit(f"Lists that only one side knows: {', '.join(unnamed)}. Add them to LISTS or remove them.")
    iso = read(HERE / "iso-codes.json")
    headers = []
    for row in sorted(LISTS, key=lambda row: row.name):
        header, concepts, codes = one_list(row, collected[row.collected], iso)
        headers.append(json.dumps(header, ensure_ascii=False))
        if concepts:
            lines = ",\n".join(f"{text(code)}:{text(labels)}" for code, labels in sorted(concepts.items()))
            save(target / f"{row.name}.json", f'{{"concepts":{{\n{lines}\n}},"codes":{text(codes)}}}\n')
    save(target / "lists.json", "[\n" + ",\n".join(headers) + "\n]\n")
    save(target / "frameworks.json", frameworks(read(source / "policy" / "nqf.json"), collected["nqf-qdr"]))


def one_list(
    row: Row, given: dict[str, Any], iso: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any], dict[str, str]]:
    """Header, concepts by code, and the further codes of one list."""
    scheme = given["scheme"]
    national = scheme.startswith(AUTHORITY)
    base = BASES.get(row.name) or (f"{scheme}/" if national else scheme[: scheme.rindex("/") + 1])
    concepts: dict[str, Any] = {}
    languages: set[str] = set()
    for concept in given["concepts"]:
        code = concept["uri"].removeprefix(base)
        if code == concept["uri"] or "/" in code:
            raise SystemExit(f"{concept['uri']} does not start with {base}")
        labels = {tag: " ".join(t.split()) for tag, t in sorted(concept["labels"].items()) if not tag.startswith("@")}
        if row.name == "qualification-topic":
            labels = {}  # the collected ones repeat the code
        labels |= ISSUED.get(row.name, {}).get(code, {})
        languages |= labels.keys()
        concepts[code] = None if not labels else labels["en"] if labels.keys() == {"en"} else labels
    codes = iso.get(row.name, {})
    header = {
        "name": row.name,
        "aliases": [*row.aliases, *([row.collected] if row.collected != row.name else [])],
        "title": row.title,
        "scheme": scheme,
        "base": base,
        "notation": NOTATIONS.get(row.name, scheme.removeprefix(AUTHORITY) if national else None),
        "completeness": row.completeness,
        "note": row.note,
        "date": row.date,
        "sources": sources([*given["source"], *(["samples"] if row.name in ISSUED else [])])
        + ([iso["source"]] if codes else []),
        "languages": sorted(languages, key=lambda tag: (tag != "en", tag)),
        "count": len(concepts),
    }
    return header, concepts, codes


def sources(given: list[str]) -> list[str]:
    """The package's names of the collected sources, each once."""
    named: list[str] = []
    for one in given:
        found = next((name for pattern, name in SOURCES if pattern.search(one)), None)
        if found is None:
            raise SystemExit(f"A source without a name in SOURCES: {one}")
        if found and found not in named:
            named.append(found)
    return named


def frameworks(given: dict[str, Any], levels: dict[str, Any]) -> str:
    """The national frameworks with the EQF level of each of their levels; labels stay in `nqf.json`."""
    base = SNB + "qdr/"
    label_of = {concept["uri"]: concept["labels"]["en"] for concept in levels["concepts"]}
    lines = []
    for one in given["frameworks"]:
        if label_of[one["frameworkUri"]] != one["framework"]:
            raise SystemExit(f"{one['frameworkUri']} has two names")
        verified = one["mappingConfidence"] == "verified"
        rows = []
        for level in one["levels"]:
            if label_of[level["uri"]] != level["label"]:
                raise SystemExit(f"{level['uri']} has two names")
            backed = verified or level["code"] in one.get("mappingVerifiedLevels", ())
            rows.append(
                [level["code"], level["uri"].removeprefix(base), level["eqf"], backed, level.get("eqfReason", "")]
            )
        evidence = one["mappingEvidence"]
        lines.append(
            text(
                {
                    "uri": one["frameworkUri"],
                    "abbreviation": one["abbreviation"],
                    "area": one["country"],
                    "country": one["countryUri"].rpartition("/")[2],
                    "referenced": one["eqfReferenced"],
                    "year": one["eqfReferencedYear"] if one["country"] in YEARS_READ else None,
                    "verified": verified,
                    "evidence": evidence["kind"],
                    "evidence_text": evidence["text"],
                    "evidence_date": evidence["date"] or "",
                    "sources": one["source"],
                    "note": NOTES.get(one["country"], one["note"]),
                    "levels": rows,
                }
            )
        )
    return f'{{"date":{text(given["meta"]["asOf"])},"frameworks":[\n' + ",\n".join(lines) + "\n]}\n"


def read(file: Path) -> Any:
    """The JSON of a file."""
    return json.loads(file.read_text("utf-8"))


def text(value: Any) -> str:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def save(file: Path, content: str) -> None:
    """`content` as UTF-8 with plain line feeds."""
    file.write_text(content, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
