"""Keeping and forgetting statements."""

import hashlib
import json
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kernel.clock import database_now

from .checking import ensure_right
from .facts import Fact, statement
from .models import Pseudonym, Statement
from .vocabulary import OURS

Said = tuple[int, Fact]  # of whom, and what


@transaction.atomic
def keep(said: Sequence[Said]) -> int:
    """Keep facts as statements of whom they are said of, each once however often; return how many were told.

    Raises StatementRefused when one breaks a rule: that is a mistake of ours, and its event waits for it to be mended.
    """
    if not said:
        return 0
    actors, now = pseudonyms({person_id for person_id, _ in said}), database_now()
    rows = [_row(fact, actors[person_id], now) for person_id, fact in said]
    Statement.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def pseudonyms(person_ids: Collection[int], *, recipient: str = OURS) -> dict[int, Pseudonym]:
    """Return under which name `recipient` knows each of these people, made the first time."""
    known = Pseudonym.objects.filter(person_id__in=person_ids, recipient=recipient).order_by("pk")
    found = {one.person_id: one for one in known}
    for person_id in sorted(set(person_ids) - set(found)):
        found[person_id] = _first_pseudonym(person_id, recipient)
    return found


def _first_pseudonym(person_id: int, recipient: str) -> Pseudonym:
    """Make a name that says nothing: 128 random bits; whoever else makes one at the same time, there is one."""
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
