"""Declaring students validated, and taking it back: each act is audited, and never mixed with what was measured."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kernel import audit
from kernel.errors import Invalid
from kernel.events import publish
from lms.cohorts.api import Cohort, Enrolment

from ..events import ValidationDeclared
from ..models import Declaration
from ..rollups import keeping

CHUNK = 200


def dates_of(enrolment_ids: Collection[int]) -> dict[int, date]:
    """Return {enrolment id: day on which the institution says it was validated}: one query."""
    rows = Declaration.objects.filter(enrolment_id__in=enrolment_ids).order_by()
    return dict(rows.values_list("enrolment_id", "validated_date"))


@transaction.atomic
def declare_validated(
    *,
    cohort: Cohort,
    enrolments: Sequence[Enrolment],
    validated_date: date,
    means: str,
    actor_id: int | None,
    now: datetime,
) -> int:
    """Declare these students of `cohort` validated; return how many had not been yet. Raises Invalid.

    A second declaration changes nothing: to correct one, withdraw it first.
    """
    if validated_date > now.date():
        raise Invalid(_("La date de validation ne peut pas être à venir."), field="validated_date")
    if any(one.cohort_id != cohort.pk for one in enrolments):
        raise Invalid(_("Ces étudiants ne sont pas tous de cette cohorte."), field="numbers")
    known = dates_of([one.pk for one in enrolments])
    new = [one for one in enrolments if one.pk not in known]
    facts = {"validated_date": validated_date, "means": means, "declared_by_id": actor_id, "declared_at": now}
    Declaration.objects.bulk_create(Declaration(enrolment=one, **facts) for one in new)
    if new:
        details = {"date": validated_date.isoformat(), "means": means, "students": _uuids(new)}
        audit.record(actor_id=actor_id, action="validation.declared", target=cohort, details=details, at=now)
        _tell(cohort, new, now, is_withdrawn=False)
    return len(new)


@transaction.atomic
def withdraw_declaration(*, declaration: Declaration, actor_id: int | None, now: datetime) -> None:
    """Take a declaration back; what was measured here, if anything was, then counts again."""
    enrolment = declaration.enrolment
    details = {
        "date": declaration.validated_date.isoformat(),
        "means": declaration.means,
        "students": _uuids([enrolment]),
    }
    audit.record(actor_id=actor_id, action="validation.withdrawn", target=enrolment.cohort, details=details, at=now)
    declaration.delete()
    _tell(enrolment.cohort, [enrolment], now, is_withdrawn=True)


def _uuids(enrolments: Iterable[Enrolment]) -> list[str]:
    return [str(one.student.uuid) for one in enrolments]


def _tell(cohort: Cohort, enrolments: Sequence[Enrolment], now: datetime, *, is_withdrawn: bool) -> None:
    """Publish, and count these few at once: the list of the jury follows the click."""
    for one in enrolments:
        publish(
            ValidationDeclared(
                aggregate=one.student.uuid,
                at=now,
                cohort=cohort.uuid,
                institution=cohort.institution.uuid,
                user=one.user_id,
                is_withdrawn=is_withdrawn,
            )
        )
    students = [one.student_id for one in enrolments]
    for start in range(0, len(students), CHUNK):
        keeping.refresh(students=students[start : start + CHUNK])
