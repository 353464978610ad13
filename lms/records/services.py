"""Keeping and forgetting statements."""

import hashlib
import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kernel.clock import database_now

from .checking import ensure_right
from .facts import Fact, statement
from .models import Pseudonym, Statement
from .vocabulary import OURS


@transaction.atomic
def keep(*, person_id: int, facts: Sequence[Fact]) -> int:
    """Keep facts of a person as statements, each once however often it is told; return how many were told.

    Raises StatementRefused when one breaks a rule: that is a mistake of ours, and its event waits for it to be mended.
    """
    if not facts:
        return 0
    actor, now = pseudonym(person_id=person_id), database_now()
    rows = [_row(fact, actor, now) for fact in facts]
    Statement.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def pseudonym(*, person_id: int, recipient: str = OURS) -> Pseudonym:
    """Return under which name `recipient` knows a person, made the first time: 128 random bits that say nothing."""
    made = {"name": secrets.token_hex(16)}
    found, _ = Pseudonym.objects.get_or_create(person_id=person_id, recipient=recipient, defaults=made)
    return found


def forget_registration(*, registration: UUID) -> int:
    """Remove what was told of an attempt or of the following of a module, and return how many statements that was."""
    return Statement.objects.filter(registration=registration).delete()[0]


def forget_person(*, person_id: int) -> None:
    """Remove every pseudonym of a person, with the statements kept here under it."""
    Pseudonym.objects.filter(person_id=person_id).delete()


def _row(fact: Fact, actor: Pseudonym, now: datetime) -> Statement:
    told = statement(fact, actor.name)
    ensure_right(told)
    raw = _text(told)
    return Statement(
        uuid=fact.uuid,
        actor=actor,
        verb=told["verb"]["id"],
        activity=told["object"]["id"],
        registration=fact.registration,
        happened_at=fact.at,
        stored_at=now,
        fingerprint=hashlib.sha256(raw.encode()).hexdigest(),
        authority=OURS,
        raw=raw,
    )


def _text(told: dict[str, Any]) -> str:
    """Return the canonical JSON: keys in order, nothing between, letters as they are."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
