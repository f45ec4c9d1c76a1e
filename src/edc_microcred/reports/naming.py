"""What a file is called in settings and baselines: by its way from the folder that these lie in, with `/`.

However a file is typed on the command line (`x.jsonld`, `./x.jsonld`, an absolute path, from another folder), it has
one name there. What is no file, as standard input, keeps the name that it has.
"""

import os
from functools import lru_cache
from pathlib import Path


def name_from(folder: Path, path: str) -> str:
    """The name of the file at `path`, as seen from `folder`: `drafts/x.jsonld`, `../other/x.jsonld`."""
    try:
        if not os.path.lexists(path):
            return path
        parent, name = os.path.split(os.path.abspath(path))  # noqa: PTH100  # a link that is the file is not followed
        from_here = _real(os.path.abspath(folder))  # noqa: PTH100  # strings, because of the cache
        return Path(os.path.relpath(Path(_real(parent), name), from_here)).as_posix()
    except (OSError, ValueError):  # another drive, or a name that no file can have
        return Path(path).as_posix()


@lru_cache(maxsize=256)
def _real(folder: str) -> str:
    return os.path.realpath(folder)
