"""The person who signs in. As little as possible: an e-mail address, a name if they give one, a language."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.models import Identified


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user known by e-mail. Raises ValueError without an address."""
        if not email:
            raise ValueError("A user has an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user who may do everything."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(Identified, AbstractUser):
    username = None  # type: ignore[assignment]
    email = models.EmailField(_("adresse e-mail"), unique=True)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="fr")
    time_zone = models.CharField(max_length=40, default="Europe/Paris")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.get_full_name() or self.email


class Consent(models.Model):
    """What a person agreed to, in which words, and until when."""

    user = models.ForeignKey(User, models.CASCADE, related_name="consents")
    purpose = models.SlugField()
    text_version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["user", "purpose", "given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose"], condition=models.Q(withdrawn_at=None), name="one_standing_consent"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.text_version}"


class LegalHold(models.Model):
    """While it stands, nothing of this person is erased (a dispute, an inquiry)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="legal_holds")
    reason = models.TextField()
    # Nobody, once whoever placed it has left.
    placed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    placed_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["placed_at"]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.reason[:40]}"


class InactivityNotice(models.Model):
    """Somebody who did nothing here for a long time is told that their account ends; it ends only if they were told."""

    user = models.OneToOneField(User, models.CASCADE, related_name="inactivity_notice")
    # The letter’s row, which the post removes some time after it has sent it; `sent_at` stays.
    mail = models.UUIDField()
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(null=True, help_text="they followed the link of the letter to keep their account")

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.written_at:%Y-%m-%d}"


class Session(AbstractBaseSession):
    """A session, and whose it is (lms.accounts.sessions)."""

    # A plain id, as sessions outlive what they speak of: erasing a person removes theirs by it.
    person_id = models.BigIntegerField(null=True, db_index=True)

    @classmethod
    def get_session_store_class(cls) -> Any:
        """Return the store that reads and writes it."""
        from .sessions import SessionStore

        return SessionStore
