"""The facts of institutions: created, corrected, every change audited."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from kernel import audit

from ..errors import InstitutionNameTaken
from ..models import Institution

# What its coordinators may correct; the rest is for the platform's administrators.
OWN_FACTS = ("name", "city", "website", "privacy_contact", "asks_birth_date", "health_students")
ALL_FACTS = (*OWN_FACTS, "kind", "uai", "academy", "region", "time_zone", "is_counted", "note", "look")


@transaction.atomic
def create_institution(*, facts: dict[str, Any], actor_id: int | None, now: datetime) -> Institution:
    """Create an institution, its key made from its name. Raises InstitutionNameTaken when name or UAI is known."""
    _ensure_new(facts["name"], facts.get("uai", ""), exclude=None)
    institution = Institution.objects.create(key=_key(facts["name"]), **facts)
    audit.record(actor_id=actor_id, action="institution.created", target=institution, details=_plain(facts), at=now)
    return institution


@transaction.atomic
def change_facts(*, institution: Institution, facts: dict[str, Any], actor_id: int | None, now: datetime) -> list[str]:
    """Write the facts that differ and return their names. Raises InstitutionNameTaken."""
    changed = [name for name, value in facts.items() if getattr(institution, name) != value]
    if not changed:
        return []
    _ensure_new(
        facts.get("name", institution.name), facts.get("uai", institution.uai) if "uai" in facts else "", institution.pk
    )
    before = {name: getattr(institution, name) for name in changed}
    for name in changed:
        setattr(institution, name, facts[name])
    institution.save(update_fields=changed)
    details = {"before": _plain(before), "after": _plain({name: facts[name] for name in changed})}
    audit.record(actor_id=actor_id, action="institution.changed", target=institution, details=details, at=now)
    return changed


def _ensure_new(name: str, uai: str, exclude: int | None) -> None:
    others = Institution.objects.exclude(pk=exclude) if exclude else Institution.objects.all()
    if others.standing().filter(name__iexact=name).exists():
        raise InstitutionNameTaken
    if uai and others.filter(uai=uai).exists():
        raise InstitutionNameTaken


def _key(name: str) -> str:
    """Return a key nobody has, from the name: ifsi-de-valserine, then ifsi-de-valserine-2."""
    base = slugify(name)[:44].strip("-") or "etablissement"
    taken = set(Institution.objects.filter(key__startswith=base).order_by("key").values_list("key", flat=True))
    numbers = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (base, *numbers) if key not in taken)


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    """Return facts as JSON keeps them: rows by their id."""
    return {name: getattr(value, "pk", value) for name, value in facts.items()}
