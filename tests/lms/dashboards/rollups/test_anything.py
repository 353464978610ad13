"""Whatever happens, in whatever order: the figures equal a count made here from the rows, in the plainest way."""

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from kernel.events import publish
from lms.accounts.api import User, erase_person
from lms.assessments.api import erase_attempt
from lms.assessments.models import Attempt, CompetencyResult
from lms.cohorts.api import end_enrolment, grant_sharing, place, withdraw_sharing
from lms.cohorts.events import CohortMoved, EnrolmentUnclaimed
from lms.cohorts.models import Attachment, Cohort, Enrolment, SharingGrant, Student
from lms.dashboards import figures
from lms.dashboards.figures import Scope
from lms.dashboards.models import CompletedJourney
from lms.dashboards.rollups import folding, keeping, recounting, summaries
from tests.lms.cohorts.country import Country, member
from tests.lms.dashboards.rollups import doing

HOUSES = ("ambre", "brume", "institut")
YEARS = ("2025-2026", "2026-2027")
WATCHED = ("enrolled", "claimed", "measured", "trained_measured", "sharing")
pick = st.integers(min_value=0, max_value=10_000)
Counts = Counter[tuple[Any, ...]]


class Anything(RuleBasedStateMachine):
    """People come, do things, move, leave; the worker works now and then; somebody rebuilds."""

    country: Country
    now: datetime

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.clock, self.number = self.now, 0
        self.erased: Counts = Counter()
        self.is_settled = True

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.stack.close()

    # What people and institutions do

    @rule(house=st.sampled_from(HOUSES), year=st.sampled_from(YEARS))
    def enrol_somebody_new(self, house: str, year: str) -> None:
        self._happens()
        self.number += 1
        cohort = self._cohort(house, year)
        self.country.student(house, f"{house}-{self.number + 100}", cohort=cohort)

    @rule(who=pick, year=st.sampled_from(YEARS), name=st.sampled_from(("L2", "L3")))
    def enrol_somebody_again(self, who: int, year: str, name: str) -> None:
        student = self._one(Student, who)
        if student is not None:
            self._happens()
            cohort = self._cohort(student.institution.key, year, name)
            place(student=student, cohort=cohort, group="", start_date=self._day(), now=self.clock)

    @rule(who=pick, account=pick)
    def claim(self, who: int, account: int) -> None:
        student = self._one(Student, who, user=None)
        if student is None:
            return
        user = self._one(User, account) if account % 2 else None
        standing = set(student.enrolments.filter(end_date=None).values_list("cohort_id", flat=True))
        taken = Enrolment.objects.filter(user=user, end_date=None, cohort_id__in=standing) if user else None
        if user is not None and taken is not None and taken.exists():
            return
        self._happens()
        self.number += 1
        doing.claim(student, user or member(f"person{self.number}"), self.clock)

    @rule(who=pick)
    def unclaim(self, who: int) -> None:
        student = self._one(Student, who, user__isnull=False)
        if student is not None:
            self._happens()
            user, student.user, student.claimed_at = student.user_id, None, None
            student.save()
            Enrolment.objects.filter(student=student).update(user=None)
            house = student.institution.uuid
            publish(EnrolmentUnclaimed(aggregate=student.uuid, at=self.clock, institution=house, user=user))

    @rule(who=pick, reason=st.sampled_from(("left", "corrected", "cohort_closed", "roster")))
    def end(self, who: int, reason: str) -> None:
        enrolment = self._one(Enrolment, who, end_date=None)
        if enrolment is not None:
            self._happens()
            end_enrolment(enrolment=enrolment, end_date=self._day(), reason=reason, now=self.clock)

    @rule(who=pick, score=st.integers(min_value=0, max_value=1000))
    def measure(self, who: int, score: int) -> None:
        user = self._one(User, who)
        if user is not None:
            self._happens()
            doing.measure(user, score, self.clock)

    @rule(which=pick)
    def erase_an_attempt(self, which: int) -> None:
        attempt = self._one(Attempt, which)
        if attempt is not None:
            self._happens()
            erase_attempt(token=attempt.token, viewer_id=attempt.owner_id)

    @rule(who=pick)
    def complete_the_journey(self, who: int) -> None:
        user = self._one(User, who)
        if user is not None:
            self._happens()
            doing.complete_journey(user, self.clock)

    @rule(who=pick, house=st.sampled_from(HOUSES))
    def share_or_not(self, who: int, house: str) -> None:
        user, institution = self._one(User, who), self.country.houses[house]
        if user is not None:
            self._happens()
            if not withdraw_sharing(user=user, institution=institution, now=self.clock):
                grant_sharing(user=user, institution=institution, now=self.clock)

    @rule(which=pick, house=st.sampled_from(HOUSES))
    def move_a_cohort(self, which: int, house: str) -> None:
        cohort, target = self._one(Cohort, which), self.country.houses[house]
        if cohort is not None and cohort.institution_id != target.pk:
            self._happens()
            source, cohort.institution, cohort.name = cohort.institution, target, f"{cohort.name} ({cohort.pk})"[-100:]
            cohort.save()
            publish(CohortMoved(aggregate=cohort.uuid, at=self.clock, source=source.uuid, institution=target.uuid))

    @rule(who=pick)
    @precondition(lambda self: self.is_settled)
    def erase_a_person(self, who: int) -> None:
        """Only once all is counted: what the worker has not read yet leaves with its person."""
        user = self._one(User, who)
        if user is not None:
            before = counted()
            erase_person(user=user)
            self.erased += before
            self.erased -= counted()
            self._happens()

    # What the platform does

    @rule()
    def fold(self) -> None:
        folding.fold(batch=25)

    @rule(who=pick)
    def read_somebody_again(self, who: int) -> None:
        student = self._one(Student, who)
        if student is not None:
            keeping.refresh(students=[student.pk])

    @rule()
    def settle(self) -> None:
        doing.settle(self.clock)
        self.they_equal_the_rows()

    @rule()
    def rebuild(self) -> None:
        doing.settle(self.clock)
        recounting.rebuild()
        self.they_equal_the_rows()

    # What is always so

    @invariant()
    def rollups_equal_what_the_summaries_say(self) -> None:
        from lms.dashboards.models import LearnerSummary

        expected = recounting.summed(LearnerSummary.objects.order_by("pk"))
        expected.update(recounting._erased())
        assert recounting.kept() == recounting._without_zeros(expected)

    def they_equal_the_rows(self) -> None:
        self.is_settled = True
        assert not recounting.differences()
        assert shown() == +(counted() + self.erased)

    def _happens(self) -> None:
        self.clock += timedelta(hours=7)
        self.is_settled = False

    def _day(self) -> date:
        return self.clock.date()

    def _one(self, model: Any, index: int, **conditions: Any) -> Any:
        rows = list(model.objects.filter(**conditions).order_by("pk"))
        return rows[index % len(rows)] if rows else None

    def _cohort(self, house: str, year: str, name: str = "L2") -> Cohort:
        found = Cohort.objects.filter(institution=self.country.houses[house], academic_year=year, name=name).first()
        return found or self.country.cohort(house, name, year)


def places() -> list[tuple[Scope, str | None]]:
    """Return every place that has figures here, by year and for all."""
    found: list[tuple[Scope, str | None]] = [(Scope.cohort(one.pk), None) for one in Cohort.objects.order_by("pk")]
    for year in (*YEARS, None):
        found.append((Scope.national(), year))
        for house in Student._meta.get_field("institution").related_model.objects.order_by("pk"):
            found += [(Scope.institution(house.pk), year), (Scope.university(house.pk), year)]
    return found


def shown() -> Counts:
    """Return what the figures say."""
    total: Counts = Counter()
    for scope, year in places():
        one = figures.of(scope, year)
        for name in WATCHED:
            total[scope, year, name] += getattr(one, name)
        total[scope, year, "score"] += one.score_sums.get("overall", 0)
    return +total


def counted() -> Counts:
    """Return the same from the rows, place by place, person by person, in the plainest way there is."""
    total: Counts = Counter()
    enrolments = Enrolment.objects.select_related("cohort__institution").order_by("pk")
    staying = [enrolment for enrolment in enrolments if _stays(enrolment)]
    for scope, year in places():
        people: dict[tuple[str, int], list[Enrolment]] = {}
        for enrolment in staying:
            if _is_in(enrolment, scope, year):
                who = ("user", enrolment.user_id) if enrolment.user_id else ("student", enrolment.student_id)
                people.setdefault(who, []).append(enrolment)  # type: ignore[arg-type]
        for own in people.values():
            _count(total, scope, year, own)
    return +total


def _count(total: Counts, scope: Scope, year: str | None, own: list[Enrolment]) -> None:
    # Standing ones first, the latest year, the first written: who decides whose agreement counts.
    one = min(own, key=lambda e: (e.end_date is not None, [-ord(c) for c in e.cohort.academic_year], e.pk))
    total[scope, year, "enrolled"] += 1
    if one.user_id is None:
        return
    total[scope, year, "claimed"] += 1
    measure = CompetencyResult.objects.filter(attempt__owner=one.user_id, scope="overall")
    last = measure.order_by("-attempt__finished_at", "-attempt_id").first()
    if last is not None:
        total[scope, year, "measured"] += 1
        total[scope, year, "score"] += last.score
    total[scope, year, "trained_measured"] += CompletedJourney.objects.filter(user=one.user_id).count()
    agreed = SharingGrant.objects.filter(user=one.user_id, institution=one.cohort.institution, withdrawn_at=None)
    total[scope, year, "sharing"] += agreed.count()


def _is_in(enrolment: Enrolment, scope: Scope, year: str | None) -> bool:
    cohort = enrolment.cohort
    if year not in (None, cohort.academic_year):
        return False
    if scope.kind.name == "COHORT":
        return cohort.pk == scope.place_id
    if scope.kind.name == "INSTITUTION":
        return cohort.institution_id == scope.place_id
    return scope.kind.name == "NATIONAL" or _university(cohort) == scope.place_id


def _university(cohort: Cohort) -> int | None:
    if cohort.institution.kind == "university":
        return cohort.institution_id
    attached = Attachment.objects.filter(institution=cohort.institution).first()
    return attached.parent_id if attached else None


def _stays(enrolment: Enrolment) -> bool:
    if enrolment.end_date is None or enrolment.end_reason == "cohort_closed":
        return True
    done = CompletedJourney.objects.filter(user=enrolment.user_id).first() if enrolment.user_id else None
    same = Enrolment.objects.filter(user=enrolment.user_id, end_date=None).exclude(pk=enrolment.pk)
    is_elsewhere = same.filter(cohort__academic_year=enrolment.cohort.academic_year).exists()
    if enrolment.end_reason == "corrected" or done is None or is_elsewhere:
        return False
    return done.completed_at.astimezone(summaries.PARIS).date() <= enrolment.end_date


def run(country: Country, now: datetime, *, examples: int, steps: int) -> None:
    kind = type("Here", (Anything,), {"country": country, "now": now})
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    options = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=checks, database=None,
        phases=(Phase.generate,),
        derandomize=True,
    )  # fmt: skip
    run_state_machine_as_test(kind, settings=options)


def test_whatever_happens_the_figures_equal_a_recount(country: Country, now: datetime) -> None:
    run(country, now, examples=12, steps=30)


def forget_the_old_value(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that adds what is new and forgets to take away what was."""
    add = keeping.add
    monkeypatch.setattr(keeping, "add", lambda total, more, sign=1: add(total, more, sign=sign) if sign > 0 else None)


def count_every_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody with two places counts twice."""

    def choose(found: Any) -> None:
        for draft in found:
            draft.scopes = 2**14 - 1

    monkeypatch.setattr(summaries, "_choose_scopes", choose)


def fold_without_removing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folding that writes the roll-ups and leaves the deltas."""
    monkeypatch.setattr(folding, "fold", lambda batch=0: folding.upsert(_all_spread()) or 0)


def _all_spread() -> Counter[folding.Row]:
    from lms.dashboards.models import RollupDelta

    return recounting._spread_rows(RollupDelta)


MUTANTS: tuple[Callable[[pytest.MonkeyPatch], None], ...] = (
    forget_the_old_value, count_every_place, fold_without_removing,
)  # fmt: skip


@pytest.mark.once
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_what_is_wrong_is_found(
    country: Country, now: datetime, monkeypatch: pytest.MonkeyPatch, mutant: Callable[[pytest.MonkeyPatch], None]
) -> None:
    mutant(monkeypatch)
    with pytest.raises((AssertionError, ExceptionGroup)):
        run(country, now, examples=15, steps=30)
