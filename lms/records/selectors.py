"""Reading statements: those of a person, and what they are told from."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from lms.accounts.api import User
from lms.assessments.api import Attempt, Response
from lms.learning.api import PracticeResponse

from .models import Statement
from .vocabulary import OURS

Answers = dict[tuple[int, int], Response]  # by attempt, and position in it


def owned_attempts(uuids: Iterable[UUID]) -> dict[UUID, Attempt]:
    """Return attempts by uuid, with what was taken and what it established; not the anonymous, nor those erased."""
    wanted = set(uuids)
    if not wanted:
        return {}
    rows = Attempt.objects.select_related("assessment").prefetch_related("results")
    return {row.uuid: row for row in rows.filter(uuid__in=wanted, owner__isnull=False).order_by("pk")}


def answers(places: Iterable[tuple[int, int]]) -> Answers:
    """Return the answers at these places, each an attempt's key and a position; not those erased since."""
    wanted = Q()
    for attempt_id, position in places:
        wanted |= Q(attempt_id=attempt_id, position=position)
    rows = Response.objects.filter(wanted).order_by("pk") if wanted else ()
    return {(row.attempt_id, row.position): row for row in rows}


def practised(uuids: Iterable[UUID]) -> Iterable[PracticeResponse]:
    """Return the answers given outside any attempt; not those erased since."""
    wanted = set(uuids)
    return PracticeResponse.objects.filter(uuid__in=wanted).order_by("answered_at", "pk") if wanted else ()


def person_of(holder_ref: str) -> int | None:
    """Return the id of the person the issuer knows by `holder_ref`; None when they have left, or are not ours."""
    try:
        uuid = UUID(holder_ref)
    except ValueError:
        return None
    return User.objects.filter(uuid=uuid).values_list("pk", flat=True).first()


def those_here(person_ids: Collection[int]) -> set[int]:
    """Return who has not left since, of these people."""
    return set(User.objects.filter(pk__in=person_ids).values_list("pk", flat=True)) if person_ids else set()


def statements_of(person_id: int) -> QuerySet[Statement]:
    """Return what is kept of a person here, the latest first: an attempt kept late is told at its own time."""
    kept = Statement.objects.filter(actor__person_id=person_id, actor__recipient=OURS, is_voided=False)
    return kept.order_by("-happened_at", "-seq")


def raw_of(person_id: int) -> Iterator[str]:
    """Return the same, oldest first, as the texts that are kept."""
    rows: Any = statements_of(person_id).order_by("seq").values_list("raw", flat=True)
    return iter(rows.iterator(chunk_size=500))
