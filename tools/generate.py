"""Everything in the repository that is written from the code: `make generate`.

    python -m tools.generate            writes what is not current
    python -m tools.generate --check    changes nothing; exit code 1 when something is not current
    python -m tools.generate docs       only the pages of documentation

To add an output, give its path and the function that makes its text to `outputs`.
"""

import difflib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def outputs() -> dict[str, Callable[[], str]]:
    """Path below the repository -> the function that writes its text."""
    from edc_microcred.jsonld import edc_ap_context
    from edc_microcred.microcredential.course_schema import course_page, course_schema
    from edc_microcred.shapes import PROFILES, write_shacl
    from edc_microcred.shapes.json_schema import credential_schema
    from edc_microcred.verification.schema import VALIDATION_REPORT, VERIFICATION_REPORT
    from tools import pages
    from tools.schema_index import schema_index

    schemas: dict[str, Callable[[], str]] = {
        "schemas/edc-ap-context.jsonld": lambda: _json(edc_ap_context()),
        "schemas/verification-report.schema.json": lambda: _json(VERIFICATION_REPORT),
        **{f"schemas/shacl/{name}.ttl": lambda one=one: write_shacl(one) for name, one in PROFILES.items()},
        "schemas/validation-report.schema.json": lambda: _json(VALIDATION_REPORT),
        "schemas/course.schema.json": lambda: _json(course_schema()),
        "schemas/credential.schema.json": lambda: _json(credential_schema()),
    }
    return {
        **schemas,
        "schemas/index.json": lambda: _json(schema_index({path: make() for path, make in schemas.items()})),
        "docs/course.md": course_page,
        "docs/elm.md": pages.elm_page,
        "docs/rules.md": pages.rules_page,
        "docs/reference/README.md": pages.reference_index,
        **{f"docs/reference/{room}.md": lambda room=room: pages.reference_page(room) for room in pages.ROOMS},
        "docs/api.txt": pages.api_text,
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def main(arguments: list[str]) -> int:
    """Writes or checks; the exit code."""
    check = "--check" in arguments
    only = [a for a in arguments if not a.startswith("-")]
    stale = 0
    for name, make in outputs().items():
        if only and not name.startswith(tuple(only)):
            continue
        path, text = ROOT / name, make()
        current = path.read_text(encoding="utf-8") if path.exists() else ""
        if current == text:
            continue
        stale += 1
        if check:
            changes = difflib.unified_diff(
                current.splitlines(), text.splitlines(), name, f"{name} (anew)", lineterm="", n=1
            )
            print("\n".join(list(changes)[:40]))
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(f"wrote {name}")
    if check and stale:
        print(f"{stale} files are not current: run `make generate`.")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
