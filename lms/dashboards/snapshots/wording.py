"""A line as it is published: a count of people, or a share in whole percents with its interval; and its day."""

from typing import Any

from ..cohort.standing import Share
from ..disclosure import Line

NOTHING = Line(None)


def of_line(line: Line, *, is_result: bool) -> dict[str, Any]:
    """Return what may be kept for pages. A share is published without the counts it is made of."""
    if line.count is None or line.day is None:
        return {"mask": "small" if line.is_small else "deduced"}
    day = line.day.isoformat()
    if not is_result:
        return {"value": line.count.part, "day": day}
    share = Share(line.count.part, line.count.whole)
    return {"percent": share.percent, "low": share.low, "high": share.high, "day": day}
