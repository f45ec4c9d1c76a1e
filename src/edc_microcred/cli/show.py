"""`show`: what is in a file, for a person: who, what, when, by whom sealed. It verifies nothing and says so."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.tree import Tree

    from edc_microcred.document import Document
    from edc_microcred.elm import Claim, EuropeanDigitalCredential, LanguageMap


def command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A credential, sealed or not; - for standard input.")],
    language: Annotated[
        str, typer.Option(metavar="TAG", help="Show texts in this language where there are some.")
    ] = "en",
    json_: Annotated[bool, typer.Option("--json", help="Print the credential's own JSON.")] = False,
) -> None:
    """Show what a file holds. Nothing is verified: `verify` does that."""
    from rich.console import Console
    from rich.tree import Tree

    from edc_microcred.cli import inputs, terminal

    names = inputs.gather([file])
    if len(names) > 1:
        raise typer.BadParameter(f"{terminal.safe(file, 200)} stands for {len(names)} files; name one.")
    document = inputs.open_document(names[0])
    if json_:
        terminal.print_json(document.members)
        return
    tree = Tree(_text(_title(document, language), "bold"))
    if document.holds_credential:
        _credential(tree, document.credential, language)
    else:
        tree.add(_text("This is no European Digital Credential.", "red"))
    _seal(tree, document)
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


def _best(text: "LanguageMap | None", language: str) -> str:
    return text.best(language) if text is not None else ""


def _title(document: "Document", language: str) -> str:
    if not document.holds_credential:
        return document.name
    display = document.credential.display_parameter
    return (_best(display.title, language) if display is not None else "") or document.credential.id or document.name


def _credential(tree: "Tree", credential: "EuropeanDigitalCredential", language: str) -> None:
    from edc_microcred.elm import Person

    _add(tree, "Id", credential.id)
    profiles = [_best(p.pref_label, language) or p.id or "" for p in credential.credential_profiles]
    _add(tree, "Profile", ", ".join(profiles))
    for label, moment in (
        ("Issued", credential.issued),
        ("Valid from", credential.valid_from),
        ("Valid until", credential.expiration_date or credential.valid_until),
    ):
        _add(tree, label, moment and moment.isoformat(sep=" ", timespec="minutes"))
    _add(tree, "Issuer", _best(getattr(credential.issuer, "legal_name", None), language))
    subject = credential.credential_subject
    if isinstance(subject, Person):
        names = [_best(n, language) for n in (subject.given_name, subject.family_name)]
        branch = tree.add(
            _text(_best(subject.full_name, language) or " ".join(filter(None, names)) or "A learner", "bold")
        )
        for claim in subject.has_claim:
            _claim(branch, claim, language)


def _claim(tree: "Tree", claim: "Claim", language: str) -> None:
    from edc_microcred.elm import LearningAchievement, LearningActivity, LearningAssessment, Qualification

    branch = tree.add(_text(f"{type(claim).__name__}: {_best(claim.title, language)}"))
    if claim.awarded_by is not None:
        bodies = [
            getattr(body, "legal_name", None) or getattr(body, "full_name", None)
            for body in claim.awarded_by.awarding_body
        ]
        _add(branch, "Awarded by", ", ".join(filter(None, (_best(name, language) for name in bodies))))
    if isinstance(claim, LearningAchievement):
        spec = claim.specified_by
        if spec is not None:
            _add(branch, "Credits", ", ".join(c.point or "" for c in spec.credit_point))
            _add(branch, "Workload", spec.volume_of_learning)
            if isinstance(spec, Qualification):
                _add(branch, "EQF level", spec.eqf_level and _best(spec.eqf_level.pref_label, language))
            for outcome in spec.learning_outcome:
                _add(branch, "Outcome", _best(outcome.title, language))
        for below in (*claim.proven_by, *claim.influenced_by, *claim.has_part):
            _claim(branch, below, language)
    elif isinstance(claim, LearningAssessment):
        _add(branch, "Grade", claim.grade and _best(claim.grade.note_literal, language))
    elif isinstance(claim, LearningActivity):
        _add(branch, "Workload", claim.workload)


def _seal(tree: "Tree", document: "Document") -> None:
    from edc_microcred.seals import check_seals
    from edc_microcred.trust import describe

    if document.envelope is None:
        tree.add(_text("Not sealed", "yellow"))
        return
    for result in check_seals(document.envelope):
        branch = tree.add(_text("Seal (not verified here)", "bold"))
        if result.certificate is not None:
            facts = describe(result.certificate)
            _add(branch, "Certificate", facts.name)
            _add(branch, "Organisation", facts.organisation)
            _add(branch, "Identifier", facts.organisation_identifier)
        _add(branch, "Claimed time", result.claimed_time and result.claimed_time.isoformat(sep=" ", timespec="seconds"))
        _add(branch, "Algorithm", result.algorithm)
        _add(branch, "Beyond level B", ", ".join(result.unevaluated))
