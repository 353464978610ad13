"""Invitations to forget: nobody's address is kept for having been invited once."""

from datetime import datetime

from kernel.retention import purges

from ..models import Invitation


@purges("invitations")
def forget_invitations(before: datetime) -> int:
    """Remove the invitations, answered or not, whose link was over before a date; the role given stays."""
    return Invitation.objects.filter(expires_at__lt=before).delete()[0]
