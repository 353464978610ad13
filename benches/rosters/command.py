"""The command: a roster of 10,000 students as CSV and as XLSX, each in a process and a database of its own."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile

from benches.report import Figure, print_figures

ROWS = 10_000
MOST_SECONDS = 20.0
MOST_MEGABYTES = 64.0  # added by the list to a process that does nothing yet


def main(argv: list[str]) -> int:
    """Run the bench; return 1 when a target is missed."""
    parser = argparse.ArgumentParser(prog="./bench rosters", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    rows = parser.parse_args(argv).rows
    is_usual = rows == ROWS  # targets are for the usual size
    found = [figure for kind in ("csv", "xlsx") for figure in _figures(kind, measured(kind, rows), is_usual=is_usual)]
    return 0 if print_figures(found) else 1


def measured(kind: str, rows: int) -> dict[str, float]:
    """Return what one list costs, measured by `applying` in a fresh process."""
    with tempfile.TemporaryDirectory(prefix="socle-rosters-") as folder:
        settings = {"DJANGO_SETTINGS_MODULE": "lms.settings.dev", "SOCLE_VAR": folder}
        command = [sys.executable, "-m", "benches.rosters.applying", kind, str(rows)]
        done = subprocess.run(command, env={**os.environ, **settings}, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def _figures(kind: str, cost: dict[str, float], *, is_usual: bool) -> list[Figure]:
    seconds, megabytes = (MOST_SECONDS, MOST_MEGABYTES) if is_usual else (None, None)
    return [
        Figure("rosters", f"{kind}_preview", cost["preview"], "s"),
        Figure("rosters", f"{kind}_apply", cost["apply"], "s"),
        Figure("rosters", f"{kind}_whole", cost["preview"] + cost["apply"], "s", seconds),
        Figure("rosters", f"{kind}_same_again", cost["again"], "s"),
        Figure("rosters", f"{kind}_peak_memory", cost["memory"], "MB"),
        Figure("rosters", f"{kind}_memory_added", cost["added"], "MB", megabytes),
    ]
