"""The verbs, put together."""

import typer

from edc_microcred.cli import check, demo_pki, explain, issue, new, render, seal, show, validate, verify, vocab

app = typer.Typer(
    name="edc-microcred",
    help="Issue and verify European Digital Credentials for Learning, made for micro-credentials.",
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
    """Issue and verify European Digital Credentials for Learning, made for micro-credentials.

    Exit codes: 0 good, 1 not good, 2 wrong usage, 3 indeterminate.
    """


app.command("new")(new.command)
app.command("check")(check.command)
app.command("issue")(issue.command)
app.command("verify")(verify.command)
app.command("validate")(validate.command)
app.command("seal")(seal.command)
app.command("show")(show.command)
app.command("render")(render.command)
app.command("vocab")(vocab.command)
app.command("rules")(explain.rules_command)
app.command("explain")(explain.command)
app.command("demo-pki")(demo_pki.command)
