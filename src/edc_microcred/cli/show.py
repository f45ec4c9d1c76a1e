"""`show`: what is in a file, for a person: who, what, when, by whom sealed. It verifies nothing and says so.

What is shown is what a certificate page shows (`PageContent`), in the same words. A page is about one achievement; the
others, and the parts of each, follow here as branches of their own.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

if TYPE_CHECKING:
    from rich.tree import Tree

    from edc_microcred.document import Document
    from edc_microcred.elm import Claim, EuropeanDigitalCredential
    from edc_microcred.rendering import PageContent
    from edc_microcred.rendering.labels import Words
    from edc_microcred.rendering.text import Text

_MOST_CLAIMS: Final = 200
_DEEPEST: Final = 8


def command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A credential, sealed or not; - for standard input.")],
    language: Annotated[
        str,
        typer.Option(
            metavar="TAG", help="en, sr (Cyrillic), sr-Latn, de, es; others show their texts among English words."
        ),
    ] = "en",
    json_: Annotated[bool, typer.Option("--json", help="Print the credential's own JSON.")] = False,
) -> None:
    """Show what a file holds. Nothing is verified: `verify` does that."""
    from rich.console import Console
    from rich.tree import Tree

    from edc_microcred.cli import inputs, terminal
    from edc_microcred.elm.values import LANGUAGE_TAG
    from edc_microcred.rendering import read_page, read_seal
    from edc_microcred.rendering.labels import words

    if not LANGUAGE_TAG.fullmatch(language):
        raise typer.BadParameter("write en, sr, sr-Latn, de or es.", param_hint="--language")
    names = inputs.gather([file])
    if len(names) > 1:
        raise typer.BadParameter(f"{terminal.safe(file, 200)} stands for {len(names)} files; name one.")
    document = inputs.open_document(names[0])
    if json_:
        terminal.print_json(document.members)
        return
    said = words(language)
    if document.holds_credential:
        page = read_page(document.credential, language, seal=read_seal(document))
        tree = Tree(_text(page.title, "bold"))
        _credential(tree, page, document.credential, said)
    else:
        tree = Tree(_text(document.name, "bold"))
        tree.add(_text("This is no European Digital Credential.", "red"))
    _seal(tree, document, said)
    for finding in document.findings[:10]:
        tree.add(_text(f"{finding.severity.value}: {finding.message} ({finding.rule})", "yellow"))
    Console(highlight=False).print(tree)


def _text(text: object, style: str = "") -> Any:
    """Text that rich shows as it is: no markup, no control characters."""
    from rich.text import Text

    from edc_microcred.cli.terminal import safe

    return Text(safe(text), style=style)


def _add(tree: "Tree", label: str, value: object) -> None:
    if value:
        line = _text(f"{label}: ", "cyan")
        line.append_text(_text(value))
        tree.add(line)


def _row(tree: "Tree", label: str, values: "Iterable[Text | None]") -> None:
    """A line with the values that are there."""
    _add(tree, label, "; ".join(value.value for value in values if value is not None))


def _branch(tree: "Tree", label: str, lines: Iterable[str]) -> None:
    """A branch with a line for each entry, if there are any."""
    there = list(lines)
    if there:
        branch = tree.add(_text(label, "cyan"))
        for line in there:
            branch.add(_text(line))


def _credential(tree: "Tree", page: "PageContent", credential: "EuropeanDigitalCredential", said: "Words") -> None:
    from edc_microcred.rendering import read_page
    from edc_microcred.rendering.seal import mandate_sentence
    from edc_microcred.rendering.text import Reader

    reader = Reader(page.language)
    profiles = (reader.text(one.pref_label) for one in credential.credential_profiles)
    tree.add(_text(said["credential"], "cyan"))
    _row(tree, said["profile"], profiles)
    _row(tree, said["awarded_to"][:1].upper() + said["awarded_to"][1:], [page.learner])
    _branch(tree, said["awarded_by"], map(_body, page.bodies))
    _row(tree, said["unit"], page.units)
    issuer = reader.text(getattr(credential.issuer, "legal_name", None))
    if issuer is not None and issuer.value not in {body.name.value for body in page.bodies}:
        _row(tree, said["issuer"], [issuer])
    for name, day in (
        ("awarded_on", page.awarded_on), ("issued", page.issued), ("valid_from", page.valid_from),
        ("valid_until", page.valid_until),
    ):  # fmt: skip
        _row(tree, said[name], [day])
    _claim(tree, page, said)
    for claim, deep in _other_claims(credential):
        other = read_page(_about(credential, claim), page.language, seal=page.seal)
        branch = tree.add(_text(f"{'· ' * deep}{other.title}", "bold"))
        _row(branch, said["awarded_on"], [other.awarded_on])
        _claim(branch, other, said)
    _add(tree, said["credential_id"], page.credential_id)
    if page.left_out:
        tree.add(_text("… " + said["more"].replace("{count}", str(page.left_out))))
    if page.mandate is not None:
        tree.add(_text(mandate_sentence(page.mandate, said)))


def _claim(tree: "Tree", page: "PageContent", said: "Words") -> None:
    """What was learnt, how much of it, at which level, and how that was assessed."""
    for name, values in (
        ("description", [page.description]), ("credits", page.credits), ("workload", [page.workload]),
        ("level", page.levels), ("field", page.fields), ("mode", page.modes), ("taught_in", page.taught_in),
        ("requirements", [page.requirements]), ("part_of", page.part_of), ("entitles_to", page.entitles_to),
    ):  # fmt: skip
        _row(tree, said[name], values)
    if page.outcome_summary is not None:
        _row(tree, said["outcomes"], [page.outcome_summary])
    _branch(tree, said["outcomes"], (f"{one.title}{_kind(one.kind)}" for one in page.outcomes))
    _branch(
        tree, said["activities"],
        (_listed(f"{one.title}{_kind(one.kind)}", one.workload, one.mode) for one in page.activities),
    )  # fmt: skip
    _branch(
        tree, said["assessment"],
        (
            _named(
                f"{one.title}{_kind(one.kind)}" + (f": {one.grade}" if one.grade is not None else ""), said,
                scale=one.scale, supervision=one.supervision, date=one.date,
            )
            for one in page.assessments
        ),
    )  # fmt: skip
    _branch(
        tree, said["quality"],
        (
            _named(f"{one.statement or one.title}{_kind(one.kind)}", said, agency=one.agency,
                   valid_until=one.valid_until)
            for one in page.quality
        ),
    )  # fmt: skip
    _branch(
        tree, said["notes"],
        (f"{note.about}: {note.text}" if note.about is not None else note.text.value for note in page.notes),
    )  # fmt: skip


def _body(body: Any) -> str:
    line = _listed(body.name.value, body.part_of, body.country)
    return f"{line} ({body.identifier})" if body.identifier else line


def _kind(kind: "Text | None") -> str:
    return f" ({kind})" if kind is not None else ""


def _listed(first: str, *more: "Text | None") -> str:
    return ", ".join((first, *(text.value for text in more if text is not None)))


def _named(first: str, said: "Words", **more: "Text | None") -> str:
    return "; ".join((first, *(f"{said[name]}: {text}" for name, text in more.items() if text is not None)))


def _other_claims(credential: "EuropeanDigitalCredential") -> "Iterator[tuple[Claim, int]]":
    """The achievements besides the main one, and the parts of each below it with how deep they lie."""
    from itertools import islice

    from edc_microcred.elm import LearningAchievement, Person
    from edc_microcred.rendering.places import main_claim

    def below(claim: "Claim", deep: int) -> "Iterator[tuple[Claim, int]]":
        for part in claim.has_part if isinstance(claim, LearningAchievement) and deep < _DEEPEST else ():
            yield part, deep
            yield from below(part, deep + 1)

    def walk() -> "Iterator[tuple[Claim, int]]":
        main, subject = main_claim(credential), credential.credential_subject
        if main is not None:
            yield from below(main, 1)
        for claim in subject.has_claim if isinstance(subject, Person) else ():
            if claim is not main and (isinstance(claim, LearningAchievement) or not isinstance(main, type(claim))):
                yield claim, 0
                yield from below(claim, 1)

    return islice(walk(), _MOST_CLAIMS)


def _about(credential: "EuropeanDigitalCredential", claim: "Claim") -> "EuropeanDigitalCredential":
    """The credential as if it were about `claim` alone."""
    subject = credential.credential_subject
    alone = subject.model_copy(update={"has_claim": [claim]}) if subject is not None else None
    return credential.model_copy(update={"credential_subject": alone, "display_parameter": None})


def _seal(tree: "Tree", document: "Document", said: "Words") -> None:
    from edc_microcred.seals import check_seals
    from edc_microcred.trust import describe

    if document.envelope is None:
        tree.add(_text(said["not_sealed"], "yellow"))
        return
    for result in check_seals(document.envelope):
        branch = tree.add(_text(f"{said['seal']} ({said['not_verified']})", "bold"))
        if result.intact is False:
            branch.add(_text(said["seal_broken"], "red"))
        if result.certificate is not None:
            facts = describe(result.certificate)
            _add(branch, said["organisation"], facts.organisation or facts.name)
            _add(branch, said["identifier"], facts.organisation_identifier)
            _add(branch, "Certificate", facts.name)
        _add(branch, said["claimed_time"], result.claimed_time and said.moment(result.claimed_time))
        _add(branch, "Algorithm", result.algorithm)
        _add(branch, "Beyond level B", ", ".join(result.unevaluated))
