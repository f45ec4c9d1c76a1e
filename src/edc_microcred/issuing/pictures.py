"""Whether the page pictures of a credential leave it small enough to be sent and kept.

They share one budget (see `rendering.display`); a course in many languages, or a page full of pictures, can need more.
"""

from typing import Final

from edc_microcred.elm import DisplayParameter
from edc_microcred.findings import Finding, Rule, Severity
from edc_microcred.rendering.display import LARGEST_PICTURES

PICTURES_TOO_LARGE: Final = Rule(
    id="issue/pictures-too-large", severity=Severity.WARNING, since="0.1",
    source="This project's aim: a credential of less than 250 kB",
    title="The page pictures are larger than they should be",
    message="The {count} pictures of the page take {size} bytes of each credential; {most} leave it below 250 kB.",
    why="Every learner's file holds the pictures, and some mail servers and portals refuse large files.",
    fix="Name fewer languages in the course, or take a logo or template with fewer colours and pictures.",
    wrong={"pictures": [60_000, 60_000]}, right={"pictures": [60_000, 49_000]},
)  # fmt: skip

RULES: Final[tuple[Rule, ...]] = (PICTURES_TOO_LARGE,)


def check_pictures(display: DisplayParameter | None) -> list[Finding]:
    """A warning where the pictures of a display take more, as base64, than a credential has room for."""
    shown = display.individual_display if display is not None else []
    images = [detail.image for each in shown for detail in each.display_detail]
    sizes = [-(-len(image.content) // 3) * 4 for image in images if image is not None and image.content is not None]
    if sum(sizes) <= LARGEST_PICTURES:
        return []
    most = f"{LARGEST_PICTURES:,}"
    return [PICTURES_TOO_LARGE.found("/displayParameter", count=len(sizes), size=f"{sum(sizes):,}", most=most)]
