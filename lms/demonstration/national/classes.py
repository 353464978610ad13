"""Class hours of part of the cohorts, and students whom their institution declares validated."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np

from lms.dashboards.models import Declaration, TaughtCompetency, TaughtHours

from .crowd import Crowd
from .writing import Sheet, reserve

RECORDING, DECLARING = 0.6, 0.35  # shares of the streams
MEANS = "Unité d’enseignement « santé numérique »"
STARTS = (date(2025, 10, 6), date(2026, 9, 21), date(2026, 9, 21))  # of the three cohorts of a stream
WEEKS = (30, 8, 8)
LEAST, MOST = 2, 8  # sessions of a cohort
MINUTES = (90, 120, 180, 240)


def teach(
    crowd: Crowd, enrolments: Sequence[tuple[int, int]], competencies: Sequence[str], now: datetime
) -> list[Sheet]:
    """Return the sheets; `enrolments`: (id, person) of last year’s places; `competencies`: their codes."""
    return [*_hours(crowd, competencies, now), _declarations(crowd, enrolments, now)]


def _hours(crowd: Crowd, competencies: Sequence[str], now: datetime) -> list[Sheet]:
    """Return some sessions for the cohorts of the streams that record them, and what they were about."""
    sessions = Sheet(TaughtHours, ("id", "uuid", "cohort_id", "taught_date", "minutes", "recorded_at"))
    about = Sheet(TaughtCompetency, ("taught_id", "code"))
    luck, today = crowd.luck, now.date()
    given = [
        (cohort, day)
        for stream in crowd.streams
        if luck.random() < RECORDING
        for cohort, start, weeks in zip(stream.cohorts, STARTS, WEEKS, strict=True)
        for day in _days(start, weeks, luck)
        if day <= today
    ]
    given = list(dict.fromkeys(given))  # a stream may have one cohort for two of its three
    ids, uuids = reserve(TaughtHours, len(given)), crowd.uuids(len(given))
    for pk, code, (cohort, day) in zip(ids, uuids, given, strict=True):
        minutes, at = MINUTES[int(luck.integers(len(MINUTES)))], datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
        sessions.lines.append(f"{pk}\t{code}\t{cohort}\t{day}\t{minutes}\t{min(at, now).isoformat()}")
        codes = luck.choice(competencies, size=int(luck.integers(1, 4)), replace=False)
        about.add(f"{pk}\t{code}" for code in sorted(codes))
    return [sessions, about]


def _days(start: date, weeks: int, luck: np.random.Generator) -> list[date]:
    count = int(luck.integers(LEAST, MOST + 1))
    return sorted(start + timedelta(days=int(day)) for day in luck.integers(0, 7 * weeks, count) if day % 7 < 5)


def _declarations(crowd: Crowd, enrolments: Sequence[tuple[int, int]], now: datetime) -> Sheet:
    """Return who was declared validated last year, of those who were not trained here."""
    found = Sheet(Declaration, ("enrolment_id", "validated_date", "means", "declared_at"))
    declares = crowd.luck.random(len(crowd.streams)) < DECLARING
    chosen = crowd.luck.random(crowd.count) < 0.4
    days = crowd.draw(0, 45).tolist()
    for enrolment, person in enrolments:
        if declares[crowd.stream[person]] and chosen[person] and not crowd.is_trained[person]:
            day = date(2026, 5, 18) + timedelta(days=days[person])
            if day <= now.date():
                found.lines.append(f"{enrolment}\t{day}\t{MEANS}\t{day}T12:00:00Z")
    return found
