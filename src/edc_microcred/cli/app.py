"""The verbs, put together."""

import typer

from edc_microcred.cli import check, demo_pki, explain, issue, new, render, seal, show, validate, verify, vocab
from edc_microcred.cli.help_texts import EXIT_CODES, Verb

app = typer.Typer(
    name="edc-microcred",
    help="Issue and verify European Digital Credentials for Learning, made for micro-credentials.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        from edc_microcred import __version__

        typer.echo(f"edc-microcred {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Issue and verify European Digital Credentials for Learning, made for micro-credentials."""


app.command("new", cls=Verb)(new.command)
app.command("check", cls=Verb)(check.command)
app.command("issue", cls=Verb)(issue.command)
app.command("verify", cls=Verb)(verify.command)
app.command("validate", cls=Verb)(validate.command)
app.command("seal", cls=Verb)(seal.command)
app.command("show", cls=Verb)(show.command)
app.command("render", cls=Verb)(render.command)
app.command("vocab", cls=Verb)(vocab.command)
app.command("rules", cls=Verb)(explain.rules_command)
app.command("explain", cls=Verb)(explain.command)
app.command("demo-pki", cls=Verb)(demo_pki.command)
