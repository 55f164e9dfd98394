"""Runs the real program, for the scripts of this folder."""

import os
import pathlib
import subprocess
import sys

PROJECT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = str(pathlib.Path(os.environ.get("ASYNCLINT", PROJECT / "build/dev/asynclint")).resolve())
SKIPPED = 77  # what ctest takes for "skipped"


def skip(reason: str) -> None:
    """Ends the script, loudly, without a verdict."""
    print(f"SKIPPED: {reason}", file=sys.stderr)
    sys.exit(SKIPPED)


def run(*arguments, cwd=None, given=None, status=None, env=None, timeout=60):
    """The finished process; output as bytes. Fails where it ends otherwise than `status` says."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], cwd=cwd, input=given, capture_output=True,
                          env={**os.environ, **(env or {})}, timeout=timeout)
    if status is not None and done.returncode != status:
        raise AssertionError(f"{arguments}: status {done.returncode}, not {status}\n"
                             f"{done.stdout.decode(errors='replace')}"
                             f"{done.stderr.decode(errors='replace')}")
    return done
