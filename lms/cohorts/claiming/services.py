"""Taking one's place, and leaving it. One place, one account; the row of the student is locked while it is decided."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kernel import actors, audit
from kernel.errors import NotFound
from kernel.events import publish
from lms.accounts.api import User

from ..events import EnrolmentClaimed, EnrolmentUnclaimed
from ..models import ClaimLetter, Cohort, Enrolment, JoinCode, Student
from ..numbers import bare_number, find_numbered
from ..sharing import withdraw_sharing
from ..types import Access
from . import tries
from .errors import HoldsAnother, LinkExpired, LinkUnknown, NumberRefused, PlaceTaken, TooManyTries


@dataclass(frozen=True)
class Place:
    """A place that waits for its holder: the student, and the cohorts where they are enrolled now."""

    student: Student
    cohorts: tuple[str, ...]


@actors.as_worker()
def places_for(user: User) -> list[Place]:
    """Return the places that nobody holds and whose address this account has proved to be its own: two queries."""
    addresses = EmailAddress.objects.filter(user=user, verified=True).order_by("pk").values_list("email", flat=True)
    known = {address.lower() for address in addresses}
    if not known:
        return []
    rows = Enrolment.objects.filter(end_date=None, cohort__closed_at=None, student__email__in=known, student__user=None)
    places: dict[int, Place] = {}
    for row in rows.select_related("student__institution", "cohort").order_by("student_id", "pk"):
        before = places.get(row.student_id)
        places[row.student_id] = Place(row.student, (*(before.cohorts if before else ()), row.cohort.name))
    return list(places.values())


@actors.as_worker()
@transaction.atomic
def claim_by_address(*, user: User, student: Student, now: datetime) -> Student:
    """Give `user` the place of a student whose address they have proved. Raises NotFound when they have not."""
    student = _locked(Student.objects.filter(pk=student.pk))
    is_proved = bool(student.email) and EmailAddress.objects.filter(
        user=user, email__iexact=student.email, verified=True
    )
    if not is_proved or not is_proved.exists():
        raise NotFound
    return _take(user, student, now)


@actors.as_worker()
def letter_of(token: str, now: datetime) -> ClaimLetter:
    """Return the letter of a link. Raises LinkUnknown or LinkExpired."""
    rows = ClaimLetter.objects.select_related("student__institution")
    found = rows.filter(token_digest=digest(token)).first()
    if found is None:
        raise LinkUnknown
    if found.expires_at <= now:
        raise LinkExpired
    return found


@actors.as_worker()
@transaction.atomic
def claim_by_letter(*, user: User, token: str, now: datetime) -> Student:
    """Give `user` the place that their letter offers. Raises LinkUnknown, LinkExpired, PlaceTaken or HoldsAnother."""
    return _take(user, _locked(Student.objects.filter(pk=letter_of(token, now).student_id)), now)


@actors.as_worker()
def code_of(code: str, now: datetime) -> JoinCode:
    """Return the code that somebody typed, spaces and case forgiven. Raises LinkUnknown when it opens nothing."""
    typed = plain(code)
    found = JoinCode.objects.valid(now).filter(code=typed).select_related("cohort__institution").first()
    if found is None:
        raise LinkUnknown
    return found


@actors.as_worker()
def is_join_code(code: str, now: datetime) -> bool:
    """Say whether what somebody typed is the code of a cohort that it opens now."""
    return JoinCode.objects.valid(now).filter(code=plain(code)).exists()


@actors.as_worker()
def claim_by_number(*, user: User, code: str, number: str, now: datetime) -> Student:
    """Give `user` the place of a student number in the cohort of a code.

    Raises LinkUnknown; TooManyTries; NumberRefused, the same whether the number is unknown or taken: the try is then
    counted; HoldsAnother.
    """
    cohort = code_of(code, now).cohort
    with transaction.atomic():
        # One try at a time for an account: a hundred sent at once are counted too.
        User.objects.select_for_update().get(pk=user.pk)
        if tries.locked_until(user_id=user.pk, now=now) is not None:
            raise TooManyTries
        _ensure_no_other_number(user, cohort, number)
        student = _numbered(cohort, number)
        if student is not None and student.user_id in (None, user.pk):
            return _take(user, student, now)
        tries.note(user_id=user.pk, now=now)
    raise NumberRefused


@actors.as_worker()
@transaction.atomic
def leave_place(*, user: User, student: Student, now: datetime) -> None:
    """Leave one's place: it is free again, the account's work stays with it; what was shown by it no longer is.

    Raises NotFound for another's.
    """
    student = _locked(Student.objects.filter(pk=student.pk))
    if student.user_id != user.pk:
        raise NotFound
    _free(student, now)


@transaction.atomic
def release_place(*, access: Access, cohort: Cohort, number: str, now: datetime) -> None:
    """Free the place of a number in a cohort, taken by somebody whose it is not: its owner may be invited again.

    Raises NotFound when nobody holds it.
    """
    student = _numbered(cohort, number)
    if student is None or student.user_id is None:
        raise NotFound
    details = {"user": student.user_id, "cohort": str(cohort.uuid)}
    audit.record(actor_id=access.user_id, action="place.released", target=student, details=details, at=now)
    _free(student, now)


def _free(student: Student, now: datetime) -> None:
    """Take the place from who holds it; without a place left there, their agreement to share ends with it."""
    holder, house = student.user, student.institution
    assert holder is not None
    student.user, student.claimed_at = None, None
    student.save(update_fields=["user", "claimed_at"])
    Enrolment.objects.filter(student=student).update(user=None)
    publish(EnrolmentUnclaimed(aggregate=student.uuid, at=now, institution=house.uuid, user=holder.pk))
    if not Student.objects.filter(user=holder, institution=house).exists():
        withdraw_sharing(user=holder, institution=house, now=now)


def places_of(user: User) -> list[Student]:
    """Return the places that an account holds, with their institution."""
    return list(Student.objects.filter(user=user).select_related("institution").order_by("institution__name", "pk"))


def digest(token: str) -> str:
    """Return the SHA-256 of a token, in hexadecimal. 256 bits of chance need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def plain(code: str) -> str:
    """Return a code as it is kept, however it was typed."""
    return "".join(sign for sign in code.upper() if sign.isalnum())


def _locked(rows: QuerySet[Student]) -> Student:
    found = rows.select_for_update(of=("self",)).select_related("institution").order_by("pk").first()
    if found is None:
        raise NotFound
    return found


def _ensure_no_other_number(user: User, cohort: Cohort, number: str) -> None:
    """Refuse whoever has a place already before looking at the number: the answer says nothing of it."""
    mine = Student.objects.filter(user=user, institution_id=cohort.institution_id).exclude(student_number="")
    held = {bare_number(one) for one in mine.order_by("pk").values_list("student_number", flat=True)}
    if held and bare_number(number) not in held:
        raise HoldsAnother


def _numbered(cohort: Cohort, number: str) -> Student | None:
    placed = Enrolment.objects.filter(cohort=cohort, end_date=None).order_by().values("student_id")
    found = find_numbered(Student.objects.filter(institution=cohort.institution, pk__in=placed), number)
    return _locked(Student.objects.filter(pk=found.pk)) if found else None


def _take(user: User, student: Student, now: datetime) -> Student:
    """Give the place; taking it again changes nothing."""
    if student.user_id == user.pk:
        return student
    if student.user_id is not None:
        raise PlaceTaken
    User.objects.select_for_update().get(pk=user.pk)  # two places at once, by two clicks, are taken one after the other
    _ensure_alone(user, student)
    _end_own(user, student, now)
    student.user, student.claimed_at = user, now
    student.save(update_fields=["user", "claimed_at"])
    Enrolment.objects.filter(student=student).update(user=user)
    ClaimLetter.objects.filter(student=student).delete()
    publish(EnrolmentClaimed(aggregate=student.uuid, at=now, institution=student.institution.uuid, user=user.pk))
    return student


def _ensure_alone(user: User, student: Student) -> None:
    """Refuse a second number in one institution: nobody takes a comrade's place."""
    if not student.student_number:
        return
    others = Student.objects.filter(user=user, institution=student.institution).exclude(student_number="")
    if others.exists():
        raise HoldsAnother


def _end_own(user: User, student: Student, now: datetime) -> None:
    """End the places that the account made for itself, without a number, in the cohorts where its place now is."""
    cohorts = Enrolment.objects.filter(student=student, end_date=None).order_by().values("cohort_id")
    own = Enrolment.objects.filter(
        user=user, cohort_id__in=list(cohorts.values_list("cohort_id", flat=True)), end_date=None
    )
    own.update(end_date=timezone.localdate(now), end_reason=Enrolment.EndReason.CORRECTED)
