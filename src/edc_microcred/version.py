"""The version, where every room can name it."""

from typing import Final

__version__: Final = "0.1.0"
