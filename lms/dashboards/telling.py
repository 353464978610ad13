"""What staff write here, told to those who must know: figures count it, people can take it away with them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.accounts.api import register_personal_data, told_rows
from lms.accounts.types import PersonalData

from .institution.declared import dates_of
from .models import Declaration, TaughtHours
from .rollups import sources
from .taught.selectors import minutes_by_cohort


def personal_data(user_id: int) -> dict[str, Any]:
    """Return what was declared of a person, and the hours of class they recorded."""
    declared = Declaration.objects.filter(enrolment__user_id=user_id)
    taught = TaughtHours.objects.filter(recorded_by_id=user_id).order_by("pk")
    return {
        "declared": told_rows(declared, "enrolment__cohort__name"),
        "hours_recorded": list(taught.values("cohort__name", "taught_date", "minutes", "note", "recorded_at")),
    }


def erase(user_id: int) -> None:
    """Remove what was declared of a person. The hours they gave stay those of the cohort, without their name."""
    Declaration.objects.filter(enrolment__user_id=user_id).delete()
    Declaration.objects.filter(declared_by_id=user_id).update(declared_by=None)
    TaughtHours.objects.filter(recorded_by_id=user_id).update(recorded_by=None)


def register() -> None:
    """Tell figures and accounts."""
    sources.register_taught(minutes_by_cohort)
    sources.register_declared(dates_of)
    register_personal_data(PersonalData("declarations", personal_data, erase, _("Formations déclarées")))
