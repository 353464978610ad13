"""What every bench prints: a table to read, and one JSON line per figure."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TextIO


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number; ``at_most`` says on which side of the target it must be, ``error`` is its standard error.

    ``within`` is the half-width of a two-sided target: the value must lie in target ± within.
    """

    bench: str
    figure: str
    value: float
    unit: str
    target: float | None = None
    peer: str | None = None
    peer_value: float | None = None
    error: float | None = None
    at_most: bool = True
    within: float | None = None
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        """Return whether the target is met, within two standard errors; None without a target."""
        if self.target is None:
            return None
        slack = 2.0 * (self.error or 0.0)
        if self.within is not None:
            return abs(self.value - self.target) <= self.within + slack
        return self.value <= self.target + slack if self.at_most else self.value >= self.target - slack

    def as_json(self) -> str:
        """Return the line a machine reads: six keys and the peer, in this order."""
        line = {
            "bench": self.bench,
            "figure": self.figure,
            "value": rounded(self.value),
            "unit": self.unit,
            "target": self.target,
            "peer": self.peer,
            "peer_value": None if self.peer_value is None else rounded(self.peer_value),
        }
        return json.dumps(line, ensure_ascii=False)


def rounded(value: float) -> float:
    """Return a value with four significant digits, enough to compare and no more than was measured."""
    return float(f"{value:.4g}")


def print_figures(figures: Iterable[Figure], stream: TextIO | None = None) -> bool:
    """Print the table, then the JSON lines; return whether every target is met."""
    out, rows = stream or sys.stdout, list(figures)
    cells = [("figure", "value", "± s.e.", "unit", "target", "", "peer", "note"), *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
    for line in cells:
        out.write("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n")
    out.write("\n")
    for row in rows:
        out.write(row.as_json() + "\n")
    out.flush()
    return all(row.is_met is not False for row in rows)


def _cells(row: Figure) -> tuple[str, ...]:
    verdict = {True: "met", False: "MISSED", None: ""}[row.is_met]
    peer = f"{row.peer} {rounded(row.peer_value):g}" if row.peer and row.peer_value is not None else ""
    error = "" if row.error is None else f"{row.error:.2g}"
    return (row.figure, f"{rounded(row.value):g}", error, row.unit, _target(row), verdict, peer, row.note)


def _target(row: Figure) -> str:
    if row.target is None:
        return ""
    if row.within is not None:
        return f"{row.target:g} ± {row.within:g}"
    return f"{'≤' if row.at_most else '≥'} {row.target:g}"
