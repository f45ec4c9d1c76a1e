"""The pictures of certificate pages in the documentation: `python -m tools.pictures` (needs Chromium and playwright).

They show an invented learner of the course in `examples/edna`, as a browser shows the HTML page. Not part of
`make generate`, because the dots depend on the browser and its fonts.
"""

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

from edc_microcred.microcredential import Course, Learner, build, read_learners
from edc_microcred.rendering import Design, SealStatement, read_page
from edc_microcred.rendering.html import to_html
from edc_microcred.rendering.palette import with_few_colours

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "docs" / "pictures"
MOMENT: Final = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)
SEAL: Final = SealStatement("says", "Example University (TEST)", "VATRS-000000000", MOMENT)
# File, language of the page, width of the window, design.
PICTURES: Final = (
    ("page-en", "en", 794, Design()),
    ("page-sr", "sr", 794, Design()),
    ("page-sr-Latn", "sr-Latn", 794, Design(colour="#7a1f1f")),
    ("page-de-telephone", "de", 360, Design()),
)
LARGEST: Final = 80_000


def main() -> None:
    """Writes the pictures, and stops when one is larger than a document should load."""
    course = Course.load(ROOT / "examples" / "edna" / "course.yaml")
    learners = read_learners(ROOT / "examples" / "edna" / "learners.csv", course)
    learner = next(one for one in learners if isinstance(one, Learner))
    credential_id = "urn:credential:2f0f1a34-6f0b-4f0e-9d43-0c0de0c0de00"
    credential = build(course, learner, credential_id=credential_id, at=MOMENT)
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, language, width, design in PICTURES:
            page = browser.new_page(viewport={"width": width, "height": 1123})
            page.set_content(to_html(read_page(credential, language, seal=SEAL), design).decode())
            drawn = page.locator(".front").screenshot()
            picture = with_few_colours(drawn, 16)
            if len(picture) > LARGEST:
                sys.exit(f"{name}.png would have {len(picture)} bytes.")
            (FOLDER / f"{name}.png").write_bytes(picture)
            print(f"{name}.png: {len(picture)} bytes")
        browser.close()


if __name__ == "__main__":
    main()
