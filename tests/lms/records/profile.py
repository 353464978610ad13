"""One of each statement, from rows that are always the same: what docs/xapi-profile.md shows."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from certificates import api as certificates
from certificates.events import CertificateIssued
from competencies import api as competencies
from lms.accounts.api import User
from lms.assessments.models import Assessment, Attempt, CompetencyResult, Response
from lms.learning.events import JourneyCompleted, ModuleCompleted, ModuleStarted, StepSeen
from lms.learning.models import Journey, Module, PracticeResponse
from lms.records import following, sittings
from lms.records.facts import Fact, statement
from question_bank import api as bank
from question_bank.types import ReleaseEntry

AT = datetime(2026, 10, 20, 13, 30, tzinfo=UTC)
ACTOR = "7c9e6679f1a34d5e8b0c2a4d6e8f1031"
VERSION = "a1b2c3d4-0000-4000-8000-000000000009"
PROGRESS = UUID("a1b2c3d4-0000-4000-8000-000000000002")


def shown() -> dict[str, dict[str, Any]]:
    """Return the statements by the title they have in the page; the framework and the bank must be loaded."""
    entry = _entry()
    owner = User.objects.create_user("lina@test.example")
    placement, check = (
        _attempt(owner, entry, "placement"),
        _attempt(owner, entry, "module-check", "module:premiers-pas"),
    )
    module = Module.objects.create(
        key="premiers-pas",
        titles={"fr": "Premiers pas", "en": "First steps"},
        competencies=[entry.competency],
        steps=[{"key": "la-situation", "minutes": 4}, {"key": "faire", "minutes": 8}],
        mark=60,
    )
    facts = {
        **_sitting(placement),
        "passed, failed": sittings.ended(check)[1],
        "answered, in a module or a review": sittings.practised(_practice(owner, entry)),
        **_following(owner, module),
        "earned": _earned(owner),
    }
    version = str(entry.version_uuid)
    told = {title: statement(fact, ACTOR) for title, fact in facts.items()}
    return json.loads(json.dumps(told).replace(version, VERSION))  # type: ignore[no-any-return]


def _entry() -> ReleaseEntry:
    """Return the first single choice that is worded in English too: the bank's own order."""
    entries = bank.release(bank.current_release_id()).entries
    found = [one for one in entries if one.interaction == "single_choice" and "en" in one.locales]
    return min(found, key=lambda one: one.key)


def _attempt(owner: User, entry: ReleaseEntry, assessment: str, context: str = "") -> Attempt:
    offer = Assessment.objects.get(key=assessment)
    release = bank.release(bank.current_release_id())
    attempt = Attempt.objects.create(
        uuid=UUID("a1b2c3d4-0000-4000-8000-000000000001") if not context else UUID(PROGRESS.hex[:-1] + "3"),
        assessment=offer,
        purpose=offer.purpose,
        owner=owner,
        framework_id=competencies.current_framework_id(),
        bank_release_id=release.id,
        started_at=AT,
        served_at=AT,
        finished_at=AT + timedelta(minutes=14),
        state="finished",
        stop_reason="maximum_length",
        selection_log=[release.entries.index(entry)],
        ability=b"",
        context=context,
    )
    content = bank.item_content(entry.item_version_id)
    Response.objects.create(
        attempt=attempt,
        item_version_id=entry.item_version_id,
        position=1,
        key="1",
        payload_digest="",
        answer=content.expected.to_json(),
        is_correct=True,
        score=1,
        remaining=0,
        served_at=AT,
        answered_at=AT + timedelta(seconds=42),
    )
    _result(attempt, "overall", "", (512, 402, 622))
    if not context:
        _result(attempt, "competency", entry.competency, (590, 420, 760))
    return attempt


def _result(attempt: Attempt, scope: str, code: str, figures: tuple[int, int, int]) -> None:
    score, low, high = figures
    CompetencyResult.objects.create(
        attempt=attempt, scope=scope, code=code, theta=0, standard_error=1, score=score, low=low, high=high,
        level="advanced" if score > 550 else "independent",
    )  # fmt: skip


def _sitting(attempt: Attempt) -> dict[str, Fact]:
    begun, answered, completed, achieved = sittings.whole(attempt)
    return {"initialized": begun, "answered": answered, "completed": completed, "achieved": achieved}


def _practice(owner: User, entry: ReleaseEntry) -> PracticeResponse:
    return PracticeResponse.objects.create(
        uuid=UUID(PROGRESS.hex[:-1] + "4"),
        owner=owner,
        module="premiers-pas",
        step="faire",
        item_key=entry.key,
        item_version_id=entry.item_version_id,
        key="graine",
        answer={"kind": "unknown"},
        is_correct=False,
        score=0,
        is_unknown=True,
        answered_at=AT,
    )


def _following(owner: User, module: Module) -> dict[str, Fact]:
    same: dict[str, Any] = {"aggregate": PROGRESS, "at": AT, "module": module.key, "owner": owner.pk}
    seen = StepSeen(**same, step="la-situation", seen=1, steps=2)
    done = ModuleCompleted(**same, check=80, seconds=1140)
    journey = Journey(key="socle-etudiants", titles={"fr": "Le socle des étudiants"})
    whole = JourneyCompleted(aggregate=UUID(PROGRESS.hex[:-1] + "5"), at=AT, journey=journey.key, owner=owner.pk)
    return {
        "initialized, a module": following.module_started(ModuleStarted(**same), module),
        "progressed": following.step_seen(seen, module),
        "completed, a module": following.module_completed(done, module),
        "completed, a journey": following.journey_completed(whole, journey),
    }


def _earned(owner: User) -> Fact:
    certificates.define(key="module-premiers-pas", titles={"fr": "Premiers pas"})
    issued = certificates.issue(
        achievement="module-premiers-pas",
        holder_name="Lina Moreau",
        holder_ref=str(owner.uuid),
        issuer_name="Socle",
        issued_at=AT,
    )
    event = CertificateIssued(
        aggregate=UUID(PROGRESS.hex[:-1] + "6"), at=AT, achievement="module-premiers-pas", holder_ref=str(owner.uuid)
    )
    return following.earned(
        event, next(one for one in certificates.of_holder(str(owner.uuid)) if one.uuid == issued.uuid)
    )
