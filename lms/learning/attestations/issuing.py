"""Issuing what somebody asks for: checked here, written by the issuer, who knows a holder and an achievement only."""

from datetime import datetime
from typing import Any

from django.db import transaction

from certificates import api as certificates
from certificates.types import Verdict, Verification
from lms.accounts.api import User
from lms.learning import selectors
from lms.learning.models import Journey, Module, ModuleProgress
from lms.learning.progress import journey_lines, module_lines

from .refusals import NameMissing, NotCompleted
from .wording import Completed, details, kind, local_date, organisation

ACHIEVEMENTS = ("module", "journey")


@transaction.atomic
def issue_attestation(*, owner: User, of: str, key: str, now: datetime) -> Verification:
    """Issue to `owner` the attestation of a completed module or journey (`of`); asked again, return the same.

    Raises NotCompleted, or NameMissing when the account has no name.
    """
    entry, what = _completed(owner, of, key)
    name = owner.get_full_name().strip()
    if not name:
        raise NameMissing(field="last_name")
    achievement = achievement_key(entry)
    certificates.define(key=achievement, titles=entry.titles, descriptions=kind(of))
    certificate = certificates.issue(
        achievement=achievement,
        holder_name=name,
        holder_ref=str(owner.uuid),
        issuer_name=organisation(),
        issued_at=now,
        details=details(what) | {"of": of, "key": key},
    )
    return certificates.verify(certificate.code)


def attestations_of(owner: User) -> list[Verification]:
    """Return everything that `owner` was issued and that stands, the latest first."""
    issued = certificates.of_holder(str(owner.uuid))
    return [one for one in issued if one.verdict == Verdict.VALID]


def own_attestation(owner: User, code: str) -> Verification | None:
    """Return what `owner` was issued under `code`; None when it is not theirs."""
    return next((one for one in attestations_of(owner) if one.code == code), None)


def achievement_key(entry: Module | Journey) -> str:
    """Return under which key the issuer knows it: that of a page may be long, or change."""
    return f"{entry._meta.model_name}-{entry.uuid.hex}"


def _completed(owner: User, of: str, key: str) -> tuple[Module | Journey, Completed]:
    """Return what was completed. Raises NotCompleted."""
    module = selectors.module(key) if of == "module" else None
    if module is not None:
        return module, _module(owner, module)
    journey = selectors.journey(key) if of == "journey" else None
    if journey is None:
        raise NotCompleted
    return journey, _journey(owner, journey)


def _module(owner: User, module: Module) -> Completed:
    progress = ModuleProgress.objects.filter(owner=owner, module=module).first()
    if progress is None or progress.completed_at is None:
        raise NotCompleted
    return Completed(
        titles=module.titles,
        from_date=local_date(progress.started_at, owner.time_zone),
        to_date=local_date(progress.completed_at, owner.time_zone),
        planned=module.minutes,
        measured=progress.seconds // 60,
        objectives={language: _objectives(module.key, language) for language in ("fr", "en")},
        modules={},
        check=progress.best_check,
        mark=module.mark,
    )


def _journey(owner: User, journey: Journey) -> Completed:
    begun = module_lines(owner_id=owner.pk, language="fr")
    lines = [line for line in journey_lines(modules=begun, language="fr") if line.key == journey.key]
    if not lines or not lines[0].is_completed:
        raise NotCompleted
    done = [line for line in begun if line.key in journey.every_key and line.completed_at is not None]
    entries = {entry.key: entry for entry in selectors.modules().filter(key__in=[line.key for line in done])}
    ordered = [entries[key] for key in journey.every_key if key in entries]
    ends: list[Any] = [line.completed_at for line in done]
    return Completed(
        titles=journey.titles,
        from_date=local_date(min(line.started_at for line in done), owner.time_zone),
        to_date=local_date(max(ends), owner.time_zone),
        planned=sum(entry.minutes for entry in ordered),
        measured=sum(line.seconds for line in done) // 60,
        objectives={},
        modules={language: [entry.title(language) for entry in ordered] for language in ("fr", "en")},
    )


def _objectives(key: str, language: str) -> list[str]:
    """Return the objectives of a module as its page says them now; nothing when it is withdrawn."""
    page = selectors.module_page(key, language)
    return [str(objective.value) for objective in page.objectives] if page else []
