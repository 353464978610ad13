"""Reading statements: those of a person, and what they are told from."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from lms.accounts.api import User
from lms.assessments.api import Attempt
from lms.learning.api import PracticeResponse

from .models import Statement
from .vocabulary import OURS


def owned_attempt(uuid: UUID) -> Attempt | None:
    """Return the attempt, with what was taken; None when it is anonymous, or erased since."""
    return Attempt.objects.select_related("assessment").filter(uuid=uuid, owner__isnull=False).first()


def practised(uuid: UUID) -> PracticeResponse | None:
    """Return an answer given outside any attempt; None when it is erased since."""
    return PracticeResponse.objects.filter(uuid=uuid).first()


def person_of(holder_ref: str) -> int | None:
    """Return the id of the person the issuer knows by `holder_ref`; None when they have left, or are not ours."""
    try:
        uuid = UUID(holder_ref)
    except ValueError:
        return None
    return User.objects.filter(uuid=uuid).values_list("pk", flat=True).first()


def is_here(person_id: int) -> bool:
    """Say whether the person has not left since."""
    return User.objects.filter(pk=person_id).exists()


def statements_of(person_id: int) -> QuerySet[Statement]:
    """Return what is kept of a person here, the latest first: an attempt kept late is told at its own time."""
    kept = Statement.objects.filter(actor__person_id=person_id, actor__recipient=OURS, is_voided=False)
    return kept.order_by("-happened_at", "-seq")


def raw_of(person_id: int) -> Iterator[str]:
    """Return the same, oldest first, as the texts that are kept."""
    rows: Any = statements_of(person_id).order_by("seq").values_list("raw", flat=True)
    return iter(rows.iterator(chunk_size=500))
