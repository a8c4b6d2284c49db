"""The program: the command `synoptic`, also called as `python -m pipeline`."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from pipeline.cli.commands import main


def run() -> None:
    """Run the command and end the process.

    It ends at once: files are closed and workers have ended by then, and to free the records of a large
    collection one by one would take a tenth of the time of a run in which little is new.
    """
    try:
        main(prog_name="synoptic")
    except SystemExit as end:
        if not isinstance(end.code, int) or sys.gettrace() or sys.getprofile():
            raise
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):  # nobody reads it any more
                stream.flush()
        os._exit(end.code)


if __name__ == "__main__":
    run()
