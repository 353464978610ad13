"""The cohort that a list was to open: if the list is given up, it does not stay behind, empty."""

from datetime import datetime

from kernel import audit

from ..models import Cohort
from .models import RosterImport


def take_back(roster: RosterImport, *, actor_id: int | None, now: datetime) -> bool:
    """Remove the cohort made for an import, and the import, unless something leans on it since; return whether."""
    if not roster.opens_cohort:
        return False
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=roster.cohort_id)
    if _leans(cohort, roster):
        return False
    details = {"name": cohort.name, "academic_year": cohort.academic_year}
    audit.record(actor_id=actor_id, action="cohort.removed", target=cohort, details=details, at=now)
    cohort.delete()
    return True


def _leans(cohort: Cohort, roster: RosterImport) -> bool:
    """Say whether a row of any table, but the import itself, names the cohort."""
    for relation in Cohort._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
            continue
        rows = relation.related_model._base_manager.filter(**{relation.field.name: cohort})  # type: ignore[union-attr]
        if relation.related_model is RosterImport:
            rows = rows.exclude(pk=roster.pk)
        if rows.order_by().exists():
            return True
    return False
