"""How `--help` looks: plain names of what is to be given, without braces and without the types of a programmer."""

from typing import Any

from typer.core import TyperCommand

EXIT_CODES = "Exit codes: 0 good, 1 not good, 2 wrong usage, 3 indeterminate."


class Verb(TyperCommand):
    """A verb whose help names its arguments as `FILES...` and not as `{files}...` of the type `<list[str]>`."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """The pieces of the line of usage."""
        return [piece.replace("{", "").replace("}", "") for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The lists of arguments and of options."""
        records = [(param.param_type_name, param.get_help_record(ctx)) for param in self.get_params(ctx)]
        for title, kind in (("Arguments", "argument"), ("Options", "option")):
            found = [record for of_kind, record in records if of_kind == kind and record is not None]
            if kind == "argument":
                found = [(name.partition(" <")[0], said) for name, said in found]
            if found:
                with formatter.section(title):
                    formatter.write_dl(found)
