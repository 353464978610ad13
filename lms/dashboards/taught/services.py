"""Recording hours of class, correcting them, taking them back. Each act is audited; figures follow the event."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from competencies.api import current_framework
from kernel import audit
from kernel.errors import Invalid
from kernel.events import publish
from lms.cohorts.api import Cohort, year_bounds

from ..events import HoursTaught
from ..models import TaughtCompetency, TaughtHours
from ..models.taught import MOST_MINUTES


@transaction.atomic
def record_hours(
    *,
    cohort: Cohort,
    taught_date: date,
    minutes: int,
    competencies: Collection[str],
    note: str,
    actor_id: int | None,
    now: datetime,
) -> TaughtHours:
    """Record some minutes of class given to `cohort`. Raises Invalid."""
    _ensure_plausible(cohort, taught_date, minutes, competencies, now)
    facts: dict[str, Any] = {"taught_date": taught_date, "minutes": minutes, "note": note}
    found = TaughtHours.objects.create(cohort=cohort, recorded_by_id=actor_id, recorded_at=now, **facts)
    _write_competencies(found, competencies)
    _tell(found, "recorded", _facts(found, competencies), actor_id, now)
    return found


@transaction.atomic
def correct_hours(
    *,
    taught: TaughtHours,
    taught_date: date,
    minutes: int,
    competencies: Collection[str],
    note: str,
    actor_id: int | None,
    now: datetime,
) -> None:
    """Correct what was recorded; the audit keeps what it was. Raises Invalid."""
    _ensure_plausible(taught.cohort, taught_date, minutes, competencies, now)
    before = _facts(taught, codes_of(taught))
    taught.taught_date, taught.minutes, taught.note = taught_date, minutes, note
    taught.save(update_fields=["taught_date", "minutes", "note"])
    taught.competencies.all().delete()
    _write_competencies(taught, competencies)
    after = _facts(taught, competencies)
    if after != before:
        _tell(taught, "corrected", {"before": before, "after": after}, actor_id, now)


@transaction.atomic
def remove_hours(*, taught: TaughtHours, actor_id: int | None, now: datetime) -> None:
    """Take back what was recorded; the audit keeps what it was."""
    _tell(taught, "removed", _facts(taught, codes_of(taught)), actor_id, now)
    taught.delete()


def codes_of(taught: TaughtHours) -> list[str]:
    """Return the codes of the competencies these hours were about."""
    return sorted(one.code for one in taught.competencies.all())


def _ensure_plausible(
    cohort: Cohort, taught_date: date, minutes: int, competencies: Collection[str], now: datetime
) -> None:
    if not 0 < minutes <= MOST_MINUTES:
        raise Invalid(_("Une séance dure de 1 minute à 12 heures."), field="hours")
    if taught_date > now.date():
        raise Invalid(_("Notez les heures une fois qu’elles ont eu lieu."), field="taught_date")
    if not _is_of_year(taught_date, cohort.academic_year):
        sentence = _("Cette date n’est pas de l’année %(year)s de la cohorte.") % {"year": cohort.academic_year}
        raise Invalid(sentence, field="taught_date")
    known = {part.code for part in current_framework().competencies}
    if not competencies or not set(competencies) <= known:
        raise Invalid(_("Choisissez au moins une compétence dans la liste."), field="competencies")


def _is_of_year(day: date, year: str) -> bool:
    try:
        first, after = year_bounds(year)
    except ValueError:  # a year written otherwise, by hand
        return True
    return first <= day < after


def _write_competencies(taught: TaughtHours, codes: Collection[str]) -> None:
    TaughtCompetency.objects.bulk_create(TaughtCompetency(taught=taught, code=code) for code in sorted(set(codes)))


def _facts(taught: TaughtHours, codes: Collection[str]) -> dict[str, Any]:
    """Return what the audit keeps: not the note, in which somebody may have written a name."""
    return {
        "cohort": str(taught.cohort.uuid),
        "date": taught.taught_date.isoformat(),
        "minutes": taught.minutes,
        "competencies": sorted(set(codes)),
    }


def _tell(taught: TaughtHours, action: str, details: dict[str, Any], actor_id: int | None, now: datetime) -> None:
    audit.record(actor_id=actor_id, action=f"taught_hours.{action}", target=taught, details=details, at=now)
    cohort = taught.cohort
    publish(HoursTaught(aggregate=cohort.uuid, at=now, institution=cohort.institution.uuid))
