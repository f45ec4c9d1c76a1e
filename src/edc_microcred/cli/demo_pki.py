"""`demo-pki`: a test certification authority and a test seal, to try everything with."""

from pathlib import Path
from typing import Annotated

import typer


def command(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write seal.p12, password.txt and trust/.")],
    key_type: Annotated[
        str, typer.Option(metavar="TYPE", help="rsa-2048, rsa-3072, rsa-4096, p-256, p-384 or p-521.")
    ] = "rsa-3072",
    organisation: Annotated[
        str, typer.Option(metavar="NAME", help="The organisation in the seal certificate.")
    ] = "Example University (TEST)",
    organisation_identifier: Annotated[
        str, typer.Option(metavar="IDENTIFIER", help="Its official identifier (2.5.4.97), as VATRS-000000000.")
    ] = "VATRS-000000000",
    country: Annotated[str, typer.Option(metavar="COUNTRY", help="Its country, two letters.")] = "RS",
    json_: Annotated[bool, typer.Option("--json", help="Print what was written as JSON.")] = False,
) -> None:
    """Write a test seal and the anchors that trust it. Everything in it is marked TEST; nobody else trusts it."""
    from edc_microcred.cli import terminal
    from edc_microcred.errors import TrustError
    from edc_microcred.testing import write_demo_pki
    from edc_microcred.testing.keys import KEY_TYPES

    if key_type not in KEY_TYPES:
        raise typer.BadParameter(f"{key_type!r:.40}: write {', '.join(KEY_TYPES)}.", param_hint="--key-type")
    if not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise typer.BadParameter(f"{country!r:.40}: write two letters, as RS.", param_hint="--country")
    try:
        written = write_demo_pki(
            folder,
            key_type=key_type,
            organisation=organisation,
            organisation_identifier=organisation_identifier,
            country=country,
        )
    except TrustError as error:  # one of the names is such that no certificate can bear it
        raise typer.BadParameter(str(error)) from error
    paths = {"key": written.key, "password_file": written.password_file, "trust": written.trust}
    if json_:
        terminal.print_json({"version": 1, **{name: str(path) for name, path in paths.items()}})
        return
    typer.echo(f"A test seal is in {folder}. Nobody but your own tests should trust it.")
    for path in paths.values():
        typer.echo(f"  {path}")
    typer.echo(
        f"\nTry:  edc-microcred seal credential.json -o sealed.jsonld --key {written.key} "
        f"--password-file {written.password_file}\n      edc-microcred verify sealed.jsonld --trust {written.trust}"
    )
