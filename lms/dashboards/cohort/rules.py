"""The figures of the instructor's pages: lms/dashboards/data/cohort.yaml, read once per process."""

from dataclasses import dataclass, fields
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Final

from kernel.datafile import DataFileError, read

FILE: Final = Path(__file__).parents[1] / "data" / "cohort.yaml"


@dataclass(frozen=True)
class Rules:
    """See the data file."""

    stuck_days: int
    tries: int
    taught_next: int
    modules_each: int
    page: int

    @property
    def stuck_for(self) -> timedelta:
        """How long without a step is long."""
        return timedelta(days=self.stuck_days)


@cache
def rules() -> Rules:
    """Return the rules of the platform."""
    return load(FILE)


def load(path: Path) -> Rules:
    """Return the rules of a file. Raises DataFileError."""
    file = read(path)
    names = {field.name for field in fields(Rules)}
    value = file.value if isinstance(file.value, dict) else {}
    if set(value) != names or not all(isinstance(figure, int) and figure > 0 for figure in value.values()):
        raise DataFileError([file.at(f"the file has exactly {', '.join(sorted(names))}, positive whole numbers")])
    return Rules(**value)
