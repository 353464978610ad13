"""Every e-mail is a row, then sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import Dated, Identified


class MailState(models.TextChoices):
    """Where an e-mail stands."""

    QUEUED = "queued", _("en attente")
    SENDING = "sending", _("envoi en cours")
    SENT = "sent", _("envoyé")
    FAILED = "failed", _("échoué")


class Mail(Identified, Dated):
    """One e-mail to one address; its uuid is in its Message-ID, so that a repeated sending is recognisable."""

    State = MailState

    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=255)
    text = models.TextField()
    html = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    claimed_at = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "next_attempt_at"], name="mail_due")]

    def __str__(self) -> str:
        return f"{self.subject} {self.state}"
