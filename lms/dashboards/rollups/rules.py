"""What counts as reached and as ready: data (lms/dashboards/data/rollups.yaml)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from competencies import api as competencies
from kernel import datafile

FILE = Path(__file__).parents[1] / "data" / "rollups.yaml"


@dataclass(frozen=True)
class Rules:
    """`ready_at`: probability of passing; `journey_audience`: whose journeys, once completed, make somebody trained."""

    target_level: str
    ready_at: float
    journey_audience: str


@cache
def rules() -> Rules:
    """Return the rules, read once. Raises DataFileError when the file says anything else."""
    file = datafile.read(FILE)
    found = file.value if isinstance(file.value, dict) else {}
    if set(found) != set(Rules.__dataclass_fields__) or not 0 < found["ready_at"] <= 1:
        raise datafile.DataFileError([file.at("target_level, ready_at (0 to 1) and journey_audience are expected")])
    return Rules(**found)


def target_cut() -> int:
    """Return the score at which the target level begins, in the framework in force. Raises LookupError without it."""
    for level in competencies.current_framework().levels:
        if level.code == rules().target_level:
            return level.cut_score
    raise LookupError(f"The framework has no level “{rules().target_level}”: see {FILE.name}.")
