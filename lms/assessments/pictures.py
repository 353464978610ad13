"""The profile drawn: its numbers handed to the drawing hand of themes, which knows nothing of them."""

from typing import Any

from themes import pictures as draw

from .profile import Before, Line, Profile


def of(profile: Profile, previous: Before | None) -> dict[str, Any]:
    """Return the strata (wide and for a phone), the radar and the path of the estimate, as SVG."""
    rows = [_row(line) for line in profile.domains]
    before = [line.score for line in previous.domains] if previous else None
    limits = [{"at": level["low"], "label": level["title"]} for level in profile.levels]
    return {
        "strata": draw.strata(rows, limits=limits, previous=before),
        "strata_phone": draw.strata_phone(rows, limits=limits, previous=before),
        "radar": draw.radar(rows),
        "trajectory": draw.trajectory(profile.trajectory),
    }


def _row(line: Line) -> dict[str, Any]:
    return {
        "label": line.title,
        "value_label": f"{line.score} · {line.level}",
        "low": line.low,
        "estimate": line.score,
        "high": line.high,
        "hue": line.domain_number,
    }
