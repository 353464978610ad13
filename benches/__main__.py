"""``python -m benches <name> [options]``: run one bench."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec

NAMES = ("engine", "answers", "dashboards", "records", "certificates", "pages", "conformance", "rosters")


def main(argv: list[str]) -> int:
    """Run the bench named first and return its exit status: 1 for a missed target, 2 for a name without a bench."""
    name = argv[0] if argv else ""
    if name not in NAMES:
        sys.stderr.write(f"Choose a bench: {', '.join(NAMES)}.\n")
        return 2
    if find_spec(f"benches.{name}") is None:
        sys.stderr.write(f"The bench “{name}” is not written yet.\n")
        return 2
    status: int = import_module(f"benches.{name}").main(argv[1:])
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
