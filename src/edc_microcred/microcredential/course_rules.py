"""What can be wrong in a course file. `wrong` and `right` are changes to a course that is otherwise good.

An example is a mapping of the keys that are changed (a value of null takes the key out), or the text of a whole file.
"""

from typing import Final

from edc_microcred.findings import Rule, Severity

_ANNEX: Final = "2022/C 243/02, Annex I"

YAML_SYNTAX: Final = Rule(
    id="course/yaml-syntax", severity=Severity.ERROR, since="0.1", source="YAML 1.2.2",
    title="The file is not YAML",
    message="{problem}.",
    why="A file that cannot be parsed says nothing; reading may have stopped before other errors.",
    fix="Check the line named: a colon followed by a space inside a text needs quotation marks, tabs cannot indent.",
    wrong="title: Data: basics", right='title: "Data: basics"',
)  # fmt: skip
YAML_REFUSED: Final = Rule(
    id="course/yaml-refused", severity=Severity.ERROR, since="0.1", source="YAML 1.2.2, 3.2.1.2 tags, 3.2.2.2 anchors",
    title="The file uses a part of YAML that a course has no use for",
    message="{what} is not allowed here. {instead}",
    why="Tags can name programs to be run, and aliases can blow a small file up to gigabytes; a course needs neither.",
    fix="Write plain keys, texts and lists.",
    wrong="title: &name Data basics", right="title: Data basics",
)  # fmt: skip
TOO_DEEP: Final = Rule(
    id="course/too-deep", severity=Severity.ERROR, since="0.1", source="edc-microcred, course file",
    title="The file is nested too deeply, or has too many entries",
    message="{what}.",
    why="No course is that deep or long; reading such a file to its end only costs time.",
    fix="Look for brackets or indentation that opened by accident.",
    wrong="title: " + "[" * 40 + "]" * 40, right="title: [[x]]",
)  # fmt: skip
MORE_FINDINGS: Final = Rule(
    id="course/more-findings", severity=Severity.ERROR, since="0.1", source="edc-microcred, course file",
    title="There is more than is shown",
    message="… and {count} more.",
    why="One slip at the top of a file often makes many; a list of thousands helps nobody.",
    fix="Correct what is shown, and check again.",
    wrong="title: [" + "*a, " * 250 + "x]", right="title: [*a]",
)  # fmt: skip
KEY_REPEATED: Final = Rule(
    id="course/key-repeated", severity=Severity.ERROR, since="0.1", source="YAML 1.2.2, 3.2.1.3: keys are unique",
    title="A key stands twice",
    message="“{key}” stands twice here; the first is in line {first}.",
    why="Only one of the two could count, and programs differ in which.",
    fix="Keep one of the two.",
    wrong="title: Data basics\ntitle: Data science", right="title: Data basics",
)  # fmt: skip
KEY_UNKNOWN: Final = Rule(
    id="course/key-unknown", severity=Severity.ERROR, since="0.1", source="edc-microcred, course file",
    title="There is no such key",
    message="“{key}” is no key of {where}. {near}",
    why="A misspelt key would be left out of every credential without a word.",
    fix="Correct the spelling; docs/course.md lists all keys.",
    wrong={"learning_outcome": ["Explain data quality"]}, right={},
)  # fmt: skip
KEY_MISSING: Final = Rule(
    id="course/key-missing", severity=Severity.ERROR, since="0.1", source=_ANNEX,
    title="A key is missing",
    message="“{key}” is missing in {where}: {means}",
    why="Without it the micro-credential lacks something that every reader needs.",
    fix="Add the key.",
    wrong={"title": None}, right={},
)  # fmt: skip
VALUE_EMPTY: Final = Rule(
    id="course/value-empty", severity=Severity.ERROR, since="0.1", source="edc-microcred, course file",
    title="A key has no value",
    message="“{key}” has no value.",
    why="It may have been forgotten; nothing would be written for it.",
    fix="Give the value, or take the line out.",
    wrong={"description": ""}, right={"description": "What it is about."},
)  # fmt: skip
KIND_WRONG: Final = Rule(
    id="course/kind-wrong", severity=Severity.ERROR, since="0.1", source="edc-microcred, course file",
    title="A value is of the wrong kind",
    message="{wanted} is wanted here, not {seen}.",
    why="What was meant cannot be told.",
    fix="Write it as docs/course.md shows for this key.",
    wrong={"workload": {"ects": {"points": 5}}}, right={"workload": {"ects": 5}},
)  # fmt: skip
VALUE_UNKNOWN: Final = Rule(
    id="course/value-unknown", severity=Severity.ERROR, since="0.1", source="EU Vocabularies; ELM 3.2, generic-full",
    title="A value is not in its controlled list",
    message="“{value}” is not in the list of {list}. {near}",
    why="Readers know the value by its place in the list; one that is not there means nothing to them.",
    fix="Take a label, code or URI of the list: `edc-microcred vocab LIST` shows it.",
    wrong={"eqf": 9}, right={"eqf": 6},
)  # fmt: skip
NUMBER_UNREADABLE: Final = Rule(
    id="course/number-unreadable", severity=Severity.ERROR, since="0.1", source="edc-microcred, course file",
    title="A number cannot be read",
    message="“{value}” is no number that can be read in one way only. {near}",
    why="Programs differ in whether 010 is ten or eight, and whether 1.000 is one or a thousand.",
    fix="Write digits, with a point before decimals: 5, 2.5.",
    wrong={"workload": {"ects": "010"}}, right={"workload": {"ects": "10"}},
)  # fmt: skip
NUMBER_RANGE: Final = Rule(
    id="course/number-range", severity=Severity.ERROR, since="0.1", source="edc-microcred, course file",
    title="A number is too small or too large",
    message="{value} is not between {least} and {most}.",
    why="No course has such an amount; it is a slip.",
    fix="Correct the number.",
    wrong={"workload": {"ects": 500}}, right={"workload": {"ects": 5}},
)  # fmt: skip
TRUTH_UNREADABLE: Final = Rule(
    id="course/truth-unreadable", severity=Severity.ERROR, since="0.1", source="YAML 1.2.2, 10.2.1.2: booleans",
    title="A yes or no is written in a way that programs read differently",
    message="“{value}” is neither true nor false.",
    why="`on`, `yes` and `no` are texts in YAML 1.2 and truth values in YAML 1.1.",
    fix="Write true or false.",
    wrong={"stacking": {"kind": "stackable", "part_of": "A master programme", "partial": "yes"}},
    right={"stacking": {"kind": "stackable", "part_of": "A master programme", "partial": True}},
)  # fmt: skip
DATE_UNREADABLE: Final = Rule(
    id="course/date-unreadable", severity=Severity.ERROR, since="0.1", source="ISO 8601",
    title="A date cannot be read",
    message="“{value}” is not a date as a course file has it: year-month-day, 2026-06-30. {near}",
    why="In a course file a date has one form, so that nobody can take the month for the day.",
    fix="Write year-month-day: 2026-06-30.",
    wrong={"awarded_on": "30.6.2026"}, right={"awarded_on": "2026-06-30"},
)  # fmt: skip
FORM_WRONG: Final = Rule(
    id="course/form-wrong", severity=Severity.ERROR, since="0.1", source="edc-microcred, course file",
    title="A value does not have the form that it needs",
    message="“{value}” is no {wanted}.",
    why="Programs that read the credential could not use it.",
    fix="Correct it.",
    wrong={"homepage": "www.example.org"}, right={"homepage": "https://www.example.org"},
)  # fmt: skip
LANGUAGE_TAG: Final = Rule(
    id="course/language-tag", severity=Severity.ERROR, since="0.1", source="BCP 47; EU language list",
    title="A language is named by a tag that is none",
    message="“{value}” is no language tag. {near}",
    why="Readers choose the text by its tag.",
    fix="Write two letters (en, sr, de), for a script four more: sr-Latn, sr-Cyrl.",
    wrong={"title": {"en": "Data basics", "yu": "Osnove"}}, right={"title": {"en": "Data basics"}},
)  # fmt: skip
LANGUAGE_NOT_LISTED: Final = Rule(
    id="course/language-not-listed", severity=Severity.ERROR, since="0.1", source="edc-microcred, course file",
    title="A text is in a language that the course does not list",
    message="The course is described in {listed}; this text is in “{tag}”.",
    why="The credential shows the languages that are listed; this text would be seen nowhere.",
    fix="Add the language to `languages`, or take the text out.",
    wrong={"description": {"en": "Basics.", "de": "Grundlagen."}}, right={"description": {"en": "Basics."}},
)  # fmt: skip
MAIN_LANGUAGE_MISSING: Final = Rule(
    id="course/main-language-missing", severity=Severity.ERROR, since="0.1", source="edc-microcred, course file",
    title="A text is missing in the main language of the course",
    message="This text is not given in “{tag}”, the first of `languages`.",
    why="Viewers show the main language when they lack the reader's own.",
    fix="Add it.",
    wrong={"languages": ["en", "sr"], "title": {"sr": "Основе података"}},
    right={"languages": ["sr"], "title": {"sr": "Основе података"}},
)  # fmt: skip
TRANSLATION_MISSING: Final = Rule(
    id="course/translation-missing", severity=Severity.WARNING, since="0.1", source="edc-microcred, course file",
    title="A text is missing in a further language of the course",
    message="This text is not given in “{tag}”.",
    why="A page in that language will show the text of the main language in this place.",
    fix="Add the translation, or take the language out of `languages`.",
    wrong={"languages": ["en", "sr"], "title": {"en": "Data basics"}}, right={"title": {"en": "Data basics"}},
)  # fmt: skip
SCRIPT_WRONG: Final = Rule(
    id="course/script-wrong", severity=Severity.ERROR, since="0.1", source="BCP 47, 2.2.3: script subtags",
    title="A text is in another script than its tag says",
    message="The tag “{tag}” says {script} letters; the text has {seen}.",
    why="The two scripts of a language are told apart by the tag alone.",
    fix="Exchange the texts or the tags.",
    wrong={"languages": ["en", "sr"], "description": {"en": "x", "sr": "Основе", "sr-Latn": "Основе"}},
    right={"languages": ["en", "sr"], "description": {"en": "x", "sr": "Основе", "sr-Latn": "Osnove"}},
)  # fmt: skip
SCRIPT_NO_PLACE: Final = Rule(
    id="course/script-no-place", severity=Severity.ERROR, since="0.1",
    source="ELM 3.2: one text per language; one language for a person's name",
    title="There is no place for the other script of this text",
    message="The European Learning Model has no place for {what} in a second script. {instead}",
    why="Two texts of one language would break the credential, and leaving one out in silence would lose it.",
    fix="Give this text in one script.",
    wrong={"columns": {"given_name": {"sr": "Име", "sr-Latn": "Ime"}, "family_name": "Family name"}},
    right={"columns": {"given_name": "Име", "family_name": "Презиме"}},
)  # fmt: skip
TEXT_UNFIT: Final = Rule(
    id="course/text-unfit", severity=Severity.ERROR, since="0.1", source="Unicode 16, 23: control, format",
    title="A text holds characters that nobody sees, or is too long",
    message="{problem}.",
    why="Hidden characters turn text around or make two texts look the same; a page has room for so much.",
    fix="Type the text anew at this place, or shorten it.",
    wrong='title: "Data \\u202Ebasics"', right={"title": "Data basics"},
)  # fmt: skip
ID_REPEATED: Final = Rule(
    id="course/id-repeated", severity=Severity.ERROR, since="0.1", source="edc-microcred, course file",
    title="Two entries have one id",
    message="“{id}” is the id of two {what}.",
    why="What refers to it could mean either.",
    fix="Give each its own.",
    wrong={"learning_outcomes": [{"id": "LO1", "title": "Explain"}, {"id": "LO1", "title": "Apply"}]},
    right={"learning_outcomes": [{"id": "LO1", "title": "Explain"}, {"id": "LO2", "title": "Apply"}]},
)  # fmt: skip
REFERENCE_UNKNOWN: Final = Rule(
    id="course/reference-unknown", severity=Severity.ERROR, since="0.1", source="edc-microcred, course file",
    title="Something is referred to that is not there",
    message="There is no {what} “{id}” in this course. {near}",
    why="The link leads nowhere.",
    fix="Correct the id, or add the entry.",
    wrong={"assessment": {"id": "A1", "type": "quiz", "covers": ["LO1", "LO9"]}},
    right={"assessment": {"id": "A1", "type": "quiz", "covers": "LO1"}},
)  # fmt: skip
WEIGHTS: Final = Rule(
    id="course/weights", severity=Severity.ERROR, since="0.1", source="edc-microcred, course file",
    title="The weights of the assessments do not make 100",
    message="The weights of the assessments make {total}, not 100.",
    why="Readers work out from the weights what each assessment counts.",
    fix="Correct the weights, or leave all of them out.",
    wrong={"assessment": [{"type": "quiz", "weight": 20}, {"type": "portfolio", "weight": 70}]},
    right={"assessment": [{"type": "quiz", "weight": 30}, {"type": "portfolio", "weight": 70}]},
)  # fmt: skip
OUTCOME_NOT_ASSESSED: Final = Rule(
    id="course/outcome-not-assessed", severity=Severity.WARNING, since="0.1", source="2022/C 243/02, point 5(a)",
    title="A learning outcome is covered by no assessment",
    message="No assessment covers the learning outcome “{id}”.",
    why="A micro-credential says that the outcomes were assessed.",
    fix="Add the outcome to `covers` of an assessment.",
    wrong={
        "learning_outcomes": ["Explain data quality", "Clean a data set"],
        "assessment": {"type": "quiz", "covers": "LO1"},
    },
    right={"assessment": {"type": "quiz", "covers": "LO1"}},
)  # fmt: skip
ATTENDANCE_ONLY: Final = Rule(
    id="course/attendance-only", severity=Severity.ERROR, since="0.1", source="2022/C 243/02, point 5(a)",
    title="Attendance is the only assessment",
    message="The only assessment is attendance.",
    why="A micro-credential is about outcomes that were assessed; being there proves none.",
    fix="Name the assessment that was held. If there was none, this is a certificate of attendance.",
    wrong={"assessment": "level of attendance"}, right={"assessment": ["quiz", "level of attendance"]},
)  # fmt: skip
GRADING: Final = Rule(
    id="course/grading", severity=Severity.ERROR, since="0.1", source="edc-microcred, course file",
    title="A grading scheme contradicts itself",
    message="{problem}.",
    why="Grades are checked against the scheme, and none could be right.",
    fix="Correct the scale or the mark from which one passes.",
    wrong={"grading": {"title": "Marks", "scale": "1-5", "pass_mark": 6}},
    right={"grading": {"title": "Marks", "scale": "5-10", "pass_mark": 6}},
)  # fmt: skip
HOURS: Final = Rule(
    id="course/hours", severity=Severity.ERROR, since="0.1", source="ECTS Users' Guide 2015",
    title="The hours of the activities are more than the whole workload",
    message="The activities have {sum} hours together; the course has {hours}.",
    why="The workload is the whole of what a learner is expected to do.",
    fix="Correct the hours.",
    wrong={"workload": {"ects": 4, "hours": 100, "activities": {"lectures": 90, "project": 30}}},
    right={"workload": {"ects": 4, "hours": 100, "activities": {"lectures": 60, "project": 40}}},
)  # fmt: skip
HOURS_UNTOLD: Final = Rule(
    id="course/hours-untold", severity=Severity.WARNING, since="0.1", source="ECTS Users' Guide 2015",
    title="The hours of the activities are less than the whole workload",
    message="The activities have {sum} hours together; the course has {hours}.",
    why="Readers will ask what the rest is.",
    fix="Add the missing activity, such as independent study.",
    wrong={"workload": {"ects": 4, "hours": 100, "activities": {"lectures": 60}}},
    right={"workload": {"ects": 4, "hours": 100, "activities": {"lectures": 60, "independent study": 40}}},
)  # fmt: skip
HOURS_PER_CREDIT: Final = Rule(
    id="course/hours-per-credit", severity=Severity.WARNING, since="0.1",
    source="ECTS Users' Guide 2015; national rules, see the data of the package",
    title="Hours and credits do not fit each other",
    message="{hours} hours for {ects} ECTS are {ratio} hours a credit; {countries}: {least} to {most}.",
    why="The ratio is set by law or custom where the credential is awarded; others rely on it for recognition.",
    fix="Correct hours or credits. For a joint award the ratio must suit all countries.",
    wrong={"workload": {"ects": 5, "hours": 40}}, right={"workload": {"ects": 5, "hours": 140}},
)  # fmt: skip
WORKLOAD_MISSING: Final = Rule(
    id="course/workload-missing", severity=Severity.ERROR, since="0.1", source=_ANNEX + ", element 7",
    title="The workload is missing",
    message="Neither credits nor hours are stated.",
    why="Without the amount of work nobody can compare the course or grant credits for it.",
    fix="Add `ects`, `hours`, or both to `workload`.",
    wrong={"workload": {"activities": [{"title": "Lectures"}]}}, right={"workload": {"hours": 75}},
)  # fmt: skip
SIZE: Final = Rule(
    id="course/size", severity=Severity.ERROR, since="0.1",
    source="Serbia: Law on Higher Education, 30 to 60 ECTS for a short programme; ECTS Users' Guide: 60 a year",
    title="The credits do not fit the kind of course",
    message="A {kind} has {least} to {most} ECTS; this one has {ects}.",
    why="A micro-credential is a small volume of learning; a year of study is something else.",
    fix="Correct the credits or `kind`.",
    wrong={"kind": "short-programme", "workload": {"ects": 5}},
    right={"kind": "short-programme", "workload": {"ects": 30}},
)  # fmt: skip
LEVELS_DIFFER: Final = Rule(
    id="course/levels-differ", severity=Severity.ERROR, since="0.1",
    source="Referencing reports of the national qualifications frameworks",
    title="National and European level do not belong together",
    message="{framework} level {level} is {meant}; the course says EQF {eqf}.",
    why="The number of a national level is not everywhere its EQF level; the referencing report decides.",
    fix="Correct the one that is wrong.",
    wrong={"eqf": 7, "nqf": "RS 6"}, right={"eqf": 6, "nqf": "RS 6"},
)  # fmt: skip
LEVEL_COUNTRY: Final = Rule(
    id="course/level-country", severity=Severity.WARNING, since="0.1",
    source="2017/C 189/03 (EQF Recommendation), point 4",
    title="A national level is of a country that awards nothing here",
    message="{framework} is the framework of {country}; no awarding body is there.",
    why="A body places its awards in the framework of its own country.",
    fix="Name the level in the awarding body's own framework, or none.",
    wrong={"nqf": "AT 6"}, right={"nqf": "RS 6"},
)  # fmt: skip
CYCLE_DIFFERS: Final = Rule(
    id="course/cycle-differs", severity=Severity.ERROR, since="0.1", source="QF-EHEA: cycles 1 to 3 are EQF 6 to 8",
    title="Cycle and European level do not belong together",
    message="The {cycle} cycle is EQF {meant}; the course says EQF {eqf}.",
    why="The two frameworks were made compatible: short cycle 5, first 6, second 7, third 8.",
    fix="Correct the one that is wrong.",
    wrong={"eqf": 6, "cycle": "second"}, right={"eqf": 6, "cycle": "first"},
)  # fmt: skip
QUALITY_MISSING: Final = Rule(
    id="course/quality-missing", severity=Severity.WARNING, since="0.1", source=_ANNEX + ", element 11",
    title="The type of quality assurance is missing",
    message="The course says nothing of its quality assurance.",
    why="It is one of the eleven mandatory elements of a European micro-credential.",
    fix="Add `quality_assurance`: an accreditation with its agency, or a statement on internal quality assurance.",
    wrong={"quality_assurance": None}, right={},
)  # fmt: skip
DATES_DISORDERED: Final = Rule(
    id="course/dates-disordered", severity=Severity.ERROR, since="0.1", source="edc-microcred, course file",
    title="Two dates are in the wrong order",
    message="{first} ({first_day}) must come before {second} ({second_day}).",
    why="One of the two is a slip.",
    fix="Correct the dates.",
    wrong={"awarded_on": "2026-06-30", "valid_until": "2026-06-01"},
    right={"awarded_on": "2026-06-30", "valid_until": "2030-06-30"},
)  # fmt: skip
STACKING: Final = Rule(
    id="course/stacking", severity=Severity.ERROR, since="0.1", source=_ANNEX + ", integration and stackability",
    title="What the course says of stacking contradicts itself",
    message="{problem}.",
    why="Readers could not tell whether it counts towards something larger.",
    fix="Name what it is part of, or say stand-alone.",
    wrong={"stacking": "stackable"}, right={"stacking": {"kind": "stackable", "part_of": "A master programme"}},
)  # fmt: skip
NAMES_NOT_MAPPED: Final = Rule(
    id="course/names-not-mapped", severity=Severity.ERROR, since="0.1", source=_ANNEX + ", element 1",
    title="The columns name no learner",
    message="`columns` has neither `full_name` nor `given_name` with `family_name`.",
    why="A credential without the learner's name is nobody's.",
    fix="Map the name columns.",
    wrong={"columns": {"email": "E-mail"}}, right={"columns": {"full_name": "Name"}},
)  # fmt: skip
ESCO_LABEL_MISSING: Final = Rule(
    id="course/esco-label-missing", severity=Severity.WARNING, since="0.1", source="EDC viewer; ESCO",
    title="An ESCO skill has no name",
    message="{uri} is not among the skills that are carried here, and no label is given.",
    why="Viewers show the label; without one the reader sees a web address.",
    fix="Write {uri: …, label: …} with the name as ESCO has it.",
    wrong={"learning_outcomes": [
        {"title": "Explain", "esco": "http://data.europa.eu/esco/skill/00000000-0000-4000-8000-000000000000"}]},
    right={"learning_outcomes": [
        {"title": "Explain", "esco": "http://data.europa.eu/esco/skill/5354a726-ee64-4f34-90f8-8436f9f374b8"}]},
)  # fmt: skip

RULES: Final[tuple[Rule, ...]] = tuple(rule for rule in list(vars().values()) if isinstance(rule, Rule))
BY_ID: Final = {rule.id: rule for rule in RULES}
