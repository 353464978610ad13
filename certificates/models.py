"""What can be earned, and who was issued it."""

from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import get_language

from kernel.models import Dated, Identified

from .codes import new_code, printed

FALLBACK = "fr"


def in_language(texts: dict[str, str], language: str | None) -> str:
    """Return the text in a language, else in French, else in any."""
    chosen = texts.get((language or FALLBACK).split("-")[0]) or texts.get(FALLBACK)
    return chosen or next(iter(texts.values()), "")


def language_of(texts: dict[str, str], said: str, language: str | None) -> str:
    """Return the language of what `in_language` chose: French words kept under another language are French."""
    if said == texts.get(FALLBACK):
        return FALLBACK
    return next((one for one, text in texts.items() if text == said), language or FALLBACK)


class Achievement(Identified, Dated):
    """Something a certificate attests: all languages are in the row, by language code."""

    key = models.SlugField(max_length=80, unique=True)
    titles = models.JSONField(default=dict)
    descriptions = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return in_language(self.titles, get_language())

    @property
    def description(self) -> str:
        """The description in the reader's language."""
        return in_language(self.descriptions, get_language())


class Certificate(Identified, Dated):
    """An achievement issued to a holder: names and context as they were that day; only a revocation is added."""

    code = models.CharField(max_length=26, unique=True, default=new_code, editable=False)
    achievement = models.ForeignKey(Achievement, on_delete=models.PROTECT, related_name="certificates")
    # What was attested that day, in each language: the achievement may be reworded since.
    titles = models.JSONField(default=dict)
    holder_name = models.CharField(max_length=200)
    # What the caller knows the holder by; opaque here. It makes issuing idempotent, and erasure possible.
    holder_ref = models.CharField(max_length=120)
    issuer_name = models.CharField(max_length=200)
    issued_at = models.DateTimeField()
    details = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revocation_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            # One valid certificate of an achievement per holder; a revoked one may be followed by another.
            models.UniqueConstraint(
                fields=["achievement", "holder_ref"],
                condition=models.Q(revoked_at=None),
                name="certificate_one_valid_per_holder",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at=None) | ~models.Q(revocation_reason=""),
                name="certificate_revoked_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["holder_ref", "issued_at"], name="certificate_of_holder")]

    def __str__(self) -> str:
        return f"{self.achievement_id} {self.printed_code}"

    @property
    def printed_code(self) -> str:
        """The code in groups."""
        return printed(self.code)

    @property
    def title(self) -> str:
        """What was attested, in the reader's language."""
        return in_language(self.titles, get_language())

    @property
    def title_language(self) -> str:
        """The language of that title: that of the reader, or the one it was attested in."""
        return language_of(self.titles, self.title, get_language())

    @property
    def is_revoked(self) -> bool:
        """Whether the issuer has taken it back."""
        return self.revoked_at is not None

    def revoke(self, *, reason: str, at: datetime) -> None:
        """Mark it as taken back, for a reason that the public page says."""
        self.revoked_at, self.revocation_reason = at, reason

    def snapshot(self) -> dict[str, Any]:
        """Return what is frozen: it never changes after the first save."""
        names = ("code", "achievement_id", "titles", "holder_name", "holder_ref", "issuer_name", "issued_at", "details")
        return {name: getattr(self, name) for name in names}
