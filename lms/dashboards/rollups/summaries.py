"""From what the rows say of people to their summaries, and to where each summary counts."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from lms.assessments.models import CompetencyResult
from lms.cohorts.models import Enrolment

from ..models import LearnerSummary
from . import raw, sources
from .cells import OVERALL, PARIS
from .passing import pass_probability
from .places import Address, Place, possible
from .raw import Facts
from .rules import rules, target_cut

Scope = CompetencyResult.Scope
Person = tuple[str, int]
Means = LearnerSummary.Means


def drafts(*, users: Collection[int], students: Collection[int]) -> list[LearnerSummary]:
    """Return the summaries (not saved) of all the places of these accounts and students, as the rows say now.

    `students` without an account; those who have one are asked for by it, or a place of theirs would be missing.
    """
    enrolments = raw.enrolments_of(users=users, students=students)
    facts = raw.facts_of({one.user_id for one in enrolments if one.user_id is not None})
    universities = raw.universities(enrolments)
    taught = sources.taught_minutes({one.cohort_id for one in enrolments})
    declared = sources.declared_dates([one.pk for one in enrolments])
    cut = target_cut() if any(known.results for known in facts.values()) else 0
    found = []
    for one in enrolments:
        draft = _placed(one, universities[one.pk])
        draft.taught_minutes = taught.get(one.cohort_id, 0)
        if one.user_id is not None:
            _tell(draft, facts[one.user_id], cut)
        found.append(draft)
    _train(found, declared)
    _choose_scopes(found)
    return found


def person_of(enrolment: Enrolment) -> Person:
    """Return who it is: an account, else what one institution knows of somebody."""
    return ("user", enrolment.user_id) if enrolment.user_id is not None else ("student", enrolment.student_id)


def place_of(summary: LearnerSummary) -> Place:
    """Return where a summary is."""
    return Place(
        summary.cohort_id,
        summary.programme_id,
        summary.institution_id,
        summary.university_id or 0,
        summary.academic_year,
    )


def _placed(enrolment: Enrolment, university_id: int) -> LearnerSummary:
    cohort = enrolment.cohort
    return LearnerSummary(
        enrolment=enrolment,
        cohort_id=cohort.pk,
        programme_id=cohort.programme_id,
        institution_id=cohort.institution_id,
        university_id=university_id or None,
        user_id=enrolment.user_id,
        academic_year=cohort.academic_year,
        claimed_at=_claimed_at(enrolment),
    )


def _claimed_at(enrolment: Enrolment) -> datetime | None:
    if enrolment.user_id is None:
        return None
    return enrolment.student.claimed_at or enrolment.student.created_at


def _tell(draft: LearnerSummary, facts: Facts, cut: int) -> None:
    draft.begun_at = min(facts.begun, default=None)
    draft.last_step_at = max(facts.steps, default=None)
    draft.modules_completed = facts.modules_completed
    draft.minutes = facts.seconds // 60
    draft.journey_completed_at = facts.journey_completed_at
    draft.is_sharing = draft.institution_id in facts.sharing_with
    if facts.results and facts.measured_at is not None:
        draft.attempt, draft.measured_at = facts.attempt, facts.measured_at
        draft.first_measured_at = facts.first_measured_at
        draft.tries, draft.best_before = facts.tries, facts.best_before
        _measure(draft, facts.results, cut)


def _measure(draft: LearnerSummary, results: Iterable[raw.Result], cut: int) -> None:
    by_scope: dict[str, list[raw.Result]] = {scope.value: [] for scope in Scope}
    for result in results:
        by_scope[result.scope].append(result)
    [overall], domains = by_scope[Scope.OVERALL], by_scope[Scope.DOMAIN]
    draft.score, draft.low, draft.high, draft.level = overall.score, overall.low, overall.high, overall.level
    draft.domains = {one.code: [one.score, one.low, one.high, one.level] for one in domains}
    draft.competencies = {one.code: [one.score, one.low, one.high, one.level] for one in by_scope[Scope.COMPETENCY]}
    draft.errors = {one.code or OVERALL: raw.error_in_points(one) for one in (overall, *domains)}
    gaussians = [(float(one.score), draft.errors[one.code]) for one in domains]
    draft.pass_probability = pass_probability(gaussians, draft.errors[OVERALL], cut=cut)
    draft.is_at_target = overall.score >= cut
    draft.is_ready = draft.pass_probability >= rules().ready_at


def _train(found: Iterable[LearnerSummary], declared: Mapping[int, date]) -> None:
    """What was measured here comes before what an institution declares: a person is trained once.

    What is declared of one place of somebody holds for their places of other years in that institution, and is told to
    no other.
    """
    dates: dict[tuple[Person, int], date] = {}
    for draft in found:
        if (day := declared.get(draft.enrolment_id)) is not None:
            known = _whose(draft)
            dates[known] = min(day, dates.get(known, day))
    for draft in found:
        if draft.journey_completed_at is not None:
            draft.trained_date = draft.journey_completed_at.astimezone(PARIS).date()
            draft.trained_means = Means.MEASURED
        elif (day := dates.get(_whose(draft))) is not None:
            draft.trained_date, draft.trained_means = day, Means.DECLARED


def _whose(draft: LearnerSummary) -> tuple[Person, int]:
    return person_of(draft.enrolment), draft.institution_id


def _choose_scopes(found: Iterable[LearnerSummary]) -> None:
    """Give each place of each person to the one summary that counts there: standing, latest, first written."""
    people: dict[Person, list[LearnerSummary]] = {}
    for draft in found:
        people.setdefault(person_of(draft.enrolment), []).append(draft)
    for own in people.values():
        taken: dict[Address, LearnerSummary] = {}
        counting = [draft for draft in own if _counts(draft, own)]
        # Sorting is stable: among standing ones of the same year, the first written.
        counting.sort(key=lambda draft: draft.academic_year, reverse=True)
        counting.sort(key=lambda draft: draft.enrolment.end_date is not None)
        for draft in counting:
            for one, address in possible(place_of(draft)):
                if taken.setdefault(address, draft) is draft:
                    draft.scopes |= one


def _counts(draft: LearnerSummary, own: Iterable[LearnerSummary]) -> bool:
    """Say whether a place counts: it stands, or its cohort closed, or the person left it trained, for no other place.

    Never by today's date: figures change with events alone.
    """
    enrolment = draft.enrolment
    reasons = Enrolment.EndReason
    if enrolment.end_date is None or enrolment.end_reason == reasons.COHORT_CLOSED:
        return True
    if enrolment.end_reason == reasons.CORRECTED:
        return False
    is_elsewhere = any(
        one.enrolment.end_date is None and one.academic_year == draft.academic_year for one in own if one is not draft
    )
    return draft.trained_date is not None and draft.trained_date <= enrolment.end_date and not is_elsewhere
