"""Checking what somebody wants to ask, field by field, before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from competencies.api import current_framework
from lms.assessments.api import Assessment, day_of, open_assessments
from lms.cohorts.api import Access, Cohort, Institution, attached_ids, is_too_early, is_too_late
from lms.learning import api as learning

from .errors import DraftRefused
from .types import Draft

LONGEST_MESSAGE = 2000
MOST_ATTEMPTS = 20


@dataclass(frozen=True)
class Checked:
    """What a draft refers to, found and allowed."""

    institution: Institution
    assessment: Assessment | None
    journey_key: str
    cohorts: Sequence[Cohort]


def check(draft: Draft, *, access: Access, now: datetime, is_new: bool = True) -> Checked:
    """Return what `draft` refers to. Raises DraftRefused with a sentence for each field that is wrong."""
    institution = _institution(draft, access)
    cohorts = cohorts_for(institution, access, now).filter(uuid__in=_uuids(draft.cohorts))
    found = Checked(
        institution=institution,
        assessment=open_assessments().filter(key=draft.assessment_key).first() if draft.assessment_key else None,
        journey_key=draft.journey_key,
        cohorts=list(cohorts),
    )
    errors = {
        **_what(draft, found),
        **_whom(draft, found, access),
        **_when(draft, institution, now, is_new=is_new),
        **_how(draft),
    }
    if errors:
        raise DraftRefused(errors)
    return found


def institutions_for(access: Access) -> Sequence[Institution]:
    """Return the institutions in whose name somebody may ask: one query."""
    return list(Institution.objects.visible_to(access).standing().order_by("name"))


def cohorts_for(institution: Institution, access: Access, now: datetime) -> QuerySet[Cohort]:
    """Return the cohorts that stand and may be asked in the name of `institution`: its own, those attached to it."""
    houses = [institution.pk, *attached_ids(institution, day_of(now, institution))]
    rows = Cohort.objects.visible_to(access).filter(institution_id__in=houses, closed_at=None)
    return rows.select_related("programme", "institution").order_by("-academic_year", "institution__name", "name")


def visible_cohorts(access: Access, uuids: Sequence[str]) -> QuerySet[Cohort]:
    """Return those of these cohorts that `access` sees."""
    return Cohort.objects.visible_to(access).filter(uuid__in=_uuids(uuids)).order_by("pk")


def _institution(draft: Draft, access: Access) -> Institution:
    found = next((one for one in institutions_for(access) if one.key == draft.institution_key), None)
    if found is None:
        raise DraftRefused({"institution": _("Choisissez un établissement que vous encadrez.")})
    return found


def _uuids(texts: Sequence[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _what(draft: Draft, found: Checked) -> dict[str, str]:
    errors = {}
    if not (draft.assessment_key or draft.journey_key):
        errors["assessment"] = _("Choisissez une évaluation, un parcours, ou les deux.")
    if draft.assessment_key and found.assessment is None:
        errors["assessment"] = _("Cette évaluation n’existe pas, ou n’est plus proposée.")
    if draft.journey_key and draft.journey_key not in {one.key for one in learning.journeys()}:
        errors["journey"] = _("Ce parcours n’existe pas, ou n’est plus proposé.")
    return errors


def _whom(draft: Draft, found: Checked, access: Access) -> dict[str, str]:
    if len(found.cohorts) < len(set(draft.cohorts)):
        return {"cohorts": _("Une des cohortes choisies est close, ou n’est pas de celles que vous encadrez.")}
    if not (found.cohorts or draft.is_open):
        return {"cohorts": _("Choisissez au moins une cohorte, ou ouvrez la demande à qui a le code.")}
    if draft.is_open and not access.may_see_names(found.institution):
        return {"is_open": _("Vous encadrez une cohorte : la demande ne peut s’adresser qu’à elle.")}
    return {}


def _when(draft: Draft, institution: Institution, now: datetime, *, is_new: bool) -> dict[str, str]:
    errors = _how_far(draft, now)
    if errors:
        return errors
    if draft.opens_date is None:
        errors["opens"] = _("Donnez une date de début.")
    if draft.closes_date is None:
        errors["closes"] = _("Donnez une date de fin.")
    elif draft.opens_date is not None and draft.closes_date < draft.opens_date:
        errors["closes"] = _("La fin vient avant le début : vérifiez les deux dates.")
    elif is_new and draft.closes_date < day_of(now, institution):
        errors["closes"] = _("Cette date est passée.")
    return errors


def _how_far(draft: Draft, now: datetime) -> dict[str, str]:
    errors = {}
    for field, day in (("opens", draft.opens_date), ("closes", draft.closes_date)):
        if day is not None and is_too_early(day, now):
            errors[field] = _("Cette date est trop ancienne.")
        elif day is not None and is_too_late(day, now):
            errors[field] = _("Cette date est trop lointaine : dix ans au plus.")
    return errors


def _how(draft: Draft) -> dict[str, str]:
    errors = {}
    if draft.attempts_allowed is None or not 0 <= draft.attempts_allowed <= MOST_ATTEMPTS:
        errors["attempts"] = _("Donnez un nombre de 0 à %(most)d ; 0 ne limite pas.") % {"most": MOST_ATTEMPTS}
    if len(draft.message) > LONGEST_MESSAGE:
        errors["message"] = _("Ce message est trop long : %(most)d caractères au plus.") % {"most": LONGEST_MESSAGE}
    framework = current_framework()
    domains, levels = {one.code for one in framework.domains}, {one.code for one in framework.levels}
    if not (set(draft.target_levels) <= domains and set(draft.target_levels.values()) <= levels):
        errors["targets"] = _("Un des niveaux visés n’existe pas.")
    return errors
