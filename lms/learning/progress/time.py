"""How much of the time a page says is believed."""

from datetime import datetime
from functools import cache
from pathlib import Path

from kernel import datafile

FILE = Path(__file__).parents[1] / "data" / "time.yaml"


def believed(*, claimed: int, since: datetime, now: datetime, left: int) -> int:
    """Return the seconds that count: never more than passed here since `since`, nor than what is `left` to the step."""
    return max(0, min(claimed, int((now - since).total_seconds()), left))


def longest(minutes: int) -> int:
    """Return the most seconds that a step planned for `minutes` may count."""
    rules = _rules()
    return max(rules["planned_times"] * minutes * 60, rules["least_seconds"])


@cache
def _rules() -> dict[str, int]:
    """Read the file once. Raises DataFileError when it says anything else than the two whole numbers."""
    file = datafile.read(FILE)
    found = file.value if isinstance(file.value, dict) else {}
    if set(found) != {"planned_times", "least_seconds"} or any(type(value) is not int for value in found.values()):
        raise datafile.DataFileError([file.at("planned_times and least_seconds are expected, two whole numbers")])
    return dict(found)
