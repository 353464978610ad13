"""The letters of invitations, in the reader's language when it is known, else in the institution's."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from kernel.mail import queue_mail

from ..languages import language_for
from ..models import Invitation


def invite(invitation: Invitation, address: str) -> None:
    """Write to the person invited: who, where, as what, until when, and the link."""
    with translation.override(language_for(invitation.email, invitation.institution)):
        subject = _("Invitation : %(role)s, %(house)s") % {
            "role": invitation.get_role_display(),
            "house": invitation.institution or _("toute la plateforme"),
        }
        _queue(invitation.email, subject, "invitation", {"invitation": invitation, "address": address})


def asked_again(invitation: Invitation, address: str) -> None:
    """Write to whoever invited that the link came too late and another is asked for."""
    if invitation.invited_by is None:
        return
    with translation.override(invitation.invited_by.language):
        subject = _("Une invitation est à renouveler")
        _queue(invitation.invited_by.email, subject, "asked_again", {"invitation": invitation, "address": address})


def _queue(to: str, subject: str, name: str, context: dict[str, Any]) -> None:
    text = render_to_string(f"cohorts/mail/{name}.txt", context)
    queue_mail(to=to, subject=subject, text=text, html=render_to_string(f"cohorts/mail/{name}.html", context))
