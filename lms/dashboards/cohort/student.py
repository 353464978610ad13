"""One student's page: what was begun and finished, the detail if it is shared, and what may be seen and why."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from competencies.api import current_framework
from kernel.errors import NotFound
from lms.assessments.api import Attempt
from lms.cohorts.api import Access, Enrolment, SharingGrant
from themes import pictures

from .. import figures, selectors
from ..models import LearnerSummary
from .people import FINISHED

SHOWN = 12


def page_of(access: Access, cohort: UUID, student: UUID, *, language: str, now: datetime) -> dict[str, Any]:
    """Return everything the page says. Raises NotFound for whom `access` does not see."""
    enrolment = _enrolment(access, cohort, student)
    summary: LearnerSummary | None = getattr(enrolment, "summary", None)
    grant = enrolment.shared_at  # type: ignore[attr-defined]
    fresh = figures.freshness(now, [enrolment.cohort_id])
    known = summary is not None and summary.measured_at is not None
    return {
        "enrolment": enrolment,
        "student": enrolment.student,
        "cohort": enrolment.cohort,
        "summary": summary,
        "shared_at": grant,
        "as_of": fresh.as_of,
        "fresh": fresh,
        "portrait": _portrait(summary, language) if known and grant and summary is not None else None,
        "attempts": _attempts(enrolment, language),
        "modules": _modules(enrolment, language),
        "reminders": _reminders(enrolment),
    }


def _enrolment(access: Access, cohort: UUID, student: UUID) -> Enrolment:
    """Return the last place of a student in a cohort, with their summary and since when they share: one query."""
    rows: QuerySet[Enrolment] = Enrolment.objects.visible_to(access).filter(cohort__uuid=cohort, student__uuid=student)
    agreed = SharingGrant.objects.standing().filter(
        user=OuterRef("user"),
        institution=OuterRef("cohort__institution"),
        scope=SharingGrant.Scope.COMPETENCY_DETAIL,
    )
    rows = rows.annotate(shared_at=Subquery(agreed.order_by().values("granted_at")[:1]))
    found = (
        rows.select_related("student", "cohort__institution", "cohort__programme", "summary").order_by("-pk").first()
    )
    if found is None:
        raise NotFound
    return found


def _attempts(enrolment: Enrolment, language: str) -> list[dict[str, Any]]:
    """Return what they were asked and the placements, the latest first: begun and finished. The rest is theirs."""
    if not enrolment.user_id:
        return []
    rows = selectors.attempts_seen_by(enrolment.user_id, enrolment.cohort.institution_id)[:SHOWN]
    return [
        {
            "title": row.assessment.title(language),
            "started_at": row.started_at,
            "finished_at": row.finished_at if row.state == FINISHED else None,
            "score": row.overall_score if enrolment.shared_at else None,  # type: ignore[attr-defined]
            "state": _state(row),
        }
        for row in rows
    ]


def _modules(enrolment: Enrolment, language: str) -> list[dict[str, Any]]:
    """Return the modules they began, and when they were completed; what they answered there is theirs."""
    rows = selectors.modules_of(enrolment.user_id)[:SHOWN] if enrolment.user_id else []
    return [
        {
            "title": row.module.title(language if language in row.module.languages else "fr"),
            "started_at": row.started_at,
            "completed_at": row.completed_at,
        }
        for row in rows
    ]


def _reminders(enrolment: Enrolment) -> list[dict[str, Any]]:
    """Return the reminders they were sent: when, and on which occasion."""
    if not enrolment.user_id:
        return []
    rows = selectors.reminders_of(enrolment.user_id, enrolment.cohort.institution_id)[:SHOWN]
    return [{"at": row.written_at, "occasion": row.get_kind_display()} for row in rows]


def _state(row: Attempt) -> str:
    words = {Attempt.State.OPEN: _("en cours"), Attempt.State.EXPIRED: _("interrompu")}
    return words.get(Attempt.State(row.state), _("terminé"))


def _portrait(summary: LearnerSummary, language: str) -> dict[str, Any]:
    """Return the profile they agreed to show, by domain."""
    framework = current_framework()
    titles = {level.code: level.title(language) for level in framework.levels}
    rows = [
        {
            "label": domain.title(language),
            "value_label": f"{score} · {titles.get(level, level)}",
            "low": low,
            "estimate": score,
            "high": high,
            "hue": domain.number,
        }
        for domain in framework.domains
        if domain.code in summary.domains
        for score, low, high, level in [summary.domains[domain.code]]
    ]
    limits = [{"at": level.cut_score, "label": level.title(language)} for level in framework.levels]
    return {
        "level": titles.get(summary.level, summary.level),
        "rows": rows,
        "wide": pictures.strata(rows, limits=limits),
        "phone": pictures.strata_phone(rows, limits=limits),
    }
