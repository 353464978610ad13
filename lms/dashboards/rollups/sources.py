"""What other parts of the dashboards tell of enrolments: hours taught in class, people declared validated.

They are told here when the application starts; after a change they call `keeping.refresh` for the students concerned.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date

TaughtMinutes = Callable[[Collection[int]], Mapping[int, int]]
DeclaredDates = Callable[[Collection[int]], Mapping[int, date]]
_taught: list[TaughtMinutes] = []
_declared: list[DeclaredDates] = []


def register_taught(provider: TaughtMinutes) -> None:
    """Let a provider say, from cohort ids, {cohort id: minutes of class}."""
    if provider not in _taught:
        _taught.append(provider)


def register_declared(provider: DeclaredDates) -> None:
    """Let a provider say, from enrolment ids, {enrolment id: date on which the institution declared them validated}."""
    if provider not in _declared:
        _declared.append(provider)


def taught_minutes(cohort_ids: Collection[int]) -> dict[int, int]:
    """Return the minutes of class of each cohort that had some."""
    found: dict[int, int] = {}
    for provider in _taught:
        for cohort_id, minutes in provider(cohort_ids).items():
            found[cohort_id] = found.get(cohort_id, 0) + minutes
    return found


def declared_dates(enrolment_ids: Collection[int]) -> dict[int, date]:
    """Return when each enrolment was declared validated, the first time; nothing of those that were not."""
    found: dict[int, date] = {}
    for provider in _declared:
        for enrolment_id, day in provider(enrolment_ids).items():
            found[enrolment_id] = min(day, found.get(enrolment_id, day))
    return found
