"""`vocab`: the controlled lists, and looking things up in them."""

from typing import Annotated, Any

import typer


def command(
    name: Annotated[
        str | None, typer.Argument(metavar="LIST", help="A list, such as eqf, country, isced-f; none: all lists.")
    ] = None,
    text: Annotated[
        str | None, typer.Argument(metavar="TEXT", help="What to look for: a URI, a code or words of a label.")
    ] = None,
    language: Annotated[str, typer.Option(metavar="TAG", help="Show labels in this language.")] = "en",
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="Show at most so many.")] = 50,
    json_: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Show the controlled lists, or look a value up in one of them."""
    from edc_microcred.cli import inputs, terminal
    from edc_microcred.vocabularies import entry, find, vocabularies, vocabulary

    if name is None:
        lists = vocabularies()
        if json_:
            terminal.print_json({"version": 1, "vocabularies": [_list_members(each) for each in lists]})
            return
        for each in lists:
            typer.echo(f"{each.name:28} {each.count:5}  {each.completeness.value:9}  {each.title}")
        return
    with inputs.option("LIST"):
        chosen = vocabulary(name)
    entries = find(name, text or "")
    shown = entries[:limit]
    if json_:
        members = [{"uri": e.uri, "code": e.code, "labels": dict(e.labels)} for e in shown]
        terminal.print_json(
            {"version": 1, "vocabulary": _list_members(chosen), "found": len(entries), "entries": members}
        )
    else:
        for found in shown:
            typer.echo(f"{found.code:16} {found.label(language)}\n{'':16} {found.uri}")
        if len(entries) > limit:
            typer.echo(f"… and {len(entries) - limit} more (--limit)")
        if not chosen.complete:
            typer.echo(f"The list is {chosen.completeness.value}: a value that is not in it may still exist.", err=True)
    if text and not entries:
        entry(name, text)  # raises with what is nearest
        raise typer.Exit(1)


def _list_members(each: Any) -> dict[str, Any]:
    return {
        "name": each.name,
        "title": each.title,
        "scheme": each.scheme,
        "count": each.count,
        "completeness": each.completeness.value,
        "date": str(each.date),
    }
