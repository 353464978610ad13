"""Looking a certificate up by what is printed on it."""

from .codes import normal
from .models import Certificate
from .saying import facts_of, notices_of
from .types import Verdict, Verification


def verify(code: str) -> Verification:
    """Say whether `code`, as typed, is that of a certificate, and what may be told of it."""
    stored = normal(code)
    certificate = Certificate.objects.filter(code=stored).select_related("achievement").first() if stored else None
    return _told(certificate) if certificate else Verification(verdict=Verdict.UNKNOWN)


def of_holder(holder_ref: str) -> list[Verification]:
    """Return what a holder was issued, newest first, revoked ones included."""
    rows = Certificate.objects.filter(holder_ref=holder_ref).select_related("achievement")
    return [_told(certificate) for certificate in rows.order_by("-issued_at", "-id")]


def _told(certificate: Certificate) -> Verification:
    return Verification(
        verdict=Verdict.REVOKED if certificate.is_revoked else Verdict.VALID,
        code=certificate.code,
        printed_code=certificate.printed_code,
        uuid=certificate.uuid,
        achievement=certificate.achievement.key,
        title=certificate.title,
        title_language=certificate.title_language,
        description=certificate.achievement.description,
        holder_name=certificate.holder_name,
        issuer_name=certificate.issuer_name,
        issued_at=certificate.issued_at,
        details=certificate.details,
        facts=facts_of(certificate.details),
        notices=notices_of(certificate.details),
        revoked_at=certificate.revoked_at,
        revocation_reason=certificate.revocation_reason,
    )
