"""Issuing and revoking: check, change, publish."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from kernel.events import publish

from .codes import normal
from .errors import (
    CertificateAlreadyRevoked,
    HolderMissing,
    ReasonMissing,
    UnknownAchievement,
    UnknownCertificate,
)
from .events import CertificateIssued, CertificateRevoked
from .models import Achievement, Certificate


@transaction.atomic
def define(*, key: str, titles: dict[str, str], descriptions: dict[str, str] | None = None) -> Achievement:
    """Create or reword an achievement; the certificates already issued keep their words."""
    values = {"titles": titles, "descriptions": descriptions or {}}
    achievement, _ = Achievement.objects.update_or_create(key=key, defaults=values)
    return achievement


@transaction.atomic
def issue(
    *,
    achievement: str,
    holder_name: str,
    holder_ref: str,
    issuer_name: str,
    issued_at: datetime,
    details: dict[str, Any] | None = None,
) -> Certificate:
    """Issue an achievement to a holder; a second call returns the valid certificate there is, and tells nobody.

    Raises UnknownAchievement, or HolderMissing without a name or a reference.
    """
    what = Achievement.objects.filter(key=achievement).first()
    if what is None:
        raise UnknownAchievement
    if not holder_name.strip() or not holder_ref:
        raise HolderMissing(field="holder_name")
    wanted = Certificate(
        achievement=what,
        titles=what.titles,
        holder_name=holder_name.strip(),
        holder_ref=holder_ref,
        issuer_name=issuer_name,
        issued_at=issued_at,
        details=details or {},
    )
    return _existing(wanted) or _insert(wanted)


def _existing(wanted: Certificate) -> Certificate | None:
    valid = Certificate.objects.filter(revoked_at=None).select_related("achievement")
    return valid.filter(achievement=wanted.achievement, holder_ref=wanted.holder_ref).first()


def _insert(wanted: Certificate) -> Certificate:
    """Insert and publish; when another transaction was first, return its certificate."""
    try:
        with transaction.atomic():
            wanted.save(force_insert=True)
    except IntegrityError:
        first = _existing(wanted)
        if first is None:
            raise
        return first
    publish(
        CertificateIssued(
            aggregate=wanted.uuid,
            at=wanted.issued_at,
            achievement=wanted.achievement.key,
            holder_ref=wanted.holder_ref,
        )
    )
    return wanted


@transaction.atomic
def revoke(*, code: str, reason: str, at: datetime) -> Certificate:
    """Take a certificate back. Raises UnknownCertificate, CertificateAlreadyRevoked or ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing(field="reason")
    rows = Certificate.objects.select_for_update(of=("self",)).select_related("achievement")
    certificate = rows.filter(code=normal(code)).first()
    if certificate is None:
        raise UnknownCertificate
    if certificate.is_revoked:
        raise CertificateAlreadyRevoked
    certificate.revoke(reason=reason.strip(), at=at)
    certificate.save(update_fields=["revoked_at", "revocation_reason", "updated_at"])
    publish(
        CertificateRevoked(
            aggregate=certificate.uuid,
            at=at,
            achievement=certificate.achievement.key,
            holder_ref=certificate.holder_ref,
            reason=certificate.revocation_reason,
        )
    )
    return certificate


@transaction.atomic
def erase_holder(*, holder_ref: str) -> int:
    """Remove what a person was issued, name and all, and return how many certificates that was."""
    return Certificate.objects.filter(holder_ref=holder_ref).delete()[0]
