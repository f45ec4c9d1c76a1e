"""`render`: the certificate pages of credentials, to look at, to print and to keep."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from edc_microcred.rendering import Design


def command(
    files: Annotated[
        list[str], typer.Argument(metavar="FILES", help="Credentials, sealed or not; - for standard input.")
    ],
    to: Annotated[str, typer.Option(metavar="html|pdf|png", help="html, pdf or png (the first page alone).")] = "html",
    language: Annotated[
        str,
        typer.Option(
            metavar="TAG", help="en, sr (Cyrillic), sr-Latn, de, es; others show their texts among English words."
        ),
    ] = "en",
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="The page; a folder for several (default: beside each file)."
        ),
    ] = None,
    logo: Annotated[Path | None, typer.Option(metavar="FILE", help="A PNG, JPEG or SVG file.")] = None,
    colour: Annotated[str | None, typer.Option(metavar="COLOUR", help="The colour of the design, as #1d3f72.")] = None,
    template: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="A folder with templates, words and fonts of your own.")
    ] = None,
    date_of_birth: Annotated[bool, typer.Option("--date-of-birth", help="Show the learner's date of birth.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that exist.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print what was done as JSON.")] = False,
) -> None:
    """Make certificate pages of credentials. Nothing is verified, and the pages say so: `verify` does that."""
    from edc_microcred.cli import inputs, terminal
    from edc_microcred.elm.values import LANGUAGE_TAG
    from edc_microcred.errors import EdcMicrocredError
    from edc_microcred.rendering import FORMS, render

    if to not in FORMS:
        raise typer.BadParameter(f"write {', '.join(FORMS)}.", param_hint="--to")
    if not LANGUAGE_TAG.fullmatch(language):
        raise typer.BadParameter("write en, sr, sr-Latn, de or es.", param_hint="--language")
    names = inputs.gather(files)
    if len(names) > 1 and output is not None and not output.is_dir():
        raise typer.BadParameter(f"{output} is no folder; several files need one.", param_hint="--output")
    targets = {name: _target(name, output, to, language) for name in names}
    if output is not None and str(output) == inputs.STDIN and (json_ or len(names) > 1):
        raise typer.BadParameter("standard output takes one page and nothing else.", param_hint="-o")
    inputs.refuse_overwriting(targets.values(), [*names, *([str(logo)] if logo else [])], hint="--output")
    design = _design(logo, colour, template)
    results: list[dict[str, object]] = []
    failed = False
    for name in terminal.with_progress(names, "Rendering"):
        target = targets[name]
        try:
            page = render(inputs.open_document(name), to, language, design=design, date_of_birth=date_of_birth)  # type: ignore[arg-type]  # one of the three, as just checked
            inputs.write_output(target, page, overwrite=force)
        except EdcMicrocredError as error:
            failed = True
            results.append({"path": name, "output": None, "message": str(error)})
            if not json_:
                typer.echo(f"{typer.style('✗', fg=typer.colors.RED)} {terminal.safe(name)}: {error}", err=True)
            continue
        results.append({"path": name, "output": str(target)})
        if not json_:
            typer.echo(
                f"{typer.style('✓', fg=typer.colors.GREEN)} {terminal.safe(f'{name}: {target}')}",
                err=str(target) == inputs.STDIN,
            )
    if json_:
        terminal.print_json({"version": 1, "files": results})
    raise typer.Exit(1 if failed else 0)


def _target(name: str, output: Path | None, to: str, language: str) -> Path:
    """Where the page goes: `NAME.html`, and `NAME.sr.html` for a language other than English."""
    own = Path("page") if name == "-" else Path(name)
    ending = f".{to}" if language == "en" else f".{language}.{to}"
    file_name = f"{own.stem}{ending}"
    if output is None:
        return own.parent / file_name
    return output / file_name if output.is_dir() else output


def _design(logo: Path | None, colour: str | None, template: Path | None) -> "Design":
    from edc_microcred.rendering import DEFAULT_DESIGN, Design, RenderingError

    try:
        picture = logo.read_bytes() if logo is not None else None
    except OSError as error:
        raise typer.BadParameter(f"{logo} cannot be read.", param_hint="--logo") from error
    try:
        return Design(logo=picture, colour=colour or DEFAULT_DESIGN.colour, template=template)
    except RenderingError as error:
        raise typer.BadParameter(str(error)) from error
