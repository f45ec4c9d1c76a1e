"""How the pages look: the institution's logo and colour, or templates of its own.

A template folder may hold `certificate.html` (Jinja2, sandboxed), `certificate.css`, `certificate.typ` (Typst),
`words.json` (`{"fr": {"outcomes": "Acquis", …}}`: words for a language, whole or in part) and a folder `fonts`. What is
not there is taken from the built-in design. The folder belongs to the institution and is trusted as a program would
be, as far as this: a template cannot read files outside it, also not by links, and packages from the network are
refused. Its Typst part runs in a process that reaches no network.
"""

import base64
import json
import re
import struct
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from edc_microcred.errors import EdcMicrocredError
from edc_microcred.rendering.labels import Words, words

DEFAULT_COLOUR: Final = "#1d3f72"
LARGEST_LOGO: Final = 500_000
LARGEST_FOLDER: Final = 20_000_000
_COLOUR: Final = re.compile("#[0-9a-fA-F]{6}")
_READABLE: Final = 4.5  # WCAG 2.2, 1.4.3: contrast of text to its ground
_PACKAGE: Final = re.compile(rb"@(?:preview|local)\b")
_FONT_ENDINGS: Final = (".ttf", ".otf", ".ttc", ".otc")


class RenderingError(EdcMicrocredError):
    """A page cannot be made as asked: an unknown form, a design that does not work, a part that is not installed."""


@dataclass(frozen=True)
class Design:
    """The look of a page. `logo` is a PNG, JPEG or SVG file, `colour` is `#rrggbb`, `template` a folder (see above).

    Raises `RenderingError` for a logo of another kind or beyond 500 kB, a colour that is none, a folder that is not
    there. Files of the folder are read once, when first needed. Safe to share between threads.
    """

    logo: bytes | None = field(default=None, repr=False)
    colour: str = DEFAULT_COLOUR
    template: Path | None = None

    def __post_init__(self) -> None:
        if not _COLOUR.fullmatch(self.colour):
            raise RenderingError(f"{self.colour[:20]!r} is no colour.", remedy="Write it as #1d3f72.")
        if self.logo is not None:
            _ = self.logo_type
            if len(self.logo) > LARGEST_LOGO:
                raise RenderingError(
                    f"The logo has {len(self.logo):,} bytes; the most is {LARGEST_LOGO:,}.",
                    remedy="Save it smaller: 600 pixels are wide enough for print. It lies in every page that is made.",
                )
        if self.template is not None and not self.template.is_dir():
            raise RenderingError(f"{self.template} is no folder.", remedy="Name the folder that holds the templates.")

    @cached_property
    def logo_type(self) -> str:
        """The media type of the logo: `image/png`, `image/jpeg` or `image/svg+xml`."""
        logo = self.logo or b""
        if logo.startswith(b"\x89PNG\r\n\x1a\n"):
            return "image/png"
        if logo.startswith(b"\xff\xd8\xff"):
            return "image/jpeg"
        if re.match(rb"(\xef\xbb\xbf)?\s*<(\?xml|!--|!DOCTYPE svg|svg)", logo) and b"<svg" in logo:
            return "image/svg+xml"
        raise RenderingError("The logo is neither PNG nor JPEG nor SVG.", remedy="Save it in one of these forms.")

    @property
    def logo_uri(self) -> str:
        """The logo as a data URI; empty without one."""
        if self.logo is None:
            return ""
        return f"data:{self.logo_type};base64,{base64.b64encode(self.logo).decode()}"

    @cached_property
    def ink(self) -> str:
        """The colour, darkened as far as it must be to be read on white."""
        red, green, blue = struct.unpack("BBB", bytes.fromhex(self.colour[1:]))
        while _contrast_to_white(red, green, blue) < _READABLE:
            red, green, blue = (int(part * 0.95) for part in (red, green, blue))
        return f"#{red:02x}{green:02x}{blue:02x}"

    @cached_property
    def files(self) -> dict[str, bytes]:
        """The files of the template folder, fonts aside, by path from there; empty without a folder."""
        if self.template is None:
            return {}
        found: dict[str, bytes] = {}
        size = 0
        try:
            for path in sorted(self.template.rglob("*")):
                name = path.relative_to(self.template).as_posix()
                if not path.resolve().is_relative_to(self.template.resolve()):
                    raise RenderingError(
                        f"{name} in the template folder leads out of it.",
                        remedy="Copy into the folder what is needed; a template reads nothing else.",
                    )
                if not path.is_file() or path.name.startswith(".") or name.startswith("fonts/"):
                    continue
                size += path.stat().st_size
                if size > LARGEST_FOLDER:
                    raise RenderingError(f"{self.template} holds more than {LARGEST_FOLDER:,} bytes.")
                found[name] = path.read_bytes()
        except OSError as error:
            raise RenderingError(f"{self.template} cannot be read: {error.strerror or error}.") from error
        for name, content in found.items():
            if name.endswith(".typ") and _PACKAGE.search(content):
                raise RenderingError(
                    f"{name} in the template folder asks for a package.",
                    remedy="Packages would be fetched from the network. Copy what is needed into the folder.",
                )
        return found

    @property
    def fonts(self) -> Path | None:
        """The folder of fonts of the template folder, or None."""
        folder = self.template / "fonts" if self.template is not None else None
        return folder if folder is not None and folder.is_dir() else None

    def words(self, language: str) -> Words:
        """The fixed words for a page in `language`, with those of the template folder before ours."""
        given = words(language)
        own = self._own_words.get(language)
        return given.with_texts({name: text for name, text in own.items() if name in given}) if own else given

    @cached_property
    def _own_words(self) -> dict[str, dict[str, str]]:
        if "words.json" not in self.files:
            return {}
        try:
            read: Any = json.loads(self.files["words.json"])
            return {language: {str(name): str(text) for name, text in own.items()} for language, own in read.items()}
        except (ValueError, AttributeError) as error:
            raise RenderingError(
                "words.json in the template folder cannot be read.",
                remedy='It is JSON of this form: {"fr": {"outcomes": "Acquis d\'apprentissage"}}.',
            ) from error

    @cached_property
    def digest(self) -> str:
        """A digest of all that this design is made of: equal for designs that look the same."""
        made_of = [self.logo or b"", self.colour.encode()]
        made_of += [part for name, content in self.files.items() for part in (name.encode(), content)]
        for font in sorted(self.fonts.rglob("*")) if self.fonts else ():
            if font.suffix.lower() in _FONT_ENDINGS:
                made_of.append(font.read_bytes())
        digest = sha256()
        for part in made_of:
            digest.update(sha256(part).digest())
        return digest.hexdigest()


def _contrast_to_white(*parts: int) -> float:
    """The contrast ratio of WCAG 2.2 between a colour and white."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in parts)]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


DEFAULT_DESIGN: Final = Design()
