"""The command line. One module a verb; each parses, calls the library, prints, and decides nothing.

Exit codes: 0 good, 1 not good, 2 wrong usage, 3 indeterminate.
"""

import gc
import os
import sys

from edc_microcred.errors import EdcMicrocredError


def main() -> None:
    """The console script `edc-microcred`."""
    gc.set_threshold(200_000)  # looking for garbage in what is imported as often as usual takes a tenth of a start
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # nobody else has to look into what is read here
    from edc_microcred.cli.app import app

    try:
        app()
    except EdcMicrocredError as error:
        print(f"edc-microcred: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("edc-microcred: stopped.", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output went away, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:  # a name too long, a folder that may not be read: the system's words say enough
        what = repr(str(error.filename)[:200]) if error.filename is not None else "standard output"
        print(f"edc-microcred: {what}: {error.strerror or 'cannot be written or read'}", file=sys.stderr)
        if error.filename is None:  # what was not written cannot be written at the end either
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    finally:
        gc.freeze()  # nor is all of it to be looked through at the end
