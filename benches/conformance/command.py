"""``./bench conformance --suite PATH``: read every file under a folder, count what is taken and name what is not."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from benches.report import Figure, print_figures
from question_bank.exchange.formats import read
from question_bank.exchange.notes import Note, Refused

ENDINGS = {".xml", ".zip", ".txt", ".gift", ".csv", ".xlsx"}
MOST_SECONDS = 2.0


@dataclass
class Counts:
    """What came of a folder; `reasons`: how often each thing was not taken, in words."""

    files: int = 0
    refused: int = 0
    items: int = 0
    left_out: int = 0
    crashed: list[str] = field(default_factory=list)
    slowest: float = 0.0
    reasons: Counter[str] = field(default_factory=Counter)
    formats: Counter[str] = field(default_factory=Counter)

    def leave(self, note: Note) -> None:
        """Count a reason, without where it was."""
        self.reasons[note.msgid % note.values] += 1


def count(folder: Path) -> Counts:
    """Return what reading every file under `folder` gives; a reader that breaks is named, never hidden."""
    found = Counts()
    for path in sorted(one for one in folder.rglob("*") if one.is_file() and one.suffix.lower() in ENDINGS):
        found.files += 1
        start = time.perf_counter()
        try:
            _read(path, found)
        except Exception as error:  # noqa: BLE001 - a crash is what this bench looks for
            found.crashed.append(f"{path}: {type(error).__name__}: {error}")
        found.slowest = max(found.slowest, time.perf_counter() - start)
    return found


def _read(path: Path, found: Counts) -> None:
    try:
        reading = read(path.name, path.read_bytes())
    except Refused as error:
        found.refused += 1
        found.leave(error.note)
        return
    found.items += len(reading.items)
    found.left_out += len(reading.left_out)
    found.formats[reading.format] += len(reading.items)
    for note in reading.left_out:
        found.leave(note)


def figures(found: Counts) -> list[Figure]:
    """Return the counts as lines of a bench."""
    lines = [
        Figure("conformance", "files", found.files, "files"),
        Figure("conformance", "items_read", found.items, "items"),
        Figure("conformance", "items_named_not_read", found.left_out, "items"),
        Figure("conformance", "files_refused_with_a_sentence", found.refused, "files"),
        Figure("conformance", "crashes", len(found.crashed), "files", target=0),
        Figure("conformance", "slowest_file", found.slowest, "s", target=MOST_SECONDS),
    ]
    return lines + [Figure("conformance", f"items_{name}", items, "items") for name, items in found.formats.items()]


def main(argv: list[str]) -> int:
    """Run the bench; return 1 when a reader broke or took too long, 2 when there is nothing to read."""
    parser = argparse.ArgumentParser(prog="./bench conformance")
    parser.add_argument("--suite", type=Path, required=True, help="a folder of examples (docs/conformance.md)")
    suite = parser.parse_args(argv).suite
    if not suite.is_dir():
        sys.stderr.write(f"{suite} is not a folder.\n")
        return 2
    found = count(suite)
    for reason, times in found.reasons.most_common():
        sys.stdout.write(f"{times:>5}  {reason}\n")
    for crash in found.crashed:
        sys.stdout.write(f"CRASH  {crash}\n")
    sys.stdout.write("\n")
    return 0 if print_figures(figures(found)) else 1
