"""`seal`: put an electronic seal around a credential."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from edc_microcred.cli import keys


def command(
    files: Annotated[list[str], typer.Argument(metavar="FILES", help="Unsealed credentials; - for standard input.")],
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="FILE", help="The sealed file; a folder for several; - for standard output."
        ),
    ],
    key: Annotated[Path, typer.Option(metavar="FILE", help=keys.KEY_HELP)],
    certificate: Annotated[list[Path] | None, typer.Option(metavar="FILE", help=keys.CERTIFICATE_HELP)] = None,
    password_file: Annotated[Path | None, typer.Option(metavar="FILE", help=keys.PASSWORD_HELP)] = None,
    alg: Annotated[str | None, typer.Option(metavar="ALG", help=keys.ALGORITHM_HELP)] = None,
    header: Annotated[
        str | None,
        typer.Option(metavar="edc|etsi", help="edc (default for credentials) or etsi (default for other payloads)."),
    ] = None,
    serialization: Annotated[str, typer.Option(metavar="FORM", help="general, flattened or compact.")] = "general",
    b64: Annotated[
        Literal["true", "false"],
        typer.Option(metavar="true|false", help="Whether the payload is base64url, as compact demands."),
    ] = "false",
    force: Annotated[bool, typer.Option(help="Overwrite files that exist.")] = False,
    dry_run: Annotated[bool, typer.Option(help="Check everything and write nothing.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print what was done as JSON.")] = False,
) -> None:
    """Seal credentials at JAdES level B. Issuer, issue date and profile are completed from the seal certificate.

    A level B seal is not yet what the Europass wallet takes: that is level LTA, under a certificate from an EU trusted
    list.
    """
    from edc_microcred.cli import inputs, terminal
    from edc_microcred.errors import EdcMicrocredError
    from edc_microcred.issuing import seal

    if header not in (None, "edc", "etsi"):
        raise typer.BadParameter("write edc or etsi.", param_hint="--header")
    if serialization not in ("general", "flattened", "compact"):
        raise typer.BadParameter("write general, flattened or compact.", param_hint="--serialization")
    names = inputs.gather(files)
    to_stdout = str(output) == inputs.STDIN
    if to_stdout and (json_ or len(names) > 1):
        what = "--json is printed there" if json_ else "several files need a folder"
        raise typer.BadParameter(f"standard output takes one sealed file and nothing else; {what}.", param_hint="-o")
    targets = _targets(names, output)
    own = [str(path) for path in (key, password_file, *(certificate or ())) if path is not None]
    inputs.refuse_overwriting(targets.values(), [*names, *own], hint="--output")
    signer = keys.signer_from(key, certificate or [], password_file, alg)
    noticed = keys.noticed_of(signer)
    if not json_:
        terminal.print_findings(noticed, err=to_stdout)
    results: list[dict[str, object]] = []
    failed = keys.refuses(noticed)
    if failed and not json_:
        typer.echo("Nothing was sealed: nobody should accept a seal of this certificate.", err=True)
    for name in terminal.with_progress(names if not failed else [], "Sealing"):
        target = targets[name]
        try:
            document = inputs.open_document(name)
            is_credential = document.holds_credential
            source = document if is_credential or document.is_sealed else document.raw
            sealed = seal(source, signer, header=header, serialization=serialization, b64=b64 == "true")  # type: ignore[arg-type]  # both were just checked
            if not dry_run:
                inputs.write_output(target, sealed.raw, overwrite=force)
        except EdcMicrocredError as error:
            failed = True
            results.append({"path": name, "sealed": False, "message": str(error)})
            if not json_:
                typer.echo(f"{typer.style('✗', fg=typer.colors.RED)} {terminal.safe(name)}: {error}", err=True)
            continue
        made = {"sealed": not dry_run, "credential": is_credential, "output": None if dry_run else str(target)}
        results.append({"path": name, **made})
        if not json_:
            done = "would be sealed" if dry_run else f"sealed as {'standard output' if to_stdout else target}"
            done += "" if is_credential else " (other data: this is no European Digital Credential)"
            line = f"{typer.style('✓', fg=typer.colors.GREEN)} {terminal.safe(f'{name}: {done}')}"
            typer.echo(line, err=to_stdout)
    if json_:
        terminal.print_json({"version": 1, "files": results, "findings": list(map(terminal.finding_members, noticed))})
    raise typer.Exit(1 if failed else 0)


def _targets(names: list[str], output: Path) -> dict[str, Path]:
    """Where each file goes. Ends the program where one would be written over another."""
    from edc_microcred.cli import terminal

    to_folder = output.is_dir() or len(names) > 1
    if to_folder and not output.is_dir():
        raise typer.BadParameter(f"{output} is no folder; several files need one.", param_hint="--output")
    targets = {name: output / _target_name(name) if to_folder else output for name in names}
    first: dict[Path, str] = {}
    for name, target in targets.items():
        if (other := first.setdefault(target, name)) is not name:
            both = terminal.safe(f"{other} and {name} would both be sealed as {target}")
            raise typer.BadParameter(f"{both}; seal them one by one.", param_hint="--output")
    return targets


def _target_name(name: str) -> str:
    return "sealed.jsonld" if name == "-" else f"{Path(name).stem}.jsonld"
