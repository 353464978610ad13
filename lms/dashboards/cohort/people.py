"""The people of a cohort, one row each: filtered, found, sorted; what they share is asked of their agreements."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.assessments.api import Attempt
from lms.cohorts.api import Cohort, SharingGrant, search

from ..models import LearnerSummary
from .rules import rules

FINISHED = Attempt.State.FINISHED
NOT_BEGUN, STOPPED, WITHOUT_PROGRESS, TO_INVITE = "pas-commence", "arretes", "sans-progres", "sans-test"


@dataclass(frozen=True)
class Choice:
    """A filter or an order of the list, as the address names it."""

    key: str
    label: str | Promise


FILTERS = (
    Choice("", _("Tous")),
    Choice(NOT_BEGUN, _("N’ont pas commencé")),
    Choice(STOPPED, _("Se sont arrêtés")),
    Choice(WITHOUT_PROGRESS, _("Deux essais sans progrès")),
    Choice(TO_INVITE, _("N’ont pas passé le test")),
)
SORTS = (
    Choice("", _("nom")),
    Choice("progression", _("progression")),
    Choice("activite", _("dernière activité")),
)
SEARCHED = ("student__last_name", "student__first_name", "student__usage_name", "student_number", "group")
BY_NAME = ("enrolment__student__last_name", "enrolment__student__first_name", "pk")
ORDERS = {
    "progression": (F("modules_completed").desc(), F("minutes").desc(), *BY_NAME),
    "activite": (F("last_step_at").desc(nulls_last=True), *BY_NAME),
}


def people(cohort: Cohort) -> QuerySet[LearnerSummary]:
    """Return those who stand in the cohort, by name, with their student; `shares`: what they agree to show now.

    A summary follows an agreement by a few seconds: an agreement withdrawn counts at once.
    """
    agreed = SharingGrant.objects.standing().filter(
        user=OuterRef("user"),
        institution=OuterRef("institution"),
        scope=SharingGrant.Scope.COMPETENCY_DETAIL,
    )
    rows = LearnerSummary.objects.filter(cohort=cohort, enrolment__end_date=None)
    return rows.select_related("enrolment__student").annotate(shares=Exists(agreed.order_by())).order_by(*BY_NAME)


def chosen(rows: QuerySet[LearnerSummary], key: str, now: datetime) -> QuerySet[LearnerSummary]:
    """Keep those of a filter; an unknown one keeps everybody."""
    if key == NOT_BEGUN:
        return rows.filter(begun_at=None)
    if key == STOPPED:
        return rows.filter(stopped(now))
    if key == WITHOUT_PROGRESS:
        return rows.filter(Q(shares=True, tries__gte=rules().tries, score__lte=F("best_before")))
    return rows.filter(measured_at=None) if key == TO_INVITE else rows


def stopped(now: datetime) -> Q:
    """Return the condition of having stopped: begun, not trained yet, no step for a while."""
    return Q(begun_at__isnull=False, trained_date=None, last_step_at__lt=now - rules().stuck_for)


def found(rows: QuerySet[LearnerSummary], text: str) -> QuerySet[LearnerSummary]:
    """Keep those whose names, number or group hold every word of `text`."""
    return search(rows, text, *(f"enrolment__{name}" for name in SEARCHED))


def ordered(rows: QuerySet[LearnerSummary], key: str) -> QuerySet[LearnerSummary]:
    """Put them in the order asked; by name when it is none of ours."""
    return rows.order_by(*ORDERS.get(key, BY_NAME))
