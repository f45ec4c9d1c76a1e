"""`rules` and `explain`: every rule, and what one of them means."""

import json
import textwrap
from typing import Annotated

import typer


def rules_command(
    room: Annotated[
        str | None, typer.Argument(metavar="ROOM", help="Only the rules of this room: elm, edc, ld, cv, seal, trust.")
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print the rules as JSON.")] = False,
) -> None:
    """List all rules with their severity and title."""
    from edc_microcred.catalogue import rules
    from edc_microcred.cli import terminal

    found = [rule for rule in rules().values() if room is None or rule.id.startswith(f"{room}/")]
    if not found:
        raise typer.BadParameter(f"there are no rules of a room {room!r}.")
    if json_:
        terminal.print_json({"version": 1, "rules": [rule.as_json() for rule in found]})
        return
    width = max(len(rule.id) for rule in found)
    for rule in found:
        label = typer.style(f"{rule.severity.value:7}", fg=terminal.SEVERITY_COLOURS[rule.severity])
        typer.echo(f"{label} {rule.id:{width}}  {rule.title}")


def command(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="The id of a rule, such as edc/expired.")],
    json_: Annotated[bool, typer.Option("--json", help="Print the rule as JSON.")] = False,
) -> None:
    """Say what a rule means, why it is there, and what to do."""
    from edc_microcred.catalogue import explain
    from edc_microcred.cli import inputs, terminal

    with inputs.option("RULE"):
        found = explain(rule)
    if json_:
        terminal.print_json(found.as_json())
        return
    weight = f"{found.severity.value}, indeterminate" if found.indeterminate else found.severity.value
    typer.echo(f"{typer.style(found.id, bold=True)} ({weight}, since {found.since})")
    typer.echo(f"{found.title}\n")
    for heading, text in (("Why", found.why), ("What to do", found.fix), ("Source", found.source)):
        typer.echo(f"{heading}:\n{textwrap.indent(textwrap.fill(text, 96), '  ')}")
    for heading, example in (("Wrong", found.wrong), ("Right", found.right)):
        shown = example if isinstance(example, str) else json.dumps(example, ensure_ascii=False, indent=2)
        typer.echo(f"{heading}:\n{textwrap.indent(shown, '  ')}")
