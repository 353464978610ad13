"""Inviting, accepting, taking back, asking again."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import QuerySet

from kernel import actors, audit
from lms.accounts.api import User

from ..errors import (
    ExpiryPast,
    InvitationExpired,
    InvitationForAnother,
    InvitationUnknown,
    InvitationUsed,
    RoleHeldAlready,
    RoleNotYours,
)
from ..models import Cohort, Institution, Invitation, RoleGrant
from ..roles import grant_role
from ..types import Access
from . import letters

VALID = timedelta(days=14)
BYTES = 32
Role = RoleGrant.Role
# What a coordinator may give in their institution; who steers the country is said by the platform's administrators.
BY_COORDINATORS = (Role.INSTRUCTOR, Role.COORDINATOR, Role.INVIGILATOR)
BY_PLATFORM = (Role.PILOT,)
Address = Callable[[str], str]


@transaction.atomic
def invite(
    *,
    access: Access,
    institution: Institution | None,
    role: str,
    email: str,
    address: Address,
    cohort: Cohort | None = None,
    role_expires_at: datetime | None = None,
    now: datetime,
) -> Invitation:
    """Write to `email` that a role awaits them there; a letter not yet answered is replaced by the new one.

    `address` makes the whole address of a link from its token, which is nowhere else. What is said and done is the same
    whether or not the address has an account. Raises RoleNotYours, ExpiryPast, or RoleHeldAlready, which their team's
    page says anyway.
    """
    _ensure_may_give(access, role, institution)
    email = email.strip().lower()
    if role_expires_at is not None and role_expires_at <= now:
        raise ExpiryPast(field="role_expires_at")
    if _holds(email, role, institution, cohort, now):
        raise RoleHeldAlready
    _replace(institution, role, email, cohort, now)
    token = secrets.token_urlsafe(BYTES)
    invitation = Invitation.objects.create(
        token_digest=digest(token),
        role=role,
        institution=institution,
        cohort=cohort,
        email=email,
        invited_by_id=access.user_id,
        created_at=now,
        expires_at=now + VALID,
        role_expires_at=role_expires_at,
    )
    letters.invite(invitation, address(token))
    _record("invited", invitation, access.user_id, now)
    return invitation


@actors.as_worker()
def read(token: str) -> Invitation:
    """Return the invitation of a link. Raises InvitationUnknown, also for one taken back."""
    rows = Invitation.objects.select_related("institution", "cohort", "invited_by")
    found = rows.filter(token_digest=digest(token), revoked_at=None).first()
    if found is None:
        raise InvitationUnknown
    return found


def proves(user: User, email: str) -> bool:
    """Say whether `user` has shown that `email` is theirs."""
    return bool(EmailAddress.objects.filter(user=user, email__iexact=email, verified=True).exists())


def is_held(invitation: Invitation, now: datetime) -> bool:
    """Say to whoever accepted an invitation whether they hold its role at `now`: their own row."""
    return _grants(invitation, now).exists()


@actors.as_worker()
@transaction.atomic
def accept(*, token: str, user: User, now: datetime) -> RoleGrant:
    """Give the role to `user`, once; the same person clicking twice gets the same role.

    Raises InvitationUnknown, InvitationUsed, InvitationExpired or InvitationForAnother.
    """
    invitation = _locked(token)
    if invitation.accepted_at is not None and invitation.accepted_by_id != user.pk:
        raise InvitationUsed
    if not proves(user, invitation.email):
        raise InvitationForAnother
    if invitation.accepted_at is not None:
        return _given(invitation, now)
    if invitation.expires_at <= now:
        raise InvitationExpired
    grant = _grant(invitation, user, now)
    invitation.accepted_at, invitation.accepted_by = now, user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    _record("accepted", invitation, user.pk, now)
    return grant


@transaction.atomic
def revoke(*, invitation: Invitation, actor_id: int, now: datetime) -> None:
    """Take back an invitation nobody has answered; one that was answered stays: end the role instead."""
    if Invitation.objects.pending().filter(pk=invitation.pk).update(revoked_at=now):
        _record("revoked", invitation, actor_id, now)


@actors.as_worker()
@transaction.atomic
def ask_again(*, token: str, team_address: str, now: datetime) -> None:
    """Tell whoever invited that the link had expired and another is wanted; once per link.

    Nobody is told whether the letter found someone.
    """
    invitation = _locked(token)
    if invitation.accepted_at is not None or invitation.asked_again_at is not None or invitation.expires_at > now:
        return
    invitation.asked_again_at = now
    invitation.save(update_fields=["asked_again_at"])
    letters.asked_again(invitation, team_address)
    _record("asked_again", invitation, None, now)


def digest(token: str) -> str:
    """Return the SHA-256 of a token, in hexadecimal. 256 bits of chance need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def givable_roles(access: Access, institution: Institution | None) -> tuple[str, ...]:
    """Return the roles that `access` may give there; `None` is the whole platform."""
    if institution is None:
        return BY_PLATFORM if access.is_platform_staff else ()
    return BY_COORDINATORS if access.manages(institution) else ()


def _ensure_may_give(access: Access, role: str, institution: Institution | None) -> None:
    if role not in givable_roles(access, institution):
        raise RoleNotYours


def _holds(email: str, role: str, institution: Institution | None, cohort: Cohort | None, now: datetime) -> bool:
    """Say whether somebody whose address this is holds the role; only proven addresses count."""
    owners = EmailAddress.objects.filter(email__iexact=email, verified=True).order_by().values("user_id")
    grants = RoleGrant.objects.standing(now).filter(user_id__in=owners, role=role, institution=institution)
    return grants.filter(cohort=cohort).exists()


def _replace(institution: Institution | None, role: str, email: str, cohort: Cohort | None, now: datetime) -> None:
    same = Invitation.objects.pending().filter(institution=institution, role=role, email=email, cohort=cohort)
    same.update(revoked_at=now)


def _locked(token: str) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("institution", "cohort", "invited_by")
    found = rows.filter(token_digest=digest(token), revoked_at=None).first()
    if found is None:
        raise InvitationUnknown
    return found


def _grant(invitation: Invitation, user: User, now: datetime) -> RoleGrant:
    return grant_role(
        user=user,
        role=invitation.role,
        institution=invitation.institution,
        cohort=invitation.cohort,
        expires_at=invitation.role_expires_at,
        granted_by=invitation.invited_by_id,
        now=now,
    )


def _grants(invitation: Invitation, now: datetime) -> QuerySet[RoleGrant]:
    facts = {"role": invitation.role, "institution": invitation.institution, "cohort": invitation.cohort}
    return RoleGrant.objects.standing(now).filter(user_id=invitation.accepted_by_id or 0, **facts)


def _given(invitation: Invitation, now: datetime) -> RoleGrant:
    """Return the role that was given; raises InvitationUsed when it ended, or was taken away, since."""
    grant = _grants(invitation, now).first()
    if grant is None:
        raise InvitationUsed
    return grant


def _record(action: str, invitation: Invitation, actor_id: int | None, now: datetime) -> None:
    house = invitation.institution.key if invitation.institution else ""
    details = {"role": invitation.role, "institution": house}
    audit.record(actor_id=actor_id, action=f"invitation.{action}", target=invitation, details=details, at=now)
