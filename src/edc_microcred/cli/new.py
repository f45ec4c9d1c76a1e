"""`new`: a course file of one's own in a minute, by answering questions or with options."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The course file to write.")] = Path("course.yaml"),
    language: Annotated[
        str | None, typer.Option(metavar="TAG", help="Languages of the texts, the main one first: en,sr")
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TITLE", help="Title of the course.")] = None,
    body: Annotated[str | None, typer.Option(metavar="NAME", help="Legal name of the awarding institution.")] = None,
    country: Annotated[str | None, typer.Option(metavar="COUNTRY", help="Its country: RS, Serbia, …")] = None,
    identifier: Annotated[
        str | None, typer.Option(metavar="IDENTIFIER", help="Its identifier in the seal certificate: VATRS-…")
    ] = None,
    unit: Annotated[str | None, typer.Option(metavar="NAME", help="Faculty or department.")] = None,
    outcome: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", help="What a learner can do afterwards; may be given several times."),
    ] = None,
    workload: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Credits and hours: '3 ECTS', '3 ECTS, 75 h'.")
    ] = None,
    eqf: Annotated[
        str | None, typer.Option(metavar="LEVEL", help="Level in the European Qualifications Framework, 1 to 8.")
    ] = None,
    isced: Annotated[
        str | None, typer.Option(metavar="FIELD", help="Field of study, ISCED-F 2013: 0613, or words.")
    ] = None,
    mode: Annotated[str | None, typer.Option(metavar="MODE", help="online, blended, on site, …")] = None,
    taught_in: Annotated[str | None, typer.Option(metavar="TAGS", help="Languages of teaching: en,sr")] = None,
    assessment: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", help="How it is assessed: written examination, …; may be given several times."),
    ] = None,
    grading: Annotated[str | None, typer.Option(metavar="TEXT", help="RS, AT, DE, ES, percent or pass-fail.")] = None,
    quality: Annotated[
        str | None, typer.Option(metavar="TEXT", help="How its quality is assured, in a sentence.")
    ] = None,
    stacking: Annotated[
        str | None, typer.Option(metavar="TEXT", help="stand-alone, or later, to say more in the file.")
    ] = None,
    force: Annotated[bool, typer.Option(help="Overwrite the file.")] = False,
) -> None:
    """Write a commented course file that passes `check`. What no option says is asked for on a terminal.

    Without a terminal, what has no default must be given: --title, --body, --country, --outcome, --workload, --eqf.
    """
    from edc_microcred.atomic_file import write_file
    from edc_microcred.cli import terminal
    from edc_microcred.cli.course_file import QUESTIONS, several, write_course
    from edc_microcred.microcredential.course_schema import course_schema

    if file.exists() and not force:
        raise typer.BadParameter(f"{file} exists already; --force overwrites it.", param_hint="FILE")
    given = {
        "language": language, "title": title, "body": body, "country": country, "identifier": identifier, "unit": unit,
        "outcome": several(outcome) if outcome else None, "workload": workload, "eqf": eqf, "isced": isced,
        "mode": mode, "taught_in": taught_in, "assessment": several(assessment) if assessment else None,
        "grading": grading, "quality": quality, "stacking": stacking,
    }  # fmt: skip
    given_answers = {name: value for name, value in given.items() if value is not None}
    answers = _answers(given_answers)
    write_file(file, write_course(answers).encode("utf-8"), overwrite=force)
    schema = file.with_name("course.schema.json")
    write_file(schema, json.dumps(course_schema(), ensure_ascii=False, indent=2).encode("utf-8"), overwrite=True)
    unanswered = [question.key for question in QUESTIONS if not answers.get(question.name)]
    assumed = [f"{q.key}: {answers[q.name]}" for q in QUESTIONS if answers.get(q.name) and q.name not in given_answers]
    typer.echo(f"{file} is written and passes `check`. Editors complete its keys from {schema.name} beside it.")
    if assumed and not sys.stdin.isatty():
        typer.echo(
            f"  Assumed, because no option says it: {terminal.safe('; '.join(assumed))}. Correct what is not so."
        )
    if unanswered:
        typer.echo(f"  Left open in it, as comments: {', '.join(unanswered)}.")
    typer.echo(f"Next:  edc-microcred check {file} LEARNERS.csv")


def _answers(given: dict[str, str]) -> dict[str, str]:
    """All answers, each of which makes no error; asks for what is not given."""
    from edc_microcred.cli import terminal
    from edc_microcred.cli.course_file import QUESTIONS, Question, default_of, problems

    asks = sys.stdin.isatty()
    answers: dict[str, str] = {}
    wrong: list[str] = []

    def is_good(question: Question, answer: str) -> bool:
        found = problems(question, answer, answers)
        for finding in found:
            wrong.append(f"--{question.name.replace('_', '-')}: {finding.message}")
        return not found

    for question in QUESTIONS:
        answer = given.get(question.name)
        default = default_of(question, answers)
        if answer is None and not asks:
            answer = default or ""
            if question.required and not answer:
                wrong.append(f"--{question.name.replace('_', '-')} is needed: {question.text}.")
                continue
        if answer is not None:
            if not answer or is_good(question, answer):
                answers[question.name] = answer
            continue
        while True:
            answer = str(typer.prompt(question.text, default=default or "", show_default=bool(default)))
            if not answer.strip():
                if not question.required:
                    break
                typer.echo("  This is needed.")
                continue
            if is_good(question, answer):
                break
            for text in wrong:
                typer.echo(f"  {terminal.safe(text.partition(': ')[2])}")
            wrong.clear()
        answers[question.name] = answer
    if wrong:
        raise typer.BadParameter("\n  ".join(["this cannot be written:", *map(terminal.safe, wrong)]))
    return answers
