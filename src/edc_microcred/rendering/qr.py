"""QR codes as SVG: one path, no script, no style."""

import io
from functools import lru_cache
from typing import Final

LONGEST: Final = 300
"""The most characters that are put into a code; longer ids give one too dense to be read from paper."""


@lru_cache(maxsize=64)
def qr_svg(text: str) -> str | None:
    """The QR code of `text` with error correction M and the quiet zone that ISO/IEC 18004 demands.

    None where it is too long, or holds what no id of a credential holds.
    """
    if len(text) > LONGEST or not (text.isascii() and text.isprintable()):
        return None
    import segno

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out,
        kind="svg",
        border=4,
        xmldecl=False,
        svgclass=None,
        lineclass=None,
        omitsize=True,
        nl=False,
        light="#ffffff",
    )
    return out.getvalue().decode()
