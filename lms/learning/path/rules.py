"""The figures that order a path: lms/learning/data/path.yaml, read once per process."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from kernel.datafile import DataFileError, read

FILE: Final = Path(__file__).parents[1] / "data" / "path.yaml"
SHAPE: Final = {"audiences", "levels", "misfit", "second"}


@dataclass(frozen=True)
class LevelRule:
    """Of which use a module of this level is: what it closes (0 to 1), from which score and up to which."""

    closes: float
    lowest: int
    highest: int

    def fits(self, score: float) -> bool:
        """Say whether a module of this level is meant for somebody at `score`."""
        return self.lowest <= score < self.highest


@dataclass(frozen=True)
class Rules:
    """How far an audience is led (`target`, in points), and what counts how much."""

    target: int
    weights: Mapping[str, float]
    levels: Mapping[str, LevelRule]
    misfit: float
    second: float

    def weight(self, code: str) -> float:
        """Return how much a competency counts."""
        return self.weights.get(code, 1.0)


def rules(audience: str) -> Rules:
    """Return the rules of an audience; those of students for one that has none."""
    known = _all()
    return known.get(audience) or known["student"]


@cache
def _all() -> dict[str, Rules]:
    return load(FILE)


def load(path: Path) -> dict[str, Rules]:
    """Return the rules of each audience. Raises DataFileError."""
    file = read(path)
    value: dict[str, Any] = file.value if isinstance(file.value, dict) else {}
    if set(value) != SHAPE:
        raise DataFileError([file.at(f"the file has exactly {', '.join(sorted(SHAPE))}")])
    levels = {row["key"]: LevelRule(float(row["closes"]), row["from"], row["to"]) for row in value["levels"]}
    return {
        row["key"]: Rules(row["target"], row["weights"], levels, float(value["misfit"]), float(value["second"]))
        for row in value["audiences"]
    }
