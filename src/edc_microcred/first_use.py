"""Names of a package that are imported when they are first used, so that importing the package costs little.

Clause: PEP 562 (`__getattr__` of a module).
"""

from collections.abc import Callable, Mapping
from typing import Any


def on_first_use(package: str, parts: Mapping[str, str]) -> Callable[[str], Any]:
    """The `__getattr__` of `package`: `parts` says for each name in which of its modules it is."""

    def __getattr__(name: str) -> Any:  # noqa: N807  # it is the module's
        if name not in parts:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        import importlib
        import sys

        value = getattr(importlib.import_module(f"{package}.{parts[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return __getattr__
