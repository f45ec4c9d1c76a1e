"""Typst with a template that is not ours, in a process of its own: it can reach neither a network nor other folders.

A template is a program, and Typst fetches a package that it imports, also one whose name the program puts together as
it runs. No option forbids that. So this file is run as a script, in an environment that has nothing but a proxy where
nobody listens: whatever Typst asks the network for ends there, without even a name being looked up. Packages are
looked for where no folder is, and files only below the template's folder.

It reads one JSON object from standard input and writes one to standard output; both are made by `typst_pages`.
It imports nothing of this package, so that it starts in a twentieth of a second.
"""

import base64
import json
import sys
from typing import Any, Final

NOWHERE: Final = "http://127.0.0.1:0"
"""A proxy that no connection can be made to: there is no port 0."""
ENVIRONMENT: Final = {
    name: NOWHERE for kind in ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy") for name in (kind, kind.upper())
}
"""The environment of the process; without `no_proxy`, which would make exceptions."""


def made(asked: dict[str, Any]) -> dict[str, Any]:
    """The pages, or what is wrong: `{"pages": [base64, …]}` or `{"error": text}`."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, font_paths=asked["fonts"])
    try:
        pages = typst.compile(
            base64.b64decode(asked["template"]),
            root=asked["root"],
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs=asked["inputs"],
            package_path=asked["packages"],
            package_cache_path=asked["packages"],
            **asked["options"],
        )
    except typst.TypstError as error:
        return {"error": error.message}
    return {"pages": [base64.b64encode(page).decode() for page in (pages if isinstance(pages, list) else [pages])]}


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])  # the folder that holds typst; nothing else of the environment is taken over
    json.dump(made(json.load(sys.stdin)), sys.stdout)
